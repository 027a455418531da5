/** Reads the configuration of a project. */
import { basename, dirname, extname, relative, resolve } from "node:path";
import { diskHost, type Disk } from "../build/disk-host.js";
import { isObject } from "../build/is-object.js";
import { placeOfThrown, reasonOfThrown } from "../build/thrown.js";
import { HostError } from "../schema/host.js";
import { JsonError, JsonValue } from "../schema/json-text.js";
import { Source } from "../syntax/source.js";
import type { Config } from "./config.js";
import { ConfigError, ConfigOrigin, positionText, type Mistake, type Origin } from "./config-error.js";
import { CONFIG_FILES, findConfig, PACKAGE_KEY } from "./find.js";
import { importConfig, placeOfMistake } from "./import-config.js";
import { isConfig } from "./validate.js";

/** A configuration that was read. */
export interface LoadedConfig {
  /** What it says. */
  readonly config: Config;
  /** The file that it is in: an absolute path. */
  readonly file: string;
  /** What relative paths in it are relative to: the file's directory, relative to the current one where that is possible. */
  readonly directory: string;
  /** Names the file in messages. */
  readonly origin: Origin;
  /** Whether it is code, which may say something else another time although the file is the same. */
  readonly isCode: boolean;
  /** The file, and those that would have gone before it: absolute paths. When one of them changes, the configuration may. */
  readonly inputs: readonly string[];
}

/** Which configuration to load. */
export interface LoadConfigOptions {
  /** Where the search begins, and what `file` is relative to. Default: the current directory. */
  readonly from?: string;
  /** The file; default: the nearest one. */
  readonly file?: string;
  /** What it is read from. What a configuration that is code imports is not. Default: the disk. */
  readonly disk?: Disk;
}

/**
 * Loads the configuration of a project; undefined where there is none. A file that has changed since it was loaded is loaded anew,
 * the modules that it imports may not.
 *
 * @throws ConfigError when there is no such file, it cannot be loaded, or what it says makes no sense.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { generate, loadConfig, runsOf } from "qapi-codegen";
 *
 * writeFileSync("agent.json", "{ 'command': 'guest-ping' }");
 * writeFileSync("qapi.config.json", '{ "schema": "agent.json", "output": "src/qga", "prefix": "Qga" }');
 * const loaded = await loadConfig();
 * const runs = loaded === undefined ? [] : await runsOf(loaded.config, loaded.directory, loaded.origin);
 * for (const run of runs) await generate(run);
 * runs.map(({ output }) => output); // => ["src/qga"]
 * ```
 */
export async function loadConfig(options: LoadConfigOptions = {}): Promise<LoadedConfig | undefined> {
  const { from = process.cwd(), disk = diskHost } = options;
  const found =
    options.file === undefined
      ? findConfig(from, disk)
      : { file: resolve(from, options.file), inputs: [resolve(from, options.file)] };
  const { file, inputs } = found;
  if (file === undefined) return undefined;
  const name = relative("", file) || file;
  const { value, origin, isCode } =
    extname(file) === ".json" ? readJson(file, name, disk) : await readCode(file, name, disk);
  const mistakes: Mistake[] = [];
  if (!isConfig(value, mistakes)) throw origin.error(mistakes);
  return { config: value, file, directory: relative("", dirname(file)) || ".", origin, isCode, inputs };
}

/** What a file has to say, whatever it is. */
interface Content {
  readonly value: unknown;
  readonly origin: ConfigOrigin;
  readonly isCode: boolean;
}

function readJson(file: string, name: string, disk: Disk): Content {
  const source = new Source(name, readText(file, name, disk));
  try {
    const whole = JsonValue.parse(source);
    const isPackage = basename(file) === "package.json";
    const json = isPackage && whole.isObject() ? whole.get(PACKAGE_KEY) : whole;
    if (json === undefined)
      throw new ConfigError(`${name}: there is no key '${PACKAGE_KEY}', which a configuration is in`);
    return { value: json.raw, origin: new ConfigOrigin(name, json), isCode: false };
  } catch (error) {
    if (error instanceof JsonError)
      throw new ConfigError(`${positionText(source, error.span.start)}: ${error.message}`);
    throw error;
  }
}

async function readCode(file: string, name: string, disk: Disk): Promise<Content> {
  const extension = extname(file);
  if (!CONFIG_FILES.some((known) => extname(known) === extension)) {
    const known = CONFIG_FILES.map((one) => extname(one)).join(", ");
    throw new ConfigError(`${name}: a configuration is a file of one of the kinds ${known}, or package.json`);
  }
  const text = readText(file, name, disk);
  let module: unknown;
  try {
    module = await importConfig(file);
  } catch (error) {
    const place = placeOfThrown(error, file) ?? (error instanceof SyntaxError ? await placeOfMistake(text, file) : "");
    const reason = reasonOfThrown(error);
    throw new ConfigError(`${name}${place}: cannot load the configuration: ${reason}`, { cause: error });
  }
  return { value: defaultOf(module, name), origin: new ConfigOrigin(name), isCode: true };
}

function defaultOf(module: unknown, name: string): unknown {
  const value = isObject(module) ? module["default"] : undefined;
  // What compilers make of `export default` in CommonJS.
  const exported = isObject(value) && "__esModule" in value ? value["default"] : value;
  if (exported !== undefined) return exported;
  throw new ConfigError(`${name}: there is no default export: export default defineConfig({ ... })`);
}

function readText(file: string, name: string, disk: Disk): string {
  try {
    return disk.read(file);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    throw new ConfigError(`${name}: cannot read the configuration: ${error.message}`, { cause: error });
  }
}
