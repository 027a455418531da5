/** docs/emitters.md: its emitter works as it says, on the built command line that `npm test` makes first. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RESOLUTIONS, STRICTEST } from "./support/strictest.js";

const PAGE = readFileSync("docs/emitters.md", "utf8");
const BIN = resolve("dist/bin/qapi-codegen.cjs");
const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-doc-"));

beforeAll(() => {
  // A project that has installed both.
  mkdirSync(join(directory, "node_modules"));
  symlinkSync(resolve("."), join(directory, "node_modules/qapi-codegen"), "dir");
  symlinkSync(resolve("node_modules/zod"), join(directory, "node_modules/zod"), "dir");
  put("package.json", '{ "type": "module" }');
  const [, emitter = ""] = /\n```js\n([^]*?)\n```\n/.exec(PAGE) ?? [];
  put("zod-emitter.js", emitter);
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

function put(path: string, text: string): void {
  writeFileSync(join(directory, path), text);
}

/** Runs a program of Node in the project. */
function run(...args: readonly string[]): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: directory, encoding: "utf8" });
  return { status, text: stdout + stderr };
}

function generate(
  schema: string,
  ...args: readonly string[]
): { readonly status: number | null; readonly text: string } {
  return run(BIN, resolve("fixtures", schema), "-o", "qmp", "--quiet", "--emitter", "./zod-emitter.js", ...args);
}

describe("the emitter of the page", () => {
  it.each([
    ["net", ["--emit", "zod"]],
    ["net", ["--int64", "number", "--import-extension", "none"]],
    ["ok", ["--emit", "zod", "--int64", "bigint", "--prefix", "Qga"]],
    ["net", ["--only", "netdev_add"]],
  ])("makes of fixtures/%s with %j what compiles under the strictest flags", (schema, args) => {
    expect(generate(schema, ...args)).toEqual({ status: 0, text: "" });
    const isBundled = args.includes("none");
    const compilerOptions = { ...STRICTEST, ...RESOLUTIONS[isBundled ? "bundler" : "nodenext"], skipLibCheck: true };
    put("tsconfig.json", JSON.stringify({ compilerOptions, include: ["qmp"] }));
    expect(run(resolve("node_modules/typescript/bin/tsc"), "-p", ".")).toEqual({ status: 0, text: "" });
  });

  it("makes one that runs without what was not chosen, and removes what it no longer makes", () => {
    expect(generate("net", "--emit", "zod").status).toBe(0);
    const text = readFileSync(join(directory, "qmp/index.ts"), "utf8");
    expect([...text.matchAll(/"\.\/(.*)\/index\.js"/g)].map(([, folder]) => folder)).toEqual(["types", "zod"]);
  });

  it("takes what is right and refuses what is wrong", async () => {
    expect(generate("net").status).toBe(0);
    const outfile = join(directory, "qmp.mjs");
    await build({ entryPoints: [join(directory, "qmp/index.ts")], outfile, bundle: true, format: "esm", write: true });
    const output: unknown = await import(pathToFileURL(outfile).href);
    const takes = (name: string, value: unknown): unknown => {
      const schema: unknown = Reflect.get(Object(output), `${name}Schema`);
      const parse: unknown = Reflect.get(Object(schema), "safeParse");
      if (typeof parse !== "function") throw new Error(`there is no ${name}Schema`);
      return Reflect.get(Object(Reflect.apply(parse, schema, [value])), "success");
    };
    const stream = { type: "stream", id: "n", addr: { type: "unix", path: "/run/passt" } };
    expect(takes("Netdev", stream)).toBe(true);
    expect(takes("Netdev", { ...stream, server: true, "reconnect-ms": 5 })).toBe(true);
    expect(takes("Netdev", { type: "none", id: "n" })).toBe(true);
    expect(takes("Netdev", { ...stream, addr: { type: "unix" } })).toBe(false);
    expect(takes("Netdev", { ...stream, type: "steam" })).toBe(false);
    expect(takes("Netdev", { ...stream, server: null })).toBe(false);
    expect(takes("Netdev", { ...stream, server: undefined })).toBe(false);
    expect(takes("Netdev", { type: "stream", addr: stream.addr })).toBe(false);
    expect(takes("RxState", "none")).toBe(true);
    expect(takes("RxState", "toString")).toBe(false);
  });
});

it("shows options of the command line that there are", () => {
  const { text } = run(BIN, "--help");
  for (const [option] of PAGE.matchAll(/--[a-z]+\b/g)) expect(text).toContain(`${option} `);
});
