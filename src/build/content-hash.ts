/** Hashes of contents, which protect from mistakes, not from attacks. */
import type { OutputFile } from "../emit/emitter.js";

/** The hash of a text, or of its bytes in UTF-8. Node's crypto is loaded only here, since that takes a few milliseconds. */
export function contentHash(content: string | Uint8Array): string {
  return process.getBuiltinModule("node:crypto").hash("sha1", content);
}

const known = new WeakMap<OutputFile, string>();

/** The hash of what is to be in a file: one that manifests need, and records of runs once more. */
export function hashOfFile(file: OutputFile): string {
  let hash = known.get(file);
  if (hash === undefined) known.set(file, (hash = contentHash(file.text)));
  return hash;
}
