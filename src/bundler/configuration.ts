/** What the outputs of a session are to be: by the options of the plugin, or by the configuration of the project. */
import { relative } from "node:path";
import type { Disk } from "../build/disk-host.js";
import type { GenerateOptions } from "../build/generate.js";
import type { Config, SharedConfig } from "../config/config.js";
import { ConfigOrigin, type Mistake, type Origin } from "../config/config-error.js";
import { loadConfig } from "../config/load.js";
import { layersOf, settleAll, type Layer } from "../config/runs.js";
import { isConfig, isSchemaOptions } from "../config/validate.js";
import type { PluginOptions } from "./options.js";

/** A configuration that can be used. */
export class Configuration {
  readonly #options: PluginOptions;
  readonly #directory: string;
  readonly #origin: Origin;

  private constructor(options: PluginOptions, directory: string, origin: Origin) {
    this.#options = options;
    this.#directory = directory;
    this.#origin = origin;
  }

  /**
   * @param root - The root of the project, an absolute path.
   * @param options - What the plugin was given. Default: the configuration of the project.
   * @param disk - What that is read from.
   * @throws ConfigError
   */
  static async open(root: string, options: PluginOptions | undefined, disk: Disk): Promise<Configuration> {
    const directory = relative("", root) || ".";
    const origin = new ConfigOrigin("the options of the plugin");
    if (options === undefined) {
      const loaded = await loadConfig({ from: root, disk });
      if (loaded === undefined) return new Configuration({}, directory, origin);
      return new Configuration(loaded.config, loaded.directory, loaded.origin);
    }
    const mistakes: Mistake[] = [];
    if (!(isWhole(options) ? isConfig(options, mistakes) : isSchemaOptions(options, mistakes)))
      throw origin.error(mistakes);
    return new Configuration(options, directory, origin);
  }

  /** The runs for the schemas that it lists. @throws ConfigError */
  async runs(): Promise<readonly GenerateOptions[]> {
    const options = this.#options;
    return isWhole(options) ? settleAll(layersOf(options, this.#directory, this.#origin)) : [];
  }

  /**
   * The run for a schema that it does not list, with the options that it has for all.
   *
   * @param own - What is not asked for: `target` is only a default.
   * @throws ConfigError
   */
  async runFor(own: Pick<GenerateOptions, "schema" | "output" | "target">): Promise<GenerateOptions> {
    const options: SharedConfig = this.#options;
    const layer: Layer = { options, directory: this.#directory, origin: this.#origin, path: [] };
    const target = options.target ?? own.target;
    const [run] = await settleAll([
      [layer, { ...layer, directory: ".", options: { ...own, ...(target !== undefined && { target }) } }],
    ]);
    if (run === undefined) throw new Error("a schema has no run");
    return run;
  }
}

function isWhole(options: PluginOptions): options is Config {
  return "schema" in options || "schemas" in options || "output" in options;
}
