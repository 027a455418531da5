/**
 * What there is to do to bring an output directory up to date, found out without touching anything.
 */
import { lstatSync, readFileSync, realpathSync, statSync, type Stats } from "node:fs";
import { isAbsolute, join, posix, relative, sep } from "node:path";
import type { Diagnostic } from "../diagnostic.js";
import type { OutputFile } from "../emit/emitter.js";
import { contentHash, type Hashes, type Manifest } from "./manifest.js";
import { OutputError, systemError } from "./output-error.js";
import { isOutputPath } from "./output-path.js";

/** The steps that are needed; all paths are relative to the output directory. */
export interface Plan {
  readonly write: readonly OutputFile[];
  readonly unchanged: readonly string[];
  readonly remove: readonly string[];
  /** What is no longer generated and not there any more; its folders may be empty. */
  readonly gone: readonly string[];
  /** What is ours by now: what the manifest says, and what a run that was cut off has come to. */
  readonly owned: Hashes;
  /** What people should know: sentences without a full stop. */
  readonly warnings: readonly string[];
}

const CONFLICT_HINT =
  "nothing was written; choose another output directory, or move these files away (if they were generated once and " +
  "'.qapi-codegen.json' has been lost, delete them)";

/**
 * Compares `directory` with what is to be in it.
 *
 * @throws OutputError when something stands in the way; all that does is named.
 */
export function plan(directory: string, files: readonly OutputFile[], manifest: Manifest): Plan {
  try {
    return compare(new OutputDirectory(directory), files, manifest);
  } catch (error) {
    throw error instanceof OutputError ? error : systemError(error, "look into", directory);
  }
}

function compare(directory: OutputDirectory, files: readonly OutputFile[], manifest: Manifest): Plan {
  const owned = ownedFiles(directory, manifest);
  const write: OutputFile[] = [];
  const unchanged: string[] = [];
  const conflicts: string[] = [];
  const paths = new Set<string>();
  for (const file of files) {
    if (!isOutputPath(file.path) || paths.has(file.path)) throw new Error(`an emitter made the file '${file.path}'`);
    paths.add(file.path);
    const entry = directory.entry(file.path);
    if (typeof entry === "string") conflicts.push(entry);
    else if (entry === undefined) write.push(file);
    else if (entry.has(file.text)) unchanged.push(file.path);
    else if (owned.has(file.path)) write.push(file);
    else conflicts.push(`'${entry.path}' is not a file that qapi-codegen made and would be overwritten`);
  }
  if (conflicts.length > 0) throw new OutputError(conflictDiagnostics(conflicts));

  const remove: string[] = [];
  const gone: string[] = [];
  const warnings: string[] = [];
  const now = new Map(files.map((file) => [file.path.toLowerCase(), file.path]));
  for (const path of new Set([...owned.keys(), ...manifest.pending.keys()])) {
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
  return { write, unchanged, remove, gone, owned, warnings };
}

/**
 * A file that a run was about to write when it was cut off is ours if it was written: has the content that it was to get.
 * Otherwise it is what it was before, and if it is new, somebody else has made it since.
 */
function ownedFiles(directory: OutputDirectory, manifest: Manifest): Hashes {
  const owned = new Map(manifest.files);
  for (const [path, hash] of manifest.pending) {
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

/** The output directory as it is. */
class OutputDirectory {
  readonly #path: string;
  readonly #exists: boolean;
  readonly #folders = new Map<string, "missing" | "present" | { readonly problem: string }>();
  readonly #entries = new Map<string, ExistingFile>();

  constructor(path: string) {
    this.#path = path;
    const status = statSync(path, { throwIfNoEntry: false });
    if (status?.isDirectory() === false) {
      const message = `cannot write to '${path}': it is not a directory`;
      throw new OutputError([{ code: "output-unwritable", message, hint: "choose another output directory" }]);
    }
    this.#exists = status !== undefined;
  }

  /** The file at a path; undefined when there is none; when something else is there, a sentence that says what. */
  entry(path: string): ExistingFile | undefined | string {
    const known = this.#entries.get(path);
    if (known !== undefined) return known;
    const folder = this.#folder(posix.dirname(path));
    if (typeof folder === "object") return folder.problem;
    if (folder === "missing") return undefined;
    const file = join(this.#path, path);
    const status = lstatSync(file, { throwIfNoEntry: false });
    if (status === undefined) return undefined;
    if (!status.isFile()) return `'${file}' is ${kindOf(status)}, not a file`;
    const entry = new ExistingFile(file, status);
    this.#entries.set(path, entry);
    return entry;
  }

  #folder(folder: string): "missing" | "present" | { readonly problem: string } {
    if (folder === ".") return this.#exists ? "present" : "missing";
    let state = this.#folders.get(folder);
    if (state === undefined) this.#folders.set(folder, (state = this.#lookAt(folder)));
    return state;
  }

  #lookAt(folder: string): "missing" | "present" | { readonly problem: string } {
    const parent = this.#folder(posix.dirname(folder));
    if (parent !== "present") return parent;
    const path = join(this.#path, folder);
    const status = lstatSync(path, { throwIfNoEntry: false });
    if (status === undefined) return "missing";
    if (status.isDirectory()) return "present";
    if (!status.isSymbolicLink()) return { problem: `'${path}' is ${kindOf(status)}, not a directory` };
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
      return { problem: `'${path}' is a symbolic link that leads to no directory` };
    }
    const target = relative(realpathSync(this.#path), realpathSync(path));
    const isInside = target !== ".." && !target.startsWith(`..${sep}`) && !isAbsolute(target);
    return isInside ? "present" : { problem: `'${path}' is a symbolic link that leads out of the output directory` };
  }
}

/** A file that is there. It is read when its content matters, once. */
class ExistingFile {
  /** As it is shown to people. */
  readonly path: string;
  readonly #status: Stats;
  #content: Buffer | undefined;

  constructor(path: string, status: Stats) {
    this.path = path;
    this.#status = status;
  }

  has(text: string): boolean {
    return this.#status.size === Buffer.byteLength(text) && this.#read().equals(Buffer.from(text));
  }

  hasHash(hash: string | undefined): boolean {
    return hash !== undefined && contentHash(this.#read()) === hash;
  }

  isSameAs(other: ExistingFile): boolean {
    return this.#status.ino === other.#status.ino && this.#status.dev === other.#status.dev;
  }

  #read(): Buffer {
    try {
      return (this.#content ??= readFileSync(this.path));
    } catch (error) {
      throw systemError(error, "read", this.path);
    }
  }
}

function kindOf(status: Stats): string {
  if (status.isDirectory()) return "a directory";
  if (status.isSymbolicLink()) return "a symbolic link";
  return status.isFile() ? "a file" : "a special file";
}
