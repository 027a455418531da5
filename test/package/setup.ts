/**
 * What the tests of the package begin with: it is packed, and installed as users do, once with nothing else and once with all that
 * projects use it with.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The path of the tarball. */
    readonly tarball: string;
    /** A project in which nothing but the package is installed, and what npm said of that. */
    readonly fresh: string;
    readonly installReport: string;
    /** How long installing took, in seconds. */
    readonly installSeconds: number;
    /** A project in which compilers and bundlers are installed as well; folders in it share them. */
    readonly workbench: string;
    /** A schema that is in the project of a user: a copy of `fixtures/net`. */
    readonly schema: string;
  }
}

/** What projects have beside the package: the versions that our own tests use, so that they are in npm's cache. */
const TOOLS = {
  "package.json": ["@types/node", "esbuild", "typescript", "typescript-newest"],
  "test/runtimes/package.json": ["rollup", "vite", "webpack"],
};

export default function setup({ provide }: TestProject): () => void {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "qapi-codegen-package-")));
  const remove = (): void => rmSync(directory, { recursive: true });
  try {
    const tarball = pack(directory);
    const schema = join(directory, "net");
    cpSync("fixtures/net", schema, { recursive: true });
    const fresh = project(directory, "fresh", {});
    const start = performance.now();
    const installReport = npm(fresh, "install", tarball);
    const installSeconds = (performance.now() - start) / 1000;
    const workbench = project(directory, "workbench", toolVersions());
    npm(workbench, "install", "--prefer-offline", tarball);
    provide("tarball", tarball);
    provide("schema", schema);
    provide("fresh", fresh);
    provide("installReport", installReport);
    provide("installSeconds", installSeconds);
    provide("workbench", workbench);
    return remove;
  } catch (error) {
    remove();
    throw error;
  }
}

/** Packs what has been built, and gives the path of the tarball. */
function pack(directory: string): string {
  const output = npm(resolve("."), "pack", "--ignore-scripts", "--silent", "--pack-destination", directory);
  return join(directory, output.trim().split("\n").at(-1) ?? "");
}

function project(directory: string, name: string, devDependencies: Readonly<Record<string, string>>): string {
  const folder = join(directory, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module", devDependencies }));
  return folder;
}

function toolVersions(): Readonly<Record<string, string>> {
  const versions: Record<string, string> = {};
  for (const [path, names] of Object.entries(TOOLS)) {
    const manifest = JSON.parse(readFileSync(path, "utf8")) as { devDependencies: Partial<Record<string, string>> };
    for (const name of names) {
      const version = manifest.devDependencies[name];
      if (version === undefined) throw new Error(`${path} does not ask for ${name}`);
      versions[name] = version;
    }
  }
  return versions;
}

/** Runs npm, and gives all that it printed. */
function npm(cwd: string, ...args: readonly string[]): string {
  // That of the run that the tests are a part of is not meant for other projects.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^npm_(package|lifecycle)/.test(name)),
  );
  const { status, stdout, stderr, error } = spawnSync("npm", args, { cwd, env, encoding: "utf8" });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`npm ${args.join(" ")}: ${stdout}${stderr}`);
  return stdout + (args.includes("--silent") ? "" : stderr);
}
