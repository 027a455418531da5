// node plugin-driver.js BUNDLER build|watch|serve, in a project: bundles src/app.js into dist/bundle.js with the plugin, whose options are in
// options.json if there are any. Prints a line of JSON for each build: { ok, errors: [{ message, file, line, column }] }. Watches until its standard
// input ends; a server, which only Vite has here, prints { url } once.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const [name = "", mode = "build"] = process.argv.slice(2);
const isWatch = mode === "watch";
const goesOn = mode !== "build";
const root = process.cwd();
const entry = join(root, "src/app.js");
const file = join(root, "dist/bundle.js");
const { default: qapi } = await import(`../../dist/bundler/${name}.js`);
const plugin = existsSync("options.json") ? qapi(JSON.parse(readFileSync("options.json", "utf8"))) : qapi();

/** @param {readonly unknown[]} errors */
function report(errors) {
  console.log(JSON.stringify({ ok: errors.length === 0, errors }));
}

/** An error of Rollup's kind. */
function rollupError(error) {
  const { message, loc = {}, frame = "" } = error;
  return { message, file: loc.file, line: loc.line, column: loc.column, frame };
}

/** Ends what watches when nobody listens any more. */
function untilEnd(close) {
  process.stdin.resume();
  process.stdin.on("end", () => void Promise.resolve(close()).then(() => process.exit(0)));
}

/** @type {Record<string, () => Promise<unknown>>} */
const BUNDLERS = {
  async rollup() {
    const { rollup, watch } = await import("rollup");
    const options = { input: entry, plugins: [plugin], output: { file, format: "es" } };
    if (isWatch) return watchLikeRollup(watch(options));
    const bundle = await rollup(options);
    await bundle.write(options.output);
  },

  async rolldown() {
    const { build, watch } = await import("rolldown");
    const options = { input: entry, plugins: [plugin], output: { file, format: "es" }, logLevel: "silent" };
    if (isWatch) return watchLikeRollup(watch(options));
    await build(options);
  },

  async vite() {
    const { build, createServer } = await import("vite");
    if (mode === "serve") {
      const host = "127.0.0.1";
      const server = await createServer({
        root,
        configFile: false,
        logLevel: "silent",
        plugins: [plugin],
        server: { host, port: 0 },
      });
      await server.listen();
      console.log(JSON.stringify({ url: server.resolvedUrls.local[0] }));
      return untilEnd(() => server.close());
    }
    const lib = { entry, formats: ["es"], fileName: () => "bundle.js" };
    const watcher = await build({
      root,
      configFile: false,
      logLevel: "silent",
      plugins: [plugin],
      build: { lib, minify: false, ...(isWatch && { watch: {} }) },
    });
    if (isWatch) return watchLikeRollup(watcher);
  },

  webpack: async () => webpackLike((await import("webpack")).default),
  rspack: async () => webpackLike((await import("@rspack/core")).rspack),

  async farm() {
    const { build } = await import("@farmfe/core");
    const output = { path: "dist", entryFilename: "bundle.js", targetEnv: "node", format: "esm" };
    const compilation = { input: { app: "src/app.js" }, output, persistentCache: false, progress: false };
    await build({ root, configFile: false, plugins: [plugin], compilation });
  },

  async esbuild() {
    const { context } = await import("esbuild");
    const told = {
      name: "told",
      setup(build) {
        build.onEnd(({ errors }) =>
          report(
            errors.map(({ text, location }) => ({
              message: text,
              file: location?.file,
              line: location?.line,
              column: location?.column + 1,
              frame: location?.lineText,
            })),
          ),
        );
      },
    };
    const built = await context({
      entryPoints: ["src/app.js"],
      outfile: file,
      bundle: true,
      format: "esm",
      logLevel: "silent",
      plugins: [plugin, told],
    });
    if (isWatch) {
      await built.watch();
      return untilEnd(() => built.dispose());
    }
    await built.rebuild().catch(() => undefined);
    await built.dispose();
  },
};

function watchLikeRollup(watcher) {
  let errors = [];
  watcher.on("event", (event) => {
    if (event.code === "START") errors = [];
    // After an error, some say that the build has ended, others nothing.
    if (event.code === "ERROR") report((errors = [rollupError(event.error)]));
    if (event.code === "END" && errors.length === 0) report([]);
    void event.result?.close();
  });
  untilEnd(() => watcher.close());
}

async function webpackLike(webpack) {
  const compiler = webpack({
    mode: "production",
    context: root,
    entry,
    target: "node",
    experiments: { outputModule: true },
    output: { path: join(root, "dist"), filename: "bundle.js", module: true },
    plugins: [plugin],
    watchOptions: { aggregateTimeout: 20 },
  });
  const told = (error, stats) => {
    if (error) return report([{ message: error.stack }]);
    const { errors = [] } = stats.toJson({ all: false, errors: true });
    report(
      errors.map(({ message, file, loc = "" }) => {
        const [line, column] = loc.split(/[:-]/).map(Number);
        // Rspack draws a box around it.
        return { message: message.replace(/^ {2}[×│] ?/gm, ""), file, line, column: column + 1 };
      }),
    );
    if (process.env.SHOW) console.log(stats.toString("errors-warnings"));
  };
  if (isWatch) {
    const watching = compiler.watch({ aggregateTimeout: 20 }, told);
    return untilEnd(() => new Promise((resolve) => void watching.close(resolve)));
  }
  compiler.run((error, stats) => {
    told(error, stats);
    compiler.close(() => undefined);
  });
}

const tellsItself = goesOn || ["esbuild", "webpack", "rspack"].includes(name);
try {
  await BUNDLERS[name]?.();
  if (!tellsItself) report([]);
} catch (error) {
  if (process.env.SHOW) console.log(error);
  report([rollupError(error)]);
}
