/** Which files a schema's path stands for. */
import { readdirSync, statSync } from "node:fs";
import { posix } from "node:path";
import type { Diagnostic } from "../diagnostic.js";
import { HostError, type Host } from "../schema/host.js";
import { parse } from "../syntax/parse.js";
import { Source } from "../syntax/source.js";
import { systemErrorCode } from "./output-error.js";

/** Where a schema begins, or why it does not. */
export type Located =
  | { readonly entries: readonly [string, ...string[]] }
  | { readonly diagnostics: readonly [Diagnostic, ...Diagnostic[]] };

/**
 * The root files of the schema at `path`. A file stands for itself; a directory for its `qapi-schema.json`, else for
 * `qapi/qapi-schema.json` below it, else for every `.json` in it that no other of them includes.
 *
 * @param path - As the user gave it; what is returned begins with it and has forward slashes.
 * @param host - Reads the files of a directory that has no `qapi-schema.json`.
 */
export function locate(path: string, host: Host): Located {
  const base = normalise(path);
  const kind = kindAt(base);
  if (kind === "file") return { entries: [base] };
  if (kind === undefined) return problem(`there is no schema at '${path}': no such file or directory`);
  for (const name of ["qapi-schema.json", "qapi/qapi-schema.json"]) {
    const entry = posix.join(base, name);
    if (kindAt(entry) === "file") return { entries: [entry] };
  }
  let names: readonly string[];
  try {
    names = readdirSync(base).filter((name) => name.endsWith(".json"));
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === undefined) throw error;
    return problem(`cannot look into the directory '${path}': ${code === "EACCES" ? "permission denied" : code}`);
  }
  const files = names.map((name) => posix.join(base, name)).filter((file) => kindAt(file) === "file");
  const [first, ...others] = notIncluded(files.sort(), host);
  if (first !== undefined) return { entries: [first, ...others] };
  return problem(
    `there is no schema in the directory '${path}'`,
    "a schema directory has a 'qapi-schema.json', or a 'qapi' directory with one, or at least a '.json' file",
  );
}

/** Those of `files` that no other includes; all of them when they include each other in a circle. */
function notIncluded(files: readonly string[], host: Host): readonly string[] {
  const included = new Set<string>();
  for (const file of files) {
    let text: string;
    try {
      text = host.read(file);
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

function kindAt(path: string): "file" | "directory" | undefined {
  try {
    return statSync(path).isDirectory() ? "directory" : "file";
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
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
