/** What a command line asks for, on top of the configuration: which runs, and how to tell of them. */
import { diskHost, type Disk } from "../build/disk-host.js";
import type { GenerateOptions } from "../build/generate.js";
import type { RunConfig } from "../config/config.js";
import type { Mistake, Origin } from "../config/config-error.js";
import { loadConfig, type LoadedConfig } from "../config/load.js";
import { layersOf, settleAll, type Layer } from "../config/runs.js";
import { keyOf, nameOf, SETTINGS } from "../config/settings.js";
import { isSchemaOptions, type SchemaOptions } from "../config/validate.js";
import { readChoice, UsageError, type Arguments, type Option, type OptionTable } from "./options.js";
import { parseDefines, readSchema } from "./schema-options.js";

/** A command line of `generate`. */
export type GenerateArguments = Arguments<typeof SETTINGS>;

/** A command line that can say which configuration is meant. */
export type ConfigArguments = Arguments<Record<"config" | "no-config", Option>>;

/** What is to be done. */
export interface Plan {
  /** At least one. */
  readonly runs: readonly GenerateOptions[];
  readonly format: "text" | "json";
  readonly isQuiet: boolean;
  /** Undefined: as the terminal is. */
  readonly color: boolean | undefined;
  /** Whether a record of the run may be kept: it is not forbidden, and the plan depends on nothing but files. */
  readonly isKept: boolean;
}

/**
 * Reads a command line. A schema on it is one run, with what the schemas of the configuration have in common for defaults; without
 * one there is a run for each schema of the configuration. Other options on it stand in the place of those of each schema.
 *
 * @param needsOutput - Whether it has to be said where to write.
 * @param disk - What is looked at through it decides what the plan is.
 * @throws UsageError and ConfigError for what makes no sense.
 */
export async function makePlan(args: GenerateArguments, needsOutput: boolean, disk: Disk): Promise<Plan> {
  const schema = readSchema(args);
  const given: Layer = { options: readGiven(args), directory: ".", origin: COMMAND_LINE, path: [] };
  const loaded = await configOf(args, disk);
  const lists = schema === undefined ? configured(loaded, given) : [ofOne(schema, loaded, given, needsOutput)];
  const config: RunConfig = loaded?.config ?? {};
  const isKept = (args.switch("cache") ?? config.cache ?? true) && loaded?.isCode !== true;
  return { runs: await settleAll(lists), ...readManner(args, config), isKept };
}

/** The configuration that a command line means. @throws UsageError, ConfigError */
export async function configOf(args: ConfigArguments, disk: Disk = diskHost): Promise<LoadedConfig | undefined> {
  const file = args.value("config");
  const isUnwanted = args.switch("no-config") === true;
  if (isUnwanted && file !== undefined) throw new UsageError("either '--config' or '--no-config'");
  return isUnwanted ? undefined : loadConfig({ disk, ...(file !== undefined && { file }) });
}

function ofOne(schema: string, loaded: LoadedConfig | undefined, given: Layer, needsOutput: boolean): readonly Layer[] {
  if (given.options.output === undefined && needsOutput) {
    throw new UsageError("where to? Name the output directory: -o DIR");
  }
  const named: Layer = { ...given, options: { output: "", ...given.options, schema } };
  if (loaded === undefined) return [named];
  const { config, directory, origin } = loaded;
  return [{ options: config, directory, origin, path: [] }, named];
}

function configured(loaded: LoadedConfig | undefined, given: Layer): readonly (readonly Layer[])[] {
  if (loaded === undefined) {
    throw new UsageError("which schema? Name a file or a directory, or write a configuration: qapi-codegen init");
  }
  const { config, directory, origin } = loaded;
  const lists = layersOf(config, directory, origin);
  if (lists.length === 0) throw new UsageError(`which schema? There is none in the configuration, '${loaded.file}'`);
  if (lists.length > 1 && given.options.output !== undefined) {
    throw new UsageError(`-o is for one schema, but the configuration has ${String(lists.length)}`);
  }
  return lists.map((layers) => [...layers, given]);
}

/** The options of schemas on a command line, as a configuration would have them. */
function readGiven(args: Arguments<OptionTable>): SchemaOptions {
  const options: Record<string, unknown> = {};
  for (const [name, { scope, kind, repeatable }] of Object.entries(SETTINGS)) {
    const values = args.values(name);
    if (scope !== "schema" || values.length === 0) continue;
    if (kind === "defines") options[keyOf(name)] = Object.fromEntries(parseDefines(values));
    else options[keyOf(name)] = repeatable === true ? values : values[0];
  }
  const mistakes: Mistake[] = [];
  if (!isSchemaOptions(options, mistakes)) throw COMMAND_LINE.error(mistakes);
  return options;
}

/** How to go about it: what the command line says, else what the configuration does. */
function readManner(args: GenerateArguments, config: RunConfig): Omit<Plan, "runs" | "isKept"> {
  const format = args.value("format");
  return {
    format: format === undefined ? (config.format ?? "text") : readChoice("format", format, ["text", "json"]),
    isQuiet: args.switch("quiet") ?? config.quiet ?? false,
    color: args.switch("color") ?? config.color,
  };
}

/** Says what is wrong with options as the command line spells them. */
const COMMAND_LINE: Origin = {
  error(mistakes: readonly Mistake[]) {
    const sentences = mistakes.map(({ path: [key = ""], message }) => `--${nameOf(String(key))}: ${message}`);
    return new UsageError([...new Set(sentences)].join("; "));
  },
};
