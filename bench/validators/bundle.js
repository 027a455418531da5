// Modules from memory, bundled and minified as an application would have them.
import { fileURLToPath } from "node:url";
import { posix } from "node:path";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/**
 * @param {string} source - The entry: it imports packages by name, and files of `files` by a path that begins with `./`.
 * @param {{ readonly files?: ReadonlyMap<string, string>, readonly directory?: string }} [options] - `files`: an output, by
 * path. `directory`: where packages are looked up first. Default: the project.
 * @returns {Promise<string>}
 */
export async function bundled(source, { files = new Map(), directory = ROOT } = {}) {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: directory, sourcefile: "entry.js" },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    logLevel: "silent",
    plugins: [inMemory(files)],
  });
  return outputFiles[0]?.text ?? "";
}

/** @returns {import("esbuild").Plugin} */
function inMemory(files) {
  return {
    name: "in-memory",
    setup(build) {
      build.onResolve({ filter: /^\.\.?\// }, ({ path, importer, namespace }) => {
        const from = namespace === "output" ? posix.dirname(importer) : ".";
        const found = posix.join(from, path).replace(/\.js$/, ".ts");
        // What packages import of their own is on disk.
        return files.has(found) ? { path: found, namespace: "output", sideEffects: false } : undefined;
      });
      build.onLoad({ filter: /.*/, namespace: "output" }, ({ path }) => ({ contents: files.get(path), loader: "ts" }));
    },
  };
}
