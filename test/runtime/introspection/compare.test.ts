import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Change, Comparison } from "../../../src/runtime/client-api.js";
import { compare } from "../../../src/runtime/introspection/compare.js";
import type { Member, Schema } from "../../../src/schema/schema.js";
import { arbitrarySchema } from "../../support/arbitrary-schema.js";
import { fixtureFiles, okRoots } from "../../support/fixtures.js";
import { schemaOf, type SchemaText } from "../../support/harness.js";
import { modelValidators } from "../../support/model-shapes.js";
import { parameters } from "../../support/property.js";
import { introspectionOf, introspectionOfModel } from "./introspections.js";

/** What a schema and a QEMU with another do not share. */
function compared(schema: SchemaText, qemu: SchemaText): Comparison {
  return compare(modelValidators(schemaOf(schema)), introspectionOf(qemu));
}

const SAME: Comparison = { missing: [], added: [], changed: [] };

const BASE = `
{ 'enum': 'Kind', 'data': [ 'none', 'inet', 'unix' ] }
{ 'enum': 'Color', 'data': [ 'red', 'blue' ] }
{ 'struct': 'Inet', 'data': { 'port': 'uint16', '*color': 'Color' } }
{ 'struct': 'Unix', 'data': { 'path': 'str', '*next': 'Ref' } }
{ 'union': 'Address', 'base': { 'type': 'Kind', '*id': 'str' }, 'discriminator': 'type',
  'data': { 'inet': 'Inet', 'unix': 'Unix' } }
{ 'alternate': 'Ref', 'data': { 'reference': 'str', 'definition': 'Address' } }
{ 'struct': 'Info', 'data': { 'addresses': [ 'Address' ], 'size': 'size', 'rest': 'any' } }
{ 'command': 'query-all', 'returns': [ 'Info' ] }
{ 'command': 'open', 'data': 'Address', 'boxed': true }
{ 'command': 'query-colors', 'returns': [ 'Color' ] }
{ 'command': 'any-add', 'data': { 'qom-type': 'str' }, 'gen': false }
{ 'command': 'quit' }
{ 'event': 'OPENED', 'data': { 'address': 'Address', 'color': 'Color' } }
{ 'event': 'QUIT' }
`;

/** The schema with something replaced, which must be there. */
function withChange(text: string, replacement: string): string {
  if (!BASE.includes(text)) throw new Error(`the schema has no ${text}`);
  return BASE.replace(text, replacement);
}

describe("one thing more is one entry, at the place where it is met first", () => {
  // In a QEMU it is added, in a schema it is missing.
  test.each([
    ["a command", "{ 'event': 'QUIT' }", "{ 'event': 'QUIT' } { 'command': 'new', 'data': { 'a': 'Inet' } }", "new"],
    ["an event", "{ 'event': 'QUIT' }", "{ 'event': 'QUIT' } { 'event': 'NEW', 'data': { 'a': 'int' } }", "NEW"],
    ["arguments", "{ 'command': 'quit' }", "{ 'command': 'quit', 'data': { '*a': 'Inet' } }", "quit/arg-type/a"],
    ["a result", "{ 'command': 'quit' }", "{ 'command': 'quit', 'returns': 'Inet' }", undefined],
    ["data", "{ 'event': 'QUIT' }", "{ 'event': 'QUIT', 'data': { 'a': 'Unix' } }", "QUIT/arg-type/a"],
    ["a member", "'size': 'size'", "'size': 'size', 'a': 'Unix'", "query-all/ret-type/a"],
    ["a common member", "'*id': 'str'", "'*id': 'str', '*a': 'str'", "query-all/ret-type/addresses/a"],
    ["a member of a branch", "'path': 'str'", "'path': 'str', 'a': 'int'", "query-all/ret-type/addresses/type=unix/a"],
    ["an argument that is not checked", "'qom-type': 'str'", "'qom-type': 'str', 'a': 'int'", "any-add/arg-type/a"],
    ["a value", "'red', ", "'red', 'green', ", "query-all/ret-type/addresses/type=inet/color=green"],
    ["a value of a tag", "'none', ", "'none', 'fd', ", "query-all/ret-type/addresses/type=fd"],
  ])("%s", (_, text, replacement, path) => {
    const more = withChange(text, replacement);
    const paths = path === undefined ? ["quit/ret-type/port", "quit/ret-type/color"] : [path];
    expect(compared(BASE, more)).toEqual({ ...SAME, added: paths });
    expect(compared(more, BASE)).toEqual({ ...SAME, missing: paths });
  });

  test("a branch with members, and its value", () => {
    const more = withChange("'none', ", "'none', 'fd', ").replace("'unix': 'Unix'", "'unix': 'Unix', 'fd': 'Inet'");
    expect(compared(BASE, more)).toEqual({ ...SAME, added: ["query-all/ret-type/addresses/type=fd"] });
    expect(compared(more, BASE)).toEqual({ ...SAME, missing: ["query-all/ret-type/addresses/type=fd"] });
  });

  test("members of a branch that had none", () => {
    const more = withChange("'unix': 'Unix'", "'unix': 'Unix', 'none': 'Info'");
    const none = "query-all/ret-type/addresses/type=none";
    const paths = [`${none}/addresses`, `${none}/size`, `${none}/rest`];
    // `Info` is met on the way to itself, but where it is met first all is alike.
    expect(compared(BASE, more)).toEqual({ ...SAME, added: paths });
    expect(compared(more, BASE)).toEqual({ ...SAME, missing: paths });
  });

  test("a value of an enumeration whose branch is elsewhere", () => {
    const before = BASE + "{ 'command': 'kinds', 'returns': [ 'Kind' ] }";
    const kinds = before.replace(
      "{ 'command': 'query-all'",
      "{ 'command': 'a', 'returns': 'Kind' } { 'command': 'query-all'",
    );
    const value = kinds.replace("'none', ", "'none', 'fd', ");
    expect(compared(kinds, value)).toEqual({ ...SAME, added: ["a/ret-type/^fd"] });
    expect(compared(value, kinds)).toEqual({ ...SAME, missing: ["a/ret-type/^fd"] });

    const more = value.replace("'unix': 'Unix'", "'unix': 'Unix', 'fd': 'Inet'");
    const paths = ["a/ret-type/^fd", "query-all/ret-type/addresses/type=fd"];
    expect(compared(kinds, more)).toEqual({ ...SAME, added: paths });
    expect(compared(more, kinds)).toEqual({ ...SAME, missing: paths });
  });
});

describe("a change is one entry", () => {
  const id = "query-all/ret-type/addresses/id";
  test.each<[text: string, replacement: string, path: string, before: string, after: string]>([
    ["'*id': 'str'", "'*id': 'int'", id, "a string", "an integer"],
    ["'*id': 'str'", "'*id': 'number'", id, "a string", "a number"],
    ["'*id': 'str'", "'*id': 'bool'", id, "a string", "a boolean"],
    ["'*id': 'str'", "'*id': 'null'", id, "a string", "null"],
    ["'*id': 'str'", "'*id': 'any'", id, "a string", "any value"],
    ["'*id': 'str'", "'*id': [ 'str' ]", id, "a string", "an array"],
    ["'*id': 'str'", "'*id': 'Inet'", id, "a string", "an object"],
    ["'*id': 'str'", "'*id': 'Color'", id, "a string", "a string of an enumeration"],
    ["'*id': 'str'", "'*id': 'Ref'", id, "a string", "a string or an object"],
    ["'*id': 'str'", "'id': 'str'", id, "optional", "required"],
    ["'size': 'size'", "'size': 'number'", "query-all/ret-type/size", "an integer", "a number"],
    ["'addresses': [ 'Address' ]", "'addresses': [ 'str' ]", "query-all/ret-type/addresses", "an object", "a string"],
    ["'path': 'str'", "'*path': 'str'", "query-all/ret-type/addresses/type=unix/path", "required", "optional"],
    [
      "{ 'reference': 'str'",
      "{ 'none': 'null', 'reference': 'str'",
      "query-all/ret-type/addresses/type=unix/next",
      "a string or an object",
      "null or a string or an object",
    ],
    ["'returns': [ 'Color' ]", "'returns': 'Color'", "query-colors/ret-type", "an array", "a string of an enumeration"],
  ])("%s: %s", (text, replacement, path, before, after) => {
    const other = withChange(text, replacement);
    expect(compared(BASE, other)).toEqual({ ...SAME, changed: [{ path, schema: before, qemu: after }] });
    expect(compared(other, BASE)).toEqual({ ...SAME, changed: [{ path, schema: after, qemu: before }] });
  });
});

describe("no difference", () => {
  test.each([
    ["widths of integers", "'size': 'size'", "'size': 'int8'"],
    ["whether arguments are checked", "'gen': false", "'gen': true"],
    ["features", "{ 'command': 'quit' }", "{ 'command': 'quit', 'features': [ 'deprecated' ] }"],
    ["the order", "'red', 'blue'", "'blue', 'red'"],
    ["the name of a type", "{ 'command': 'open', 'data': 'Address', 'boxed': true }", OTHER_NAME()],
  ])("%s", (_, text, replacement) => {
    const other = withChange(text, replacement);
    expect(compared(BASE, other)).toEqual(SAME);
    expect(compared(other, BASE)).toEqual(SAME);
  });

  function OTHER_NAME(): string {
    return `{ 'union': 'Other', 'base': { 'type': 'Kind', '*id': 'str' }, 'discriminator': 'type',
      'data': { 'inet': 'Inet', 'unix': 'Unix' } } { 'command': 'open', 'data': 'Other', 'boxed': true }`;
  }

  test("what has moved from the only branches that had it to all", () => {
    const before = withChange("'path': 'str'", "'path': 'str', '*id2': 'str'");
    const after = withChange("'*id': 'str'", "'*id': 'str', '*id2': 'str'");
    expect(compared(before, after)).toEqual({ ...SAME, added: ["query-all/ret-type/addresses/id2"] });
    expect(compared(after, before)).toEqual({ ...SAME, missing: ["query-all/ret-type/addresses/id2"] });
  });
});

describe("unions of another kind", () => {
  const UNION = `{ 'enum': 'E', 'data': [ 'a', 'b' ] } { 'struct': 'A', 'data': { 'm': 'str' } }
    { 'command': 'c', 'data': 'U', 'boxed': true }`;
  const byA = `${UNION} { 'union': 'U', 'base': { 'x': 'E', 'y': 'E' }, 'discriminator': 'x', 'data': { 'a': 'A' } }`;
  const byB = `${UNION} { 'union': 'U', 'base': { 'x': 'E', 'y': 'E' }, 'discriminator': 'y', 'data': { 'a': 'A' } }`;
  const none = `${UNION} { 'struct': 'U', 'data': { 'x': 'E', 'y': 'E', 'm': 'str' } }`;

  test("another tag", () => {
    expect(compared(byA, byB)).toEqual({
      ...SAME,
      missing: ["c/arg-type/x=a/m"],
      added: ["c/arg-type/y=a/m"],
    });
  });

  test("no union any more: members are there whatever the tag is", () => {
    expect(compared(byA, none)).toEqual({ ...SAME, added: ["c/arg-type/m"] });
    expect(compared(none, byA)).toEqual({ ...SAME, missing: ["c/arg-type/m"] });
  });
});

test("the order is that of the schema, and that of the QEMU for what it adds", () => {
  const schema = `{ 'command': 'b', 'data': { 'z': 'S', 'y': 'int' } } { 'struct': 'S', 'data': { 'q': 'str', 'p': 'str' } }
    { 'event': 'A' } { 'command': 'a' }`;
  const qemu = `{ 'event': 'C' } { 'command': 'd' } { 'command': 'b', 'data': { 'z': 'S' } }
    { 'struct': 'S', 'data': { 'r': 'str' } }`;
  expect(compared(schema, qemu)).toEqual({
    missing: ["b/arg-type/y", "b/arg-type/z/q", "b/arg-type/z/p", "a", "A"],
    added: ["b/arg-type/z/r", "C", "d"],
    changed: [],
  });
});

test("a command and an event of one name", () => {
  const result = compared("{ 'command': 'a' }", "{ 'event': 'a' }");
  expect(result).toEqual({ ...SAME, missing: ["a"], added: ["a"] });
});

/** Members that only some builds have are optional in generated code, but not in a QEMU that has them. */
function conditionalNames({ definitions }: Schema): ReadonlySet<string> {
  const names = new Set<string>();
  function look(members: readonly Member[]): void {
    for (const member of members) if (member.if !== undefined && !member.optional) names.add(member.name);
  }
  for (const definition of definitions) {
    if ("allMembers" in definition) look(definition.allMembers);
    if ("arguments" in definition) look(definition.arguments.allMembers);
  }
  return names;
}

function expectNoDifference(schema: Schema): void {
  const { missing, added, changed } = compare(modelValidators(schema), introspectionOfModel(schema));
  expect({ missing, added }).toEqual({ missing: [], added: [] });
  const conditional = conditionalNames(schema);
  function isExpected({ path, schema: ours, qemu }: Change): boolean {
    return ours === "optional" && qemu === "required" && conditional.has(path.slice(path.lastIndexOf("/") + 1));
  }
  expect(changed.filter((change) => !isExpected(change))).toEqual([]);
}

const FIXTURES: readonly (readonly [folder: string, root: string])[] = [
  ["net", "qapi-schema.json"],
  ["tour", "lamp.json"],
  ...["1.0.json", "2.0.json", "5.2.json"].map((root) => ["old", root] as const),
  ...okRoots.map((root) => ["ok", root] as const),
];

describe("a schema does not differ from its own introspection", () => {
  test.each(FIXTURES)("%s/%s", (folder, root) => {
    expectNoDifference(schemaOf(fixtureFiles(folder, root)));
  });

  test("any schema", () => {
    fc.assert(
      fc.property(arbitrarySchema, (files) => {
        expectNoDifference(schemaOf(files));
      }),
      parameters(100),
    );
  });
});

test("paths mean the same to supports, whatever is compared", () => {
  fc.assert(
    fc.property(arbitrarySchema, arbitrarySchema, (files, others) => {
      const introspection = introspectionOf(others);
      const { missing, added, changed } = compare(modelValidators(schemaOf(files)), introspection);
      expect(missing.filter((path) => introspection.supports(path))).toEqual([]);
      expect(added.filter((path) => !introspection.supports(path))).toEqual([]);
      expect(changed.filter(({ path }) => !introspection.supports(path))).toEqual([]);
      const all = [...missing, ...added, ...changed.map((change) => JSON.stringify(change))];
      expect(new Set(all).size).toBe(all.length);
    }),
    parameters(200),
  );
});
