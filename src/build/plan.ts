/**
 * What there is to do to bring an output directory up to date, found out without touching anything.
 */
import type { Diagnostic } from "../diagnostic.js";
import type { OutputFile } from "../emit/emitter.js";
import type { Hashes } from "./manifest.js";
import { OutputDirectory } from "./output-directory.js";
import { OutputError, systemError } from "./output-error.js";
import { isOutputPath } from "./output-path.js";

/** The steps that are needed; all paths are relative to the output directory. */
export interface Plan {
  /** What is not there yet. */
  readonly add: readonly OutputFile[];
  /** The same by what has to be made for it: the file, or the topmost of its folders that are not there either. */
  readonly arrivals: ReadonlyMap<string, readonly OutputFile[]>;
  /** What is there with another content. */
  readonly change: readonly OutputFile[];
  readonly unchanged: readonly string[];
  readonly remove: readonly string[];
  /** What is no longer generated and not there any more; its folders may be empty. */
  readonly gone: readonly string[];
  /** What is ours by now: what the manifest says, and what a run that was cut off has put there. */
  readonly owned: Hashes;
  /** What people should know: sentences without a full stop. */
  readonly warnings: readonly string[];
}

/** What earlier runs have said about an output directory. */
export interface Known {
  /** What is ours, whatever it contains by now. */
  readonly files: Hashes;
  /** What runs that were cut off may have put there; empty otherwise. */
  readonly pending: Hashes;
}

const CONFLICT_HINT =
  "nothing was written; choose another output directory, or move these files away (if they were generated once and " +
  "'.qapi-codegen.json' has been lost, delete them)";

/**
 * Compares `directory` with what is to be in it.
 *
 * @throws OutputError when something stands in the way; all that does is named.
 */
export function plan(directory: string, files: readonly OutputFile[], known: Known): Plan {
  try {
    return compare(new OutputDirectory(directory), files, known);
  } catch (error) {
    throw error instanceof OutputError ? error : systemError(error, "look into", directory);
  }
}

function compare(directory: OutputDirectory, files: readonly OutputFile[], known: Known): Plan {
  const owned = ownedFiles(directory, known);
  const add: OutputFile[] = [];
  const arrivals = new Map<string, OutputFile[]>();
  const change: OutputFile[] = [];
  const unchanged: string[] = [];
  const conflicts: string[] = [];
  const paths = new Set<string>();
  for (const file of files) {
    if (!isOutputPath(file.path) || paths.has(file.path)) throw new Error(`an emitter made the file '${file.path}'`);
    paths.add(file.path);
    const entry = directory.entry(file.path);
    if (typeof entry === "string") conflicts.push(entry);
    else if (entry === undefined) {
      add.push(file);
      const arrival = directory.arrival(file.path);
      const together = arrivals.get(arrival);
      if (together === undefined) arrivals.set(arrival, [file]);
      else together.push(file);
    } else if (entry.has(file.text)) unchanged.push(file.path);
    else if (owned.has(file.path)) change.push(file);
    else conflicts.push(`'${entry.path}' is not a file that qapi-codegen made and would be overwritten`);
  }
  if (conflicts.length > 0) throw new OutputError(conflictDiagnostics(conflicts));

  const remove: string[] = [];
  const gone: string[] = [];
  const warnings: string[] = [];
  const now = new Map(files.map((file) => [file.path.toLowerCase(), file.path]));
  for (const path of new Set([...owned.keys(), ...known.pending.keys()])) {
    if (paths.has(path)) continue;
    const entry = directory.entry(path);
    if (entry === undefined) {
      gone.push(path);
    } else if (typeof entry === "string") {
      warnings.push(`${entry}: '${path}', which is no longer generated, was not removed`);
    } else if (entry.hasHash(owned.get(path))) {
      // Where the case of letters does not matter, the new file may be the old one by another name.
      const other = directory.entry(now.get(path.toLowerCase()) ?? path);
      if (other === entry || typeof other !== "object" || !entry.isSameAs(other)) remove.push(path);
    } else if (owned.has(path)) {
      warnings.push(`'${entry.path}' is no longer generated but has been edited, so it was left alone`);
    }
  }
  return { add, arrivals, change, unchanged, remove, gone, owned, warnings };
}

/**
 * A file that a run was about to put there when it was cut off is ours if it has the content that it was to get. Otherwise
 * it is what it was before, and if it is new, somebody else has made it since.
 */
function ownedFiles(directory: OutputDirectory, known: Known): Hashes {
  const owned = new Map(known.files);
  for (const [path, hash] of known.pending) {
    const entry = directory.entry(path);
    if (typeof entry === "object" && entry.hasHash(hash)) owned.set(path, hash);
  }
  return owned;
}

function conflictDiagnostics(conflicts: readonly string[]): readonly Diagnostic[] {
  return [...new Set(conflicts)].map((message, index, all) => ({
    code: "output-conflict",
    message,
    ...(index === all.length - 1 && { hint: CONFLICT_HINT }),
  }));
}
