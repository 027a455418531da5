/**
 * The manifest in an output directory: which files there are ours and what we wrote into them, so that a later run can
 * remove what it no longer writes and never touches anything else.
 *
 * ```json
 * { "version": 1, "files": { "types/net.ts": "<SHA-256 of the content, hex>" } }
 * ```
 *
 * While a run is under way there is also `pending`, of the same shape: what the run is about to write. A run that was cut
 * off leaves it behind, and what then stands at such a path is ours if it has that content.
 */
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject } from "./is-object.js";
import { OutputError, systemError, systemErrorCode } from "./output-error.js";
import { isOutputPath, MANIFEST } from "./output-path.js";

/** Content hashes by path. */
export type Hashes = ReadonlyMap<string, string>;

/** What a manifest says. */
export interface Manifest {
  /** What is ours, whatever it contains by now. */
  readonly files: Hashes;
  /** What a run that did not finish was about to write; empty otherwise. */
  readonly pending: Hashes;
}

const VERSION = 1;
const HINT =
  `if '${MANIFEST}' is not a file of qapi-codegen, choose another output directory; ` +
  `if it is, delete it together with the generated files and run again`;

/**
 * The manifest of `directory`; an empty one where there is none.
 *
 * @throws OutputError when it cannot be read or does not make sense.
 */
export function readManifest(directory: string): Manifest {
  const file = join(directory, MANIFEST);
  const broken = (why: string): OutputError =>
    new OutputError([{ code: "output-manifest", message: `cannot use the manifest '${file}': ${why}`, hint: HINT }]);

  let text: string;
  try {
    const status = lstatSync(file, { throwIfNoEntry: false });
    if (status === undefined) return { files: new Map(), pending: new Map() };
    if (!status.isFile()) throw broken("it is not a regular file");
    text = readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof OutputError) throw error;
    if (systemErrorCode(error) === "ENOTDIR") return { files: new Map(), pending: new Map() };
    throw systemError(error, "read", file);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw broken("it is not JSON");
  }
  if (!isObject(json)) throw broken("it is not a JSON object");
  const { version, files, pending = {} } = json;
  if (version !== VERSION) {
    throw broken(
      typeof version === "number" ? `its version is ${String(version)}, not ${String(VERSION)}` : "it has no version",
    );
  }
  return { files: hashes("files", files, broken), pending: hashes("pending", pending, broken) };
}

/** The text of a manifest, sorted by path. */
export function manifestText(manifest: Manifest): string {
  const { files, pending } = manifest;
  const content = { version: VERSION, files: sorted(files), ...(pending.size > 0 && { pending: sorted(pending) }) };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/**
 * The content hash of a manifest, which protects from mistakes, not from attacks. Node's crypto is loaded only here, since
 * that takes a few milliseconds.
 */
export function contentHash(content: string | Uint8Array): string {
  return process.getBuiltinModule("node:crypto").hash("sha1", content);
}

function hashes(key: string, value: unknown, broken: (why: string) => OutputError): Hashes {
  if (!isObject(value)) throw broken(`'${key}' is not a JSON object`);
  const result = new Map<string, string>();
  for (const [path, hash] of Object.entries(value)) {
    if (!isOutputPath(path)) throw broken(`'${key}' has the path '${path}', which is not one of a generated file`);
    if (typeof hash !== "string" || !/^[0-9a-f]{40}$/.test(hash)) throw broken(`'${key}' has no hash for '${path}'`);
    result.set(path, hash);
  }
  return result;
}

function sorted(map: Hashes): Readonly<Record<string, string>> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
