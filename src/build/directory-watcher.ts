/**
 * Tells that something may have happened to one of many paths, also where nothing is there yet.
 */
import { realpathSync, statSync, watch, type FSWatcher } from "node:fs";
import { basename, dirname } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** How often it says that something may have happened, in ms, since there are file systems that do not tell. */
const UNASKED = 2000;

/** How long {@link DirectoryWatcher.quiet} waits at most, in ms. */
const NEVER_QUIET = 100;

/** A directory that is watched. */
interface Watched {
  readonly watcher: FSWatcher;
  /** Which directory it is, whatever its name leads to by now. */
  readonly identity: string;
}

/**
 * Watches the directories that paths are in, not the files: many programs save by putting a new file in the place of the old one,
 * and what is missing has only a directory.
 */
export class DirectoryWatcher {
  readonly #signal: AbortSignal;
  readonly #watched = new Map<string, Watched>();
  /** By directory, the names in it that matter; `undefined`: all of them do. */
  #names: ReadonlyMap<string, ReadonlySet<string> | undefined> = new Map();
  #hasHappened = false;
  #wake: (() => void) | undefined;

  /** @param signal - Ends all waiting. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener("abort", this.#onAbort);
  }

  /**
   * Watches these paths, absolute ones, and no others any more. Of a directory that is among them, all that is directly in it.
   *
   * @returns whether anything was not watched before, so that something may have happened to it until now.
   */
  cover(paths: readonly string[]): boolean {
    this.#names = namesByDirectory(paths);
    let isNew = false;
    for (const [directory, { watcher, identity }] of this.#watched) {
      if (this.#names.has(directory) && identity === identityOf(directory)) continue;
      watcher.close();
      this.#watched.delete(directory);
    }
    for (const directory of this.#names.keys())
      if (!this.#watched.has(directory) && this.#open(directory)) isNew = true;
    return isNew;
  }

  /** Returns when something may have happened since the last call of {@link quiet}, when the time is up (in ms), or at the signal. */
  async event(timeout: number = UNASKED): Promise<void> {
    if (this.#hasHappened || this.#signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, timeout);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = undefined;
  }

  /** Returns when nothing has happened for so many ms, or when that takes too long; all that happened until then has been told. */
  async quiet(milliseconds: number): Promise<void> {
    const end = performance.now() + NEVER_QUIET;
    while (this.#hasHappened && !this.#signal.aborted && performance.now() < end) {
      this.#hasHappened = false;
      await wait(milliseconds);
    }
    this.#hasHappened = false;
  }

  /** Ends it; nothing is open when this returns. */
  close(): void {
    this.#signal.removeEventListener("abort", this.#onAbort);
    for (const { watcher } of this.#watched.values()) watcher.close();
    this.#watched.clear();
  }

  readonly #onAbort = (): void => this.#wake?.();

  #open(directory: string): boolean {
    const identity = identityOf(directory);
    if (identity === undefined) return false;
    let watcher: FSWatcher;
    try {
      watcher = watch(directory, (_, name) => {
        this.#happened(directory, name);
      });
    } catch {
      return false; // The system does not watch any more, or not this: it is looked at now and then.
    }
    watcher.on("error", () => {
      this.#happened(directory, null);
    });
    this.#watched.set(directory, { watcher, identity });
    return true;
  }

  #happened(directory: string, name: string | null): void {
    const names = this.#names.get(directory);
    // What happens to a directory itself is told with its own name.
    if (names !== undefined && name !== null && !names.has(name) && name !== basename(directory)) return;
    this.#hasHappened = true;
    this.#wake?.();
  }
}

/** The directories to watch for these paths, each with the names in it that matter. */
function namesByDirectory(paths: readonly string[]): ReadonlyMap<string, ReadonlySet<string> | undefined> {
  const byDirectory = new Map<string, Set<string> | undefined>();
  function add(path: string): void {
    const directory = dirname(path);
    const names = byDirectory.get(directory);
    if (names !== undefined) names.add(basename(path));
    else if (!byDirectory.has(directory)) byDirectory.set(directory, new Set([basename(path)]));
  }
  for (const path of paths) {
    let there = path;
    // Of what is missing, the first step on the way to it that is missing too.
    while (!isDirectory(dirname(there)) && dirname(there) !== there) there = dirname(there);
    add(there);
    const target = targetOf(path);
    if (target !== path && target !== undefined) add(target);
  }
  for (const path of paths) if (isDirectory(path)) byDirectory.set(path, undefined);
  return byDirectory;
}

/** Where a path leads through symbolic links; undefined where nothing is. */
function targetOf(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isDirectory(path: string): boolean {
  return identityOf(path) !== undefined;
}

/** Tells a directory from all others; undefined when there is none. */
function identityOf(path: string): string | undefined {
  try {
    const status = statSync(path, { bigint: true });
    return status.isDirectory() ? `${String(status.dev)}:${String(status.ino)}` : undefined;
  } catch {
    return undefined;
  }
}
