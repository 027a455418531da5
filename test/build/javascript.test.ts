/** What `--target js` makes: the same program as in TypeScript, with declarations that projects can use. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { check } from "prettier";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate, type Target } from "../../src/build/generate.js";
import { emitJavaScript } from "../../src/build/javascript.js";
import { emit } from "../../src/emit/emit.js";
import { defineEmitter, type Emitter } from "../../src/emit/emitter.js";
import type { EmitOptions } from "../../src/emit/options.js";
import { builtinEmitters, defaultEmitters } from "../../src/emitters/index.js";
import { toImage } from "../../src/schema/image/to-image.js";
import { compileErrors, newestErrors } from "../support/compile.js";
import { fixtureFiles } from "../support/fixtures.js";
import { schemaOf, type SchemaText } from "../support/harness.js";

/** The texts of files by their paths. */
type Files = ReadonlyMap<string, string>;

const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-javascript-"));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

async function javaScript(
  text: SchemaText,
  { emitters = defaultEmitters, ...options }: EmitOptions & { readonly emitters?: readonly Emitter[] } = {},
): Promise<Files> {
  const files = await emitJavaScript(schemaOf(text), { ...options, emitters, output: "out" });
  return new Map(files.map((file) => [file.path, file.text]));
}

function typeScript(text: SchemaText): Files {
  return new Map(emit(schemaOf(text), defaultEmitters).map((file) => [file.path, file.text]));
}

function select(files: Files, ending: RegExp): readonly (readonly [string, string])[] {
  return [...files].filter(([path]) => ending.test(path));
}

/** Writes files to a new folder, and returns it. */
function put(name: string, files: Files): string {
  const folder = join(directory, name);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return folder;
}

const FIXTURES: readonly (readonly [string, SchemaText])[] = [
  ["ok", fixtureFiles("ok")],
  ...["1.0", "2.0", "5.2"].map((name) => [`old/${name}`, fixtureFiles("old", `${name}.json`)] as const),
  ["net", fixtureFiles("net")],
  ["proposal", fixtureFiles("proposal")],
  ["nothing", ""],
  ["little", "{ 'command': 'c' }"],
];

describe("the output for fixtures", () => {
  /** All files in one tree, a folder for each schema: compilers take their time to start. */
  const typescript = new Map(FIXTURES.flatMap(([name, files]) => below(name, typeScript(files))));
  let output: Files;
  let declarations: Files;
  let folders: { readonly js: string; readonly ts: string };

  beforeAll(async () => {
    const outputs = FIXTURES.map(async ([name, files]) => below(name, await javaScript(files)));
    output = new Map((await Promise.all(outputs)).flat());
    const app = readFileSync(join(import.meta.dirname, "javascript-app.txt"), "utf8");
    declarations = new Map([...select(output, /\.d\.ts$/), ["app.ts", app]]);
    folders = { js: put("fixtures-js", output), ts: put("fixtures-ts", typescript) };
  });

  it("has for each file of TypeScript one of JavaScript and one of declarations, and no map without a file", () => {
    const paths = [...output.keys()].filter((path) => !path.endsWith(".map"));
    const expected = [...typescript.keys()].flatMap((path) =>
      path.endsWith(".ts") ? [path.replace(/ts$/, "js"), path.replace(/ts$/, "d.ts")] : [path],
    );
    expect(paths.sort()).toEqual(expected.sort());
    for (const [map] of select(output, /\.map$/)) expect(paths).toContain(map.replace(/\.map$/, ""));
  });

  it.each(["nodenext", "bundler"] as const)("compiles with %s resolution, with what uses it", (resolution) => {
    expect(compileErrors(declarations, { resolution })).toEqual([]);
  });

  it("compiles with the newest TypeScript, with what uses it", () => {
    expect(newestErrors(declarations)).toBe("");
  });

  it("is as prettier would have it", async () => {
    for (const [path, text] of select(output, /\.(?:js|ts)$/))
      expect(await check(text, { filepath: path }), path).toBe(true);
  });

  it("imports nothing but types into declarations", () => {
    for (const [path, text] of select(output, /\.d\.ts$/)) expect(text, path).not.toMatch(/^import (?!type )/m);
  });

  it("exports from each file what the TypeScript exports there", async () => {
    expect(exportsByNode(folders.js)).toEqual(await exportsByEsbuild(folders.ts));
  });

  it.each(FIXTURES)("is the program that the TypeScript is: %s", async (name) => {
    const ours = await bundled(join(folders.js, name, "index.js"));
    const theirs = await bundled(join(folders.ts, name, "index.ts"));
    expect(ours).toEqual(theirs);
  });
});

function below(folder: string, files: Files): readonly (readonly [string, string])[] {
  return [...files].map(([path, text]) => [`${folder}/${path}`, text]);
}

/** The statements of a module and of all that it imports, without comments and layout. */
async function bundled(entry: string): Promise<readonly string[]> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    minifyWhitespace: true,
    treeShaking: false,
    write: false,
  });
  // Prettier takes the quotes off a key that is a number in JavaScript, but not in TypeScript.
  return (outputFiles[0]?.text ?? "").replaceAll(/"(\d+)":/g, "$1:").split(";");
}

/** What each module of a folder exports, by path without the extension: as Node says, which has to import them all. */
function exportsByNode(folder: string): unknown {
  const program = `
    const exported = {};
    for (const path of JSON.parse(process.argv[1])) exported[path] = Object.keys(await import("./" + path + ".js")).sort();
    console.log(JSON.stringify(exported));`;
  const run = spawnSync(
    process.execPath,
    ["--input-type=module", "-e", program, JSON.stringify(modules(folder, ".js"))],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

/** The same of TypeScript, as esbuild says. */
async function exportsByEsbuild(folder: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const { metafile } = await build({
    entryPoints: modules(folder, ".ts").map((path) => join(folder, `${path}.ts`)),
    bundle: true,
    format: "esm",
    outdir: join(folder, "out"),
    outbase: folder,
    absWorkingDir: folder,
    metafile: true,
    write: false,
  });
  return Object.fromEntries(
    Object.entries(metafile.outputs).map(([path, output]) => [
      path.slice("out/".length, -3),
      [...output.exports].sort(),
    ]),
  );
}

function modules(folder: string, extension: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(extension) && !path.endsWith(".d.ts"))
    .map((path) => path.slice(0, -extension.length).replaceAll("\\", "/"))
    .sort();
}

describe("the files", () => {
  const net = fixtureFiles("net");
  let output: Files;

  beforeAll(async () => {
    output = await javaScript(net);
  });

  it("have the documentation in the declarations and not in the code", async () => {
    expect(output.get("commands/net.d.ts")).toContain("\n * Plug or unplug the virtual cable of a network device.\n");
    expect(output.get("commands/net.d.ts")).toContain("  /** true to plug it in */\n  up: boolean;");
    expect(output.get("commands/net.js")).not.toContain("Plug or unplug");
    const bare = await javaScript(net, { docs: "none" });
    expect(bare.get("commands/net.js")).toBe(output.get("commands/net.js"));
    expect(bare.get("commands/net.d.ts")).not.toContain("Plug or unplug");
  });

  it("import what --import-extension says", async () => {
    const bare = await javaScript(net, { importExtension: "none" });
    expect(bare.get("index.js")).toContain('export * from "./types/index";');
    expect(bare.get("events/net.d.ts")).toContain('from "./timestamp";');
    const declarations = new Map(select(bare, /\.d\.ts$/));
    expect(compileErrors(declarations, { resolution: "bundler" })).toEqual([]);
  });

  it.each(["bigint", "number"] as const)("compile with 64-bit integers as %s", async (int64) => {
    const declarations = new Map(select(await javaScript(net, { int64 }), /\.d\.ts$/));
    expect(declarations.get("types/net.d.ts")).toContain(`"vlan-table": ${int64}[];`);
    expect(compileErrors(declarations)).toEqual([]);
  });

  it("that are no TypeScript are the same", async () => {
    const emitters = builtinEmitters.filter(({ name }) => name === "json-schema");
    const expected = emit(schemaOf(net), emitters).map(({ path, text }): [string, string] => [path, text]);
    expect([...(await javaScript(net, { emitters }))]).toEqual(expected);
  });

  it("are the same each time", async () => {
    expect([...(await javaScript(net))]).toEqual([...output]);
  });

  it("have no maps where there is no schema to look at", async () => {
    const image = { "schema.json": toImage(schemaOf(net)) };
    const ofImage = await javaScript(image);
    expect(select(output, /\.map$/)).not.toEqual([]);
    expect(select(ofImage, /\.map$/)).toEqual([]);
    expect(ofImage.get("types/net.d.ts")).not.toContain("sourceMappingURL");
    expect(ofImage.get("types/net.js")).toBe(output.get("types/net.js"));
  });

  it("have maps whose sources are where the schema is, from where they are themselves", async () => {
    const emitters = builtinEmitters.filter(({ name }) => name === "types");
    const small = await javaScript({ "schemas/root.json": "{ 'enum': 'E', 'data': [ 'a' ] }" }, { emitters });
    const map: unknown = JSON.parse(small.get("types/root.d.ts.map") ?? "");
    expect(map).toMatchObject({ version: 3, file: "root.d.ts", sources: ["../../schemas/root.json"], names: [] });
    expect(small.get("types/root.d.ts")).toMatch(/;\n\/\/# sourceMappingURL=root\.d\.ts\.map\n$/);
  });

  it("are as prettier would have them with long names, which it leaves alone in TypeScript", async () => {
    const schema = Array.from({ length: 30 }, (_, index) => {
      const name = `T${"x".repeat(index * 4)}`;
      const member = "m".repeat(index * 4 + 1);
      return `
        { 'enum': 'E${name}', 'data': [ '${member}', 'list' ] }
        { 'struct': '${name}', 'data': { '${member}': 'str', '*o${member}': '${name}', '*p-q': [ '${name}' ] } }
        { 'union': 'U${name}', 'base': { 'kind': 'E${name}' }, 'discriminator': 'kind', 'data': { 'list': '${name}' } }
        { 'alternate': 'A${name}', 'data': { 'a': 'U${name}', 'b': [ '${name}' ], 'c': 'E${name}', 'd': 'int' } }
        { 'command': 'c-${member}', 'data': { '*${member}': 'E${name}' }, 'returns': [ '${name}' ] }
        { 'event': 'E_${member.toUpperCase()}', 'data': { '${member}': 'A${name}' } }`;
    }).join("\n");
    for (const [path, text] of select(await javaScript(schema), /\.(?:js|ts)$/)) {
      expect(await check(text, { filepath: path }), path).toBe(true);
      if (path.endsWith(".js")) expect(text, path).not.toContain("prettier-ignore");
    }
  });
});

describe("emitters of others", () => {
  const other = (print: (file: ReturnType<Parameters<Emitter["emit"]>[1]["file"]>) => void): Emitter =>
    defineEmitter({
      name: "other",
      emit(_schema, out) {
        print(out.file("other/test.ts"));
      },
    });

  it("may print whatever TypeScript allows", async () => {
    const emitter = other((f) => {
      f.statement(
        "export abstract class Shape {\n  protected readonly size: number = 1;\n  abstract area(): number;\n}",
      );
      f.statement("export enum Mode {\n  On = 1,\n}");
      f.statement("const hidden: number = 1;");
      f.statement("export { hidden as shown };");
      f.statement("export default function (value: unknown): asserts value is string {}");
    });
    const output = await javaScript("{ 'struct': 'S', 'data': {} }", { emitters: [emitter] });
    const code = output.get("other/test.js") ?? "";
    const declarations = output.get("other/test.d.ts") ?? "";
    expect(await check(code, { parser: "babel" }), code).toBe(true);
    expect(await check(declarations, { parser: "typescript" }), declarations).toBe(true);
    expect(compileErrors(new Map([["test.d.ts", declarations]]))).toEqual([]);
    const folder = put("other", new Map([["test.js", code]]));
    expect(exportsByNode(folder)).toEqual({ test: ["Mode", "Shape", "default", "shown"] });
  });

  it("fail where they print what is not TypeScript", async () => {
    const emitter = other((f) => {
      f.statement("export const one = 1;");
      f.statement("export const = 2;");
    });
    await expect(javaScript("", { emitters: [emitter] })).rejects.toMatchObject({
      diagnostics: [
        {
          code: "emitter-failed",
          message: "an emitter has made what is not TypeScript: Variable declaration expected. (other/test.ts:5)",
        },
      ],
    });
  });

  it.each([
    ["a constant", "export const one = [1].map(String);", 3],
    ["a function", "const two = 2;\nexport function three() {\n  return two;\n}", 4],
  ])("fail where the type of %s would have to be worked out", async (_, text, line) => {
    const result = javaScript("", { emitters: [other((f) => f.statement(text))] });
    const message = expect.stringMatching(
      new RegExp(
        `^an emitter has made an export without a type: .*isolatedDeclarations.* \\(other/test\\.ts:${String(line)}\\)$`,
      ),
    ) as unknown;
    await expect(result).rejects.toMatchObject({ diagnostics: [{ code: "emitter-failed", message }] });
  });

  it("fail where they make the JavaScript, too", async () => {
    const emitter = defineEmitter({
      name: "other",
      emit(_schema, out) {
        out.file("test.js").statement("export const one = 1;");
        out.file("test.ts").statement("export const two: number = 2;");
      },
    });
    await expect(javaScript("", { emitters: [emitter] })).rejects.toMatchObject({
      diagnostics: [{ message: "two files of the output are called 'test.js': TypeScript becomes one of them" }],
    });
  });
});

describe("a directory", () => {
  async function run(target: Target): Promise<readonly string[]> {
    const output = join(directory, "switched");
    const result = await generate({ schema: "fixtures/net", output, emitters: defaultEmitters, target });
    expect(result).toMatchObject({ ok: true });
    return readdirSync(output, { recursive: true, encoding: "utf8" }).filter((path) => /\.\w+$/.test(path));
  }
  const isTypeScript = (path: string): boolean => path.endsWith(".ts") && !path.endsWith(".d.ts");

  it("has nothing of one target when the other one is written to it", async () => {
    const before = await run("ts");
    expect(before.filter(isTypeScript)).toContain("index.ts");
    const between = await run("js");
    expect(between).toContain("index.js");
    expect(between.filter(isTypeScript)).toEqual([]);
    expect(await run("ts")).toEqual(before);
  });
});
