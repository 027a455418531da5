/** What users of the plugin see of it. */
import type { Config, SharedConfig } from "../config/config.js";

/**
 * What the plugin takes, with paths relative to the bundler's root: a configuration, or only the options that are to hold for schemas that
 * are imported by `qapi:`. Default: the configuration of the project, `qapi.config.ts` or its like, if there is one.
 */
export type PluginOptions = Config | SharedConfig;

/**
 * A plugin as all bundlers of Rollup's kind take it. What else it has is between it and the bundler: so these declarations need the types
 * of none.
 */
export interface RollupLikePlugin {
  name: string;
}
