// node bundle.js BUNDLER ENTRY OUTFILE: makes one module of an application and the generated code that it imports, with as
// little configuration as each bundler needs for that, minified where it can.
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";

/** @type {Record<string, (entry: string, outfile: string) => Promise<unknown>>} */
const BUNDLERS = {
  async esbuild(entry, outfile) {
    const { build } = await import("esbuild");
    await build({ entryPoints: [entry], outfile, bundle: true, format: "esm", minify: true, logLevel: "silent" });
  },

  async rolldown(entry, file) {
    const { build } = await import("rolldown");
    await build({ input: entry, output: { file, minify: true }, logLevel: "silent" });
  },

  // It knows no TypeScript: the plugin finds and compiles modules as the compiler does, by the application's tsconfig.json.
  async rollup(entry, file) {
    const { rollup } = await import("rollup");
    const { default: typescript } = await import("@rollup/plugin-typescript");
    const plugins = entry.endsWith(".ts") ? [typescript({ tsconfig: join(dirname(entry), "tsconfig.json") })] : [];
    const bundle = await rollup({ input: entry, plugins, onLog: refuseWarnings });
    await bundle.write({ file });
    await bundle.close();
  },

  async vite(entry, outfile) {
    const { build } = await import("vite");
    await build({
      root: dirname(entry),
      configFile: false,
      logLevel: "silent",
      build: {
        outDir: dirname(outfile),
        minify: true,
        lib: { entry, formats: ["es"], fileName: () => basename(outfile) },
      },
    });
  },

  // What is in a package of the type "module" must say file names in full, unless it is told otherwise.
  async webpack(entry, outfile) {
    const { default: webpack } = await import("webpack");
    const typescript = { loader: "ts-loader", options: { transpileOnly: true } };
    const compiler = webpack({
      mode: "production",
      entry,
      experiments: { outputModule: true },
      output: { path: dirname(outfile), filename: basename(outfile), module: true },
      module: {
        rules: [
          { test: /\.ts$/, use: typescript },
          { test: /\.[jt]s$/, resolve: { fullySpecified: false } },
        ],
      },
      resolve: { extensions: [".ts", ".js"], extensionAlias: { ".js": [".ts", ".js"] } },
      resolveLoader: { modules: [join(import.meta.dirname, "node_modules")] },
    });
    const stats = await promisify(compiler.run.bind(compiler))();
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString("errors-warnings"));
  },
};

/** A warning of Rollup about generated code is a failure. */
function refuseWarnings(level, log) {
  if (level === "warn") throw new Error(log.message);
}

const [name = "", entry = "", outfile = ""] = process.argv.slice(2);
await BUNDLERS[name]?.(entry, outfile);
