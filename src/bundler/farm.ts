/** The plugin for Farm: `qapi-codegen/farm`. */
import type { PluginOptions, RollupLikePlugin } from "./options.js";
import { plugin } from "./plugin.js";

/** Makes TypeScript from QAPI schemas before Farm builds. */
const qapi: (options?: PluginOptions) => RollupLikePlugin = plugin.farm;

export default qapi;
export type { PluginOptions, RollupLikePlugin };
