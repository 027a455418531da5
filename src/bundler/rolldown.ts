/** The plugin for Rolldown: `qapi-codegen/rolldown`. */
import type { PluginOptions, RollupLikePlugin } from "./options.js";
import { plugin } from "./plugin.js";

/** Makes TypeScript from QAPI schemas before Rolldown builds. */
const qapi: (options?: PluginOptions) => RollupLikePlugin = plugin.rolldown;

export default qapi;
export type { PluginOptions, RollupLikePlugin };
