/** What is true of all output, whatever the schema: it compiles, prettier leaves it alone, and it comes out the same again. */
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { emit } from "../../src/emit/emit.js";
import { defaultEmitters } from "../../src/emitters/index.js";
import { compileErrors, newestErrors } from "../support/compile.js";
import { emittedFiles } from "../support/emitted.js";
import { fixtureFiles, okRoots } from "../support/fixtures.js";
import { schemaOf } from "../support/harness.js";

const schemas: readonly (readonly [string, Record<string, string>])[] = [
  ...okRoots.map((root): [string, Record<string, string>] => [`ok/${root}`, fixtureFiles("ok", root)]),
  ["net", fixtureFiles("net")],
];

/** The files of all outputs in one tree, a folder for each: compilers take their time to start. */
const all = new Map(
  schemas.flatMap(([name, files]) =>
    [...emittedFiles(files, defaultEmitters)].map(([path, text]) => [`${name}/${path}`, text]),
  ),
);

describe("the output for all fixtures", () => {
  it.each(["nodenext", "bundler"] as const)("compiles with %s resolution", (resolution) => {
    expect(compileErrors(all, { resolution })).toEqual([]);
  });

  it("compiles with the newest TypeScript", () => {
    expect(newestErrors(all)).toBe("");
  });
});

describe.each(schemas)("the output for %s", (_name, files) => {
  const output = emittedFiles(files, defaultEmitters);

  it("is as prettier would have it", async () => {
    for (const [path, text] of output) expect(await format(text, { filepath: path }), path).toBe(text);
  });

  it("is the same each time", () => {
    expect([...emittedFiles(files, defaultEmitters)]).toEqual([...output]);
  });
});

it("is as prettier would have it with names of up to 120 characters", async () => {
  const lengths = Array.from({ length: 119 }, (_, index) => index + 1);
  const text = lengths
    .map((length) => {
      const name = `T${"x".repeat(length)}`;
      const member = "m".repeat(length);
      return `
        { 'enum': 'E${name}', 'data': [ '${member}', 'list' ] }
        { 'struct': '${name}', 'data': { '${member}': 'str', '*o${member}': '${name}', '*p-q': [ '${name}' ] } }
        { 'struct': 'D${name}', 'base': '${name}', 'data': { '*size': 'size', '*flag': [ 'bool' ] } }
        { 'union': 'U${name}', 'base': { 'kind': 'E${name}', '*d': 'D${name}' }, 'discriminator': 'kind',
          'data': { '${member}': '${name}', 'list': 'R${name}' } }
        { 'struct': 'R${name}', 'data': { 'more': [ 'U${name}' ] } }
        { 'alternate': 'A${name}', 'data': { 'a': 'U${name}', 'b': [ '${name}' ], 'c': 'E${name}', 'd': 'int' } }
        { 'command': 'c-${member}', 'data': { '*${member}': 'E${name}' }, 'returns': [ '${name}' ] }
        { 'command': 'u-${member}', 'data': 'U${name}', 'boxed': true, 'returns': 'size', 'allow-oob': true }
        { 'command': 's-${member}', 'gen': false, 'data': '${name}', 'returns': 'A${name}' }
        { 'event': 'E_${member.toUpperCase()}', 'data': { '${member}': 'A${name}', '*o': 'R${name}' } }`;
    })
    .join("\n");
  for (const [path, file] of emittedFiles(text, defaultEmitters)) {
    expect(await format(file, { parser: "typescript" }), path).toBe(file);
  }
});

describe("each emitter", () => {
  it.each(defaultEmitters)("compiles when $name runs alone", (emitter) => {
    for (const resolution of ["nodenext", "bundler"] as const) {
      expect(compileErrors(emittedFiles(fixtureFiles("net"), [emitter]), { resolution })).toEqual([]);
    }
  });

  it.each(["", "{ 'struct': 'S', 'data': {} }", "{ 'event': 'E' }", "{ 'command': 'c' }"])("takes %j", (text) => {
    expect(compileErrors(emittedFiles(text, defaultEmitters))).toEqual([]);
  });

  it("gives the files in the order of their paths", () => {
    const paths = emit(schemaOf(fixtureFiles("net")), defaultEmitters).map((file) => file.path);
    expect(paths).toEqual([...paths].sort());
  });
});

it("tells nothing of definitions where there is to be no documentation", () => {
  const text = "{ 'struct': 'Finite', 'data': { 'a': 'int' } } { 'command': 'delete', 'returns': 'Finite' }";
  const renamed = (docs: "full" | "none"): readonly string[] =>
    [...emittedFiles(text, defaultEmitters, { docs })]
      .filter(([, contents]) => contents.includes("is taken or reserved"))
      .map(([path]) => path);
  expect(renamed("full")).toEqual(["commands/test.ts", "validators/test.ts"]);
  expect(renamed("none")).toEqual([]);
});
