// Makes dist/ready/: what is in generated/ of QEMU's releases as JavaScript and declarations, since Node does not strip types of
// packages. What has been made of the same files before is kept.
//
// - index.js: one file, since Node takes eight times as long to load two hundred; all but the validators, which `schema` loads when it
//   is asked for them, from all-validators.js.
// - types/, events/, commands/, validators/: a file for each that was generated; validators need shapes/ and support.js.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { READY } from "./ready-releases.js";

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** What `schema` has all validators of, in the output. */
const VALIDATORS = "internal/all-validators.ts";

/** The files that become a file of JavaScript each. */
const MODULE = /^(?:types|events|commands|validators|shapes)\//;

/** @type {import("esbuild").BuildOptions} */
const options = {
  format: "esm",
  target: "es2022",
  // With its white space a file would lose what says which calls are pure, and a bundle have all of it that uses some of it.
  minifySyntax: true,
  minifyIdentifiers: true,
  legalComments: "none",
  logLevel: "warning",
};

for (const { folder } of READY) {
  const files = readGenerated(folder);
  const state = at(`out/ready/${folder}.txt`);
  const hash = hashOf(files);
  const target = at(`dist/ready/${folder}`);
  if (existsSync(target) && existsSync(state) && readFileSync(state, "utf8") === hash) continue;
  rmSync(target, { recursive: true, force: true });
  // Where there is nothing to do, loading these would take most of the time.
  const [{ build }, { default: ts }] = await Promise.all([import("esbuild"), import("typescript")]);
  const sources = withLateValidators(files);
  await makeModules(build, sources, folder);
  await makeBundles(build, sources, folder);
  for (const [path, text] of declarationsOf(ts, sources)) write(join(target, path), text);
  write(state, hash);
}

/**
 * @param {string} folder
 * @returns {ReadonlyMap<string, string>} The text of each file, by paths.
 */
function readGenerated(folder) {
  const names = readdirSync(at(`generated/${folder}`), { recursive: true, encoding: "utf8" });
  const paths = names.map((name) => name.replaceAll("\\", "/")).filter((path) => path.endsWith(".ts"));
  return new Map(paths.sort().map((path) => [path, readFileSync(at(`generated/${folder}/${path}`), "utf8")]));
}

/** @param {ReadonlyMap<string, string>} files */
function hashOf(files) {
  const hash = createHash("sha256");
  for (const path of ["scripts/ready.js", "node_modules/esbuild/package.json", "node_modules/typescript/package.json"])
    hash.update(readFileSync(at(path)));
  for (const [path, text] of files) hash.update(`\0${path}\0${text}`);
  return hash.digest("hex");
}

/**
 * The same, but that the index has no validators, and `schema` loads its own when it is asked for them: they are most of the code.
 *
 * @param {ReadonlyMap<string, string>} files
 */
function withLateValidators(files) {
  const changed = new Map(files);
  change("index.ts", 'export * from "./validators/index.js";\n', "");
  const [schema, all] = ["schema/index.ts", "../internal/all-validators.js"];
  change(schema, `import { commands, events } from "${all}";\n`, "");
  change(
    schema,
    "readonly validators: () => SchemaValidators;",
    "readonly validators: () => Promise<SchemaValidators>;",
  );
  change(schema, "validators: () => ({ commands, events }),", `validators: () => import("${all}"),`);
  return changed;

  function change(path, before, after) {
    const parts = changed.get(path)?.split(before) ?? [];
    if (parts.length !== 2)
      throw new Error(`${path} of the output has changed, and scripts/ready.js has to: ${before}`);
    changed.set(path, parts.join(after));
  }
}

/**
 * A file of JavaScript for each that can be imported by itself, and one for what validators have in common, which is in many.
 *
 * @param {typeof import("esbuild").build} build
 * @param {ReadonlyMap<string, string>} sources
 * @param {string} folder
 */
async function makeModules(build, sources, folder) {
  const modules = new Map();
  for (const [path, text] of sources)
    if (MODULE.test(path))
      modules.set(path, text.replace(/(?<= from ")\.\.\/internal\/[\w-]+\.js(?=";$)/gm, "../support.js"));
  const entryPoints = [...modules.keys()].map((path) => at(`generated/${folder}/${path}`));
  await build({ ...options, ...from(modules, folder), entryPoints });

  const parts = [...sources.keys()].filter((path) => path.startsWith("internal/") && path !== VALIDATORS);
  const contents = parts.map((path) => `export * from "./${path}";\n`).join("");
  const stdin = { contents, resolveDir: at(`generated/${folder}`) };
  await build({ ...options, ...from(sources, folder), bundle: true, stdin, entryNames: "support" });
}

/**
 * The index, and all validators by name.
 *
 * @param {typeof import("esbuild").build} build
 * @param {ReadonlyMap<string, string>} sources
 * @param {string} folder
 */
async function makeBundles(build, sources, folder) {
  const { plugins, ...rest } = from(sources, folder);
  const late = {
    name: "late-validators",
    setup({ onResolve }) {
      onResolve({ filter: /\/all-validators\.js$/ }, () => ({ path: "./all-validators.js", external: true }));
    },
  };
  const entryPoints = { index: at(`generated/${folder}/index.ts`) };
  await build({ ...options, ...rest, bundle: true, entryPoints, plugins: [late, ...plugins] });
  const validators = at(`generated/${folder}/${VALIDATORS}`);
  // Of these, nobody uses some.
  const whole = { bundle: true, minifyWhitespace: true, entryPoints: { "all-validators": validators } };
  await build({ ...options, ...rest, ...whole, plugins });
}

/**
 * How esbuild reads sources that are not what is on the disk, and where it writes what it makes of them.
 *
 * @param {ReadonlyMap<string, string>} sources
 * @param {string} folder
 */
function from(sources, folder) {
  const plugin = {
    name: "sources",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const contents = sources.get(path.slice(at(`generated/${folder}/`).length).replaceAll("\\", "/"));
        return contents === undefined ? undefined : { contents, loader: "ts" };
      });
    },
  };
  return { outdir: at(`dist/ready/${folder}`), outbase: at(`generated/${folder}`), plugins: [plugin] };
}

/**
 * The declarations of all that can be imported, and of what those import. All exports have a type that is written down, so that each
 * file can be declared by itself.
 *
 * @param {typeof import("typescript")} ts
 * @param {ReadonlyMap<string, string>} sources
 */
function declarationsOf(ts, sources) {
  const made = new Map();
  const wanted = new Set(
    [...sources.keys()].filter((path) => /^(?:index\.ts$|(?:types|events|commands|validators)\/)/.test(path)),
  );
  // What is added while the loop runs has its turn as well.
  for (const path of wanted) {
    const source = sources.get(path);
    if (source === undefined) throw new Error(`there is no ${path} in the output`);
    const compilerOptions = { target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: true, removeComments: false };
    const { outputText } = ts.transpileDeclaration(source, { compilerOptions, fileName: path });
    made.set(path.replace(/\.ts$/, ".d.ts"), outputText);
    for (const { fileName } of ts.preProcessFile(outputText, true, true).importedFiles) {
      wanted.add(join(dirname(path), fileName).replaceAll("\\", "/").replace(/\.js$/, ".ts"));
    }
  }
  return made;
}

/**
 * @param {string} path
 * @param {string} text
 */
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
