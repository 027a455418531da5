/** The plugin for Vite: `qapi-codegen/vite`. */
import type { PluginOptions, RollupLikePlugin } from "./options.js";
import { vitePlugins } from "./plugin.js";

/** Makes TypeScript from QAPI schemas before Vite builds, and while its server runs. */
const qapi: (options?: PluginOptions) => RollupLikePlugin[] = vitePlugins.vite;

export default qapi;
export type { PluginOptions, RollupLikePlugin };
