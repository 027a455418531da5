import { describe, expect, it } from "vitest";
import { commands } from "../../src/emitters/commands.js";
import { events } from "../../src/emitters/events.js";
import { types } from "../../src/emitters/types.js";
import { compileErrors } from "../support/compile.js";
import { emitted, emittedFiles } from "../support/emitted.js";
import type { SchemaText } from "../support/harness.js";

/** The lines of the types of a schema that are not comments. */
function declarations(text: SchemaText, path?: string): string {
  return emitted(text, types, path)
    .replace(/^ *\/\*\*.*?\*\/\n/gms, "")
    .trim();
}

/** The errors of code that uses the types of a schema. */
function errors(schema: string, code: string): readonly string[] {
  const files = new Map([...emittedFiles(schema, [types]), ["user.ts", code]]);
  return compileErrors(files, { only: "user.ts" });
}

describe("enums", () => {
  it("are a constant and a union of the same name", () => {
    expect(declarations("{ 'enum': 'E', 'data': [ 'a', 'b-c', '2_5', 'constructor' ] }")).toBe(
      'export const E = {\n  a: "a",\n  "b-c": "b-c",\n  "2_5": "2_5",\n  constructor: "constructor",\n} as const;\n' +
        "export type E = (typeof E)[keyof typeof E];",
    );
  });

  it("have documentation for each value", () => {
    const text =
      "##\n# @E:\n#\n# What it is\n#\n# @a: the first\n#\n# Since: 1.2\n##\n{ 'enum': 'E', 'data': [ 'a' ] }";
    expect(emitted(text, types)).toContain(
      "/**\n * What it is\n *\n * @since 1.2\n * @see `test.json:10`\n */\n" +
        'export const E = {\n  /** the first */\n  a: "a",\n} as const;\n',
    );
  });

  it("may have no values", () => {
    expect(declarations("{ 'enum': 'E', 'data': [] }")).toBe("export const E = {} as const;\nexport type E = never;");
  });

  it("are the union of their values", () => {
    const code = 'import { E } from "./index.js";\nexport const all: readonly E[] = [E.a, "b"];\n';
    expect(errors("{ 'enum': 'E', 'data': [ 'a', 'b' ] }", code)).toEqual([]);
    expect(errors("{ 'enum': 'E', 'data': [ 'a' ] }", code)).toEqual([
      `user.ts(2): Type '"b"' is not assignable to type '"a"'.`,
    ]);
  });
});

describe("structs", () => {
  it("have the types of the wire", () => {
    const members = (types: readonly string[]): string => types.map((type) => `'${type}': '${type}'`).join(", ");
    const small = ["int8", "int16", "int32", "uint8", "uint16", "uint32", "number"];
    const large = ["int", "int64", "uint64", "size"];
    const text = `{ 'struct': 'S', 'data': { ${members([...small, ...large, "str", "bool", "null", "any"])} } }`;
    expect(declarations(text)).toBe(
      [
        "export interface S {",
        ...small.map((name) => `  ${name}: number;`),
        ...large.map((name) => `  ${name}: number | bigint;`),
        "  str: string;",
        "  bool: boolean;",
        "  null: null;",
        "  any: unknown;",
        "}",
      ].join("\n"),
    );
  });

  it("have lists, also of types that are two", () => {
    expect(declarations("{ 'struct': 'S', 'data': { 'a': [ 'str' ], 'b': [ 'int' ], 'c': [ 'S' ] } }")).toBe(
      "export interface S {\n  a: string[];\n  b: (number | bigint)[];\n  c: S[];\n}",
    );
  });

  it("keep the names of the wire, in quotes only where that must be", () => {
    expect(declarations("{ 'struct': 'S', 'data': { 'netdev-id': 'str', 'a_b': 'str', '3d': 'str' } }")).toBe(
      'export interface S {\n  "netdev-id": string;\n  a_b: string;\n  "3d": string;\n}',
    );
  });

  it("have optional members, never null", () => {
    expect(declarations("{ 'struct': 'S', 'data': { '*a': 'str' } }")).toBe("export interface S {\n  a?: string;\n}");
  });

  it("have members that a build may lack as optional ones", () => {
    const text = "{ 'struct': 'S', 'data': { 'a': { 'type': 'str', 'if': 'CONFIG_A' } } }";
    expect(emitted(text, types)).toContain("  /** Only in builds with `CONFIG_A`. */\n  a?: string;\n");
  });

  it("extend their base, unless that is empty", () => {
    const text = `
      { 'struct': 'None', 'data': {} }
      { 'struct': 'A', 'base': 'None', 'data': { 'a': 'str' } }
      { 'struct': 'B', 'base': 'A', 'data': {} }
      { 'struct': 'C', 'base': 'None', 'data': {} }`;
    expect(declarations(text)).toBe(
      "export interface None {\n  [name: string]: never;\n}\n\nexport interface A {\n  a: string;\n}\n\n" +
        "export interface B extends A {}\n\nexport interface C {\n  [name: string]: never;\n}",
    );
  });

  it("are objects even without members", () => {
    const schema = "{ 'struct': 'S', 'data': {} }";
    const code = (value: string): string =>
      `import type { S } from "./index.js";\nexport const s: S = ${value} as const;\n`;
    expect(errors(schema, code("{}"))).toEqual([]);
    for (const value of ["1", '"a"', "[]", "{ a: 1 }"]) expect(errors(schema, code(value)), value).toHaveLength(1);
  });

  it("import from the files of other modules", () => {
    const text = {
      "a.json": "{ 'include': 'b.json' } { 'struct': 'S', 'data': { 'e': 'E', 'f': [ 'E' ] } }",
      "b.json": "{ 'enum': 'E', 'data': [ 'a' ] }",
    };
    expect(declarations(text, "types/a.ts")).toBe(
      'import type { E } from "./b.js";\n\nexport interface S {\n  e: E;\n  f: E[];\n}',
    );
  });
});

const KIND = "{ 'enum': 'Kind', 'data': [ 'a', 'b-c', 'none' ] }";
const PARTS = "{ 'struct': 'A', 'data': { 'x': 'str' } } { 'struct': 'B', 'data': { 'y': 'int8' } }";
const UNION = `${KIND} ${PARTS}
  { 'union': 'U', 'base': { 'kind': 'Kind', '*id': 'str' }, 'discriminator': 'kind',
    'data': { 'a': 'A', 'b-c': 'B' } }`;

describe("unions", () => {
  it("have an interface for what is common and for each branch", () => {
    expect(declarations(UNION)).toContain(
      "export interface UBase {\n  kind: Kind;\n  id?: string;\n}\n\n" +
        'export interface UA extends UBase, A {\n  kind: "a";\n}\n\n' +
        'export interface UBC extends UBase, B {\n  kind: "b-c";\n}\n\n' +
        'export interface UNone extends UBase {\n  kind: "none";\n}\n\n' +
        "export type U = UA | UBC | UNone;",
    );
  });

  it("extend a base that has a name", () => {
    const text = `${KIND} { 'struct': 'Base', 'data': { 'the-kind': 'Kind' } }
      { 'union': 'U', 'base': 'Base', 'discriminator': 'the-kind', 'data': {} }`;
    expect(declarations(text)).toContain('export interface UA extends Base {\n  "the-kind": "a";\n}');
  });

  it("do not extend an empty branch", () => {
    const text = `${KIND} { 'struct': 'None', 'data': {} }
      { 'union': 'U', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'a': 'None' } }`;
    expect(declarations(text)).toContain('export interface UA extends UBase {\n  kind: "a";\n}');
  });

  it("have an intersection where the branch is a union", () => {
    const text = `${UNION} { 'enum': 'Outer', 'data': [ 'u' ] }
      { 'union': 'O', 'base': { 'type': 'Outer' }, 'discriminator': 'type', 'data': { 'u': 'U' } }`;
    expect(declarations(text)).toContain('export type OU = OBase & U & { type: "u" };\n\nexport type O = OU;');
    const code = `import type { O } from "./index.js";
export function x(o: O): string | number {
  if (o.kind === "none") return o.id ?? o.type;
  return o.kind === "a" ? o.x : o.y;
}
`;
    expect(errors(text, code)).toEqual([]);
  });

  it("may have no branches", () => {
    const text = `{ 'enum': 'Kind', 'data': [] }
      { 'union': 'U', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': {} }`;
    expect(declarations(text)).toContain("export type U = never;");
  });

  it("narrow on the discriminator", () => {
    const code = (kind: string): string => `import type { U } from "./index.js";
export function x(u: U): string | undefined {
  return u.kind === "${kind}" ? u.x : u.id;
}
export const u: U = { kind: "b-c", y: 1 };
`;
    expect(errors(UNION, code("a"))).toEqual([]);
    expect(errors(UNION, code("none"))).toEqual(["user.ts(3): Property 'x' does not exist on type 'UNone'."]);
  });

  it("keep a branch's name apart from that of a type, and say so", () => {
    const text = `{ 'enum': 'Kind', 'data': [ 'a' ] } { 'struct': 'UA', 'data': { 'x': 'str' } }
      { 'union': 'U', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'a': 'UA' } }`;
    expect(emitted(text, types)).toContain(
      '/** Named `UA_` since `UA` is taken or reserved. */\nexport interface UA_ extends UBase, UA {\n  kind: "a";\n}',
    );
  });
});

describe("alternates", () => {
  it("are unions of what they may be", () => {
    const text = `{ 'struct': 'S', 'data': { 'a': 'str' } }
      { 'alternate': 'A', 'data': { 'a': 'str', 'b': 'int', 'c': 'S', 'd': 'null', 'e': [ 'size' ], 'f': 'bool' } }`;
    expect(declarations(text)).toContain(
      "export type A =\n  string | number | bigint | S | null | (number | bigint)[] | boolean;",
    );
  });
});

describe("the built-in enumeration", () => {
  it.each([
    "{ 'alternate': 'A', 'data': { 'a': 'QType' } }",
    "{ 'command': 'c', 'data': { 'a': 'QType' } }",
    "{ 'command': 'c', 'returns': [ 'QType' ] }",
    "{ 'event': 'E', 'data': { 'a': 'QType' } }",
    "{ 'enum': 'K', 'data': [] } { 'union': 'U', 'base': { 'k': 'K', 'a': 'QType' }, 'discriminator': 'k', 'data': {} }",
  ])("is declared for %s", (text) => {
    expect(compileErrors(emittedFiles(text, [commands, events]))).toEqual([]);
  });

  it("is declared where it is used, and only there", () => {
    const path = "types/builtin.ts";
    expect(emittedFiles("{ 'struct': 'S', 'data': { 'a': 'str' } }", [types]).has(path)).toBe(false);
    const files = emittedFiles("{ 'struct': 'S', 'data': { 'a': [ 'QType' ] } }", [types]);
    expect(files.get(path)).toContain('  qdict: "qdict",\n');
    expect(files.get("types/test.ts")).toContain('import type { QType } from "./builtin.js";\n');
  });
});

describe("names", () => {
  it("that are not identifiers are said where they are declared", () => {
    expect(emitted("{ 'struct': 'Foo-Bar', 'data': { 'a': 'str' } }", types)).toContain(
      "/** The schema calls it `Foo-Bar`. @see `test.json:1` */\nexport interface FooBar {",
    );
  });

  it("of globals are types like others", () => {
    const names = ["String", "Array", "Promise", "Record", "Object"];
    const text = names.map((name) => `{ 'struct': '${name}', 'data': { 'a': [ '${name}' ] } }`).join("\n");
    expect(compileErrors(emittedFiles(text, [types]))).toEqual([]);
    expect(emitted(text, types)).toContain("export interface Array {\n  a: Array[];\n}");
  });
});

describe("index files", () => {
  it("re-export what there is", () => {
    const text = {
      "a.json": "{ 'include': 'b.json' } { 'include': 'c.json' } { 'struct': 'S', 'data': {} }",
      "b.json": "{ 'event': 'E' }",
      "c.json": "{ 'enum': 'E2', 'data': [ 'a' ] }",
    };
    expect(declarations(text, "types/index.ts")).toBe('export * from "./a.js";\nexport * from "./c.js";');
    expect(declarations(text, "index.ts")).toBe('export * from "./types/index.js";');
  });

  it("name the file that they are from", () => {
    const files = emittedFiles({ "a.json": "{ 'include': 'b.json' }", "b.json": "{ 'enum': 'E', 'data': [] }" }, [
      types,
    ]);
    const headers = [...files].map(([path, text]) => [path, text.split("\n")[0]]);
    expect(headers).toEqual([
      ["index.ts", "// Generated by qapi-codegen from a.json. Do not edit."],
      ["types/b.ts", "// Generated by qapi-codegen from b.json. Do not edit."],
      ["types/index.ts", "// Generated by qapi-codegen from a.json. Do not edit."],
    ]);
  });
});
