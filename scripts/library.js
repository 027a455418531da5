// Makes what `exports` of package.json leads to, but for the ready types: a bundle for each entry in src/, and the declarations
// that belong to them. Node takes three times as long to load the hundreds of modules that tsc has made in out/, and nobody
// has a use for the others of them.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import ts from "typescript";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** @type {{ exports: Record<string, string | { types: string, default: string }>, dependencies: Record<string, string> }} */
const { exports, dependencies } = JSON.parse(readFileSync(at("package.json"), "utf8"));

/** The entries, as paths in dist/ without extension: `index`, `runtime/qmp`. */
const entries = Object.values(exports).flatMap((target) => {
  const [, entry] = (typeof target === "string" ? "" : target.default).match(/^\.\/dist\/(.+)\.js$/) ?? [];
  return entry === undefined || entry.includes("*") || !ts.sys.fileExists(at(`src/${entry}.ts`)) ? [] : [entry];
});

/** The client is a world of its own, which runs anywhere; all entries of it share their classes, as those of the rest do. */
const isClient = (entry) => entry.startsWith("runtime/") || entry.startsWith("domain-events/");

// tsc copies neither a .js file nor the .d.ts that describes it.
mkdirSync(at("out/syntax"), { recursive: true });
for (const name of ["grammar.js", "grammar.d.ts", "condition-grammar.js", "condition-grammar.d.ts"])
  copyFileSync(at(`src/syntax/${name}`), at(`out/syntax/${name}`));

const declarations = declarationsOf(entries.map((entry) => `${entry}.d.ts`));
// What an earlier build has left there would be in the package. The command line and the ready types are made elsewhere.
const elsewhere = ["bin", "ready"];
mkdirSync(at("dist"), { recursive: true });
for (const name of readdirSync(at("dist"))) {
  if (!elsewhere.includes(name)) rmSync(at(`dist/${name}`), { recursive: true });
}

/** @type {import("esbuild").BuildOptions} */
const client = {
  chunkNames: "runtime/shared-[hash]",
  platform: "neutral",
  external: ["node:*", ...Object.keys(dependencies)],
};
await bundle(entries.filter(isClient), client);
await bundle(
  entries.filter((entry) => !isClient(entry)),
  {
    chunkNames: "shared/[name]-[hash]",
    platform: "node",
    external: Object.keys(dependencies),
    minifyWhitespace: true,
    minifySyntax: true,
  },
);
for (const path of declarations) {
  mkdirSync(dirname(at(`dist/${path}`)), { recursive: true });
  writeFileSync(at(`dist/${path}`), readFileSync(at(`out/${path}`), "utf8"));
}

/**
 * @param {readonly string[]} entryPoints - Paths in src/ without extension.
 * @param {import("esbuild").BuildOptions} options
 */
async function bundle(entryPoints, options) {
  await build({
    ...options,
    entryPoints: entryPoints.map((entry) => at(`src/${entry}.ts`)),
    outbase: at("src"),
    outdir: at("dist"),
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
  });
}

/**
 * The declarations that some need, they among them.
 *
 * @param {readonly string[]} roots - Paths in out/.
 * @returns {readonly string[]}
 */
function declarationsOf(roots) {
  const found = new Set(roots);
  // What is added while the loop runs has its turn as well.
  for (const path of found) {
    const { importedFiles } = ts.preProcessFile(readFileSync(at(`out/${path}`), "utf8"), true, true);
    for (const { fileName } of importedFiles) {
      if (fileName.startsWith(".")) found.add(join(dirname(path), fileName.replace(/\.js$/, ".d.ts")));
    }
  }
  return [...found];
}
