/** Projects with a bundler that have installed the package: the plugin generates, and the bundle validates an event. */
import { describe, expect, inject, it } from "vitest";
import { applicationText, PRINTED } from "../support/application.js";
import { linesOf, makeProject } from "./run.js";

interface Bundler {
  readonly name: string;
  /** What the plugin makes: TypeScript, or JavaScript for those that know no other. */
  readonly target: "ts" | "js";
  /** What the project says of how it is built, by its path. */
  configuration(options: string): Readonly<Record<string, string>>;
  readonly build: readonly [string, ...string[]];
}

const BUNDLERS: readonly Bundler[] = [
  {
    name: "vite",
    target: "ts",
    configuration: (options) => ({
      "vite.config.js": `import qapi from "qapi-codegen/vite";
        export default {
          plugins: [qapi(${options})],
          build: { outDir: "build", lib: { entry: "app.ts", formats: ["es"], fileName: "app" } },
        };`,
    }),
    build: ["vite", "build", "--logLevel", "error"],
  },
  {
    name: "rollup",
    target: "js",
    configuration: (options) => ({
      "rollup.config.js": `import qapi from "qapi-codegen/rollup";
        export default { input: "app.js", output: { file: "build/app.js" }, plugins: [qapi(${options})] };`,
    }),
    build: ["rollup", "-c", "--silent"],
  },
  {
    name: "webpack",
    target: "js",
    configuration: (options) => ({
      "build.js": `import qapi from "qapi-codegen/webpack";
        import webpack from "webpack";
        const output = { path: import.meta.dirname + "/build", filename: "app.js", module: true };
        const experiments = { outputModule: true };
        webpack({ mode: "production", entry: "./app.js", output, experiments, plugins: [qapi(${options})] }, (error, stats) => {
          if (error || stats.hasErrors()) throw error ?? new Error(stats.toString());
        });`,
    }),
    build: ["node", "build.js"],
  },
  {
    name: "esbuild",
    target: "ts",
    configuration: (options) => ({
      "build.js": `import { build } from "esbuild";
        import qapi from "qapi-codegen/esbuild";
        await build({ entryPoints: ["app.ts"], bundle: true, format: "esm", outdir: "build", plugins: [qapi(${options})] });`,
    }),
    build: ["node", "build.js"],
  },
];

describe.each(BUNDLERS)("$name", (bundler) => {
  const { name, target, build } = bundler;
  it("makes an application of a schema", () => {
    const folder = makeProject(name, {
      [`app.${target}`]: applicationText(target, ".js"),
      ...bundler.configuration(JSON.stringify({ schema: inject("schema"), output: "qmp", target })),
    });
    linesOf(folder, build);
    expect(linesOf(folder, ["node", "build/app.js"])).toEqual(PRINTED);
  });
});
