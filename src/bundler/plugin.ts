/**
 * The plugin, for each bundler that there is one for. It is on unplugin, which turns one plugin into those of all of them; how they
 * start, watch and show errors differs, so that much of it is said for each.
 *
 * Bundlers load this whenever they start: what compiles is loaded when they build.
 */
import { createUnplugin, type UnpluginInstance } from "unplugin";
import { setupBuild } from "./esbuild-hooks.js";
import { farmHooks } from "./farm-hooks.js";
import type { PluginOptions } from "./options.js";
import { rollupHooks } from "./rollup-hooks.js";
import type { Session } from "./session.js";
import { viteHooks } from "./vite-hooks.js";
import type { WebpackCompiler } from "./webpack-compiler.js";
import { applyToCompiler } from "./webpack-hooks.js";

const NAME = "qapi-codegen";

/** The plugin of every bundler but Vite. What is imported by `qapi:` becomes JavaScript where TypeScript is not taken without being told. */
export const plugin: UnpluginInstance<PluginOptions | undefined, false> = createUnplugin((options) => {
  const open = opener(options);
  const openHere = (): Promise<Session> => open(process.cwd());
  return {
    name: NAME,
    // Before others look for a file of that name.
    enforce: "pre",
    rollup: rollupHooks(openHere, "js", true),
    rolldown: rollupHooks(openHere, "ts", false),
    webpack(compiler: WebpackCompiler): void {
      applyToCompiler(compiler, open);
    },
    rspack(compiler: WebpackCompiler): void {
      applyToCompiler(compiler, open);
    },
    farm: farmHooks(open),
    esbuild: {
      setup(build): void {
        setupBuild(build, open);
      },
    },
  };
});

/** The two plugins of Vite. */
export const vitePlugins: UnpluginInstance<PluginOptions | undefined, true> = createUnplugin((options) => {
  const { always, serving } = viteHooks(opener(options));
  return [
    { name: NAME, enforce: "pre", vite: always },
    { name: `${NAME}:server`, enforce: "pre", vite: serving },
  ];
});

/** Opens the session of a plugin, once, when its root is known. */
function opener(options: PluginOptions | undefined): (root: string) => Promise<Session> {
  let session: Promise<Session> | undefined;
  return (root) => (session ??= import("./session.js").then(({ Session }) => new Session(root, options)));
}
