/**
 * What `qapi.config.ts` says: which schemas, and what to make of each. The keys are the long options of the command line in
 * camel case. This module is all that a configuration has to import (`qapi-codegen/config`), so it loads nothing.
 */
import type { Target } from "../build/generate.js";
import type { Emitter } from "../emit/emitter.js";
import type { DocsMode, ImportExtension, Int64Mode } from "../emit/options.js";
import type { emitters } from "../emitters/index.js";

/** The name of an emitter that comes with qapi-codegen. */
export type EmitterName = keyof typeof emitters;

/** What all schemas of a configuration have in common; each may say otherwise. Paths are relative to the configuration. */
export interface SharedConfig {
  /**
   * What to make: the emitters of ours that are to run, by name. One string may have several, separated by commas. Default:
   * all but `json-schema`.
   */
  readonly emit?:
    EmitterName | (string & Record<never, never>) | readonly (EmitterName | (string & Record<never, never>))[];
  /** Emitters of others, to run besides: paths, names of packages, or the emitters themselves. Default: none. */
  readonly emitter?: string | Emitter | readonly (string | Emitter)[];
  /** The definitions to make it of, by name, with what they reach; `*` stands for any text. Default: all. */
  readonly only?: string | readonly string[];
  /** Settles `if` conditions of the schema: whether a build option is on. Default: all are open. */
  readonly define?: Readonly<Record<string, boolean>>;
  /** Files that settle conditions: C headers such as `config-host.h`, or lists. `define` goes before them. Default: none. */
  readonly defines?: string | readonly string[];
  /** What identifiers begin with: `Qga` makes the type `QgaFoo` and the function `qgaFoo`. Default: nothing. */
  readonly prefix?: string;
  /** How 64-bit integers are held. Default: `mixed`, a number where that is exact and a bigint where it is not. */
  readonly int64?: Int64Mode;
  /** How much documentation to write. Default: `full`. */
  readonly docs?: DocsMode;
  /** The address of the reference manual that documentation links to, or `none`. Default: QEMU's own for its schemas. */
  readonly manual?: string;
  /** Whether to write TypeScript, or JavaScript with declarations. Default: `ts`. */
  readonly target?: Target;
  /** What imports end with. Default: `.js`. */
  readonly importExtension?: ImportExtension;
  /** The directory that includes may not leave. Default: the source tree that the schema belongs to. */
  readonly root?: string;
  /** For the answer of a QEMU to `query-qmp-schema`: a schema that has the names of types, which the answer masks. */
  readonly names?: string;
}

/** One schema, and where to write what is made of it. Paths are relative to the configuration. */
export interface SchemaConfig extends SharedConfig {
  /** A schema file, a directory that has one, or a release of QEMU: `qemu@10.2`. */
  readonly schema: string;
  /** The output directory; only generated files in it are ever touched. */
  readonly output: string;
}

/** How the command line goes about all schemas of a configuration. Bundlers do not look at it. */
export interface RunConfig {
  /** How to print what is wrong with a schema: for people, or as JSON. Default: `text`. */
  readonly format?: "text" | "json";
  /** Whether to print nothing but what is wrong. Default: no. */
  readonly quiet?: boolean;
  /** Whether to use colours. Default: on a terminal. */
  readonly color?: boolean;
  /** Whether to keep what helps the next run to be faster. Default: yes. */
  readonly cache?: boolean;
}

/** Several schemas, each with options of its own on top of those that they share. */
export interface SeveralConfig extends SharedConfig, RunConfig {
  /** The schemas. An option of one of them stands in the place of the shared one. */
  readonly schemas: readonly SchemaConfig[];
}

/** A configuration of one schema. */
export interface SingleConfig extends SchemaConfig, RunConfig {}

/** A configuration: of one schema, or of several. */
export type Config = SingleConfig | SeveralConfig;

/**
 * Gives a configuration back as it is, with types for editors.
 *
 * @example
 * ```ts
 * import { defineConfig } from "qapi-codegen";
 *
 * export default defineConfig({
 *   define: { CONFIG_VMNET: false },
 *   schemas: [
 *     { schema: "qemu/qapi", output: "src/qmp" },
 *     { schema: "qemu/qga", output: "src/qga", prefix: "Qga" },
 *   ],
 * });
 * ```
 */
export function defineConfig(config: Config): Config {
  return config;
}
