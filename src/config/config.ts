/**
 * What `qapi.config.ts` says: which schemas, and what to make of each. The keys are the long options of the command line in
 * camel case.
 */
import type { GenerateOptions } from "../build/generate.js";
import { loadEmitters } from "../build/load-emitter.js";
import type { Emitter } from "../emit/emitter.js";
import type { DocsMode, ImportExtension, Int64Mode } from "../emit/options.js";
import type { Target } from "../build/generate.js";
import { builtinEmitters, defaultEmitters } from "../emitters/index.js";
import { isAbsolute, join } from "node:path";

/** What all schemas of a configuration have in common; each may say otherwise. */
export interface SharedConfig {
  /** The emitters of ours that are to run, by name. Default: types, events, commands, validators and schema. */
  readonly emit?: readonly string[];
  /** Emitters of others: paths, names of packages, or the emitters themselves. Default: none. */
  readonly emitter?: readonly (string | Emitter)[];
  /** The definitions to make it of, by name; `*` stands for any text. Default: all. */
  readonly only?: readonly string[];
  /** Settles `if` conditions: whether a build option is on. Default: all are open. */
  readonly define?: Readonly<Record<string, boolean>>;
  /** Files that settle conditions: C headers or lists. Default: none. */
  readonly defines?: readonly string[];
  readonly prefix?: string;
  readonly int64?: Int64Mode;
  readonly docs?: DocsMode;
  readonly manual?: string;
  readonly target?: Target;
  readonly importExtension?: ImportExtension;
}

/** One schema, and where to write what is made of it. */
export interface SchemaConfig extends SharedConfig {
  /** A file or a directory, relative to the configuration. */
  readonly schema: string;
  /** The output directory, relative to the configuration. */
  readonly output: string;
  readonly root?: string;
  readonly names?: string;
}

/** A configuration: of one schema, or of several. */
export type Config = SchemaConfig | (SharedConfig & { readonly schemas: readonly SchemaConfig[] });

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

/** What is wrong with a configuration: a sentence that names the key. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/**
 * The runs that a configuration asks for.
 *
 * @param directory - What relative paths in it are relative to.
 * @throws ConfigError
 */
export async function runsOf(config: Config, directory: string): Promise<readonly GenerateOptions[]> {
  if (!("schemas" in config)) return [await runOf(config, directory)];
  const { schemas, ...shared } = config;
  return Promise.all(schemas.map((schema) => runOf({ ...shared, ...schema }, directory)));
}

async function runOf(config: SchemaConfig, directory: string): Promise<GenerateOptions> {
  const { schema, output, emit, emitter = [], only, define = {}, defines = [], root, names, ...options } = config;
  const at = (path: string): string => (isAbsolute(path) ? path : join(directory, path));
  const ours = emit === undefined ? defaultEmitters : builtinEmitters.filter(({ name }) => emit.includes(name));
  const modules = emitter.filter((one) => typeof one === "string");
  const others = [
    ...(await loadEmitters(modules, builtinEmitters)),
    ...emitter.filter((one) => typeof one !== "string"),
  ];
  return {
    ...options,
    schema: at(schema),
    output: at(output),
    emitters: [...ours, ...others],
    defines: new Map(Object.entries(define)),
    definesFiles: defines.map(at),
    ...(only !== undefined && { only }),
    ...(root !== undefined && { root: at(root) }),
    ...(names !== undefined && { names: at(names) }),
  };
}
