/** What releases before the one of today wrote otherwise: it makes the same model, and `check` has a word to say. */
import { describe, expect, test } from "vitest";
import type { Definition } from "../../src/schema/schema.js";
import { findings, schemaOf } from "../support/harness.js";

/** The codes of what `check` says of the spellings in a schema that `generate` accepts; its names are short here. */
function notes(text: string): readonly string[] {
  expect(findings(text)).toEqual([]);
  const codes = findings(text, { style: true }).map((finding) => finding.split(" ")[1]?.replace(":", "") ?? "");
  return codes.filter((code) => code !== "type-name-case");
}

function definition<K extends Definition["kind"]>(
  text: string,
  name: string,
  kind: K,
): Extract<Definition, { kind: K }> {
  const found = schemaOf(text).byName.get(name);
  if (found === undefined || !isOfKind(found, kind)) throw new Error(`${name} is ${found?.kind ?? "not there"}`);
  return found;
}

function isOfKind<K extends Definition["kind"]>(of: Definition, kind: K): of is Extract<Definition, { kind: K }> {
  return of.kind === kind;
}

const names = (items: readonly { readonly name: string }[]): readonly string[] => items.map(({ name }) => name);

test("'type' for 'struct'", () => {
  const text = "{ 'type': 'A', 'data': { 'a': 'int' } }\n{ 'type': 'B', 'base': 'A', 'data': {} }";
  expect(names(definition(text, "B", "struct").allMembers)).toEqual(["a"]);
  expect(notes(text)).toEqual(["old-struct-keyword", "old-struct-keyword"]);
});

test("'type' as a key of something else stays a mistake", () => {
  expect(findings("{ 'event': 'E', 'type': 'T', 'data': {} }")).toEqual([
    "1:17 unknown-key: event 'E' has an unknown key 'type' | 'type'",
  ]);
});

describe("simple unions", () => {
  const text = "{ 'struct': 'A', 'data': {} }\n{ 'union': 'Uni', 'data': { 'a': 'A', 'b': 'str', 'c': [ 'A' ] } }";

  test("have an implicit enum for a discriminator", () => {
    const union = definition(text, "Uni", "union");
    expect(union.discriminator.name).toBe("type");
    expect(union.tag).toMatchObject({ name: "UniKind", implicit: true });
    expect(names(union.tag.values)).toEqual(["a", "b", "c"]);
    expect(names(union.allMembers)).toEqual(["type"]);
    expect(notes(text)).toEqual(["old-simple-union"]);
  });

  test("have implicit structs with 'data' for branches", () => {
    const types = definition(text, "Uni", "union").branches.map(({ type }) => type);
    expect(types.map((type) => type?.name)).toEqual(["AWrapper", "StrWrapper", "AListWrapper"]);
    expect(types[2]).toMatchObject({
      implicit: true,
      allMembers: [{ name: "data", optional: false, type: { kind: "list", element: { name: "A" } } }],
    });
  });

  test("of one type have one struct for it", () => {
    const two = `${text}\n{ 'union': 'Other', 'data': { 'x': 'A' } }`;
    const schema = schemaOf(two);
    expect(schema.structs.filter(({ implicit }) => implicit)).toHaveLength(3);
    expect(names(schema.definitions)).toEqual([
      ...["A", "UniKind", "AWrapper", "StrWrapper", "AListWrapper", "Uni"],
      ...["OtherKind", "Other"],
    ]);
  });

  test("leave names alone that are taken", () => {
    const taken = `${text}\n{ 'struct': 'AWrapper', 'data': {} }`;
    expect(definition(taken, "Uni", "union").branches[0]?.type?.name).toBe("AWrapper_");
  });

  test("with a base have its members, too", () => {
    const union = definition(
      `${text}\n{ 'union': 'V', 'base': 'B', 'data': { 'a': 'A' } }
      { 'struct': 'B', 'data': { 'id': 'str' } }`,
      "V",
      "union",
    );
    expect(names(union.allMembers)).toEqual(["id", "type"]);
    expect(union.base).toMatchObject({ kind: "struct", name: "VBase", implicit: true, base: { name: "B" } });
  });

  test("have the conditions of their branches in the enum", () => {
    const conditional = "{ 'union': 'U', 'data': { 'a': { 'type': 'str', 'if': 'A' }, 'b': 'str' }, 'if': 'U' }";
    const { tag, branches } = definition(conditional, "U", "union");
    expect(tag).toMatchObject({ if: { name: "U" }, values: [{ if: { name: "A" } }, {}] });
    expect(branches[0]?.if).toEqual({ kind: "defined", name: "A" });
    const schema = schemaOf(conditional, {
      defines: new Map([
        ["A", false],
        ["U", true],
      ]),
    });
    expect(names(schema.enums[0]?.values ?? [])).toEqual(["b"]);
    expect(schema.enums[0]?.if).toBeUndefined();
  });

  test("without base but with a discriminator are none", () => {
    expect(findings("{ 'union': 'U', 'discriminator': 'd', 'data': {} }")).toEqual([
      "1:1 missing-key: union 'U' has no key 'base' | {",
    ]);
    expect(findings("{ 'union': 'U', 'base': { 'd': 'str' }, 'data': {} }")).toEqual([
      "1:1 missing-key: union 'U' has no key 'discriminator' | {",
    ]);
  });
});

test("anonymous unions are alternates", () => {
  const text = "{ 'union': 'U', 'discriminator': {}, 'data': { 'a': [ 'int' ], 'b': 'int' } }";
  expect(names(definition(text, "U", "alternate").alternatives)).toEqual(["a", "b"]);
  expect(notes(text)).toEqual(["old-anonymous-union"]);
});

describe("structs that are written in place", () => {
  const text = "{ 'command': 'do-it', 'data': { 'a-b': { 'x': { 'y': 'int' }, '*z': 'str' } } }";

  test("have names after where they are", () => {
    const schema = schemaOf(text);
    expect(names(schema.definitions)).toEqual(["DoItABX", "DoItAB", "do-it"]);
    expect(definition(text, "DoItAB", "struct").members).toMatchObject([
      { name: "x", type: { name: "DoItABX" } },
      { name: "z", optional: true },
    ]);
    expect(notes(text)).toEqual(["old-struct-in-place", "old-struct-in-place"]);
  });

  test("are taken apart from a type with further keys", () => {
    expect(findings("{ 'struct': 'S', 'data': { 'a': { 'typ': 'int', 'if': 'A' } } }")).toHaveLength(2);
  });

  test("may be mistaken in turn", () => {
    expect(findings("{ 'struct': 'S', 'data': { 'a': { 'b': 'Nope' } } }")).toEqual([
      "1:40 undefined-type: member 'b' of struct 'SA': there is no type 'Nope' | 'Nope'",
    ]);
  });
});

test("'**' and 'visitor' are any, in lists as well", () => {
  const text = "{ 'command': 'c', 'data': { 'a': '**', 'b': 'visitor', 'c': [ '**' ] }, 'gen': false }";
  const [a, b, c] = definition(text, "c", "command").arguments?.allMembers ?? [];
  expect([a?.type, b?.type]).toMatchObject([{ name: "any" }, { name: "any" }]);
  expect(c?.type).toMatchObject({ kind: "list", element: { name: "any" } });
  expect(notes(text)).toEqual(["old-any", "old-any", "old-any"]);
});

test("'no' for false", () => {
  const text = "{ 'command': 'c', 'gen': 'no', 'success-response': 'no' }";
  expect(definition(text, "c", "command")).toMatchObject({ gen: false, successResponse: false });
  expect(notes(text)).toEqual(["old-flag", "old-flag"]);
  expect(findings("{ 'command': 'c', 'boxed': 'no' }")).toHaveLength(1);
});

test("flags that say nothing", () => {
  expect(notes("{ 'command': 'c', 'gen': true, 'allow-oob': false }")).toEqual(["useless-flag", "useless-flag"]);
  expect(notes("{ 'command': 'c', 'gen': false, 'allow-oob': true }")).toEqual([]);
});

test("defaults, with numbers, which are nowhere else", () => {
  const text = "{ 'command': 'c', 'data': { '*a': 'int' }, 'defaults': { 'a': -1.5, 'b': 2, 'c': 'x' } }";
  expect(notes(text)).toEqual(["old-defaults"]);
  expect(findings("{ 'command': 'c', 'data': { 'a': 1 } }")).toHaveLength(1);
});

describe("commas", () => {
  test("that are missing", () => {
    const text = "{ 'enum': 'E' 'data': [ 'a' 'b' ] }";
    expect(names(definition(text, "E", "enum").values)).toEqual(["a", "b"]);
    expect(notes(text)).toEqual(["missing-comma", "missing-comma"]);
  });

  test("that are too much", () => {
    expect(notes("{ 'enum': 'E', 'data': [ 'a', ], }")).toEqual(["trailing-comma", "trailing-comma"]);
  });

  test("are mentioned up to where a definition does not parse", () => {
    const found = findings("{ 'enum': 'E' 'data' [ 'a' 'b', ] }", { style: true });
    expect(found.map((finding) => finding.split(":", 2).join(":"))).toEqual(["1:15 missing-comma", "1:22 syntax"]);
  });
});

describe("conditions in C", () => {
  test("make the same trees as those of today", () => {
    const old = "{ 'enum': 'E', 'data': [], 'if': [ 'defined(A)', 'defined(B) || !defined(C)' ] }";
    const today = "{ 'enum': 'E', 'data': [], 'if': { 'all': [ 'A', { 'any': [ 'B', { 'not': 'C' } ] } ] } }";
    expect(definition(old, "E", "enum").if).toEqual(definition(today, "E", "enum").if);
    expect(notes(old)).toEqual(["old-condition"]);
  });

  test("are settled where they can be", () => {
    const text = "{ 'enum': 'E', 'data': [], 'if': 'defined(A) && X > 1' }";
    expect(schemaOf(text, { defines: new Map([["A", false]]) }).enums).toEqual([]);
    expect(schemaOf(text, { defines: new Map([["A", true]]) }).enums[0]?.if).toEqual({ kind: "text", text: "X > 1" });
  });

  test("that say nothing are mistakes", () => {
    expect(findings("{ 'enum': 'E', 'data': [], 'if': ' ' }")).toHaveLength(1);
    expect(findings("{ 'enum': 'E', 'data': [], 'if': [] }")).toHaveLength(1);
    expect(findings("{ 'enum': 'E', 'data': [], 'if': { 'all': [ 'defined(A)' ] } }")).toHaveLength(1);
  });
});

describe("documentation that nobody checked", () => {
  const doc = (comment: string, rest: string): string => `##\n${comment}\n##\n${rest}`;
  const struct = "{ 'struct': 'Foo', 'data': { 'a': 'int', '*b': 'int' } }";

  test("may say '#optional', which the model says already", () => {
    const text = doc("# @Foo\n#\n# @a: one\n#\n# @b: #optional, two\n#     lines", struct);
    expect(definition(text, "Foo", "struct").members[1]?.doc?.text).toBe("two\nlines");
  });

  test("may say the version without a colon", () => {
    const text = doc("# @Foo:\n# Text.\n#\n# @a: one\n#\n# Since 0.14.0", struct);
    expect(definition(text, "Foo", "struct").doc?.sections.map(({ kind, text: of }) => [kind, of])).toEqual([
      ["text", "Text."],
      ["member", "one"],
      ["since", "0.14.0"],
    ]);
  });

  test.each([
    ["by what it describes", "# Text.\n#\n# @a: one"],
    ["by its title", "# Foo:\n#\n# Text."],
    ["by what it describes, with a slip in its name", "# @foo:\n#\n# Text.\n#\n# @b: two"],
  ])("belongs to what stands behind it %s", (_, comment) => {
    expect(definition(doc(comment, struct), "Foo", "struct").doc).toMatchObject({ symbol: "Foo" });
  });

  test.each([
    ["is about something else", "# @Bar:\n#\n# Text."],
    ["is about nothing", "# Text of @a."],
  ])("stays by itself where it %s", (_, comment) => {
    expect(definition(doc(comment, struct), "Foo", "struct").doc).toBeUndefined();
    expect(schemaOf(doc(comment, struct)).modules[0]?.docs).toHaveLength(1);
  });

  test("goes on without indentation where the file has lost all of it", () => {
    const flat = "{ 'struct': 'Foo',\n'data': { 'a': 'int' } }";
    const comment = "# @Foo:\n#\n# @a: one\n# two\n#\n# Text.\n# More.\n#\n# Since: 1.0";
    expect(definition(doc(comment, flat), "Foo", "struct").doc?.sections.map(({ text: of }) => of)).toEqual([
      "one\ntwo",
      "Text.\nMore.",
      "1.0",
    ]);
    expect(definition(doc(comment, struct), "Foo", "struct").doc?.sections[0]?.text).toBe("one");
  });

  test("may end as it likes, and have blank and indented lines", () => {
    const text = `##\n# @Foo:\n\n  # Text.\n#\n\n   # @a: one\n# ##\n${struct}`;
    const foo = definition(text, "Foo", "struct");
    expect(foo.doc?.sections.map(({ text: of }) => of)).toEqual(["Text.", "one"]);
    expect(foo.members[0]?.doc?.text).toBe("one");
  });
});

describe("the names of types that are not defined", () => {
  test("'FooList' is a list of Foo, if there is such a list", () => {
    const used = "{ 'struct': 'Foo', 'data': { '*a': [ 'Foo' ], '*b': 'FooList', '*c': 'strList' } }";
    const [a, b, c] = definition(used, "Foo", "struct").members;
    expect(b?.type).toBe(a?.type);
    expect(c?.type).toMatchObject({ kind: "list", element: { name: "str" } });
    expect(findings("{ 'struct': 'Foo', 'data': { '*b': 'FooList' } }")).toHaveLength(1);
    expect(findings("{ 'struct': 'Foo', 'data': { '*b': [ 'intList' ] } }")).toHaveLength(1);
  });

  test("'q_empty' has no members, and 'q_obj_c-arg' those of the arguments of c", () => {
    const text = "{ 'command': 'c', 'data': { 'x': 'q_empty' } }\n{ 'command': 'd', 'data': 'q_obj_c-arg' }";
    const members = definition(text, "d", "command").arguments?.allMembers;
    expect(members).toMatchObject([{ name: "x", type: { name: "q_empty", allMembers: [] } }]);
    expect(findings("{ 'command': 'd', 'data': 'q_obj_c-arg' }")).toHaveLength(1);
  });

  test("'' is none", () => {
    const text = "{ 'struct': 'S', 'base': '', 'data': {} }\n{ 'command': 'c', 'data': '', 'returns': '' }";
    expect(definition(text, "S", "struct").base).toBeUndefined();
    expect(definition(text, "c", "command")).not.toHaveProperty("returns");
    expect(findings("{ 'struct': 'S', 'data': { 'a': '' } }")).toHaveLength(1);
  });
});
