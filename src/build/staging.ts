/**
 * The directory in an output directory in which a run prepares what it writes: `.qapi-codegen-<process>-<host>-<random>.tmp`.
 * While it is there, no other run writes to that output; when the process has ended, it is what a run that was cut off has left.
 *
 * ```
 * 0, 1, ...    what comes, files or folders with all that is in them; and what has gone
 * manifest     that of the output as it is to be; made after all that comes: before it is whole, nothing has been moved
 * ```
 */
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync, unlinkSync } from "node:fs";
import { join } from "node:path";
import { parseManifest, type Hashes } from "./manifest.js";
import { attempt, OutputError, systemError, systemErrorCode } from "./output-error.js";
import { STAGING } from "./output-path.js";

/** What {@link Staging.manifest} is called in a staging directory. */
const STAGED_MANIFEST = "manifest";
/** How long to wait before another look at who writes, in ms. As much again, by chance, keeps two from running in step. */
const PAUSE = 5;

/** A staging directory that is there, of whichever run. */
export interface Run {
  /** Its name in the output directory. */
  readonly name: string;
  readonly process: number;
  readonly host: string;
}

/** The staging directories in an output directory. Empty where there is none. */
export function runsIn(directory: string): readonly Run[] {
  const runs: Run[] = [];
  if (!existsSync(directory) || !statSync(directory).isDirectory()) return runs;
  attempt("look into", directory, () => {
    for (const name of readdirSync(directory)) {
      const [, process, host] = STAGING.exec(name) ?? [];
      if (process === undefined || host === undefined) continue;
      if (lstatSync(join(directory, name), { throwIfNoEntry: false })?.isDirectory() !== true) continue;
      runs.push({ name, process: Number(process), host });
    }
  });
  return runs;
}

/** What runs may have put into an output directory, by what they have prepared; of two that name a file, the later in the list. */
export function pendingOf(directory: string, runs: readonly Run[]): Hashes {
  const pending = new Map<string, string>();
  for (const { name } of runs) {
    const file = join(directory, name, STAGED_MANIFEST);
    attempt("read", file, () => {
      if (lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return;
      const files = parseManifest(readFileSync(file, "utf8"));
      if (typeof files === "string") return; // It was cut off here.
      for (const [path, hash] of files) pending.set(path, hash);
    });
  }
  return pending;
}

/** Removes the staging directory of a run that was cut off. @throws OutputError when the system refuses. */
export function removeRun(directory: string, { name }: Run): void {
  const path = join(directory, name);
  attempt("remove", path, () => {
    removeTree(path);
  });
}

/** The staging directory of this run. */
export class Staging {
  readonly path: string;
  /** What runs that were cut off have left. */
  readonly leftovers: readonly Run[];
  #count = 0;
  #isNeeded = false;

  /**
   * Makes one as soon as no other run writes to `directory`, which must exist.
   *
   * @param patience - How long to wait for that, in ms.
   * @throws OutputError when another run still writes then, or the system refuses.
   */
  constructor(directory: string, patience: number) {
    const host = hostName();
    const own = `.qapi-codegen-${String(process.pid)}-${host}-${Math.random().toString(36).slice(2)}.tmp`;
    this.path = join(directory, own);
    const end = performance.now() + patience;
    for (;;) {
      // Each makes its own and then looks for others, so that of two at least one sees the other.
      let other = runsIn(directory).find((run) => mayLive(run, host));
      if (other === undefined) {
        attempt("write to", directory, () => mkdirSync(this.path));
        this.leftovers = runsIn(directory).filter(({ name }) => name !== own);
        other = this.leftovers.find((run) => mayLive(run, host));
        if (other === undefined) return;
        attempt("write to", directory, () => rmdirSync(this.path));
      }
      if (performance.now() >= end) throw busy(directory, other, host);
      sleep(PAUSE + Math.random() * PAUSE);
    }
  }

  /** The place of the manifest to be. */
  get manifest(): string {
    return join(this.path, STAGED_MANIFEST);
  }

  /** A place for a file or folder. */
  next(): string {
    return join(this.path, String(this.#count++));
  }

  /** Says that what is in it cannot be thrown away: the only copy of something is there. */
  keep(): void {
    this.#isNeeded = true;
  }

  /** Removes it, unless it is to be kept. @returns a sentence where the system refuses; then the next run tries. */
  remove(): string | undefined {
    try {
      if (!this.#isNeeded) removeTree(this.path);
      return undefined;
    } catch (error) {
      return systemError(error, "remove", this.path).message;
    }
  }
}

/** Removes a directory that is mostly empty, which for Node's own `rmSync` takes longer than writing all files does. */
function removeTree(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(path, entry.name));
    else unlinkSync(join(path, entry.name));
  }
  rmdirSync(path);
}

/** Whether a run may still be going on. Of one on another machine, as on a shared disk, that cannot be known. */
function mayLive(run: Run, host: string): boolean {
  if (run.host !== host) return true;
  if (run.process === process.pid) return false; // Writing is not interrupted: it is an earlier process of that number.
  try {
    process.kill(run.process, 0); // The signal 0 only asks.
    return true;
  } catch (error) {
    return systemErrorCode(error) === "EPERM";
  }
}

/** The name of this machine, of the characters that are the same in all file systems. */
function hostName(): string {
  const name = process.getBuiltinModule("node:os").hostname();
  return name
    .toLowerCase()
    .replace(/[^0-9a-z]+/g, "_")
    .slice(0, 40);
}

function busy(directory: string, { name, process, host }: Run, ownHost: string): OutputError {
  const place = host === ownHost ? "" : ` on the machine '${host}'`;
  return new OutputError([
    {
      code: "output-busy",
      message: `another run of qapi-codegen (process ${String(process)}${place}) is writing to '${directory}'`,
      hint: `nothing was written; run again when it has ended; if there is no such run, remove '${join(directory, name)}'`,
    },
  ]);
}

/** Waits, and lets nothing else happen meanwhile. */
function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
