/** From a path, or the name of a release, to a loaded schema: what all commands begin with. */
import { dirname, isAbsolute, relative, resolve } from "node:path";
import type { Diagnostic } from "../diagnostic.js";
import { check } from "../schema/check.js";
import { load, type LoadResult } from "../schema/load.js";
import { ParseMemory } from "../syntax/parse-memory.js";
import { diskHost, type Disk } from "./disk-host.js";
import { locate } from "./locate.js";
import { findRelease, isReleaseName } from "./release.js";
import { treeRoot } from "./tree-root.js";

/** Which schema, and how far it may reach. */
export interface ReadOptions {
  /**
   * A schema file; or a directory, which stands for its `qapi-schema.json`, else for `qapi/qapi-schema.json` below it, else for every
   * `.json` in it that no other of them includes; or a release of QEMU: `qemu@10.2`.
   */
  readonly schema: string;
  /** The directory that includes may not leave. Default: QEMU's source tree, if the schema is in one, else the schema's own. */
  readonly root?: string;
  /**
   * A schema that has the names of types which the answer of a QEMU masks; as `schema`. Default: names are made up. Of no
   * use with other schemas.
   */
  readonly names?: string;
}

/** A schema that was found. */
export interface Read {
  /** The root files, as paths; or the name of the release. */
  readonly entries: readonly string[];
  readonly loaded: LoadResult;
}

/**
 * Finds a schema on a disk and loads it. Does not throw for what the user can mend.
 *
 * @param memory - What earlier calls have parsed. Default: nothing.
 */
export function read(
  options: ReadOptions,
  disk: Disk = diskHost,
  memory: ParseMemory = new ParseMemory(),
): Read | { readonly diagnostics: readonly Diagnostic[] } {
  if (isReleaseName(options.schema)) return readRelease(options.schema, disk);
  const { parse } = memory;
  const located = locate(options.schema, disk, parse);
  if ("diagnostics" in located) return located;
  const { entries } = located;
  const isThere = (path: string): boolean => disk.kind(path) !== undefined;
  const root = options.root === undefined ? treeRoot(entries[0], isThere) : asSeenWith(options.schema, options.root);
  if (options.names === undefined) return { entries, loaded: load(entries, disk, { root, parse }) };
  const names = read({ schema: options.names }, disk, memory);
  if ("diagnostics" in names) return names;
  const { schema, diagnostics } = check(names.loaded);
  return schema === undefined
    ? { diagnostics }
    : { entries, loaded: load(entries, disk, { root, parse, names: schema }) };
}

/** An image names all types and includes nothing. */
function readRelease(schema: string, disk: Disk): Read | { readonly diagnostics: readonly Diagnostic[] } {
  const found = findRelease(schema);
  if ("diagnostics" in found) return found;
  // `qemu@latest` is another one as soon as there is another one.
  disk.list(dirname(found.file), "");
  return { entries: [found.name], loaded: load(found.file, disk) };
}

/** `directory` in the terms of `path`, absolute or relative, so that the loader can compare them as text. */
function asSeenWith(path: string, directory: string): string {
  const absolute = resolve(directory);
  const seen = isAbsolute(path) ? absolute : relative("", absolute);
  return process.platform === "win32" ? seen.replaceAll("\\", "/") : seen;
}

/** What was read, in numbers. */
export interface ReadReport {
  /** The root files, as paths; or the name of the release. */
  readonly entries: readonly string[];
  /** How many files, the roots and what they include. */
  readonly files: number;
  /** Their size in bytes. */
  readonly bytes: number;
}

/** The numbers of what was read. */
export function reportOf({ entries, loaded }: Read): ReadReport {
  const { sources } = loaded.tree;
  const bytes = sources.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  return { entries, files: sources.length, bytes };
}
