/** What can be imported from the package, and that nothing else can; and what that loads. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { linesOf, run } from "./run.js";

type Target = string | { readonly types: string; readonly default: string };
interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, Target>>;
}

/** 1.5 MB. */
const MAXIMUM_SIZE = 1_500_000;

/** A project that has the package in it, and none of those that it depends on. */
let alone = "";
let files: readonly string[] = [];
let manifest: Manifest;

beforeAll(() => {
  alone = mkdtempSync(join(dirname(inject("tarball")), "alone-"));
  const folder = join(alone, "node_modules/qapi-codegen");
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync("tar", ["-xzf", inject("tarball"), "--strip-components=1", "-C", folder]);
  expect(status).toBe(0);
  files = linesOf(folder, ["find", ".", "-type", "f"]).map((path) => relative(".", path));
  manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
});

afterAll(() => {
  rmSync(alone, { recursive: true });
});

function text(path: string): string {
  return readFileSync(join(alone, "node_modules/qapi-codegen", path), "utf8");
}

/** What can be imported, with one example of those that are a pattern. */
function specifiers(): readonly string[] {
  return Object.entries(manifest.exports).flatMap(([key, target]) => {
    const name = `qapi-codegen${key.slice(1)}`;
    if (!key.includes("*")) return [name];
    const [before = "", after = ""] = (typeof target === "string" ? target : target.default).slice(2).split("*");
    const [one = ""] = files.filter((path) => path.startsWith(before) && path.endsWith(after));
    return [name.replace("*", one.slice(before.length, one.length - after.length))];
  });
}

/** Imports modules in a program of their own: what that prints, and how it failed. */
function importing(cwd: string, names: readonly string[]): ReturnType<typeof run> {
  writeFileSync(join(cwd, "import.mjs"), names.map((name) => `await import("${name}");\n`).join(""));
  return run(cwd, ["node", "import.mjs"]);
}

describe("the tarball", () => {
  it("is small", () => {
    const { size } = statSync(inject("tarball"));
    console.log(`the tarball: ${String(Math.round(size / 1000))} kB, ${String(files.length)} files`);
    expect(size).toBeLessThan(MAXIMUM_SIZE);
  });

  it("has no declarations that nothing leads to, and all that are led to", () => {
    const declarations = files.filter((path) => path.endsWith(".d.ts"));
    expect([...declared()].sort()).toEqual([...declarations].sort());
  });

  it("has no module that nothing leads to", () => {
    const scripts = files.filter((path) => /\.[cm]?js$/.test(path));
    const entries = [...Object.values(manifest.bin), ...targets("default")].map((path) => relative(".", path));
    // What is imported for its types alone is there all the same.
    const found = new Set([...entries, ...[...declared()].map((path) => path.replace(/\.d\.ts$/, ".js"))]);
    for (const path of found)
      if (scripts.includes(path)) for (const other of importsOf(path)) if (scripts.includes(other)) found.add(other);
    expect(scripts.filter((path) => !found.has(path))).toEqual([]);
    expect(scripts.length).toBeGreaterThan(4);
  });

  it("has no map that leads to what is not there", () => {
    expect(files.filter((path) => path.endsWith(".map"))).toEqual([]);
    for (const path of files.filter((file) => /\.([cm]?js|d\.ts)$/.test(file)))
      expect(text(path)).not.toMatch(/^\/\/# sourceMappingURL=/m);
  });

  it("has what people look for first", () => {
    expect(files).toEqual(expect.arrayContaining(["README.md", "LICENSE", "CHANGELOG.md", "package.json"]));
  });
});

describe("the exports", () => {
  it("put types first, and lead to files", () => {
    for (const [key, target] of Object.entries(manifest.exports)) {
      if (typeof target !== "string") expect(Object.keys(target), key).toEqual(["types", "default"]);
    }
    for (const path of [...targets("types"), ...targets("default")]) {
      expect(existsSync(join(alone, "node_modules/qapi-codegen", path)), path).toBe(true);
    }
  });

  it("can all be imported", () => {
    const names = specifiers().filter((name) => !name.endsWith(".json"));
    expect(names.length).toBeGreaterThan(2);
    expect(importing(inject("workbench"), names)).toEqual({ status: 0, out: "", error: "" });
  });

  it("are all that can be imported", () => {
    for (const path of ["dist/index.js", "dist/runtime/qmp.js", "dist/bin/cli.cjs", "index.js", "runtime/qmp"]) {
      expect(importing(inject("workbench"), [`qapi-codegen/${path}`]).error).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
    }
  });

  it("load nothing of other packages where code that was built needs them, nor does the library before it does", () => {
    const names = specifiers().filter((name) =>
      /^qapi-codegen(\/(?:(?:qmp|qemu|qga|config).*|domain-events))?$/.test(name),
    );
    expect(names).toEqual(expect.arrayContaining(["qapi-codegen", "qapi-codegen/qmp", "qapi-codegen/qmp/core"]));
    expect(importing(alone, names)).toEqual({ status: 0, out: "", error: "" });
    expect(importing(alone, ["ts-morph"]).error).toContain("ERR_MODULE_NOT_FOUND");
  });

  it("nor does the command line", () => {
    const command = join(alone, "node_modules/qapi-codegen/dist/bin/qapi-codegen.cjs");
    expect(run(alone, ["node", command, inject("schema"), "-o", "qmp", "--quiet"])).toMatchObject({
      status: 0,
      error: "",
    });
    expect(existsSync(join(alone, "qmp/validators/net.ts"))).toBe(true);
  });

  it("of the client share their classes, so that what one makes is what another takes", () => {
    const client = files.filter((path) => /^dist\/(?:runtime|domain-events)\/.*\.js$/.test(path));
    for (const name of ["SlotHandle", "QmpError"]) {
      expect(client.filter((path) => text(path).includes(`${name} = class`))).toHaveLength(1);
    }
  });
});

/** What exports lead to. Of a pattern, all files that it fits. */
function targets(condition: "types" | "default"): readonly string[] {
  return Object.values(manifest.exports).flatMap((target) => {
    if (typeof target === "string") return [];
    const [before = "", after] = target[condition].split("*");
    if (after === undefined) return [before];
    return files.map((path) => `./${path}`).filter((path) => path.startsWith(before) && path.endsWith(after));
  });
}

/** The declarations that entries lead to. */
function declared(): ReadonlySet<string> {
  const found = new Set(targets("types").map((path) => relative(".", path)));
  for (const path of found) for (const other of importsOf(path)) found.add(other.replace(/\.js$/, ".d.ts"));
  return found;
}

/** The files of the package that a module imports, or loads by a name beside it. */
function importsOf(path: string): readonly string[] {
  const names = [...text(path).matchAll(/\b(?:from|import)[ (]*"(\.[^"]+)"/g)].map(([, name = ""]) => name);
  const beside = path.endsWith(".cjs") ? [...text(path).matchAll(/[\w-]+\.cjs/g)].map(([name]) => name) : [];
  return [...names, ...beside].map((name) => join(dirname(path), name));
}
