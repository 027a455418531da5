/** The plugin for Rollup: `qapi-codegen/rollup`. */
import type { PluginOptions, RollupLikePlugin } from "./options.js";
import { plugin } from "./plugin.js";

/** Makes TypeScript from QAPI schemas before Rollup builds. */
const qapi: (options?: PluginOptions) => RollupLikePlugin = plugin.rollup;

export default qapi;
export type { PluginOptions, RollupLikePlugin };
