/** Which files a schema's path stands for. */
import { posix } from "node:path";
import type { Diagnostic } from "../diagnostic.js";
import { HostError } from "../schema/host.js";
import { parse as parseSource, type ParseResult } from "../syntax/parse.js";
import { Source } from "../syntax/source.js";
import type { Disk } from "./disk-host.js";
import { releaseMeantBy } from "./release.js";

/** Where a schema begins, or why it does not. */
export type Located =
  | { readonly entries: readonly [string, ...string[]] }
  | { readonly diagnostics: readonly [Diagnostic, ...Diagnostic[]] };

/**
 * The root files of the schema at `path`. A file stands for itself; a directory for its `qapi-schema.json`, else for
 * `qapi/qapi-schema.json` below it, else for every `.json` in it that no other of them includes.
 *
 * @param path - As the user gave it; what is returned begins with it and has forward slashes.
 * @param parse - What parses the files of a directory, if it remembers what it has parsed.
 */
export function locate(path: string, disk: Disk, parse: (source: Source) => ParseResult = parseSource): Located {
  const base = normalise(path);
  const kind = disk.kind(base);
  if (kind === "file") return { entries: [base] };
  if (kind === undefined) {
    const release = releaseMeantBy(path);
    const hint =
      release === undefined ? undefined : `did you mean the release '${release}', which comes with qapi-codegen?`;
    return problem(`there is no schema at '${path}': no such file or directory`, hint);
  }
  for (const name of ["qapi-schema.json", "qapi/qapi-schema.json"]) {
    const entry = posix.join(base, name);
    if (disk.kind(entry) === "file") return { entries: [entry] };
  }
  let names: readonly string[];
  try {
    names = disk.list(base, ".json");
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return problem(`cannot look into the directory '${path}': ${error.message}`);
  }
  const files = names.map((name) => posix.join(base, name)).filter((file) => disk.kind(file) === "file");
  const [first, ...others] = notIncluded(files, disk, parse);
  if (first !== undefined) return { entries: [first, ...others] };
  return problem(
    `there is no schema in the directory '${path}'`,
    "a schema directory has a 'qapi-schema.json', or a 'qapi' directory with one, or at least a '.json' file",
  );
}

/** Those of `files` that no other includes; all of them when they include each other in a circle. */
function notIncluded(files: readonly string[], disk: Disk, parse: (source: Source) => ParseResult): readonly string[] {
  const included = new Set<string>();
  for (const file of files) {
    let text: string;
    try {
      text = disk.read(file);
    } catch (error) {
      if (error instanceof HostError) continue; // It is a root then, and the loader says what is wrong with it.
      throw error;
    }
    for (const entry of parse(new Source(file, text)).file.entries) {
      if (entry.kind !== "include") continue;
      const target = posix.join(posix.dirname(file), entry.path.text);
      if (target !== file) included.add(target);
    }
  }
  const roots = files.filter((file) => !included.has(file));
  return roots.length === 0 ? files : roots;
}

/** Forward slashes, no `.`, and `..` only at the beginning: what hosts want. */
function normalise(path: string): string {
  const slashes = process.platform === "win32" ? path.replaceAll("\\", "/") : path;
  const normal = posix.normalize(slashes);
  return normal.length > 1 && normal.endsWith("/") ? normal.slice(0, -1) : normal;
}

function problem(message: string, hint?: string): Located {
  return { diagnostics: [{ code: "missing-schema", message, ...(hint !== undefined && { hint }) }] };
}
