/**
 * What an emitter is: a function of the model that writes files by way of {@link Output} and nothing else.
 */
import type { Schema } from "../schema/schema.js";
import type { GeneratedFile } from "./generated-file.js";
import type { Names } from "./naming.js";

/** Turns a schema into files of one folder of the output. */
export interface Emitter {
  /** How users choose it (`--emit`), by convention also the folder that its files are in. */
  readonly name: string;
  /** Adds files to `out`. It must be pure: the same schema and options give the same files. */
  emit(schema: Schema, out: Output): void;
}

/** Where an emitter's files go. */
export interface Output {
  /** The identifiers of everything in the schema, the same for all emitters of a run. */
  readonly names: Names;
  /** The emitters of this run, so that one can refer to what another emits only where that exists. */
  readonly emitters: ReadonlySet<string>;
  /**
   * A new file. `path` is relative to the output directory, with forward slashes: `types/net.ts`.
   *
   * @throws Error when an emitter asks for the same path twice, or for one outside of the output directory: a mistake in the
   * emitter.
   */
  file(path: string): GeneratedFile;
}

/** Gives an emitter its type where it is written; at run time it returns its argument. */
export function defineEmitter(emitter: Emitter): Emitter {
  return emitter;
}

/** A finished file of the output. */
export interface OutputFile {
  /** Relative to the output directory, with forward slashes. */
  readonly path: string;
  readonly text: string;
}
