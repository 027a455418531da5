/**
 * What an emitter is: a function of the model that writes files by way of {@link Output} and nothing else.
 */
import type { Module, Schema } from "../schema/schema.js";
import type { Exported, FileOptions, GeneratedFile } from "./generated-file.js";
import type { Names, Role } from "./naming.js";
import type { CommonName } from "./places.js";
import type { SettledOptions } from "./options.js";
import type { Documented } from "./tsdoc.js";

/**
 * Turns a schema into files of one folder of the output.
 *
 * ```ts
 * export default defineEmitter({
 *   name: "names",
 *   emit(schema, out) {
 *     const f = out.index("names");
 *     const { identifier } = out.names.add("eventNames", f.path);
 *     const names = schema.events.map((event) => stringLiteral(event.name));
 *     f.print`export const ${identifier}: readonly string[] = [${names.join(", ")}];`;
 *   },
 * });
 * ```
 */
export interface Emitter {
  /** How users choose it (`--emit`), by convention also the folder that its files are in: small letters, digits and `-`. */
  readonly name: string;
  /**
   * The emitters whose output its own refers to; they run before it, whether users choose them or not. Of two emitters with
   * one name, that of the run counts.
   */
  readonly requires?: readonly Emitter[];
  /**
   * Adds files to `out`; they are finished when it returns. It must be pure: the same schema and options give the same files.
   * What it throws is a mistake of its own, since every schema that it gets is right.
   */
  emit(schema: Schema, out: Output): void;
}

/** Where an emitter's files go. */
export interface Output {
  /** How the output is to be written. */
  readonly options: SettledOptions;
  /**
   * The identifiers of everything in the schema, the same for all emitters of a run, each with the file that exports it: for
   * {@link GeneratedFile.type} and `value`.
   */
  readonly names: Names;
  /** The emitters of this run, so that one can refer to what another emits only where that exists. */
  readonly emitters: ReadonlySet<string>;
  /** A name that every output exports, from the folder that it belongs to. */
  common(name: CommonName): Exported;
  /**
   * The path of a module's file in a folder: `types/net.ts`.
   *
   * @param extension - Default: `.ts`.
   */
  path(folder: string, module: Module, extension?: string): string;
  /**
   * The documentation comment of a part of the schema: whole lines, each with its line break, indented by `steps`; empty when
   * there is nothing to say. With a role, it also says where the identifier is not the one that people would expect.
   *
   * @param steps - Default: 0.
   */
  doc(node: Documented, steps?: number, role?: Role): string;
  /**
   * A new file. `path` is relative to the output directory, with forward slashes: `types/net.ts`, `schemas/net.json`. A file
   * into which nothing is printed is left out.
   *
   * @throws Error when an emitter asks for a path that is taken, or for one outside of the output directory: a mistake in the
   * emitter.
   */
  file(path: string, options?: FileOptions): GeneratedFile;
  /**
   * The `index.ts` of a folder. It re-exports all other `.ts` files of the folder, and the output's own `index.ts` re-exports
   * it; so all that the folder exports must have its name from {@link Output.names} or {@link Output.common}. A folder without
   * an index is not re-exported, and its files may call things as they like.
   */
  index(folder: string): GeneratedFile;
}

/**
 * Gives an emitter its type where it is written; at run time it returns its argument.
 *
 * @example
 * ```ts
 * import { check, defineEmitter, emit, load, memoryHost, stringLiteral } from "qapi-codegen";
 *
 * const names = defineEmitter({
 *   name: "names",
 *   emit(schema, out) {
 *     const file = out.file("names.ts");
 *     for (const { name } of schema.events) file.print`export const ${name} = ${stringLiteral(name)};`;
 *   },
 * });
 * const { schema } = check(load("a.json", memoryHost({ "a.json": "{ 'event': 'STOP' }" })));
 * if (schema === undefined) throw new Error("the schema is wrong");
 * const [file] = emit(schema, [names]).filter(({ path }) => path === "names.ts");
 * file?.text.split("\n").at(-2); // => 'export const STOP = "STOP";'
 * ```
 */
export function defineEmitter(emitter: Emitter): Emitter {
  return emitter;
}

/** A finished file of the output. */
export interface OutputFile {
  /** Relative to the output directory, with forward slashes. */
  readonly path: string;
  readonly text: string;
}
