/** What a schema answers to `query-qmp-schema`. The answers of QEMU's own schemas are in the conformance data. */
import { describe, expect, it } from "vitest";
import { introspect, type IntrospectOptions } from "../../src/schema/introspection/introspect.js";
import { schemaOf } from "../support/harness.js";

function answer(text: string, options?: IntrospectOptions): unknown {
  return introspect(schemaOf(text), options);
}

const EMPTY = { name: "q_empty", "meta-type": "object", members: [] };
const STR = { name: "str", "meta-type": "builtin", "json-type": "string" };
const INT = { name: "int", "meta-type": "builtin", "json-type": "int" };

describe("the order", () => {
  const text = `
    { 'struct': 'Unused', 'data': { 'x': 'str' } }
    { 'event': 'GONE', 'data': { 'why': 'Reason' } }
    { 'enum': 'Reason', 'data': [ 'quit' ] }
    { 'command': 'query-all', 'data': 'Filter', 'returns': [ 'Reason' ] }
    { 'struct': 'Filter', 'data': { '*names': [ 'str' ], 'limit': 'uint8' } }`;

  it("is that of commands and events, then of the first use of types; what nothing uses is not there", () => {
    expect(answer(text)).toEqual([
      { name: "GONE", "meta-type": "event", "arg-type": "q_obj_GONE-arg" },
      { name: "query-all", "meta-type": "command", "arg-type": "Filter", "ret-type": "[Reason]" },
      { name: "q_obj_GONE-arg", "meta-type": "object", members: [{ name: "why", type: "Reason" }] },
      {
        name: "Filter",
        "meta-type": "object",
        members: [
          { name: "names", type: "[str]", default: null },
          { name: "limit", type: "int" },
        ],
      },
      { name: "[Reason]", "meta-type": "array", "element-type": "Reason" },
      { name: "Reason", "meta-type": "enum", members: [{ name: "quit" }], values: ["quit"] },
      { name: "[str]", "meta-type": "array", "element-type": "str" },
      STR,
      INT,
    ]);
  });

  it("is that of the numbers which masked types have, with none for arrays and built-in types", () => {
    const infos = introspect(schemaOf(text), { masked: true });
    expect(infos.map((info) => ("name" in info ? info.name : ""))).toEqual([
      "GONE",
      "query-all",
      "0",
      "1",
      "[2]",
      "2",
      "[str]",
      "str",
      "int",
    ]);
    expect(infos[2]).toEqual({ name: "0", "meta-type": "object", members: [{ name: "why", type: "2" }] });
  });
});

describe("types", () => {
  it("have the members of their bases; unions have a variant for each value of the tag", () => {
    expect(
      answer(`
        { 'struct': 'Base', 'data': { 'id': 'str' } }
        { 'struct': 'Common', 'base': 'Base', 'data': { 'kind': 'Kind' } }
        { 'enum': 'Kind', 'data': [ 'a', 'b' ] }
        { 'union': 'U', 'base': 'Common', 'discriminator': 'kind', 'data': { 'b': 'Base2' } }
        { 'struct': 'Base2', 'data': {} }
        { 'command': 'take', 'data': 'U', 'boxed': true }`),
    ).toEqual([
      { name: "take", "meta-type": "command", "arg-type": "U", "ret-type": "q_empty" },
      {
        name: "U",
        "meta-type": "object",
        members: [
          { name: "id", type: "str" },
          { name: "kind", type: "Kind" },
        ],
        tag: "kind",
        variants: [
          { case: "b", type: "Base2" },
          { case: "a", type: "q_empty" },
        ],
      },
      EMPTY,
      STR,
      { name: "Kind", "meta-type": "enum", members: [{ name: "a" }, { name: "b" }], values: ["a", "b"] },
      { name: "Base2", "meta-type": "object", members: [] },
    ]);
  });

  it("are alternates without names, arrays of integers that are all the same, and QType", () => {
    expect(
      answer(`
        { 'alternate': 'A', 'data': { 'one': 'int8', 'none': 'null' } }
        { 'struct': 'S', 'data': { 'a': 'A', 'b': [ 'uint8' ], 'c': [ 'size' ], 'd': 'QType', 'e': 'any' } }
        { 'event': 'E', 'data': 'S' }`),
    ).toEqual([
      { name: "E", "meta-type": "event", "arg-type": "S" },
      {
        name: "S",
        "meta-type": "object",
        members: [
          { name: "a", type: "A" },
          { name: "b", type: "[int]" },
          { name: "c", type: "[int]" },
          { name: "d", type: "QType" },
          { name: "e", type: "any" },
        ],
      },
      { name: "A", "meta-type": "alternate", members: [{ type: "int" }, { type: "null" }] },
      { name: "[int]", "meta-type": "array", "element-type": "int" },
      INT,
      {
        name: "QType",
        "meta-type": "enum",
        members: ["none", "qnull", "qnum", "qstring", "qdict", "qlist", "qbool"].map((name) => ({ name })),
        values: ["none", "qnull", "qnum", "qstring", "qdict", "qlist", "qbool"],
      },
      { name: "any", "meta-type": "builtin", "json-type": "value" },
      { name: "null", "meta-type": "builtin", "json-type": "null" },
    ]);
  });

  it("have features, as have their members and values; commands say whether they go out of band", () => {
    expect(
      answer(`
        { 'enum': 'Mood', 'data': [ { 'name': 'odd', 'features': [ 'unstable' ] } ] }
        { 'struct': 'S', 'data': { 'mood': { 'type': 'Mood', 'features': [ 'deprecated' ] } }, 'features': [ 'f' ] }
        { 'command': 'c', 'returns': 'S', 'allow-oob': true, 'features': [ 'deprecated' ] }`),
    ).toEqual([
      {
        name: "c",
        "meta-type": "command",
        "arg-type": "q_empty",
        "ret-type": "S",
        "allow-oob": true,
        features: ["deprecated"],
      },
      EMPTY,
      {
        name: "S",
        "meta-type": "object",
        members: [{ name: "mood", type: "Mood", features: ["deprecated"] }],
        features: ["f"],
      },
      { name: "Mood", "meta-type": "enum", members: [{ name: "odd", features: ["unstable"] }], values: ["odd"] },
    ]);
  });

  it("are those of QEMU's compiler for simple unions", () => {
    expect(
      answer(`
        { 'union': 'U', 'data': { 'a': 'str', 'b': [ 'str' ] } }
        { 'event': 'E', 'data': { 'u': 'U' } }`),
    ).toEqual([
      { name: "E", "meta-type": "event", "arg-type": "q_obj_E-arg" },
      { name: "q_obj_E-arg", "meta-type": "object", members: [{ name: "u", type: "U" }] },
      {
        name: "U",
        "meta-type": "object",
        members: [{ name: "type", type: "UKind" }],
        tag: "type",
        variants: [
          { case: "a", type: "q_obj_str-wrapper" },
          { case: "b", type: "q_obj_strList-wrapper" },
        ],
      },
      { name: "UKind", "meta-type": "enum", members: [{ name: "a" }, { name: "b" }], values: ["a", "b"] },
      { name: "q_obj_str-wrapper", "meta-type": "object", members: [{ name: "data", type: "str" }] },
      { name: "q_obj_strList-wrapper", "meta-type": "object", members: [{ name: "data", type: "[str]" }] },
      STR,
      { name: "[str]", "meta-type": "array", "element-type": "str" },
    ]);
  });

  it("have no list of members in enums where the schema itself says that answers have none", () => {
    expect(
      answer(`
        { 'enum': 'Mood', 'data': [ { 'name': 'odd', 'features': [ 'unstable' ] } ] }
        { 'struct': 'SchemaInfoEnum', 'data': { 'values': [ 'str' ] } }
        { 'event': 'E', 'data': { 'mood': 'Mood' } }`),
    ).toContainEqual({ name: "Mood", "meta-type": "enum", values: ["odd"] });
  });

  it("have no list of members in enums where that is asked for", () => {
    const schema = schemaOf("{ 'enum': 'Mood', 'data': [ 'odd' ] }\n{ 'event': 'E', 'data': { 'mood': 'Mood' } }");
    expect(introspect(schema, { enumMembers: false })).toContainEqual({
      name: "Mood",
      "meta-type": "enum",
      values: ["odd"],
    });
    expect(introspect(schema, { enumMembers: true })[2]).toHaveProperty("members");
  });
});

describe("conditions", () => {
  const text = `
    { 'enum': 'Mood', 'data': [ 'good', { 'name': 'odd', 'if': 'CONFIG_ODD' } ], 'if': 'CONFIG_MOOD' }
    { 'command': 'moods', 'returns': [ 'Mood' ], 'if': { 'all': [ 'CONFIG_MOOD', { 'not': 'CONFIG_X' } ] } }
    { 'event': 'E' }`;

  it("are taken for true", () => {
    expect(answer(text)).toEqual([
      { name: "moods", "meta-type": "command", "arg-type": "q_empty", "ret-type": "[Mood]" },
      { name: "E", "meta-type": "event", "arg-type": "q_empty" },
      EMPTY,
      { name: "[Mood]", "meta-type": "array", "element-type": "Mood" },
      { name: "Mood", "meta-type": "enum", members: [{ name: "good" }, { name: "odd" }], values: ["good", "odd"] },
    ]);
  });

  it("that are text of C are told apart from names", () => {
    const old = "{ 'event': 'E', 'if': 'VERSION > 3 && defined(CONFIG_E)' }";
    expect(answer(old, { conditions: "keep" })).toContainEqual({
      $if: { all: [{ text: "VERSION > 3" }, "CONFIG_E"] },
      $value: { name: "E", "meta-type": "event", "arg-type": "q_empty" },
    });
  });

  it("are around what has them where they are kept; an array has that of its elements", () => {
    expect(answer(text, { conditions: "keep" })).toEqual([
      {
        $if: { all: ["CONFIG_MOOD", { not: "CONFIG_X" }] },
        $value: { name: "moods", "meta-type": "command", "arg-type": "q_empty", "ret-type": "[Mood]" },
      },
      { name: "E", "meta-type": "event", "arg-type": "q_empty" },
      EMPTY,
      { $if: "CONFIG_MOOD", $value: { name: "[Mood]", "meta-type": "array", "element-type": "Mood" } },
      {
        $if: "CONFIG_MOOD",
        $value: {
          name: "Mood",
          "meta-type": "enum",
          members: [{ name: "good" }, { $if: "CONFIG_ODD", $value: { name: "odd" } }],
          values: ["good", { $if: "CONFIG_ODD", $value: "odd" }],
        },
      },
    ]);
  });

  it("take away what they are known not to hold for, and leave all numbers as they are", () => {
    const defines = new Map([
      ["CONFIG_X", true],
      ["CONFIG_ODD", false],
    ]);
    expect(answer(text, { masked: true, defines })).toEqual([
      { name: "E", "meta-type": "event", "arg-type": "0" },
      { ...EMPTY, name: "0" },
      { name: "[1]", "meta-type": "array", "element-type": "1" },
      { name: "1", "meta-type": "enum", members: [{ name: "good" }], values: ["good"] },
    ]);
  });
});
