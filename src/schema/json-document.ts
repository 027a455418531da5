/** JSON documents that can be read as a schema: images, and what QEMU answers to `query-qmp-schema`. */
import type { Diagnostic } from "../diagnostic.js";
import { Source } from "../syntax/source.js";
import { isImage, readImage } from "./image/read-image.js";
import { answerIn, onlyAnswer } from "./introspection/find-answer.js";
import { readIntrospection, type ReadIntrospectionOptions } from "./introspection/read-introspection.js";
import { JsonError, JsonValue } from "./json-text.js";
import type { LoadedFile } from "./load.js";

/** What {@link readJsonDocument} returns. */
export interface JsonDocument {
  /** The files that the document stands for; none when it makes no sense. */
  readonly files: readonly LoadedFile[];
  /** What is wrong with it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What {@link readJsonDocument} can be told. */
export interface JsonDocumentOptions extends ReadIntrospectionOptions {
  /** What a module is called that is all of the document. Default: the name of the source. */
  readonly name?: string;
}

/**
 * How the documents begin that are read as a schema. That of the schema language begins with a `#`, a `{` or a `[`, and its
 * strings are in single quotes.
 */
const BEGINNING =
  /^\uFEFF?[ \t\r\n]*(?:\[[ \t\r\n]*\{[ \t\r\n]*"|\{[ \t\r\n]*"(?:qapi-image|return|id|error|QMP|timestamp|event|format)")/;

/** Whether a text is a JSON document rather than one in the schema language, going by how it begins. */
export function isJsonDocument(text: string): boolean {
  return BEGINNING.test(text);
}

/** Reads a document for which {@link isJsonDocument} is true. Never throws for what is in it. */
export function readJsonDocument(file: Source, options: JsonDocumentOptions = {}): JsonDocument {
  const path = file.name;
  const text = onlyAnswer(file.text);
  const source = text === file.text ? file : new Source(path, text);
  try {
    const document = JsonValue.parse(source);
    if (isImage(document)) return { files: readImage(document, path), diagnostics: [] };
    const answer = answerIn(document);
    if (answer !== undefined) {
      return {
        files: [{ path, name: options.name ?? path, isRoot: true, node: readIntrospection(answer, options) }],
        diagnostics: [],
      };
    }
    return document.fail(
      "is neither an image of a schema nor an answer to 'query-qmp-schema'",
      "images are made with 'qapi-codegen image'; schemas are in QEMU's QAPI language",
    );
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const { message, span, hint } = error;
    const diagnostic = { code: "invalid-document", message, span, ...(hint === undefined ? {} : { hint }) };
    return { files: [], diagnostics: [diagnostic] };
  }
}
