/** The plugin for Rspack: `qapi-codegen/rspack`. */
import type { PluginOptions } from "./options.js";
import { plugin } from "./plugin.js";
import type { WebpackPlugin } from "./webpack-compiler.js";
/** Makes TypeScript from QAPI schemas before Rspack builds. */
const qapi: (options?: PluginOptions) => WebpackPlugin = plugin.rspack;

export default qapi;
export type { PluginOptions, WebpackPlugin };
