// Makes dist/bin/: the command line in one file, since reading one file is faster than fifty, in CommonJS, since Node takes
// 6 ms longer to start with an ES module.
import { createHash } from "node:crypto";
import { chmodSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { arrayLoops } from "./array-loops.js";

/** @type {{ dependencies: Record<string, string> }} */
const { dependencies } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** @type {import("esbuild").BuildOptions} */
const options = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // Identifiers stay, so that the stack of an internal error says something.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  // Only few runs need these, and load them when they do.
  external: Object.keys(dependencies),
  logLevel: "warning",
};
const cli = at("dist/bin/cli.cjs");
const executable = at("dist/bin/qapi-codegen.cjs");

// What an earlier build has left there would be in the package.
rmSync(at("dist/bin"), { recursive: true, force: true });

// What talks to a running QEMU, and what edits projects, are files of their own: in that of the rest it would cost each start nearly 2 ms.
/** @type {import("esbuild").Plugin} */
const apart = {
  name: "apart",
  setup({ onResolve }) {
    onResolve({ filter: /\/(shell|init)\/index\.js$/ }, ({ path }) => ({
      path: path.includes("/shell/") ? "./shell.cjs" : "./init.cjs",
      external: true,
    }));
  },
};
// The script has `require` alone, and is told where it is.
const asScript = { supported: { "dynamic-import": false }, define: { "import.meta.dirname": "hostDirectory" } };
await build({
  ...options,
  entryPoints: [at("src/cli/bin.ts")],
  outfile: cli,
  plugins: [apart, arrayLoops(at("tsconfig.json"))],
  ...asScript,
});
for (const name of ["shell", "init"])
  await build({
    ...options,
    entryPoints: [at(`src/cli/${name}/index.ts`)],
    outfile: at(`dist/bin/${name}.cjs`),
    define: { "import.meta.dirname": "__dirname" },
  });
const banner = { js: "#!/usr/bin/env node" };
// What other bundles have made of the same files may be something else.
const define = { BUILD: JSON.stringify(createHash("sha256").update(readFileSync(cli)).digest("hex")) };
await build({ ...options, entryPoints: [at("src/cli/launch.ts")], outfile: executable, banner, define });
chmodSync(executable, 0o755);
