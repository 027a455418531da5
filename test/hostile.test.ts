/**
 * A schema that tries to break out of what is made of it, or of where it is. Each attempt gives TypeScript that compiles,
 * declares nothing but what it should and does nothing when it is imported; or a diagnostic.
 */
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { defaultEmitters } from "../src/emitters/index.js";
import { compileErrors } from "./support/compile.js";
import { emittedFiles } from "./support/emitted.js";
import { findings, schemaOf, type SchemaText } from "./support/harness.js";
import { runValidators } from "./support/run-validators.js";

/** What generated files consist of; there is no statement that does something. */
const HARMLESS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.InterfaceDeclaration,
  ts.SyntaxKind.TypeAliasDeclaration,
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.ClassDeclaration,
  ts.SyntaxKind.VariableStatement,
]);

async function expectHarmless(text: SchemaText): Promise<void> {
  const files = new Map(emittedFiles(text, defaultEmitters));
  // The configuration of TSDoc is the same whatever the schema says.
  files.delete("tsdoc.json");
  expect(compileErrors(files)).toEqual([]);
  for (const [path, contents] of files) {
    expect(path).toMatch(/^(?:[A-Za-z0-9_-]+\/)*[A-Za-z0-9_-]+\.ts$/);
    const { statements } = ts.createSourceFile(path, contents, ts.ScriptTarget.ES2022);
    for (const { kind } of statements) expect(HARMLESS.has(kind), `${path}: ${ts.SyntaxKind[kind]}`).toBe(true);
  }
  Reflect.deleteProperty(globalThis, "pwned");
  await runValidators(schemaOf(text));
  expect("pwned" in globalThis).toBe(false);
}

function documented(text: string): string {
  const lines = text.split("\n").map((line) => `# ${line}`);
  return `##\n# @S:\n#\n${lines.join("\n")}\n#\n# @a: ${text.replaceAll("\n", " ")}\n##\n{ 'struct': 'S', 'data': { 'a': 'int' } }`;
}

describe("documentation", () => {
  test.each([
    ["the end of a comment", "*/ globalThis.pwned = 1; /*"],
    ["the end of a comment, put together from two lines", "*\n/ globalThis.pwned = 1; /*"],
    ["the end of a comment in a literal", "``*/ globalThis.pwned = 1; /*``"],
    ["the end of a comment in an example", ".. qmp-example::\n\n    -> */ globalThis.pwned = 1; /*"],
    ["backquotes", "` ``` ```` globalThis.pwned = 1 ````"],
    ["a template", "${globalThis.pwned = 1} `${globalThis.pwned = 1}`"],
    [
      "line breaks of other kinds",
      "a\v globalThis.pwned = 1 \u2028globalThis.pwned = 1\u2029 globalThis.pwned = 1 \u0085",
    ],
    ["a line break that schemas have", "a\r# globalThis.pwned = 1\r\n# globalThis.pwned = 1"],
    ["a tag", "@deprecated {@link https://example.com | x} @ts-nocheck"],
    ["markup", "<script>globalThis.pwned = 1</script>"],
  ])("%s", async (_, text) => {
    await expectHarmless(documented(text));
  });
});

describe("names", () => {
  test.each([
    ["what all objects have", "constructor", "toString", "hasOwnProperty", "valueOf"],
    ["globals", "String", "Object", "Promise", "Record", "Array", "Symbol", "Error", "globalThis", "undefined"],
    ["reserved words", "delete", "class", "enum", "await", "yield", "let", "static", "import", "this", "null-"],
    ["words of types", "string", "object", "never", "unknown", "boolean-", "symbol", "void"],
    ["names that the output is built around", "Events", "Commands", "Timestamp", "Result", "Executor", "Empty", "isS"],
    ["names that are equal after casing", "foo-bar", "foo_bar", "fooBar", "FooBar", "FOO_BAR", "foo--bar", "FOOBAR"],
    ["digits first", "2_5", "25", "3des", "0"],
    ["vendors' names", "__com.example_foo", "__com.example_Foo", "__com-example_foo"],
  ])("%s", async (_, ...names) => {
    const members = names.map((name) => `'${name}': 'int', '*x${name}': 'str'`).join(", ");
    const values = names.map((name) => `'${name}'`).join(", ");
    const branches = names.map((name) => `'${name}': 'Branch'`).join(", ");
    const base = `
      { 'enum': 'E1', 'data': [ ${values} ] }
      { 'struct': 'Branch', 'data': { 'b': 'E1' } }
      { 'union': 'U1', 'base': { 'e': 'E1' }, 'discriminator': 'e', 'data': { ${branches} } }
      { 'struct': 'Members', 'data': { ${members} } }`;
    await expectHarmless(
      base + names.map((name) => `\n{ 'command': '${name}', 'data': { ${members} }, 'returns': 'U1' }`).join(""),
    );
    await expectHarmless(base + names.map((name) => `\n{ 'event': '${name}', 'data': { ${members} } }`).join(""));
    await expectHarmless(
      base + names.map((name) => `\n{ 'struct': '${name}', 'data': { 'm': '${name}', 'l': [ '${name}' ] } }`).join(""),
    );
    await expectHarmless(base + names.map((name) => `\n{ 'enum': '${name}', 'data': [ ${values} ] }`).join(""));
  });

  test.each([
    ["__proto__", "'__proto__'"],
    ["the end of a comment", "'*/ globalThis.pwned = 1; /*'"],
    ["a template", "'${globalThis.pwned = 1}'"],
    ["quotes", "'\"; globalThis.pwned = 1; \"'"],
    ["a backslash", "'\\\\'"],
    ["a way up", "'../../x'"],
  ])("that are refused: %s", (_, name) => {
    for (const text of [
      `{ 'struct': ${name}, 'data': {} }`,
      `{ 'struct': 'S', 'data': { ${name}: 'int' } }`,
      `{ 'enum': 'E', 'data': [ ${name} ] }`,
      `{ 'command': ${name} }`,
      `{ 'event': ${name} }`,
      `{ 'event': 'E', 'features': [ ${name} ] }`,
    ]) {
      expect(findings(text)).toEqual([expect.stringContaining(" invalid-name: ")]);
    }
  });

  test("keys that are __proto__ are unknown keys like others", () => {
    expect(findings("{ 'event': 'E', '__proto__': { 'boxed': true } }")).toEqual([
      expect.stringContaining("unknown-key: event 'E' has an unknown key '__proto__'"),
    ]);
    expect(findings("{ 'event': 'E', 'if': { '__proto__': [ 'A' ] } }")).toHaveLength(1);
  });
});

describe("files", () => {
  test.each(["../../../../etc/passwd", "/etc/passwd", "sub/../../x.json"])(
    "an include may not leave the tree: %s",
    (path) => {
      expect(findings({ "qapi/a.json": `{ 'include': '${path}' }` })).toEqual([
        expect.stringContaining(`include-outside: '${path}' is outside of the schema's directory`),
      ]);
    },
  );

  test("the name of a module may not lead out of the output, nor be another's", async () => {
    const names = [
      "..%2f..%2fx.json",
      "a:b.json",
      "index.json",
      "INDEX.json",
      "con.json",
      "a b.json",
      ".json",
      "...json",
      "__proto__.json",
      "constructor.json",
      "net.d.json",
      "x/index.json",
    ];
    const files = Object.fromEntries(
      names.map((name, index) => [name, `{ 'struct': 'S${String(index)}', 'data': {} }`]),
    );
    const includes = names.map((name) => `{ 'include': '${name}' }`).join("\n");
    await expectHarmless({ "root.json": includes, ...files });
    const paths = [...emittedFiles({ "root.json": includes, ...files }, defaultEmitters).keys()];
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
    expect(paths.filter((path) => path.startsWith("types/"))).toHaveLength(names.length + 1);
  });
});
