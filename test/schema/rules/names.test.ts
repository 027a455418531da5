/** The rules about names: which name breaks which law, and that each is reported once, with its pragma. */
import { describe, expect, test } from "vitest";
import { diagnosticsOf, findings } from "../../support/harness.js";

/** A schema in which something of each kind has the name. */
const SCHEMAS = {
  type: (name: string) => `{ 'struct': '${name}', 'data': { } }`,
  event: (name: string) => `{ 'event': '${name}' }`,
  command: (name: string) => `{ 'command': '${name}' }`,
  member: (name: string) => `{ 'struct': 'Foo', 'data': { '*${name}': 'int' } }`,
  argument: (name: string) => `{ 'event': 'FOO', 'data': { '${name}': 'int' } }`,
  value: (name: string) => `{ 'enum': 'Foo', 'data': [ '${name}' ] }`,
  alternative: (name: string) => `{ 'alternate': 'Foo', 'data': { '${name}': 'int' } }`,
  feature: (name: string) => `{ 'command': 'foo', 'features': [ '${name}' ] }`,
};

/** What is reported of a name. */
function codes(kind: Kind, name: string): readonly string[] {
  return findings(SCHEMAS[kind](name), { style: true }).map((line) => line.replace(/^\S+ (.*?): .*$/s, "$1"));
}

/** What is to be done about a schema. */
function hints(schema: string): readonly (string | undefined)[] {
  return diagnosticsOf(schema, { style: true }).map(({ hint }) => hint);
}

type Kind = keyof typeof SCHEMAS;
const KINDS: readonly Kind[] = ["type", "event", "command", "member", "argument", "value", "alternative", "feature"];

function pairs(names: Readonly<Partial<Record<Kind, readonly string[]>>>): readonly (readonly [Kind, string])[] {
  return KINDS.flatMap((kind) => (names[kind] ?? []).map((name) => [kind, name] as const));
}

const GOOD: Readonly<Record<Kind, readonly string[]>> = {
  type: [
    "Foo",
    "FooBar2",
    "FOOo",
    "F1a",
    "x-Foo",
    "X-Foo",
    "__com.example_Foo",
    "__COM.EXAMPLE_x-Foo",
    "ListFoo",
    "FooLIST",
  ],
  event: ["FOO", "FOO_BAR", "FOO_", "X", "x-FOO", "__com.example_FOO", "FOO1", "FOO_LIST", "Q_FOO"],
  command: [
    "foo",
    "foo-bar",
    "foo--bar-",
    "x-foo",
    "X-foo",
    "q",
    "quit",
    "u",
    "has-foo",
    "__com.example_foo",
    "__COM.EXAMPLE_x-foo",
  ],
  member: ["a", "x-", "x-1", "hasa", "has", "u-a", "x-has-a", "__com.example_u", "__com.example_has-a", "qa", "int"],
  argument: ["a", "a-b", "x-u", "unix"],
  value: ["a", "u", "has-a", "2d", "2", "2-d", "x-2", "__1_a"],
  alternative: ["a", "u", "has-a", "x-a"],
  feature: ["a", "u", "has-a", "x-a", "__com.example_a"],
};

describe("good names", () => {
  test.each(pairs(GOOD))("%s %s", (kind, name) => {
    expect(codes(kind, name)).toEqual([]);
  });
});

const BAD: readonly (readonly [string, Readonly<Partial<Record<Kind, readonly string[]>>>])[] = [
  [
    "name-characters",
    {
      type: ["1Foo", "Foo.Bar", "__com.example_1Foo"],
      event: ["1FOO", "FOO.BAR"],
      command: ["1foo", "foo.bar"],
      member: ["1a", "a.b", "__com.example_1a"],
      value: ["1.5", "a.b", "__com.example_2d"],
      alternative: ["1a"],
      feature: ["1a", "a.b"],
    },
  ],
  [
    "reserved-prefix",
    {
      type: ["q_Foo", "q-Foo"],
      event: ["q_FOO"],
      command: ["q_foo", "q-foo"],
      member: ["q_a", "q-a", "q.a"],
      argument: ["q-a"],
      value: ["q_a", "q-A"],
      alternative: ["q-a"],
      feature: ["q-a"],
    },
  ],
  ["reserved-type-name", { type: ["FooList", "List", "x-FooList", "__com.example_FooList", "fooList", "Foo_List"] }],
  ["reserved-member-name", { member: ["u", "has-a", "has_a", "has-"], argument: ["u", "has-a"] }],
  ["type-name-case", { type: ["foo", "FOO", "F", "Foo-Bar", "Foo_Bar", "fOO", "x-foo", "__com.example_foo"] }],
  ["event-name-case", { event: ["foo", "FOO-BAR", "X-1", "__com.example_Foo"] }],
  ["command-name-case", { command: ["foo_bar", "fooBar", "has_foo", "x_foo", "x-foo_bar", "__com.example_foo_bar"] }],
  [
    "member-name-case",
    {
      member: ["aB", "A", "U", "a_b", "HAS-a", "x-A", "__com.example_A"],
      argument: ["aB", "a_b"],
      value: ["A", "a_b", "2D", "2_d"],
      alternative: ["A", "a_b"],
      feature: ["A", "a_b"],
    },
  ],
];

describe.each(BAD)("%s", (law, names) => {
  test.each(pairs(names))("%s %s", (kind, name) => {
    expect(codes(kind, name)).toEqual([law]);
  });
});

test("the name is what is pointed at, with how it should be written", () => {
  const schema = `{ 'union': 'Foo_Bar', 'base': { 'kind': 'Kind', '*xPos': 'int' }, 'discriminator': 'kind', 'data': { } }
{ 'enum': 'Kind', 'data': [ { 'name': 'A', 'features': [ 'f_1' ] } ] }
`;
  expect(findings(schema, { style: true })).toEqual([
    "1:12 type-name-case: union 'Foo_Bar' does not have a name in CamelCase | 'Foo_Bar'",
    "1:49 member-name-case: member 'xPos' of union 'Foo_Bar' has capitals in its name | '*xPos'",
    "2:39 member-name-case: value 'A' of enum 'Kind' has capitals in its name | 'A'",
    "2:58 member-name-case: feature 'f_1' of enum 'Kind' has '_' in its name | 'f_1'",
  ]);
});

describe("pragmas permit", () => {
  const members = (pragma: string): string => `{ 'pragma': { '${pragma}': [ 'Foo', 'FOO', 'foo_bar', 'Foo_Bar' ] } }\n`;
  test.each([
    ["member-name-exceptions", "{ 'struct': 'Foo', 'data': { 'aB_c': 'int' } }", []],
    ["member-name-exceptions", "{ 'enum': 'Foo', 'data': [ 'aB_c', '2_D' ] }", []],
    ["member-name-exceptions", "{ 'struct': 'Foo', 'data': { 'has_a': 'int' } }", ["reserved-member-name"]],
    ["member-name-exceptions", "{ 'struct': 'Foo', 'data': { 'a.b': 'int' } }", ["name-characters"]],
    ["member-name-exceptions", "{ 'alternate': 'Foo', 'data': { 'A': 'int' } }", ["member-name-case"]],
    ["member-name-exceptions", "{ 'struct': 'Foo', 'data': { }, 'features': [ 'A' ] }", ["member-name-case"]],
    ["member-name-exceptions", "{ 'event': 'FOO', 'data': { 'a_b': 'int' } }", ["member-name-case"]],
    ["member-name-exceptions", "{ 'command': 'foo_bar' }", ["command-name-case"]],
    ["command-name-exceptions", "{ 'command': 'foo_bar' }", []],
    ["command-name-exceptions", "{ 'command': 'foo_bar', 'data': { 'a_b': 'int' } }", ["member-name-case"]],
    ["command-name-exceptions", "{ 'command': 'Foo_Bar' }", ["command-name-case"]],
    ["command-name-exceptions", "{ 'struct': 'Foo', 'data': { 'a_b': 'int' } }", ["member-name-case"]],
  ] as const)("%s: %s", (pragma, definition, expected) => {
    const found = findings(members(pragma) + definition, { style: true });
    expect(found.map((line) => line.replace(/^\S+ (.*?): .*$/s, "$1"))).toEqual(expected);
  });

  test("members of a union that are written in place", () => {
    const schema = `{ 'pragma': { 'member-name-exceptions': [ 'Foo' ] } }
{ 'enum': 'Kind', 'data': [ 'a' ] }
{ 'union': 'Foo', 'base': { 'the_kind': 'Kind' }, 'discriminator': 'the_kind', 'data': { } }
`;
    expect(findings(schema, { style: true })).toEqual([]);
    expect(findings(schema.replace("'Foo' ] }", "] }"), { style: true })).toHaveLength(1);
  });
});

test("hints say how to write it, and which pragma would help", () => {
  expect(
    hints("{ 'struct': 'http2_server', 'data': { 'HTTPPort': 'int', '__com.example_x-Max_Size': 'int' } }"),
  ).toEqual([
    "write it 'Http2Server'",
    "write it 'http-port'; if clients know it by this name, list 'http2_server' in the pragma 'member-name-exceptions'",
    "write it '__com.example_x-max-size'; if clients know it by this name, list 'http2_server' in the pragma 'member-name-exceptions'",
  ]);
  expect(hints("{ 'event': 'poweredDown-now' }")).toEqual(["write it 'POWERED_DOWN_NOW'"]);
  expect(hints("{ 'command': 'stop_it' }")).toEqual([
    "write it 'stop-it'; if clients know it by this name, list 'stop_it' in the pragma 'command-name-exceptions'",
  ]);
  expect(hints("{ 'command': 'Stop_it' }")).toEqual(["write it 'stop-it'"]);
  expect(hints("{ 'enum': 'Foo', 'data': [ '2_D' ] }")[0]).toMatch(/^write it '2-d'; /);
  // What would be no better is not proposed.
  expect(hints("{ 'struct': 'LIST', 'data': { 'Has_x': 'int' } }")).toEqual([
    "begin each word with a capital and go on in small letters",
    "if clients know it by this name, list 'LIST' in the pragma 'member-name-exceptions'",
  ]);
});
