import { describe, expect, it, test } from "vitest";
import { comment, found } from "./found.js";

const KINDS = [
  ["struct", "@Foo:", "{ 'struct': 'Foo', 'data': { 'a': 'int', '*b': 'int' } }"],
  ["enum", "@Foo:", "{ 'enum': 'Foo', 'data': [ 'a', { 'name': 'b' } ] }"],
  ["alternate", "@Foo:", "{ 'alternate': 'Foo', 'data': { 'a': 'int', 'b': 'bool' } }"],
  ["command", "@foo:", "{ 'command': 'foo', 'data': { 'a': 'int', 'b': 'int' } }"],
  ["event", "@FOO:", "{ 'event': 'FOO', 'data': { 'a': 'int', 'b': 'int' } }"],
] as const;

describe.each(KINDS)("%s", (_, symbol, definition) => {
  it("has all its parts described", () => {
    expect(found(comment(symbol, "", "@a: text", "@b: text") + definition)).toEqual([]);
    expect(found(comment(symbol, "", "@b: text") + definition)).toEqual([
      expect.stringMatching(/^6:\d+ doc-undescribed \| .*'a'/),
    ]);
  });

  it("has nothing described that it has not", () => {
    const text = comment(symbol, "", "@a: text", "@b: text", "@A: text", "@c : text") + definition;
    expect(found(text)).toEqual(["6:3 doc-unknown | @A:", "7:3 doc-unknown | @c :"]);
  });

  it("need not have its parts described where a pragma says so", () => {
    const pragma = `{ 'pragma': { 'documentation-exceptions': [ '${symbol.slice(1, -1)}' ] } }\n`;
    const descriptions = ["", "@b: text", "@c: text"];
    expect(found(comment(symbol, ...descriptions, "", "Since: 1.0") + definition + pragma)).toEqual([
      "5:3 doc-unknown | @c:",
    ]);
  });

  it("has its parts described all the same where QEMU's compiler does not survive it", () => {
    const pragma = `{ 'pragma': { 'documentation-exceptions': [ '${symbol.slice(1, -1)}' ] } }\n`;
    const places = (...lines: readonly string[]): readonly string[] =>
      found(comment(symbol, ...lines) + definition + pragma).map((finding) => finding.replace(/^\d+:\d+ | \|.*/g, ""));
    const died = ["doc-undescribed"];
    expect(places("text")).toEqual(died);
    expect(places("", "@b: text")).toEqual(died);
    expect(places("text", "", "@a: text", "", "Since: 1.0")).toEqual([]);
    expect(places("", "@a: text", "", "TODO: text")).toEqual([]);
    expect(places("", "@a: text", "", "text")).toEqual([]);
    expect(places("", "Since: 1.0")).toEqual([]);
  });
});

const types = "{ 'enum': 'Kind', 'data': [ 'one' ] }\n{ 'struct': 'Base', 'data': { 'kind': 'Kind' } }\n";

test.each([
  ["a base", comment("@Foo:", "", "@kind: text"), "{ 'struct': 'Foo', 'base': 'Base', 'data': {} }\n"],
  ["a type of arguments", comment("@foo:", "", "@kind: text"), "{ 'command': 'foo', 'data': 'Base' }\n"],
  [
    "a base of a union",
    comment("@Foo:", "", "@kind: text"),
    "{ 'union': 'Foo', 'base': 'Base', 'discriminator': 'kind', 'data': {} }\n",
  ],
])("members of %s are described there", (_, text, definition) => {
  expect(found(text + definition + types)).toContain("4:3 doc-unknown | @kind:");
});

test("of a union, the members of a base in place are described, and branches are not", () => {
  const union = "{ 'union': 'Foo', 'base': { 'kind': 'Sort' }, 'discriminator': 'kind', 'data': { 'one': 'Bar' } }\n";
  const others = "{ 'enum': 'Sort', 'data': [ 'one' ] }\n{ 'struct': 'Bar', 'data': { 'x': 'int' } }\n";
  expect(found(comment("@Foo:", "", "@kind: text") + union + others)).toEqual([]);
  expect(found(comment("@Foo:", "", "@one: text") + union + others)).toEqual([
    "4:3 doc-unknown | @one:",
    "6:29 doc-undescribed | 'kind'",
  ]);
});

describe("features", () => {
  const definition =
    "{ 'struct': 'Foo', 'features': [ 'f' ], 'data': { 'a': { 'type': 'int', 'features': [ 'g', 'f' ] } } }\n";

  it("are described, also those of members, and in no way permitted not to be", () => {
    const pragma = "{ 'pragma': { 'documentation-exceptions': [ 'Foo' ] } }\n";
    expect(found(comment("@Foo:", "", "@a: text", "", "Features:", "@f: text", "@g: text") + definition)).toEqual([]);
    expect(found(comment("@Foo:", "", "@a: text", "", "Features:", "@f: text") + definition + pragma)).toEqual([
      "9:87 doc-undescribed | 'g'",
    ]);
  });

  it("are there if they are described, and are no members", () => {
    const lines = ["@Foo:", "", "@a: text", "", "Features:", "@f: text", "@g: text", "@a: text", "@h: text"];
    expect(found(comment(...lines) + definition)).toEqual(["9:3 doc-unknown | @a:", "10:3 doc-unknown | @h:"]);
  });
});

describe("'Returns:' and 'Errors:'", () => {
  const both = ["", "Returns: text", "", "Errors:", "  - text"];

  it("are for commands", () => {
    const event = "{ 'event': 'FOO' }\n";
    // The one finding tells of both.
    expect(found(comment("@FOO:", ...both) + event)).toEqual(["4:3 doc-result | Returns:"]);
    expect(found(comment("@FOO:", "Errors: text", "", "Returns: text") + event)).toEqual(["5:3 doc-result | Returns:"]);
    expect(found(comment("@FOO:", "Errors: text") + event)).toEqual(["3:3 doc-result | Errors:"]);
  });

  it("are for commands that return something, and for all commands", () => {
    const result = "{ 'struct': 'Foo', 'data': {} }\n";
    expect(found(`${comment("@foo:", ...both)}{ 'command': 'foo', 'returns': 'Foo' }\n${result}`)).toEqual([]);
    expect(found(comment("@foo:", ...both) + "{ 'command': 'foo' }\n")).toEqual(["4:3 doc-result | Returns:"]);
  });
});
