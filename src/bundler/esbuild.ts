/** The plugin for esbuild: `qapi-codegen/esbuild`. */
import type { Plugin } from "esbuild";
import type { PluginOptions } from "./options.js";
import { plugin } from "./plugin.js";

/** Makes TypeScript from QAPI schemas before esbuild builds. */
const qapi: (options?: PluginOptions) => Plugin = plugin.esbuild;

export default qapi;
export type { PluginOptions };
