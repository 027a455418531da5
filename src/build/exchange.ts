/**
 * Exchanges the files of an output so that, whenever somebody looks or the process is killed, what is in place is of the old
 * output or of the new one, but for files that are missing: never some of each, which could compile and be wrong.
 *
 * All that comes is written to the staging directory first, which takes the longest. Then, in two short sweeps of renames, all
 * that goes or changes is moved out, and all that is new is moved in. One old file is replaced in one step, at the turn from the
 * one output to the other; so where only one file changes, it is never missing.
 */
import { copyFileSync, mkdirSync, renameSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import type { OutputFile } from "../emit/emitter.js";
import { OutputDirectory } from "./output-directory.js";
import { attempt, OutputError, systemErrorCode } from "./output-error.js";
import { MANIFEST } from "./output-path.js";
import type { Plan } from "./plan.js";
import type { Staging } from "./staging.js";

/** Where something belongs in the output directory, and where it is in the staging directory before or after. */
interface Places {
  readonly place: string;
  readonly aside: string;
}

/**
 * Carries out a plan.
 *
 * @param manifest - The text of the manifest to be.
 * @throws OutputError when the system refuses something or somebody else has changed the output since the plan was made: all is
 * as it was before then.
 */
export function exchange(directory: string, staging: Staging, plan: Plan, manifest: string): void {
  const folders = new Set<string>();
  const makeFolder = (folder: string): void => {
    if (folders.has(folder)) return;
    attempt("write to", directory, () => mkdirSync(folder, { recursive: true }));
    folders.add(folder);
  };
  const stage = (path: string, files: readonly OutputFile[]): Places => {
    const places = { place: join(directory, path), aside: staging.next() };
    for (const file of files) {
      const below = file.path.slice(path.length);
      if (below !== "") makeFolder(dirname(places.aside + below));
      attempt("write", places.place + below, () => writeFileSync(places.aside + below, file.text));
    }
    return places;
  };
  const [turn, ...changing] = plan.change.map((file) => stage(file.path, [file]));
  const coming = [...changing, ...[...plan.arrivals].map(([path, files]) => stage(path, files))];
  const going = [...changing.map(({ place }) => place), ...plan.remove.map((path) => join(directory, path))];
  const backup = staging.next();
  if (turn !== undefined) attempt("copy", turn.place, () => copyFileSync(turn.place, backup));
  const manifestFile = join(directory, MANIFEST);
  attempt("write", manifestFile, () => writeFileSync(staging.manifest, manifest));
  lookAgain(directory, plan);

  const changes = new Changes();
  try {
    for (const place of going) changes.move(place, place, staging.next());
    if (turn !== undefined) changes.replace(turn.place, turn.aside, backup);
    for (const { place, aside } of coming) changes.move(place, aside, place);
    for (const path of [...plan.remove, ...plan.gone]) changes.removeEmptyFolders(directory, path);
    attempt("write", manifestFile, () => renameSync(staging.manifest, manifestFile));
  } catch (error) {
    const isWhole = changes.takeBack();
    if (isWhole || !(error instanceof OutputError)) throw error;
    staging.keep();
    throw withHint(
      error,
      `what could not be put back in its place is in '${staging.path}'; run the same command again`,
    );
  }
}

/** Whether all that is to be moved is still where the plan says, no path leads elsewhere by now, and nothing is in the way. */
function lookAgain(directory: string, { change, remove, arrivals }: Plan): void {
  const now = new OutputDirectory(directory);
  const other =
    [...change.map((file) => file.path), ...remove].find((path) => typeof now.entry(path) !== "object") ??
    [...arrivals.keys()].find((path) => now.entry(path) !== undefined);
  if (other === undefined) return;
  const message = `'${join(directory, other)}' has been changed by somebody else in the meantime`;
  throw new OutputError([
    { code: "output-conflict", message, hint: "nothing was written; run the same command again" },
  ]);
}

function withHint(error: OutputError, hint: string): OutputError {
  return new OutputError(error.diagnostics.map((diagnostic) => ({ ...diagnostic, hint })));
}

/** Changes to an output directory that can be taken back. */
class Changes {
  readonly #undo: (() => void)[] = [];

  /** Moves what belongs at `place` there or away from there. */
  move(place: string, from: string, to: string): void {
    attempt("move", place, () => renameSync(from, to));
    this.#undo.push(() => renameSync(to, from));
  }

  /** Moves a file over another, of which there is a copy. */
  replace(place: string, file: string, backup: string): void {
    attempt("move", place, () => renameSync(file, place));
    this.#undo.push(() => renameSync(backup, place));
  }

  /** Removes the folders above `path`, innermost first, as far as they are empty. The output directory itself stays. */
  removeEmptyFolders(directory: string, path: string): void {
    for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder)) {
      const absolute = join(directory, folder);
      try {
        rmdirSync(absolute);
      } catch {
        return; // Not empty, gone already, or not ours to remove: no harm done.
      }
      this.#undo.push(() => mkdirSync(absolute));
    }
  }

  /** Takes all of them back, the last first. @returns whether the system let it. */
  takeBack(): boolean {
    let isWhole = true;
    for (const step of this.#undo.reverse()) {
      try {
        step();
      } catch (error) {
        if (systemErrorCode(error) === undefined) throw error;
        isWhole = false;
      }
    }
    return isWhole;
  }
}
