import { describe, expect, test } from "vitest";
import type { Definition, Schema, Type } from "../../src/schema/schema.js";
import { diagnosticsOf, findings, schemaOf } from "../support/harness.js";

function find<K extends Definition["kind"]>(schema: Schema, kind: K, name: string): Extract<Definition, { kind: K }> {
  const definition = schema.byName.get(name);
  if (!isKind(definition, kind)) throw new Error(`no ${kind} ${name}`);
  return definition;
}

function isKind<K extends Definition["kind"]>(
  definition: Definition | undefined,
  kind: K,
): definition is Extract<Definition, { kind: K }> {
  return definition?.kind === kind;
}

function show(type: Type | undefined): string {
  if (type === undefined) return "nothing";
  return type.kind === "list" ? `[${show(type.element)}]` : type.name;
}

describe("the model", () => {
  test("resolves types before and after their definition", () => {
    const schema = schemaOf(`
      { 'struct': 'A', 'data': { 'b': 'B', 'e': [ 'E' ], 'i': 'int8', 'again': [ 'E' ] } }
      { 'struct': 'B', 'data': { '*a': 'A' } }
      { 'enum': 'E', 'data': [ 'x' ] }`);
    const a = find(schema, "struct", "A");
    const b = find(schema, "struct", "B");
    expect(a.members.map(({ type }) => show(type))).toEqual(["B", "[E]", "int8", "[E]"]);
    expect(a.members[0]?.type).toBe(b);
    expect(b.members[0]).toMatchObject({ type: a, optional: true, parent: b });
    expect(a.members[1]?.type).toBe(a.members[3]?.type);
  });

  test("puts the members of bases first", () => {
    const schema = schemaOf(`
      { 'struct': 'C', 'base': 'B', 'data': { 'c': 'int' } }
      { 'struct': 'B', 'base': 'A', 'data': { 'b': 'int' } }
      { 'struct': 'A', 'data': { 'a': 'int' } }`);
    const c = find(schema, "struct", "C");
    expect(c.allMembers.map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(c.base?.allMembers.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(c.allMembers[0]?.parent).toBe(find(schema, "struct", "A"));
  });

  test("works out the branches of unions", () => {
    const schema = schemaOf(`
      { 'enum': 'T', 'data': [ 'a', { 'name': 'b', 'if': 'HAVE_B' }, 'c' ] }
      { 'struct': 'Base', 'data': { 't': 'T', 'x': 'int' } }
      { 'struct': 'C', 'data': { 'y': 'int' } }
      { 'union': 'U', 'base': 'Base', 'discriminator': 't', 'data': { 'c': { 'type': 'C', 'if': 'HAVE_C' }, 'a': 'V' } }
      { 'union': 'V', 'base': { 's': 'T' }, 'discriminator': 's', 'data': {} }`);
    const u = find(schema, "union", "U");
    const t = find(schema, "enum", "T");
    expect(u.base).toBe(find(schema, "struct", "Base"));
    expect(u.tag).toBe(t);
    expect(u.discriminator).toBe(u.allMembers[0]);
    expect(u.branches.map(({ name, type, implied, if: condition }) => [name, show(type), implied, condition])).toEqual([
      ["c", "C", false, { kind: "defined", name: "HAVE_C" }],
      ["a", "V", false, undefined],
      ["b", "nothing", true, { kind: "defined", name: "HAVE_B" }],
    ]);
    expect(u.branches.map(({ value }) => value)).toEqual([t.values[2], t.values[0], t.values[1]]);
    const v = find(schema, "union", "V");
    expect(v.base).toMatchObject({ kind: "anonymous", parent: v });
    expect(v.branches.every(({ implied }) => implied)).toBe(true);
  });

  test("tells alternatives apart by JSON type", () => {
    const schema = schemaOf(`
      { 'enum': 'E', 'data': [ 'x' ] }
      { 'struct': 'S', 'data': {} }
      { 'alternate': 'A', 'data': { 'e': 'E', 's': 'S', 'n': 'null', 'b': 'bool', 'i': 'uint8', 'l': [ 'str' ] } }`);
    expect(find(schema, "alternate", "A").alternatives.map(({ jsonType }) => jsonType)).toEqual([
      "string",
      "object",
      "null",
      "boolean",
      "number",
      "array",
    ]);
  });

  test("knows what commands and events carry", () => {
    const schema = schemaOf(`
      { 'struct': 'S', 'data': {} }
      { 'command': 'none' }
      { 'command': 'empty', 'data': {} }
      { 'command': 'inline', 'data': { 'x': 'int' }, 'returns': [ 'S' ] }
      { 'command': 'named', 'data': 'S', 'returns': 'int' }
      { 'event': 'NONE' }
      { 'event': 'INLINE', 'data': { 'x': 'int' } }
      { 'event': 'BOXED', 'data': 'S', 'boxed': true }`);
    expect(schema.commands.map((command) => [command.arguments?.kind, show(command.returns)])).toEqual([
      [undefined, "nothing"],
      [undefined, "nothing"],
      ["anonymous", "[S]"],
      ["struct", "int"],
    ]);
    expect(schema.events.map((event) => [event.arguments?.kind, event.boxed])).toEqual([
      [undefined, false],
      ["anonymous", false],
      ["struct", true],
    ]);
  });

  test("gives documentation to what it is about", () => {
    const schema = schemaOf(`
##
# @S:
#
# Body.
#
# @a: of a
#
# Features:
#
# @f: of f
##
{ 'struct': 'S', 'features': [ 'f' ], 'data': { 'a': { 'type': 'int', 'features': [ 'f' ] }, 'b': 'int' } }
##
# @E:
#
# @x: of x
##
{ 'enum': 'E', 'data': [ 'x', 'y' ] }`);
    const s = find(schema, "struct", "S");
    expect(s.doc?.sections[0]?.text).toBe("Body.");
    expect(s.members.map(({ doc }) => doc?.text)).toEqual(["of a", undefined]);
    expect(s.features[0]?.doc?.text).toBe("of f");
    expect(s.members[0]?.features[0]?.doc?.text).toBe("of f");
    expect(find(schema, "enum", "E").values.map(({ doc }) => doc?.text)).toEqual(["of x", undefined]);
  });

  test("lists definitions by kind and module", () => {
    const schema = schemaOf({
      "a.json": "{ 'include': 'b.json' }\n{ 'event': 'A' }\n##\n# Text.\n##",
      "b.json": "{ 'command': 'b' }\n{ 'enum': 'B', 'data': [] }",
    });
    expect(schema.modules.map(({ name, definitions }) => [name, definitions.map((item) => item.name)])).toEqual([
      ["a.json", ["A"]],
      ["b.json", ["b", "B"]],
    ]);
    expect(schema.modules[0]?.docs.map((doc) => doc.sections[0]?.text)).toEqual(["Text."]);
    expect([schema.events.length, schema.commands.length, schema.enums.length, schema.structs.length]).toEqual([
      1, 1, 1, 0,
    ]);
    expect(schema.byName.get("b")?.module).toBe(schema.modules[1]);
  });

  test("names like those of Object.prototype are names like others", () => {
    const schema = schemaOf(
      "{ 'struct': 'constructor', 'data': { 'constructor': 'toString', 'hasOwnProperty': 'int' } }\n{ 'enum': 'toString', 'data': [ 'valueOf' ] }",
    );
    expect(find(schema, "struct", "constructor").members.map(({ type }) => show(type))).toEqual(["toString", "int"]);
    expect(findings("{ 'struct': 'S', 'data': { 'a': 'valueOf' } }")).toHaveLength(1);
  });
});

const ENUM = "{ 'enum': 'E', 'data': [ 'a', 'b' ] }\n";

describe("what is refused", () => {
  test.each([
    [
      "an unknown type",
      "{ 'struct': 'S', 'data': { 'a': 'Nope' } }",
      "1:33 undefined-type: member 'a' of struct 'S': there is no type 'Nope' | 'Nope'",
    ],
    [
      "a command as a type",
      "{ 'command': 'c', 'returns': 'd' }\n{ 'command': 'd' }",
      "1:30 undefined-type: what command 'c' returns: 'd' is a command, not a type | 'd'",
    ],
    [
      "two definitions of a name",
      "{ 'event': 'E' }\n{ 'enum': 'E', 'data': [] }",
      "2:11 duplicate-definition: 'E' is defined already | 'E'",
    ],
    [
      "a built-in name",
      "{ 'struct': 'int', 'data': {} }",
      "1:13 duplicate-definition: 'int' is a built-in type | 'int'",
    ],
    [
      "two values of a name",
      "{ 'enum': 'E', 'data': [ 'a', { 'name': 'a', 'if': 'X' } ] }",
      "1:41 duplicate-value: enum 'E' has the value 'a' twice | 'a'",
    ],
    [
      "two features of a name",
      "{ 'event': 'E', 'features': [ 'a', 'a' ] }",
      "1:36 duplicate-feature: event 'E' has the feature 'a' twice | 'a'",
    ],
    [
      "a member twice, once optional",
      "{ 'event': 'E', 'data': { 'a': 'int', '*a': 'int' } }",
      "1:39 duplicate-member: event 'E' has the member 'a' twice | '*a'",
    ],
    [
      "a base that is no struct",
      `${ENUM}{ 'struct': 'S', 'base': 'E', 'data': {} }`,
      "2:26 invalid-base: the base of struct 'S' must be a struct, not enum 'E' | 'E'",
    ],
    [
      "a member of the base",
      "{ 'struct': 'B', 'data': { 'a': 'int' } }\n{ 'struct': 'S', 'base': 'B', 'data': { '*a': 'str' } }",
      "2:41 member-clash: struct 'S' has the member 'a' of its base again | '*a': 'str'",
    ],
    ["its own base", "{ 'struct': 'S', 'base': 'S', 'data': {} }", "1:13 base-cycle: struct 'S' is its own base | 'S'"],
    [
      "its own base by others",
      "{ 'struct': 'A', 'base': 'B', 'data': {} }\n{ 'struct': 'B', 'base': 'C', 'data': {} }\n{ 'struct': 'C', 'base': 'A', 'data': {} }",
      "1:13 base-cycle: struct 'A' is its own base, by way of 'B', 'C' | 'A'",
    ],
    [
      "arguments of a scalar type",
      "{ 'command': 'c', 'data': 'int' }",
      "1:27 invalid-arguments: 'data' of command 'c' must be a struct or a union, not the built-in type 'int' | 'int'",
    ],
    [
      "an unknown discriminator",
      `${ENUM}{ 'union': 'U', 'base': { 'type': 'E' }, 'discriminator': 'typ', 'data': {} }`,
      "2:59 invalid-discriminator: the base of union 'U' has no member 'typ' to tell its branches apart | 'typ'",
    ],
    [
      "a discriminator that is a string",
      "{ 'union': 'U', 'base': { 't': 'str' }, 'discriminator': 't', 'data': {} }",
      "1:58 invalid-discriminator: the discriminator 't' of union 'U' must be of an enum type, not of the built-in type 'str' | 't'",
    ],
    [
      "an optional discriminator",
      `${ENUM}{ 'union': 'U', 'base': { '*t': 'E' }, 'discriminator': 't', 'data': {} }`,
      "2:57 invalid-discriminator: the discriminator 't' of union 'U' must be required, not optional | 't'",
    ],
    [
      "a conditional discriminator",
      `${ENUM}{ 'union': 'U', 'base': { 't': { 'type': 'E', 'if': 'X' } }, 'discriminator': 't', 'data': {} }`,
      "2:79 invalid-discriminator: the discriminator 't' of union 'U' must be there in every build, not conditional | 't'",
    ],
    [
      "a branch that is no value",
      `${ENUM}{ 'struct': 'S', 'data': {} }\n{ 'union': 'U', 'base': { 't': 'E' }, 'discriminator': 't', 'data': { 'c': 'S' } }`,
      "3:71 invalid-branch: branch 'c' of union 'U' is not a value of enum 'E' | 'c'",
    ],
    [
      "a branch that is no object",
      `${ENUM}{ 'union': 'U', 'base': { 't': 'E' }, 'discriminator': 't', 'data': { 'a': 'E' } }`,
      "2:76 invalid-branch: branch 'a' of union 'U' must be a struct or a union, not enum 'E' | 'E'",
    ],
    [
      "a branch with a common member",
      `${ENUM}{ 'struct': 'S', 'data': { 't': 'int' } }\n{ 'union': 'U', 'base': { 't': 'E' }, 'discriminator': 't', 'data': { 'a': 'S' } }`,
      "3:71 member-clash: branch 'a' of union 'U' has the common member 't' again | 'a': 'S'",
    ],
    [
      "a common member in a branch of a branch",
      `${ENUM}{ 'struct': 'S', 'data': { 't': 'int' } }\n{ 'union': 'V', 'base': { 'v': 'E' }, 'discriminator': 'v', 'data': { 'b': 'S' } }\n{ 'union': 'U', 'base': { 't': 'E' }, 'discriminator': 't', 'data': { 'a': 'V' } }`,
      "4:71 member-clash: branch 'a' of union 'U' has the common member 't' again | 'a': 'V'",
    ],
    [
      "a union in itself",
      `${ENUM}{ 'union': 'U', 'base': { 't': 'E' }, 'discriminator': 't', 'data': { 'a': 'V' } }\n{ 'union': 'V', 'base': { 's': 'E' }, 'discriminator': 's', 'data': { 'b': 'U' } }`,
      "3:71 self-containing-union: union 'U' contains itself, by branch 'b' of union 'V' | 'b': 'U'",
    ],
    [
      "two alternatives of one JSON type",
      `${ENUM}{ 'alternate': 'A', 'data': { 'e': 'E', 's': 'str' } }`,
      "2:41 ambiguous-alternate: alternatives 'e' and 's' of alternate 'A' are both strings on the wire | 's': 'str'",
    ],
    [
      "an alternative of any type",
      "{ 'alternate': 'A', 'data': { 'a': 'any' } }",
      "1:36 invalid-alternative: alternative 'a' of alternate 'A' must have one JSON type, not the built-in type 'any' | 'any'",
    ],
    [
      "an alternate in an alternate",
      "{ 'alternate': 'A', 'data': { 'a': 'str' } }\n{ 'alternate': 'B', 'data': { 'a': 'A' } }",
      "2:36 invalid-alternative: alternative 'a' of alternate 'B' must have one JSON type, not alternate 'A' | 'A'",
    ],
  ])("%s", (_, text, expected) => {
    expect(findings(text)).toEqual([expected]);
  });

  test("everything at once, in source order", () => {
    const text = `{ 'struct': 'S', 'base': 'No', 'data': { 'a': 'Nope' } }
{ 'struct': 'T', 'base': 'S', 'data': { 'a': 'int', 'b': [ 'Never' ] } }
{ 'event': 'S' }`;
    expect(
      findings(text).map((finding) => finding.split(":").slice(0, 3).join(":").split(" ").slice(0, 2).join(" ")),
    ).toEqual([
      "1:26 undefined-type:",
      "1:47 undefined-type:",
      "2:41 member-clash:",
      "2:60 undefined-type:",
      "3:12 duplicate-definition:",
    ]);
  });

  test("a slip gets a hint, and a second definition the place of the first", () => {
    const [slip] = diagnosticsOf(
      "{ 'struct': 'SocketAddress', 'data': {} }\n{ 'event': 'E', 'data': { 'a': 'SocketAdress' } }",
    );
    expect(slip?.hint).toBe("did you mean 'SocketAddress'?");
    const [second] = diagnosticsOf("{ 'event': 'E' }\n{ 'event': 'E' }");
    expect(second?.related).toMatchObject([{ message: "as an event here", span: { start: 11 } }]);
  });
});

describe("a schema that is large", () => {
  test("of nothing but mistakes is checked in reasonable time", () => {
    const members = Array.from({ length: 10_000 }, (_, index) => `'m${String(index)}': 'Missing${String(index)}'`);
    const structs = Array.from({ length: 10_000 }, (_, index) => `{ 'struct': 'Present${String(index)}', 'data': {} }`);
    const text = `{ 'struct': 'S', 'data': { ${members.join(", ")} } }\n${structs.join("\n")}`;
    expect(findings(text)).toHaveLength(10_000);
  });

  test("has a union of many branches, a struct of many bases and unions that nest deep", () => {
    const names = Array.from({ length: 2_000 }, (_, index) => String(index));
    const text = `
      { 'enum': 'E', 'data': [ ${names.map((name) => `'v${name}'`).join(", ")} ] }
      { 'enum': 'F', 'data': [ 'v0', 'v1' ] }
      { 'struct': 'S0', 'data': {} }
      ${names.map((name, index) => `{ 'struct': 'S${String(index + 1)}', 'base': 'S${name}', 'data': {} }`).join("\n")}
      { 'union': 'U', 'base': { 'e': 'E' }, 'discriminator': 'e', 'data': { ${names.map((name) => `'v${name}': 'S${name}'`).join(", ")} } }
      ${names.map((name, index) => `{ 'union': 'U${String(index)}', 'base': { 'e${name}': 'F' }, 'discriminator': 'e${name}', 'data': { 'v0': 'U${String(index + 1)}' } }`).join("\n")}
      { 'union': 'U2000', 'base': { 'last': 'F' }, 'discriminator': 'last', 'data': {} }`;
    expect(schemaOf(text).unions).toHaveLength(2_002);
  });
});

describe("what depends on something that is wrong", () => {
  test("a definition that makes no sense is not undefined", () => {
    expect(findings("{ 'struct': 'S', 'data': [] }\n{ 'event': 'E', 'data': { 's': 'S', 't': 'T' } }")).toEqual([
      "1:26 wrong-value: the members of struct 'S' should be an object, not a list | []",
      "2:42 undefined-type: member 't' of event 'E': there is no type 'T' | 'T'",
    ]);
  });

  test("text that does not parse may define anything", () => {
    expect(findings("{ 'struct' 'S', 'data': {} }\n{ 'event': 'E', 'data': { 's': 'S', 's2': 'E' } }")).toEqual([
      "1:12 syntax: expected ':', found a string | '",
      "2:43 undefined-type: member 's2' of event 'E': 'E' is an event, not a type | 'E'",
    ]);
  });

  test("so may a file that cannot be read", () => {
    expect(findings("{ 'include': 'no.json' }\n{ 'event': 'E', 'data': 'S' }")).toHaveLength(1);
  });
});

describe("build options", () => {
  const text = `
    { 'enum': 'E', 'data': [ 'a', { 'name': 'b', 'if': 'B' } ], 'features': [ { 'name': 'f', 'if': 'A' } ] }
    { 'struct': 'S', 'data': { 'a': { 'type': 'int', 'if': { 'all': [ 'A', 'B' ] } }, 'b': 'int' } }
    { 'event': 'EV', 'if': { 'not': 'A' } }
    { 'union': 'U', 'base': { 'e': 'E' }, 'discriminator': 'e', 'data': { 'b': { 'type': 'S', 'if': 'B' } } }
    { 'command': 'c', 'data': { 'x': { 'type': 'int', 'if': { 'any': [ 'A', 'C' ] } } } }`;

  function summary(defines: Record<string, boolean>): unknown {
    const schema = schemaOf(text, { defines: new Map(Object.entries(defines)) });
    return {
      names: schema.definitions.map(({ name }) => name),
      values: find(schema, "enum", "E").values.map(({ name, if: condition }) => [name, condition]),
      features: find(schema, "enum", "E").features.length,
      members: find(schema, "struct", "S").members.map(({ name, if: condition }) => [name, condition]),
      branches: find(schema, "union", "U").branches.map(({ name, implied }) => [name, implied]),
      arguments: find(schema, "command", "c").arguments?.allMembers.map(({ if: condition }) => condition),
    };
  }

  test("that are on leave things in, without their condition", () => {
    expect(summary({ A: true })).toEqual({
      names: ["E", "S", "U", "c"],
      values: [
        ["a", undefined],
        ["b", { kind: "defined", name: "B" }],
      ],
      features: 1,
      members: [
        ["a", { kind: "defined", name: "B" }],
        ["b", undefined],
      ],
      branches: [
        ["b", false],
        ["a", true],
      ],
      arguments: [undefined],
    });
  });

  test("that are off take things out", () => {
    expect(summary({ A: false, B: false })).toEqual({
      names: ["E", "S", "EV", "U", "c"],
      values: [["a", undefined]],
      features: 0,
      members: [["b", undefined]],
      branches: [["a", true]],
      arguments: [{ kind: "defined", name: "C" }],
    });
  });

  test("that take out what is needed are refused", () => {
    const broken = "{ 'struct': 'S', 'data': {}, 'if': 'A' }\n{ 'event': 'E', 'data': { 's': 'S' } }";
    expect(findings(broken)).toEqual([]);
    const [diagnostic] = diagnosticsOf(broken, { defines: new Map([["A", false]]) });
    expect(diagnostic).toMatchObject({
      code: "undefined-type",
      hint: expect.stringContaining("switched off") as string,
    });
  });
});
