import { describe, expect, it } from "vitest";
import { check } from "../../src/schema/check.js";
import { memoryHost } from "../../src/schema/host.js";
import { load } from "../../src/schema/load.js";
import { inQemuOrder } from "../../conformance/place.js";

/** The place of the first error of `main.json`, as QEMU's compiler names it. */
function firstPlace(files: Readonly<Record<string, string>>): string {
  const loaded = load("main.json", memoryHost(files));
  const [first] = inQemuOrder(check(loaded, { style: true }).diagnostics, loaded.tree);
  if (first === undefined) return "accepted";
  const { file, line, column } = first.place;
  return `${file ?? ""}:${String(line)}:${String(column)} ${first.finding.code}`;
}

function placeIn(text: string): string {
  return firstPlace({ "main.json": text });
}

describe("the order of QEMU's compiler", () => {
  it("reads all text before it looks at a definition", () => {
    expect(placeIn("{ 'struct': 'foo', 'data': {} }\n{ 'struct': 'Bar' 'data': {} }\n")).toBe(
      "main.json:2:19 missing-comma",
    );
  });

  it("looks at the form of all definitions before it looks for types", () => {
    expect(placeIn("{ 'struct': 'Foo', 'data': { 'a': 'Nope' } }\n{ 'struct': 'bar', 'data': {} }\n")).toBe(
      "main.json:2:1 type-name-case",
    );
  });

  it("reads an included file where the include stands", () => {
    const files = { "main.json": "{ 'include': 'a.json' }\n;\n", "a.json": "\n  ]\n" };
    // The token behind the include is read first.
    expect(firstPlace(files)).toBe("main.json:2:1 syntax");
    expect(firstPlace({ ...files, "main.json": "{ 'include': 'a.json' }\n]\n" })).toBe("a.json:2:3 syntax");
  });

  it("looks for lists among branches with the form, for their values and the discriminator later", () => {
    const kind = "{ 'enum': 'Kind', 'data': [ 'one' ] }\n";
    const base = "'base': { '*kind': 'Kind' }";
    const bad = "{ 'struct': 'Bad', 'data': { 'a': 'int' }, 'features': 'b' }\n";
    const list = `{ 'union': 'Uni', ${base}, 'discriminator': 'kind', 'data': { 'one': [ 'Kind' ] } }\n`;
    expect(placeIn(kind + list + bad)).toBe("main.json:2:1 invalid-branch");
    const branch = list.replace("'one': [ 'Kind' ]", "'*one': 'Bad'");
    expect(placeIn(kind + branch + bad)).toBe("main.json:3:1 wrong-value");
    const tag = branch.replace("'kind', 'data'", "'*kind', 'data'");
    expect(placeIn(kind + tag + bad)).toBe("main.json:3:1 wrong-value");
    expect(placeIn(kind + tag)).toBe("main.json:2:1 invalid-name");
  });

  it("calls the second definition that it reads a redefinition, also of those in other files", () => {
    const definition = "{ 'struct': 'Foo', 'data': {} }\n";
    expect(firstPlace({ "main.json": `{ 'include': 'a.json' }\n${definition}`, "a.json": definition })).toBe(
      "main.json:2:1 duplicate-definition",
    );
  });

  it("looks at bases first", () => {
    const derived = "{ 'struct': 'Bar', 'base': 'Foo', 'data': { 'b': 'Nope' } }\n";
    const base = "{ 'struct': 'Foo', 'data': { 'a': 'Nope' } }\n";
    expect(placeIn(derived + base)).toBe("main.json:2:1 undefined-type");
  });

  it("looks at an array where it is first mentioned", () => {
    const derived = "{ 'struct': 'Bar', 'base': 'Foo', 'data': { 'b': 'Nope' } }\n";
    const base = "{ 'struct': 'Foo', 'data': { 'a': [ 'Nope' ] } }\n";
    expect(placeIn(derived + base)).toBe("main.json:1:1 undefined-type");
  });

  it("looks at what a command returns, also an array, once its arguments have been looked at", () => {
    const command = "{ 'command': 'foo', 'data': 'Foo', 'returns': [ 'str' ] }\n";
    expect(placeIn(`${command}{ 'struct': 'Foo', 'data': { 'a': 'Nope' } }\n`)).toBe("main.json:2:1 undefined-type");
    expect(placeIn(`${command}{ 'struct': 'Foo', 'data': { 'a': 'int' } }\n`)).toBe("main.json:1:1 returns-object");
  });

  it("refuses a list among definitions while it reads, once it has the token behind it", () => {
    const command = "# One.\n  [ 'beep',\n    {}, {}, 'none' ]\n";
    expect(placeIn(`{ 'struct': 'foo', 'data': {} }\n${command}`)).toBe("main.json:3:3 proposal-command");
    expect(placeIn(`${command}'beep\n`)).toBe("main.json:4:1 unterminated-string");
    expect(placeIn(`${command}'beep'\n`)).toBe("main.json:2:3 proposal-command");
    // Whether the documentation before it is its own, it does not ask.
    expect(placeIn(`##\n# Free.\n##\n${command}`)).toBe("main.json:5:3 proposal-command");
    const files = { "main.json": "{ 'include': 'a.json' }\n{ 'pragma': { 'nope': 1 } }\n", "a.json": command };
    expect(firstPlace(files)).toBe("a.json:2:3 proposal-command");
  });

  it("refuses a type of the proposal when it looks at its form, before its documentation", () => {
    const type = "{ 'Point':\n  { 'x': 'Nope' } }\n";
    expect(placeIn(`##\n# @Point:\n#\n# @y: up\n##\n${type}`)).toBe("main.json:6:1 proposal-type");
    expect(placeIn(`${type}{ 'struct': 'foo', 'data': {} }\n`)).toBe("main.json:1:1 proposal-type");
    expect(placeIn(`{ 'struct': 'foo', 'data': {} }\n${type}`)).toBe("main.json:1:1 type-name-case");
    expect(placeIn(`${type}[ 'beep', {}, {}, 'none' ]\n`)).toBe("main.json:3:1 proposal-command");
  });

  it("counts the column of a sentence as if its comment were not indented", () => {
    expect(placeIn("##\n# One. Two\n##\n")).toBe("main.json:2:7 doc-sentence");
    expect(placeIn("##\n  # One. Two\n##\n")).toBe("main.json:2:7 doc-sentence");
  });

  it("names a loop after the definition that it comes back to", () => {
    const union = (name: string, tag: string, branch: string): string =>
      `{ 'union': '${name}', 'base': { '${tag}': 'Kinds' }, 'discriminator': '${tag}', 'data': { 'a': '${branch}' } }\n`;
    const text = `{ 'enum': 'Kinds', 'data': [ 'a' ] }\n${union("Un", "t", "Deux")}${union("Deux", "v", "Un")}`;
    expect(placeIn(text)).toBe("main.json:2:1 self-containing-union");
  });

  it("counts columns in characters, in blocks of eight behind a tab", () => {
    expect(placeIn("\t\t;\n")).toBe("main.json:1:1 syntax");
    expect(placeIn("{ 'enum': 'Foo',\t'data': [ ; ] }\n")).toBe("main.json:1:11 syntax");
  });

  it("sees the end of a file at its last line break", () => {
    expect(placeIn("{ 'struct': 'Foo'\n\n\n")).toBe("main.json:3:1 syntax");
    expect(placeIn("{ 'struct': 'Foo'")).toBe("main.json:1:18 syntax");
  });

  it("sees a key again when it has read the value", () => {
    expect(placeIn("{ 'struct': 'Foo', 'data': {},\n  'data' :\n   {} }\n")).toBe("main.json:3:4 duplicate-key");
  });
});
