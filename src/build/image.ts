/** The image of a schema on the disk: what `qapi-codegen image` makes, without a terminal. */
import { closeSync, openSync, readSync, realpathSync, statSync, writeFileSync } from "node:fs";
import type { Diagnostic } from "../diagnostic.js";
import { check } from "../schema/check.js";
import { IMAGE_KEY } from "../schema/image/format.js";
import { toImage, type ImageDocs } from "../schema/image/to-image.js";
import type { Schema } from "../schema/schema.js";
import { knownDefines, type DefinesOptions } from "./defines-file.js";
import { diskHost } from "./disk-host.js";
import { attempt, OutputError } from "./output-error.js";
import { read, reportOf, type ReadOptions, type ReadReport } from "./read.js";
import { replaceFile } from "./replace-file.js";
import { unknownOptions } from "./unknown-options.js";

/** Which schema to make an image of, and how. */
export interface ImageOfOptions extends ReadOptions, DefinesOptions {
  /** How much documentation is in the image. Default: all. */
  readonly docs?: ImageDocs;
}

/** What {@link imageOf} returns. */
export type ImageResult = MadeImage | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** An image, which is not written yet. */
export interface MadeImage {
  readonly ok: true;
  readonly text: string;
  readonly schema: Schema;
  readonly read: ReadReport;
  /** What people should know: sentences without a full stop. */
  readonly warnings: readonly string[];
}

/** Makes the image of a schema on the disk. Does not throw for what the user can mend. */
export function imageOf(options: ImageOfOptions): ImageResult {
  const { docs } = options;
  const found = read(options);
  if ("diagnostics" in found) return { ok: false, diagnostics: found.diagnostics };
  const known = knownDefines(options, diskHost);
  if ("diagnostics" in known) return { ok: false, diagnostics: known.diagnostics };
  const { schema, diagnostics } = check(found.loaded, known);
  if (schema === undefined) return { ok: false, diagnostics };
  const text = toImage(schema, docs === undefined ? {} : { docs });
  const warnings = unknownOptions(found.loaded.tree, options.defines ?? new Map());
  return { ok: true, text, schema, read: reportOf(found), warnings };
}

/**
 * Writes an image to a file in one step; or to what stands in its place and is no file, such as a pipe.
 *
 * @throws OutputError when the system refuses, or a file that is not an image would be overwritten.
 */
export function writeImageFile(path: string, text: string): void {
  attempt("write", path, () => {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) replaceFile(path, text);
    else if (!stats.isFile()) writeFileSync(path, text);
    else if (stats.size === 0 || beginsAsImage(path)) replaceFile(realpathSync(path), text);
    else throw new OutputError([conflict(path)]);
  });
}

function conflict(path: string): Diagnostic {
  return {
    code: "output-conflict",
    message: `'${path}' is not an image that qapi-codegen made and would be overwritten`,
    hint: "nothing was written; choose another name, or move the file away",
  };
}

function beginsAsImage(path: string): boolean {
  const descriptor = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(100);
    const length = readSync(descriptor, bytes);
    return new RegExp(`^\\s*\\{\\s*"${IMAGE_KEY}"`).test(bytes.toString("latin1", 0, length));
  } finally {
    closeSync(descriptor);
  }
}
