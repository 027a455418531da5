/** The one-string harness of emitters: a schema in, the text of generated files out. */
import { emit } from "../../src/emit/emit.js";
import type { EmitOptions } from "../../src/emit/options.js";
import type { Emitter } from "../../src/emit/emitter.js";
import { schemaOf, type SchemaText } from "./harness.js";

/** The files that emitters make of a schema, by path. */
export function emittedFiles(
  text: SchemaText,
  emitters: readonly Emitter[],
  options?: EmitOptions,
): ReadonlyMap<string, string> {
  return new Map(emit(schemaOf(text), emitters, options).map((file) => [file.path, file.text]));
}

/**
 * The text of one file, without its first two lines: where it is from, and an empty one.
 *
 * @param path - Default: the file for the module of a schema that is one string.
 * @throws Error when there is no such file.
 */
export function emitted(text: SchemaText, emitter: Emitter, path = `${emitter.name}/test.ts`): string {
  const files = emittedFiles(text, [emitter]);
  const file = files.get(path);
  if (file === undefined) throw new Error(`no ${path} among ${[...files.keys()].join(", ")}`);
  return file.slice(file.indexOf("\n\n") + 2);
}
