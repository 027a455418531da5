/** The rules about what definitions mean to QEMU: boxed arguments, results, alternates, features, clashes in C. */
import { describe, expect, test } from "vitest";
import { diagnosticsOf, findings } from "../../support/harness.js";

const style = { style: true };

/** What is reported, without the places. */
function reported(schema: string): readonly string[] {
  return findings(schema, style).map((line) => line.replace(/^\S+ /, ""));
}

/** Definitions to use, none of which breaks a law. */
const TYPES = `{ 'enum': 'Kind', 'data': [ 'one', 'two' ] }
{ 'struct': 'One', 'data': { 'first': 'int' } }
{ 'struct': 'Maybe', 'data': { 'x': { 'type': 'int', 'if': 'CONFIG_X' } } }
{ 'struct': 'Heir', 'base': 'Maybe', 'data': { 'y': 'int' } }
{ 'union': 'Which', 'base': { 'kind': 'Kind', '*z': { 'type': 'int', 'if': 'CONFIG_X' } }, 'discriminator': 'kind',
  'data': { 'one': 'One' } }
{ 'alternate': 'Either', 'data': { 'kind': 'Kind', 'number': 'int' } }
`;

test("the types of these tests are right", () => {
  expect(reported(TYPES)).toEqual([]);
});

describe("boxed-data", () => {
  test.each([
    ["{ 'command': 'draw', 'boxed': true }", "command 'draw' is boxed, but has no 'data' | 'draw'"],
    ["{ 'event': 'DRAWN', 'boxed': true }", "event 'DRAWN' is boxed, but has no 'data' | 'DRAWN'"],
    [
      "{ 'command': 'draw', 'boxed': true, 'data': { 'a': 'int' } }",
      "command 'draw' is boxed, but its members are written in place | { 'a': 'int' }",
    ],
    [
      "{ 'event': 'DRAWN', 'boxed': true, 'data': { } }",
      "event 'DRAWN' is boxed, but its members are written in place | { }",
    ],
  ])("%s", (definition, expected) => {
    expect(reported(definition)).toEqual([`boxed-data: ${expected}`]);
  });

  test.each(["'One'", "'Maybe'", "'Which'"])("a type %s can be boxed", (type) => {
    expect(reported(`${TYPES}{ 'command': 'draw', 'boxed': true, 'data': ${type} }`)).toEqual([]);
  });
});

describe("unboxed-union, unboxed-condition", () => {
  test.each([
    ["'Which'", "unboxed-union: command 'draw' is not boxed, but its 'data' is union 'Which' | 'Which'"],
    ["'Maybe'", "unboxed-condition: command 'draw' is not boxed, but its member 'x' depends on a condition | 'Maybe'"],
    ["'Heir'", "unboxed-condition: command 'draw' is not boxed, but its member 'x' depends on a condition | 'Heir'"],
    [
      "{ 'a': 'int', '*b': { 'type': 'int', 'if': { 'not': 'CONFIG_X' } } }",
      "unboxed-condition: command 'draw' is not boxed, but its member 'b' depends on a condition | '*b': { 'type': 'int', 'if': { 'not': 'CONFIG_X' } }",
    ],
  ])("%s", (data, expected) => {
    const command = `${TYPES}{ 'command': 'draw', 'data': ${data} }`;
    expect(reported(command)).toEqual([expected]);
    const event = command.replace("'command': 'draw'", "'event': 'DRAWN'");
    expect(reported(event)).toEqual([expected.replace("command 'draw'", "event 'DRAWN'")]);
  });

  test("a condition of the command, or inside of a member, is no matter", () => {
    expect(reported(`${TYPES}{ 'command': 'draw', 'data': { 'a': 'Maybe' }, 'if': 'CONFIG_X' }`)).toEqual([]);
  });
});

describe("oob-coroutine", () => {
  test("one excludes the other", () => {
    expect(reported("{ 'command': 'draw', 'allow-oob': true, 'coroutine': true }")).toEqual([
      "oob-coroutine: command 'draw' has both 'allow-oob' and 'coroutine' | 'draw'",
    ]);
    expect(reported("{ 'command': 'draw', 'allow-oob': true, 'allow-preconfig': true }")).toEqual([]);
    expect(reported("{ 'command': 'draw', 'coroutine': true, 'allow-preconfig': true }")).toEqual([]);
  });
});

describe("returns-object", () => {
  test.each(["'str'", "'any'", "'Kind'", "'Either'", "'QType'", "[ 'int' ]", "[ 'Kind' ]", "[ 'Either' ]"])(
    "%s is no object",
    (type) => {
      const command = `${TYPES}{ 'command': 'query', 'returns': ${type} }\n`;
      const name = /'\w+'/.exec(type)?.[0] ?? "";
      expect(reported(command)).toEqual([
        expect.stringMatching(new RegExp(`^returns-object: command 'query' returns .*${name}.* \\| ${name}$`)),
      ]);
      expect(reported(`${command}{ 'pragma': { 'command-returns-exceptions': [ 'query' ] } }`)).toEqual([]);
      expect(reported(`${command}{ 'pragma': { 'command-returns-exceptions': [ 'other' ] } }`)).toHaveLength(1);
    },
  );

  test.each(["'One'", "'Which'", "[ 'One' ]", "[ 'Which' ]"])("%s is right", (type) => {
    expect(reported(`${TYPES}{ 'command': 'query', 'returns': ${type} }`)).toEqual([]);
  });

  test("a type that there is not is reported only as such", () => {
    expect(reported("{ 'command': 'query', 'returns': [ 'None' ] }")).toEqual([
      expect.stringMatching(/^undefined-type: /),
    ]);
  });
});

describe("ambiguous-string", () => {
  const switches = "{ 'enum': 'Switch', 'data': [ 'auto', 'on' ] }\n{ 'enum': 'Size', 'data': [ 'flat', '2d' ] }\n";
  const alternate = (data: string): string => `${TYPES}${switches}{ 'alternate': 'Alt', 'data': { ${data} } }`;

  test.each([
    ["'s': 'str', 'n': 'int'", "the string 's' could be meant to be the number 'n' | 's': 'str'"],
    ["'n': 'size', 's': 'str'", "the string 's' could be meant to be the number 'n' | 's': 'str'"],
    ["'s': 'str', 'b': 'bool'", "the string 's' could be meant to be the boolean 'b' | 's': 'str'"],
    ["'s': 'Switch', 'b': 'bool'", "the value 'on' of 's' could be meant to be the boolean 'b' | 's': 'Switch'"],
    ["'s': 'Size', 'n': 'number'", "the value '2d' of 's' could be meant to be the number 'n' | 's': 'Size'"],
    ["'s': 'str', 'b': 'bool', 'n': 'int'", "the string 's' could be meant to be the number 'n' | 's': 'str'"],
  ])("%s", (data, expected) => {
    expect(reported(alternate(data))).toEqual([`ambiguous-string: in alternate 'Alt', ${expected}`]);
  });

  test.each([
    "'s': 'str', 'n': 'null', 'o': 'One', 'l': [ 'int' ]",
    "'s': 'Switch', 'n': 'int'",
    "'s': 'Size', 'b': 'bool'",
    "'s': 'QType', 'b': 'bool', 'n': 'int'",
    "'n': 'int', 'b': 'bool'",
  ])("%s is right", (data) => {
    expect(reported(alternate(data))).toEqual([]);
  });
});

describe("empty-union", () => {
  const union = (values: string, branches: string): string => `{ 'enum': 'Nil', 'data': [ ${values} ] }
{ 'struct': 'One', 'data': { } }
{ 'union': 'Void', 'base': { 'nil': 'Nil' }, 'discriminator': 'nil', 'data': { ${branches} } }`;

  test("has an enum without values", () => {
    expect(reported(union("", ""))).toEqual([
      "empty-union: union 'Void' has no branches, since enum 'Nil' has no values | 'Void'",
    ]);
    expect(reported(union("'a'", ""))).toEqual([]);
  });

  test("a branch that is written is reported as such", () => {
    expect(reported(union("", "'a': 'One'"))).toEqual([expect.stringMatching(/^invalid-branch: /)]);
  });

  test("a discriminator that makes no sense is reported as such", () => {
    expect(reported("{ 'union': 'Void', 'base': { 'nil': 'int' }, 'discriminator': 'nil', 'data': { } }")).toEqual([
      expect.stringMatching(/^invalid-discriminator: /),
    ]);
  });
});

describe("special-feature", () => {
  test.each([
    ["struct", "{ 'struct': 'Foo', 'data': { }, 'features': [ 'a', 'unstable' ] }"],
    ["enum", "{ 'enum': 'Foo', 'data': [ ], 'features': [ 'unstable', 'a' ] }"],
    [
      "alternate",
      "{ 'alternate': 'Foo', 'data': { 'a': 'int' }, 'features': [ { 'name': 'unstable', 'if': 'CONFIG_X' } ] }",
    ],
    [
      "union",
      "{ 'union': 'Foo', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { }, 'features': [ 'unstable' ] }",
    ],
  ])("not of a %s", (kind, definition) => {
    const found = reported(TYPES + definition);
    expect(found).toEqual([
      expect.stringMatching(`^special-feature: ${kind} 'Foo' cannot have the feature 'unstable', since it is a type `),
    ]);
    expect(reported((TYPES + definition).replace("'unstable'", "'wobbly'"))).toEqual([]);
  });

  test("of commands, events, members and values", () => {
    const schema = `{ 'command': 'foo', 'features': [ 'deprecated' ] }
{ 'event': 'FOO', 'features': [ 'unstable' ], 'data': { 'a': { 'type': 'int', 'features': [ 'deprecated' ] } } }
{ 'enum': 'Foo', 'data': [ { 'name': 'a', 'features': [ 'unstable' ] } ] }`;
    expect(reported(schema)).toEqual([]);
  });
});

describe("feature-limit", () => {
  const features = (from: number, to: number): string =>
    Array.from({ length: to - from + 1 }, (_, index) => `'f${String(from + index)}'`).join(", ");
  const SURPLUS = "feature-limit: 'f63' is one feature more than the 64 that a schema can have | 'f63'";

  test("the two special ones count, wherever they are, and each counts once", () => {
    const command = (last: number): string =>
      `{ 'command': 'foo', 'features': [ 'unstable', ${features(1, last)} ] }\n`;
    const again = "{ 'command': 'bar', 'features': [ 'f1', 'deprecated' ] }\n";
    expect(reported(command(62) + again)).toEqual([]);
    expect(reported(command(63) + again)).toEqual([SURPLUS]);
  });

  test.each([
    "{ 'struct': 'Foo', 'data': { 'a': { 'type': 'int', 'features': [ 'f63' ] } } }",
    "{ 'enum': 'Foo', 'data': [ { 'name': 'a', 'features': [ 'f63' ] } ] }",
    "{ 'event': 'FOO', 'data': { 'a': { 'type': 'int', 'features': [ 'f63' ] } } }",
    "{ 'alternate': 'Foo', 'data': { 'a': 'int' }, 'features': [ 'f63' ] }",
    "{ 'union': 'Foo', 'base': { 'kind': { 'type': 'Kind', 'features': [ 'f63' ] } }, 'discriminator': 'kind', 'data': { } }",
  ])("counts those of %s", (definition) => {
    expect(reported(`${TYPES}{ 'command': 'foo', 'features': [ ${features(1, 62)} ] }\n${definition}`)).toEqual([
      SURPLUS,
    ]);
  });

  test("the surplus one is the last that is read", () => {
    const files = {
      "a.json": `{ 'include': 'b.json' }\n{ 'command': 'foo', 'features': [ 'f63' ] }`,
      "b.json": `{ 'command': 'bar', 'features': [ ${features(1, 62)} ] }`,
    };
    expect(findings(files, style)).toEqual([`a.json:2:35 ${SURPLUS}`]);
  });
});

describe("c-name-clash", () => {
  const exceptions = "{ 'pragma': { 'member-name-exceptions': [ 'Foo', 'Bar', 'One' ] } }\n";
  const clash = (schema: string): readonly string[] => reported(exceptions + schema);
  const twin = (what: string, second: string, first: string): string =>
    `c-name-clash: '${second}' has the same name in C as another ${what}, '${first}'`;

  test.each([
    [
      "{ 'struct': 'Foo', 'data': { 'a-b': 'int', '*a_b': 'int' } }",
      `${twin("member of struct 'Foo'", "a_b", "a-b")} | '*a_b': 'int'`,
    ],
    ["{ 'enum': 'Foo', 'data': [ 'a_b', 'a-b' ] }", `${twin("value of enum 'Foo'", "a-b", "a_b")} | 'a-b'`],
    [
      "{ 'alternate': 'Foo', 'data': { '__com.example_a': 'int', '__com-example_a': 'null' } }",
      `${twin("alternative of alternate 'Foo'", "__com-example_a", "__com.example_a")} | '__com-example_a': 'null'`,
    ],
    [
      "{ 'event': 'FOO', 'features': [ '__com.example_a', '__com-example_a' ] }",
      `${twin("feature of event 'FOO'", "__com-example_a", "__com.example_a")} | '__com-example_a'`,
    ],
    [
      "{ 'command': 'foo', 'data': { '__com.example_a': 'int', '__com-example_a': 'int' } }",
      `${twin("member of command 'foo'", "__com-example_a", "__com.example_a")} | '__com-example_a': 'int'`,
    ],
  ])("%s", (definition, expected) => {
    expect(clash(definition)).toEqual([expected]);
  });

  test("with the base, but what is wrong with the base is reported there only", () => {
    const schema = `{ 'struct': 'Foo', 'data': { 'a_b': 'int', 'a-b': 'int' } }
{ 'struct': 'Bar', 'base': 'Foo', 'data': { 'c_d': 'int' } }
{ 'struct': 'Baz', 'base': 'Bar', 'data': { 'c-d': 'int' } }
`;
    expect(clash(schema)).toEqual([
      `${twin("member of struct 'Foo'", "a-b", "a_b")} | 'a-b': 'int'`,
      `${twin("member of struct 'Baz'", "c-d", "c_d")} | 'c-d': 'int'`,
    ]);
  });

  test("of a branch with the common members, also by way of unions in unions", () => {
    const union = (name: string, common: string, branch: string): string =>
      `{ 'union': '${name}', 'base': { '${common}': 'Kind' }, 'discriminator': '${common}', 'data': { 'one': '${branch}' } }\n`;
    const schema = `{ 'enum': 'Kind', 'data': [ 'one', 'two' ] }
{ 'struct': 'One', 'data': { 'a_b': 'int' } }
${union("Inner", "kind", "One")}${union("Outer", "a-b", "Inner")}`;
    expect(clash(schema)).toEqual([
      "c-name-clash: member 'a_b' of branch 'one' has the same name in C as the common member 'a-b' of union 'Outer' | 'one': 'Inner'",
    ]);
  });

  test("branches of one union may have the same, as they are not there at once", () => {
    const schema = `{ 'enum': 'Kind', 'data': [ 'one', 'two' ] }
{ 'struct': 'One', 'data': { 'a_b': 'int' } }
{ 'struct': 'Two', 'data': { 'a-b': 'int' } }
{ 'union': 'Which', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'one': 'One', 'two': 'Two' } }
`;
    expect(clash(schema)).toEqual([]);
  });

  test("a name that nothing should have is reported as such, and the same name twice is, too", () => {
    expect(reported("{ 'struct': 'Foo', 'data': { 'a-b': 'int', 'a_b': 'int' } }")).toEqual([
      expect.stringMatching(/^member-name-case: /),
    ]);
    expect(clash("{ 'struct': 'Foo', 'data': { 'a_b': 'int', '*a_b': 'int' } }")).toEqual([
      expect.stringMatching(/^duplicate-member: /),
    ]);
    const heir =
      "{ 'struct': 'Foo', 'data': { 'a_b': 'int' } }\n{ 'struct': 'Bar', 'base': 'Foo', 'data': { 'a_b': 'int' } }";
    expect(clash(heir)).toEqual([expect.stringMatching(/^member-clash: /)]);
  });
});

test("what is only against the style does not keep a schema from being used", () => {
  const schema = `{ 'struct': 'fooList', 'data': { 'u': 'int', 'aB': 'str' }, 'features': [ 'deprecated' ] }
{ 'command': 'query_it', 'data': 'fooList', 'returns': 'int', 'allow-oob': true, 'coroutine': true }
{ 'pragma': { 'unknown': 'value' } }`;
  expect(diagnosticsOf(schema)).toEqual([]);
  const found = diagnosticsOf(schema, style);
  expect(found.length).toBeGreaterThan(5);
  expect(new Set(found.map(({ severity }) => severity))).toEqual(new Set(["style"]));
});
