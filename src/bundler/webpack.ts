/** The plugin for webpack: `qapi-codegen/webpack`. */
import type { PluginOptions } from "./options.js";
import { plugin } from "./plugin.js";
import type { WebpackPlugin } from "./webpack-compiler.js";
/** Makes TypeScript from QAPI schemas before webpack builds. */
const qapi: (options?: PluginOptions) => WebpackPlugin = plugin.webpack;

export default qapi;
export type { PluginOptions, WebpackPlugin };
