/**
 * The manifest in an output directory: which files there are ours and what we wrote into them, so that a later run can
 * remove what it no longer writes and never touches anything else.
 *
 * ```json
 * { "version": 1, "files": { "types/net.ts": "<SHA-256 of the content, hex>" } }
 * ```
 */
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "./is-object.js";
import { OutputError, systemError, systemErrorCode } from "./output-error.js";
import { isOutputPath, MANIFEST } from "./output-path.js";

/** Content hashes by path. */
export type Hashes = ReadonlyMap<string, string>;

const VERSION = 1;
const HINT =
  `if '${MANIFEST}' is not a file of qapi-codegen, choose another output directory; ` +
  `if it is, delete it together with the generated files and run again`;

/**
 * The text of the manifest of `directory`; undefined where there is none.
 *
 * @throws OutputError when it cannot be read.
 */
export function readManifest(directory: string): string | undefined {
  return reading(directory, (file) => {
    const status = lstatSync(file, { throwIfNoEntry: false });
    if (status === undefined) return undefined;
    if (!status.isFile()) throw broken(directory, "it is not a regular file");
    return readFileSync(file, "utf8");
  });
}

/**
 * What no other manifest of `directory` has, be its text the same: each run that writes anything puts a new file in its place.
 * Undefined where there is none.
 *
 * @throws OutputError when it cannot be looked at.
 */
export function manifestStamp(directory: string): string | undefined {
  return reading(directory, (file) => {
    const status = lstatSync(file, { bigint: true, throwIfNoEntry: false });
    return status && [status.dev, status.ino, status.mtimeNs, status.ctimeNs].join(" ");
  });
}

function reading(directory: string, read: (file: string) => string | undefined): string | undefined {
  const file = join(directory, MANIFEST);
  try {
    return read(file);
  } catch (error) {
    if (error instanceof OutputError) throw error;
    if (systemErrorCode(error) === "ENOTDIR") return undefined;
    throw systemError(error, "read", file);
  }
}

/**
 * The files that are ours in `directory`, by the text of its manifest; none where there is none.
 *
 * @throws OutputError when it does not make sense.
 */
export function filesOf(directory: string, text: string | undefined): Hashes {
  if (text === undefined) return new Map();
  const files = parseManifest(text);
  if (typeof files === "string") throw broken(directory, files);
  return files;
}

function broken(directory: string, why: string): OutputError {
  const message = `cannot use the manifest '${join(directory, MANIFEST)}': ${why}`;
  return new OutputError([{ code: "output-manifest", message, hint: HINT }]);
}

/** The files that the text of a manifest names; when it does not make sense, why. */
export function parseManifest(text: string): Hashes | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return "it is not JSON";
  }
  if (!isObject(json)) return "it is not a JSON object";
  const { version, files } = json;
  if (version !== VERSION) {
    return typeof version === "number"
      ? `its version is ${String(version)}, not ${String(VERSION)}`
      : "it has no version";
  }
  if (!isObject(files)) return "'files' is not a JSON object";
  const result = new Map<string, string>();
  for (const [path, hash] of Object.entries(files)) {
    if (!isOutputPath(path)) return `'files' has the path '${path}', which is not one of a generated file`;
    if (typeof hash !== "string" || !/^[0-9a-f]{40}$/.test(hash)) return `'files' has no hash for '${path}'`;
    result.set(path, hash);
  }
  return result;
}

/** The text of a manifest that names these files, sorted by path. */
export function manifestText(files: Hashes): string {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ version: VERSION, files: Object.fromEntries(sorted) }, undefined, 2)}\n`;
}
