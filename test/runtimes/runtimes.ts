/** What can run generated code or bundle it, and which output of `qapi-codegen` each cannot. */
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** An output: its `--target` and `--import-extension`. */
export const OUTPUTS = ["ts .js", "ts .ts", "ts none", "js .js", "js none"] as const;
export type Output = (typeof OUTPUTS)[number];

/** A program with its arguments. */
export type Command = readonly [program: string, ...args: string[]];

export interface Runtime {
  readonly name: string;
  /** What to run, one after the other, to run an application. */
  commands(directory: string, app: string): readonly Command[];
  /** What it says on standard error of outputs that it cannot run. It can run all others. */
  readonly refuses: Readonly<Partial<Record<Output, RegExp>>>;
}

/** The runtimes themselves, and what they are told so that a program may use the network and files. */
export const PROGRAMS: readonly { readonly name: string; readonly command: (program: string) => Command }[] = [
  { name: `Node ${process.version}`, command: (program) => [process.execPath, program] },
  { name: "Node 22", command: (program) => [node(22), program] },
  { name: "Node 24", command: (program) => [node(24), program] },
  {
    name: "Deno",
    command: (program) => [deno(), "run", "--no-remote", "--cached-only", "--no-prompt", "--allow-all", program],
  },
  { name: "Bun", command: (program) => [bun(), "--no-install", program] },
];

const PACKAGES = join(import.meta.dirname, "node_modules");

/** Node takes what an import says as it is, and TypeScript only if it can strip its types. */
const UNKNOWN_FILE = /ERR_UNKNOWN_FILE_EXTENSION/;
const NO_MODULE = /ERR_MODULE_NOT_FOUND/;
const STRIPPING_NODE = { "ts .js": NO_MODULE, "ts none": NO_MODULE, "js none": NO_MODULE };
const NODE = { "ts .js": UNKNOWN_FILE, "ts .ts": UNKNOWN_FILE, "ts none": UNKNOWN_FILE, "js none": NO_MODULE };

/** So does Deno, unless there is a tsconfig.json that says that modules are found as bundlers do. */
const DENO_NO_MODULE = /Cannot find module|Module not found/;

const stripsTypes = Boolean(Reflect.get(process.features, "typescript"));

export const RUNTIMES: readonly Runtime[] = [
  {
    name: `Node ${process.version}`,
    commands: (_, app) => [[process.execPath, app]],
    refuses: stripsTypes ? STRIPPING_NODE : NODE,
  },
  { name: "Node 22", commands: (_, app) => [[node(22), "--no-warnings", app]], refuses: STRIPPING_NODE },
  { name: "Node 24", commands: (_, app) => [[node(24), app]], refuses: STRIPPING_NODE },
  {
    name: "Deno",
    // It checks types as well. It needs no permission for modules that are imported in so many words.
    commands: (_, app) => [[deno(), "run", "--check", "--no-remote", "--cached-only", "--no-prompt", app]],
    refuses: { "ts .js": DENO_NO_MODULE, "ts none": DENO_NO_MODULE, "js none": DENO_NO_MODULE },
  },
  { name: "Bun", commands: (_, app) => [[bun(), "--no-install", app]], refuses: {} },
  ...["esbuild", "Rolldown", "Rollup", "Vite", "webpack"].map((name): Runtime => ({
    name,
    commands(directory, app) {
      writeFileSync(join(directory, "tsconfig.json"), JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
      const bundle = join(directory, "dist/bundle.js");
      const bundler = join(import.meta.dirname, "bundle.js");
      return [
        [process.execPath, bundler, name.toLowerCase(), app, bundle],
        [process.execPath, bundle],
      ];
    },
    refuses: {},
  })),
];

/** For bundlers that have TypeScript compile modules: it must not mind that imports end with `.ts`. */
const COMPILER_OPTIONS = {
  target: "es2022",
  module: "esnext",
  moduleResolution: "bundler",
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
  // What the types are worth is tested elsewhere, and takes long.
  noCheck: true,
};

/** The wrappers around these programs would have scripts of installation find them, or download them. */
function node(major: number): string {
  return installed(`node-${major}-${process.platform}-${process.arch}`, "bin/node");
}

function deno(): string {
  return installed(platformPackage("@deno"), "deno");
}

function bun(): string {
  return installed(platformPackage("@oven"), "bin/bun");
}

/** The only package of a scope that has been installed: the one for this platform. */
function platformPackage(scope: string): string {
  const directory = join(PACKAGES, scope);
  const [name = "none"] = existsSync(directory) ? readdirSync(directory) : [];
  return `${scope}/${name}`;
}

function installed(name: string, program: string): string {
  const path = join(PACKAGES, name, program);
  if (!existsSync(path)) throw new Error(`there is no ${path}: npm run runtimes installs it, if this platform has one`);
  return path;
}
