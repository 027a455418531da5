/**
 * An output directory as it is: which files there are, as far as it can be written to them safely.
 */
import { lstatSync, readFileSync, realpathSync, statSync, type Stats } from "node:fs";
import { isAbsolute, join, posix, relative, sep } from "node:path";
import { contentHash } from "./content-hash.js";
import { OutputError, systemError } from "./output-error.js";

/** The output directory as it is when it is asked for the first time. */
export class OutputDirectory {
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

  /** What has to be made for a path that there is no file at: the topmost folder above it that is missing, or the file. */
  arrival(path: string): string {
    let topmost = path;
    for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder)) {
      if (this.#folder(folder) === "missing") topmost = folder;
    }
    return topmost;
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
export class ExistingFile {
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
