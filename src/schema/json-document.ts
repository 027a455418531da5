/** JSON documents that can be read as a schema. */
import type { Diagnostic } from "../diagnostic.js";
import type { Source } from "../syntax/source.js";
import { isImage, readImage } from "./image/read-image.js";
import { JsonError, JsonValue } from "./json-text.js";
import type { LoadedFile } from "./load.js";

/** What {@link readJsonDocument} returns. */
export interface JsonDocument {
  /** The files that the document stands for; none when it makes no sense. */
  readonly files: readonly LoadedFile[];
  /** What is wrong with it. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * How the documents begin that are read as a schema. That of the schema language begins with a `#` or a `{`, and its
 * strings are in single quotes.
 */
const BEGINNING = /^\uFEFF?[ \t\r\n]*(?:\[[ \t\r\n]*\{[ \t\r\n]*"|\{[ \t\r\n]*"(?:qapi-image|return)")/;

/** Whether a text is a JSON document rather than one in the schema language, going by how it begins. */
export function isJsonDocument(text: string): boolean {
  return BEGINNING.test(text);
}

/** Reads a document for which {@link isJsonDocument} is true. Never throws for what is in it. */
export function readJsonDocument(source: Source): JsonDocument {
  try {
    const document = JsonValue.parse(source);
    if (isImage(document)) return { files: readImage(document, source.name), diagnostics: [] };
    return document.fail(
      "is no image of a schema",
      "images are made with 'qapi-codegen image'; schemas are in QEMU's QAPI language",
    );
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { message, span, hint } = error;
    const diagnostic = { code: "invalid-document", message, span, ...(hint === undefined ? {} : { hint }) };
    return { files: [], diagnostics: [diagnostic] };
  }
}
