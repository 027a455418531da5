/** From a configuration to runs: what is made of which schema, and where. */
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { GenerateOptions } from "../build/generate.js";
import { EmitterLoadError, loadEmitters } from "../build/load-emitter.js";
import { isReleaseName } from "../build/release.js";
import type { Emitter } from "../emit/emitter.js";
import { builtinEmitters } from "../emitters/index.js";
import { chooseEmitters, listOf, namesIn, unknownNames } from "./choose-emitters.js";
import { under } from "./checks.js";
import type { Config, SchemaConfig } from "./config.js";
import { ConfigOrigin, type KeyPath, type Mistake, type Origin } from "./config-error.js";
import { isConfig } from "./validate.js";

/** Options of a schema, and where they are said. A later layer goes before an earlier one, option by option. */
export interface Layer {
  readonly options: Partial<SchemaConfig>;
  /** What relative paths are relative to. */
  readonly directory: string;
  readonly origin: Origin;
  /** Where the options are, in the terms of their origin. */
  readonly path: KeyPath;
}

/**
 * The runs that a configuration asks for, one for each schema.
 *
 * @param directory - What relative paths in it are relative to.
 * @param origin - Names it in messages. Default: "the options".
 * @throws ConfigError with all that is wrong: with the configuration, with emitters of others, with outputs that are in the way of
 * each other.
 *
 * @example
 * ```ts
 * import { runsOf } from "qapi-codegen";
 *
 * const schemas = [
 *   { schema: "qapi", output: "src/qmp" },
 *   { schema: "qga", output: "src/qga", prefix: "Qga" },
 * ];
 * const runs = await runsOf({ int64: "bigint", schemas }, "../qemu");
 * runs.map(({ schema, output, int64 }) => [schema, output, int64]); // => [["../qemu/qapi", "../qemu/src/qmp", "bigint"], ["../qemu/qga", "../qemu/src/qga", "bigint"]]
 * ```
 */
export async function runsOf(
  config: Config,
  directory: string,
  origin: Origin = new ConfigOrigin("the options"),
): Promise<readonly GenerateOptions[]> {
  const mistakes: Mistake[] = [];
  if (!isConfig(config, mistakes)) throw origin.error(mistakes);
  return settleAll(layersOf(config, directory, origin));
}

/** The layers of each schema of a configuration that is known to be one. */
export function layersOf(config: Config, directory: string, origin: Origin): readonly (readonly Layer[])[] {
  if (!("schemas" in config)) return [[{ options: config, directory, origin, path: [] }]];
  const shared: Layer = { options: config, directory, origin, path: [] };
  return config.schemas.map((options, index) => [shared, { options, directory, origin, path: ["schemas", index] }]);
}

/**
 * The runs that layers ask for, a run for each list of them. Each has a layer that says which schema, and one that says where to.
 *
 * @throws what the origins of the layers make of mistakes.
 */
export async function settleAll(lists: readonly (readonly Layer[])[]): Promise<readonly GenerateOptions[]> {
  const runs = await Promise.all(lists.map(settle));
  const outputs = runs.map(({ output }) => resolve(output));
  for (const [index, output] of outputs.entries()) {
    const before = outputs.slice(0, index);
    const said = find(lists[index] ?? [], "output");
    if (before.includes(output)) throw mistake(said, "output", `'${output}' is the output of another schema as well`);
    const other = before.find((one) => isWithin(one, output) || isWithin(output, one));
    if (other === undefined) continue;
    throw mistake(
      said,
      "output",
      `'${output}' and the output of another schema, '${other}', are one inside of the other`,
    );
  }
  return runs;
}

/** What the last layer that has an option says of it. */
interface Said<K extends keyof SchemaConfig> {
  readonly value: NonNullable<SchemaConfig[K]>;
  readonly layer: Layer;
}

function find<K extends keyof SchemaConfig>(layers: readonly Layer[], key: K): Said<K> | undefined {
  for (const layer of layers.toReversed()) {
    const value = layer.options[key];
    if (value !== undefined) return { value, layer };
  }
  return undefined;
}

/** What is said to be wrong with an option, in the words of who said it. */
function mistake(said: { readonly layer: Layer } | undefined, key: keyof SchemaConfig, message: string): Error {
  return said === undefined
    ? new Error(message)
    : said.layer.origin.error([{ path: [...said.layer.path, key], message }]);
}

async function settle(layers: readonly Layer[]): Promise<GenerateOptions> {
  const valueOf = <K extends keyof SchemaConfig>(key: K): Said<K>["value"] | undefined => find(layers, key)?.value;
  const pathOf = (key: "schema" | "output" | "root" | "names"): string | undefined => {
    const said = find(layers, key);
    if (said === undefined) return undefined;
    const isName = (key === "schema" || key === "names") && isReleaseName(said.value);
    return isName ? said.value : placed(said.value, said.layer);
  };
  const [schema = "", output = "", root, names] = [pathOf("schema"), pathOf("output"), pathOf("root"), pathOf("names")];
  const [prefix, int64, docs, manual] = [valueOf("prefix"), valueOf("int64"), valueOf("docs"), valueOf("manual")];
  const [target, importExtension] = [valueOf("target"), valueOf("importExtension")];
  if (target === "js" && importExtension === ".ts") {
    const message = "JavaScript cannot import '.ts' files: with target js, imports end with .js or none";
    throw mistake(find(layers, "importExtension"), "importExtension", message);
  }
  const only = namesIn(valueOf("only"));
  const files = find(layers, "defines");
  return {
    schema,
    output,
    emitters: await emittersOf(layers),
    defines: new Map(Object.entries(valueOf("define") ?? {}).filter(([, isOn]) => typeof isOn === "boolean")),
    definesFiles: files === undefined ? [] : listOf(files.value).map((path) => placed(path, files.layer)),
    ...(root !== undefined && { root }),
    ...(names !== undefined && { names }),
    ...(only.length > 0 && { only }),
    ...(prefix !== undefined && { prefix }),
    ...(int64 !== undefined && { int64 }),
    ...(docs !== undefined && { docs }),
    ...(manual !== undefined && { manual }),
    ...(target !== undefined && { target }),
    ...(importExtension !== undefined && { importExtension }),
  };
}

async function emittersOf(layers: readonly Layer[]): Promise<readonly Emitter[]> {
  const modules = find(layers, "emitter");
  let others: readonly Emitter[] = [];
  try {
    if (modules !== undefined) {
      others = await loadEmitters(listOf(modules.value), builtinEmitters, modules.layer.directory);
    }
  } catch (error) {
    throw error instanceof EmitterLoadError ? mistake(modules, "emitter", error.message) : error;
  }
  const chosen = find(layers, "emit");
  if (chosen !== undefined) {
    const { origin, path } = chosen.layer;
    const unknown = under("emit", unknownNames(chosen.value, others));
    if (unknown.length > 0) throw origin.error(unknown.map((one) => ({ ...one, path: [...path, ...one.path] })));
  }
  return chooseEmitters(chosen?.value, others);
}

/** A path as it is relative to the current directory, or absolute. */
function placed(path: string, { directory }: Layer): string {
  return directory === "." || isAbsolute(path) ? path : join(directory, path);
}

function isWithin(path: string, directory: string): boolean {
  const way = relative(directory, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
