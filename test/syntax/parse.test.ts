import { describe, expect, test } from "vitest";
import type { EntryNode } from "../../src/syntax/ast.js";
import { parse } from "../../src/syntax/parse.js";
import { Source } from "../../src/syntax/source.js";
import { findings } from "../support/harness.js";

function entries(text: string): readonly EntryNode[] {
  const { file, diagnostics } = parse(new Source("test.json", text));
  expect(diagnostics).toEqual([]);
  return file.entries;
}

/** What a node says, without its places. */
function plain(node: unknown): unknown {
  return JSON.parse(JSON.stringify(node, (key, value: unknown) => (key === "span" ? undefined : value)));
}

describe("the text of files", () => {
  test("white space and comments may stand anywhere between tokens", () => {
    const text =
      "# first\n{ # a comment\n'enum' # \n : 'E' , ## not documentation\n'data':[ # 'x'\n'a',\t'b' ] # }\n}\n#last";
    expect(plain(entries(text))).toEqual([
      {
        kind: "enum",
        name: { text: "E" },
        features: [],
        values: [
          { name: { text: "a" }, features: [] },
          { name: { text: "b" }, features: [] },
        ],
      },
    ]);
  });

  test("two entries may share a line, and the last line needs no break", () => {
    expect(entries("{'include':'a.json'}{'include':'b.json'}").map(({ kind }) => kind)).toEqual(["include", "include"]);
  });

  test("an empty file has no entries", () => {
    expect(entries("")).toEqual([]);
    expect(entries(" \n\n# nothing\n")).toEqual([]);
  });

  test("a doubled backslash is the only escape", () => {
    const [entry] = entries("{ 'include': 'a\\\\b.json' }");
    expect(entry).toMatchObject({ kind: "include", path: { text: "a\\b.json" } });
  });

  test("every node knows its place", () => {
    const text = "\n{ 'struct': 'S',\n  'data': { '*up': 'bool' } }\n";
    const [entry] = entries(text);
    if (entry?.kind !== "struct") throw new Error("no struct");
    const covered = [entry, entry.name, entry.members[0], entry.members[0]?.name, entry.members[0]?.type].map(
      (node) => node && text.slice(node.span.start, node.span.end),
    );
    expect(covered).toEqual([
      "{ 'struct': 'S',\n  'data': { '*up': 'bool' } }",
      "'S'",
      "'*up': 'bool'",
      "'*up'",
      "'bool'",
    ]);
  });
});

describe("the eight forms", () => {
  test.each([
    ["include", "{ 'include': 'net.json' }", { kind: "include", path: { text: "net.json" } }],
    [
      "pragma",
      "{ 'pragma': { 'doc-required': true, 'member-name-exceptions': [ 'X' ] } }",
      {
        kind: "pragma",
        settings: [
          { key: { kind: "string", text: "doc-required" }, value: { kind: "boolean", value: true } },
          {
            key: { kind: "string", text: "member-name-exceptions" },
            value: { kind: "list", elements: [{ kind: "string", text: "X" }] },
          },
        ],
      },
    ],
    [
      "enum, keys in any order",
      "{ 'prefix': 'P', 'features': [ 'f', { 'name': 'g', 'if': 'A' } ], 'data': [ 'a', { 'name': 'b', 'if': 'B', 'features': [ 'deprecated' ] } ], 'if': { 'not': 'C' }, 'enum': 'E' }",
      {
        kind: "enum",
        name: { text: "E" },
        prefix: "P",
        if: { kind: "not", operand: { kind: "defined", name: "C" } },
        features: [{ name: { text: "f" } }, { name: { text: "g" }, if: { kind: "defined", name: "A" } }],
        values: [
          { name: { text: "a" }, features: [] },
          { name: { text: "b" }, if: { kind: "defined", name: "B" }, features: [{ name: { text: "deprecated" } }] },
        ],
      },
    ],
    [
      "struct",
      "{ 'struct': 'S', 'base': 'B', 'data': { 'a': [ 'str' ], '*b': { 'type': 'int', 'if': 'X', 'features': [ 'unstable' ] } } }",
      {
        kind: "struct",
        name: { text: "S" },
        features: [],
        base: { kind: "type", name: "B", list: false },
        members: [
          { name: { text: "a" }, optional: false, type: { kind: "type", name: "str", list: true }, features: [] },
          {
            name: { text: "b" },
            optional: true,
            type: { kind: "type", name: "int", list: false },
            if: { kind: "defined", name: "X" },
            features: [{ name: { text: "unstable" } }],
          },
        ],
      },
    ],
    [
      "union",
      "{ 'union': 'U', 'base': { 't': 'T' }, 'discriminator': 't', 'data': { 'a': 'A', 'b': { 'type': 'B', 'if': 'X' } } }",
      {
        kind: "union",
        name: { text: "U" },
        features: [],
        base: {
          kind: "members",
          members: [
            { name: { text: "t" }, optional: false, type: { kind: "type", name: "T", list: false }, features: [] },
          ],
        },
        discriminator: { text: "t" },
        branches: [
          { name: { text: "a" }, type: { kind: "type", name: "A", list: false } },
          { name: { text: "b" }, type: { kind: "type", name: "B", list: false }, if: { kind: "defined", name: "X" } },
        ],
      },
    ],
    [
      "alternate",
      "{ 'alternate': 'A', 'data': { 's': 'str', 'l': [ 'int' ] } }",
      {
        kind: "alternate",
        name: { text: "A" },
        features: [],
        alternatives: [
          { name: { text: "s" }, type: { kind: "type", name: "str", list: false } },
          { name: { text: "l" }, type: { kind: "type", name: "int", list: true } },
        ],
      },
    ],
    [
      "command",
      "{ 'command': 'c', 'data': 'D', 'returns': [ 'R' ], 'boxed': true, 'gen': false, 'success-response': false, 'allow-oob': true, 'allow-preconfig': true, 'coroutine': true }",
      {
        kind: "command",
        name: { text: "c" },
        features: [],
        arguments: { kind: "type", name: "D", list: false },
        returns: { kind: "type", name: "R", list: true },
        boxed: true,
        gen: false,
        successResponse: false,
        allowOob: true,
        allowPreconfig: true,
        coroutine: true,
      },
    ],
    [
      "event",
      "{ 'event': 'EV', 'data': { 'x': 'str' }, 'if': { 'any': [ 'A', { 'all': [ 'B', 'C' ] } ] } }",
      {
        kind: "event",
        name: { text: "EV" },
        features: [],
        boxed: false,
        arguments: {
          kind: "members",
          members: [
            { name: { text: "x" }, optional: false, type: { kind: "type", name: "str", list: false }, features: [] },
          ],
        },
        if: {
          kind: "any",
          operands: [
            { kind: "defined", name: "A" },
            {
              kind: "all",
              operands: [
                { kind: "defined", name: "B" },
                { kind: "defined", name: "C" },
              ],
            },
          ],
        },
      },
    ],
  ])("%s", (_, text, expected) => {
    expect(plain(entries(text))).toEqual([expected]);
  });
});

describe("text that does not parse", () => {
  test.each([
    ["two commas", "{ 'enum': 'E',, 'data': [] }", "1:15 syntax: expected a string, found ',' | ,"],
    ["nothing but a comma", "{ , }", "1:3 syntax: expected a string or '}', found ',' | ,"],
    ["no colon", "{ 'enum' 'E' }", "1:10 syntax: expected ':', found a string | '"],
    ["a word", "{ 'enum': foo }", "1:11 syntax: expected a string, '{', '[', 'true' or 'false', found 'foo' | foo"],
    ["a list at the top", "[ { 'enum': 'E' } ]", "1:1 syntax: expected '##' or '{', found '[' | ["],
    ["the end in an object", "{ 'enum': 'E',", "1:15 syntax: expected a string, but the file ends | "],
    ["an open string", "{ 'enum': 'E }", "1:11 unterminated-string: the string is not closed on its line | 'E }"],
    ["another escape", "{ 'enum': 'a\\n' }", "1:11 invalid-escape: '\\n' is no escape sequence | 'a\\n"],
    [
      "a character outside of ASCII",
      "{ 'enum': 'é' }",
      "1:11 invalid-character: a string cannot contain 'é' (U+00E9) | 'é",
    ],
    ["double quotes", '{ "enum": 1 }', "1:3 syntax: expected a string or '}', found '\"enum\"' | \"enum\""],
  ])("%s", (_, text, expected) => {
    expect(findings(text)).toEqual([expected]);
  });

  test("all errors of a file are found, and what is between them is read", () => {
    const text = [
      "{ 'enum' 'A', 'data': [] }",
      "{ 'enum': 'B', 'data': [ 'b' ] }",
      "junk",
      "##",
      "# @C:",
      "##",
      "{ 'enum': 'C', 'data': [ 'c',, ] }",
      "{ 'struct': 'D', 'data': {",
    ].join("\n");
    expect(findings(text).map((finding) => finding.split(" ")[0])).toEqual(["1:10", "3:1", "7:30", "8:27"]);
    const { file } = parse(new Source("test.json", text));
    expect(file.entries.map((entry) => entry.kind)).toEqual(["enum", "doc"]);
  });

  test("what is not closed is pointed out", () => {
    const { diagnostics } = parse(new Source("test.json", "{ 'enum': 'A', 'data': [ 'a'"));
    expect(diagnostics[0]?.related).toMatchObject([{ message: "this '[' is not closed", span: { start: 23 } }]);
  });

  test("brackets that nest without end are refused, not followed", () => {
    const deep = "{ 'struct': 'S', 'data': " + "[".repeat(100_000);
    expect(findings(deep)).toEqual(["1:125 nesting-too-deep: brackets nest deeper than 100 levels | ["]);
  });

  test("a file of nothing but errors is given up after a thousand", () => {
    const found = findings("{ 'enum' }\n".repeat(20_000));
    expect(found).toHaveLength(1001);
    expect(found.at(-1)).toMatch(/^1001:1 too-many-errors: /);
    expect(findings("{ 'enum' }\n".repeat(1000))).toHaveLength(1000);
  });
});

describe("definitions that make no sense", () => {
  test.each([
    ["no form", "{ 'foo': 'bar' }", "1:3 unknown-form: no key says what this defines | 'foo'"],
    ["an empty object", "{ }", "1:1 unknown-form: no key says what this defines | {"],
    [
      "two forms",
      "{ 'enum': 'E', 'struct': 'S' }",
      "1:16 ambiguous-form: this is an enum and a struct at once | 'struct'",
    ],
    [
      "an unknown key",
      "{ 'enum': 'E', 'data': [], 'dta': [] }",
      "1:28 unknown-key: enum 'E' has an unknown key 'dta' | 'dta'",
    ],
    ["a missing key", "{ 'enum': 'E' }", "1:1 missing-key: enum 'E' has no key 'data' | {"],
    [
      "a double key",
      "{ 'enum': 'E', 'data': [], 'data': [] }",
      "1:28 duplicate-key: enum 'E' has the key 'data' twice | 'data'",
    ],
    [
      "a name that is no string",
      "{ 'enum': true, 'data': [] }",
      "1:11 wrong-value: the name of an enum should be a string, not true | true",
    ],
    [
      "an invalid name",
      "{ 'enum': 'a b', 'data': [] }",
      "1:11 invalid-name: 'a b' is no valid name for an enum | 'a b'",
    ],
    [
      "a name that JavaScript fears",
      "{ 'enum': '__proto__', 'data': [] }",
      "1:11 invalid-name: '__proto__' is no valid name for an enum | '__proto__'",
    ],
    [
      "an object as a list",
      "{ 'enum': 'E', 'data': {} }",
      "1:24 wrong-value: the values of enum 'E' should be a list, not an object | {}",
    ],
    [
      "a list of lists",
      "{ 'struct': 'S', 'data': { 'a': [ [ 'int' ] ] } }",
      "1:33 wrong-value: the list in the type of member 'a' of struct 'S' should hold one type's name | [ [ 'int' ] ]",
    ],
    [
      "a branch that is written in place",
      "{ 'union': 'U', 'base': 'B', 'discriminator': 'd', 'data': { 'a': { 'b': 'int' } } }",
      "1:67 wrong-value: the type of branch 'a' of union 'U' should be a type's name or a list of one, not an object | { 'b': 'int' }",
    ],
    [
      "a flag that is a string",
      "{ 'command': 'c', 'boxed': 'yes' }",
      "1:28 wrong-value: 'boxed' of command 'c' should be true or false, not the string 'yes' | 'yes'",
    ],
    [
      "a condition of nothing",
      "{ 'event': 'E', 'if': '' }",
      "1:23 invalid-condition: the condition of event 'E' is not the name of a build option: '' | ''",
    ],
    [
      "a condition with two keys",
      "{ 'event': 'E', 'if': { 'all': [ 'A' ], 'not': 'B' } }",
      "1:23 invalid-condition: the condition of event 'E' should have one key, not 2 | { 'all': [ 'A' ], 'not': 'B' }",
    ],
    [
      "a condition without operands",
      "{ 'event': 'E', 'if': { 'all': [] } }",
      "1:32 invalid-condition: 'all' in the condition of event 'E' has no operands | []",
    ],
    [
      "an unknown operator",
      "{ 'event': 'E', 'if': { 'nor': [] } }",
      "1:25 unknown-key: the condition of event 'E' has an unknown key 'nor' | 'nor'",
    ],
    [
      "an include of nothing",
      "{ 'include': [] }",
      "1:14 invalid-directive: the file to include should be a string, not a list | []",
    ],
    [
      "a pragma of nothing",
      "{ 'pragma': 'x' }",
      "1:13 invalid-directive: a pragma's value should be an object, not the string 'x' | 'x'",
    ],
    [
      "an alternate of nothing",
      "{ 'alternate': 'A', 'data': {} }",
      "1:29 no-alternatives: alternate 'A' has no alternatives | {}",
    ],
  ])("%s", (_, text, expected) => {
    expect(findings(text)).toContain(expected);
  });

  test("all mistakes of a definition are found", () => {
    const text = "{ 'struct': 'S', 'bse': 'B', 'data': { 'a!': 'int', 'b': 1, 'c': true } }";
    expect(findings(text)).toHaveLength(1);
    expect(findings(text.replace("1", "[]"))).toHaveLength(4);
  });

  test("slips are recognised", () => {
    const { diagnostics } = parse(new Source("test.json", "{ 'comand': 'c' }\n{ 'event': 'E', 'boxd': true }"));
    expect(diagnostics.map(({ hint }) => hint)).toEqual(["did you mean 'command'?", "did you mean 'boxed'?"]);
  });
});
