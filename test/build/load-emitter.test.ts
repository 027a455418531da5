import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { generate } from "../../src/build/generate.js";
import { loadEmitters } from "../../src/build/load-emitter.js";
import { emit } from "../../src/emit/emit.js";
import { builtinEmitters, emitters } from "../../src/emitters/index.js";
import { schemaOf } from "../support/harness.js";

let directory: string;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "qapi-codegen-emitter-")));
  vi.spyOn(process, "cwd").mockReturnValue(directory);
  // As in the command line: modules of the disk are for Node, not for what runs the tests.
  put("import.cjs", "module.exports = (url) => import(url);");
  vi.stubGlobal("hostImport", createRequire(import.meta.url)(join(directory, "import.cjs")));
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  rmSync(directory, { recursive: true, force: true });
});

function put(path: string, text: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), text);
}

/** The text of a module whose emitter makes `NAME/count.ts`. */
function counter(name: string, head = "export default"): string {
  return `${head} {
    name: "${name}",
    emit(schema, out) { out.file("${name}/count.ts").print\`export const count = \${schema.definitions.length};\`; },
  };\n`;
}

async function names(...specifiers: readonly string[]): Promise<readonly string[]> {
  return (await loadEmitters(specifiers, builtinEmitters)).map(({ name }) => name);
}

describe("an emitter of others", () => {
  it("comes from a path, relative to the current directory or absolute, whatever it has in it", async () => {
    put("my emitter#1.mjs", counter("one"));
    put("sub/two.cjs", counter("two", "module.exports ="));
    expect(await names("./my emitter#1.mjs", join(directory, "sub/two.cjs"))).toEqual(["one", "two"]);
    put("list.mjs", `const one = { name: "three", emit() {} };\nexport default [one, { ...one, name: "four" }];\n`);
    expect(await names("./sub/../list.mjs", "./sub/../list.mjs")).toEqual(["three", "four"]);
  });

  it("comes from CommonJS that was compiled from a module", async () => {
    put("compiled.cjs", `exports.__esModule = true;\n${counter("compiled", "exports.default =")}`);
    expect(await names("./compiled.cjs")).toEqual(["compiled"]);
  });

  it.each([
    ["main", { main: "emitter.cjs" }, counter("found", "module.exports =")],
    ["exports", { exports: "./emitter.cjs" }, counter("found", "module.exports =")],
    [
      "exports for import only",
      { type: "module", exports: { ".": { types: "./x.d.ts", import: "./emitter.cjs" } } },
      counter("found", "module.exports ="),
    ],
    [
      "conditions at the top of exports",
      { exports: { import: { node: "./emitter.cjs" } } },
      counter("found", "module.exports ="),
    ],
  ])("comes from a package that is installed for the current directory and has %s", async (_, manifest, text) => {
    for (const name of ["emitter-zod", "@me/emitter"]) {
      put(`node_modules/${name}/package.json`, JSON.stringify({ name, ...manifest }));
      put(`node_modules/${name}/emitter.cjs`, text);
    }
    expect(await names("emitter-zod")).toEqual(["found"]);
    expect(await names("@me/emitter")).toEqual(["found"]);
  });

  it("comes from a part of a package that is for import only", async () => {
    const manifest = { name: "many", exports: { "./zod": { import: "./zod.mjs" }, "./other": "./other.mjs" } };
    put("node_modules/many/package.json", JSON.stringify(manifest));
    put("node_modules/many/zod.mjs", counter("zod"));
    expect(await names("many/zod")).toEqual(["zod"]);
    await expect(names("many/zap")).rejects.toThrow("there is no package 'many/zap' installed for this directory");
  });

  it("runs with those that it requires, ours in the place of other copies of them", async () => {
    put(
      "my.mjs",
      `const types = { name: "types", emit() { throw new Error("another copy"); } };
       const helper = { name: "helper", emit(schema, out) { out.file("helper.ts").print\`export {};\`; } };
       export default { name: "mine", requires: [types, helper], emit(schema, out) {
         out.file("mine.ts").print\`\${[...out.emitters].join(" ")};\`;
       } };`,
    );
    const files = emit(schemaOf(""), await loadEmitters(["./my.mjs"], builtinEmitters));
    expect(files.find(({ path }) => path === "mine.ts")?.text).toContain("\ntypes helper mine;\n");
  });

  it("keeps its own `this`", async () => {
    put(
      "class.mjs",
      `class Mine { name = "mine"; path = "mine.ts"; emit(schema, out) { out.file(this.path).print\`export {};\`; } }
       export default new Mine();`,
    );
    const files = emit(schemaOf(""), await loadEmitters(["./class.mjs"], builtinEmitters));
    expect(files.map(({ path }) => path)).toContain("mine.ts");
  });
});

describe("what is no emitter is told", () => {
  it.each([
    ["./nowhere.mjs", undefined, "there is no emitter at './nowhere.mjs': no such file"],
    ["nowhere", undefined, "there is no package 'nowhere' installed for this directory"],
    ["node:fs", undefined, "there is no package 'node:fs' installed for this directory"],
    ["mine.mjs", "", "there is no package 'mine.mjs' installed for this directory; did you mean './mine.mjs'?"],
    ["./a.mjs", "export const emitter = {};", "'./a.mjs' is no emitter: it has no default export"],
    ["./b.mjs", "export default 1;", "the default export of './b.mjs' is no emitter: it is not an object"],
    ["./c.mjs", "export default {};", "the default export of './c.mjs' is no emitter: it has no 'name'"],
    [
      "./d.mjs",
      "export default { name: 'A b', emit() {} };",
      "the default export of './d.mjs' is no emitter: its name 'A b' does not consist of small letters, digits and '-'",
    ],
    [
      "./e.mjs",
      "export default { name: 'e' };",
      "the default export of './e.mjs' is no emitter: it has no function 'emit'",
    ],
    [
      "./f.mjs",
      "export default { name: 'f', emit() {}, requires: ['types'] };",
      "the default export of './f.mjs' is no emitter: 'requires' is not a list of emitters",
    ],
    ["./g.mjs", "export default { name: 'types', emit() {} };", "'./g.mjs': there is an emitter 'types' already"],
    [
      "./h.mjs",
      "const e = { name: 'h', emit() {} };\nexport default [e, { ...e }];",
      "'./h.mjs': two emitters are called 'h'",
    ],
    [
      "./i.mjs",
      "import 'nowhere';",
      "cannot load the emitter './i.mjs': Error: Cannot find package 'nowhere' imported from ",
    ],
    ["./j.mjs", "export default {", "cannot load the emitter './j.mjs': SyntaxError: Unexpected end of input"],
    [
      "./k.mjs",
      "throw { toString() { throw 1; } };",
      "cannot load the emitter './k.mjs': it throws what cannot be shown",
    ],
    [
      "./l.mjs",
      "\nthrow new Error('not today');",
      "cannot load the emitter './l.mjs': Error: not today (at DIR/l.mjs:2:7)",
    ],
  ])("%s", async (specifier, text, message) => {
    if (text !== undefined) put(specifier, text);
    const error: unknown = await loadEmitters([specifier], builtinEmitters).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "EmitterLoadError" });
    expect(
      String(error)
        .replaceAll(directory, "DIR")
        .replace(/^EmitterLoadError: /, ""),
    ).toContain(message);
  });
});

describe("an emitter that fails", () => {
  async function failureOf(body: string): Promise<unknown> {
    put("schema.json", "{ 'struct': 'S', 'data': {} }\n");
    put(
      "mine.mjs",
      `function inner(out) { ${body} }\nexport default { name: "mine", emit(schema, out) { return inner(out); } };\n`,
    );
    const options = { schema: join(directory, "schema.json"), output: join(directory, "out") };
    const loaded = await loadEmitters(["./mine.mjs"], builtinEmitters);
    return await generate({ ...options, emitters: [emitters.types, ...loaded] });
  }

  it.each([
    ["null.length;", "TypeError: Cannot read properties of null (reading 'length')"],
    ["throw 'text';", "it throws text"],
    ["out.file('../x.ts');", "Error: ../x.ts is not the path of a file in the output"],
    ["out.names.of({ kind: 'struct', name: 'S' }, 'type');", "Error: struct S has no name as type"],
  ])("is named, with what it throws and where: %s", async (body, reason) => {
    const result = await failureOf(body);
    const place = body.startsWith("throw") ? {} : { hint: expect.stringMatching(/at .*mine\.mjs:1:[0-9]+$/) as string };
    expect(result).toMatchObject({
      ok: false,
      diagnostics: [{ code: "emitter-failed", message: `the emitter 'mine' has failed: ${reason}`, ...place }],
    });
    expect(() => readFileSync(join(directory, "out/index.ts"))).toThrow("ENOENT");
  });

  it("is one that has not finished when it returns", async () => {
    expect(await failureOf("return Promise.reject(new Error('late'));")).toMatchObject({
      diagnostics: [
        {
          message:
            "the emitter 'mine' has failed: it returns a promise, but an emitter must have made its files when it returns",
        },
      ],
    });
  });
});
