import { describe, expect, it } from "vitest";
import { emit } from "../../src/emit/emit.js";
import { allocateNames } from "../../src/emit/naming.js";
import { commands } from "../../src/emitters/commands.js";
import { events } from "../../src/emitters/events.js";
import { types } from "../../src/emitters/types.js";
import type { Defines } from "../../src/schema/condition.js";
import { compileErrors } from "../support/compile.js";
import { fixtureFiles } from "../support/fixtures.js";
import { diagnosticsOf, schemaOf, type SchemaText } from "../support/harness.js";

/** A definition for each way in which one refers to another. */
const SCHEMA = {
  "root.json": `
##
# = Chapter
##
{ 'include': 'types.json' }
{ 'include': 'other.json' }
{ 'command': 'by-name', 'data': 'Arguments', 'returns': [ 'Result' ] }
{ 'command': 'in-place', 'data': { '*m': 'Member' } }
{ 'event': 'EVENT', 'data': 'U', 'boxed': true }`,
  "types.json": `
{ 'struct': 'Base', 'data': { 'b': 'Deep' } }
{ 'struct': 'Arguments', 'base': 'Base', 'data': { 'a': [ 'Member' ] } }
{ 'enum': 'Member', 'data': [ 'x' ] }
{ 'struct': 'Deep', 'data': { '*self': 'Deep' } }
{ 'alternate': 'Alt', 'data': { 's': 'str', 'o': 'InAlt' } }
{ 'struct': 'InAlt', 'data': {} }
{ 'struct': 'Result', 'data': { 'alt': 'Alt' } }
{ 'enum': 'Tag', 'data': [ 'p', 'q' ] }
{ 'struct': 'Branch', 'data': {} }
{ 'union': 'U', 'base': { 'tag': 'Tag', 'common': 'Common' }, 'discriminator': 'tag', 'data': { 'p': 'Branch' } }
{ 'alternate': 'Common', 'data': { 'n': 'int' } }`,
  "other.json": `
##
# = Another
##
##
# @Other:
#
# Unlike @Member and @Branch.
##
{ 'struct': 'Other', 'data': {} }`,
};

const PROPOSAL = `
{ 'BlockDeviceAction': [ 'report', 'stop', 'none' ] }
{ 'BlockDeviceEvent': { 'action': 'BlockDeviceAction' } }
{ 'BlockIOEvent': { 'device': 'str' } }
[ 'block-device-event', { 'device': 'str' }, {}, 'BlockDeviceEvent' ]
[ 'block-io-event', {}, {}, 'BlockIOEvent' ]`;

function selected(only: readonly string[], text: SchemaText = SCHEMA, defines?: Defines): readonly string[] {
  return schemaOf(text, { only, ...(defines && { defines }) }).definitions.map(({ name }) => name);
}

describe("a selection", () => {
  it.each([
    [["by-name"], "by-name Base Arguments Member Deep Alt InAlt Result"],
    [["in-place"], "in-place Member"],
    [["EVENT"], "EVENT Tag Branch U Common"],
    [["Deep", "InAlt"], "Deep InAlt"],
    [["Tag"], "Tag"],
  ])("of %j has what they reach, in the order of the schema", (only, expected) => {
    expect(selected(only).join(" ")).toBe(expected);
  });

  it.each([
    ["*", 15],
    ["In*", 1],
    ["*Alt", 2],
    ["*A*t", 2],
    ["*", 15],
    ["**-*a*e", 9],
    ["B*e", 2],
    ["Base*", 2],
  ])("may be chosen by %j, where a star stands for any text", (pattern, count) => {
    expect(selected([pattern])).toHaveLength(count);
  });

  it("takes no text twice for what stands on both sides of a star", () => {
    expect(diagnosticsOf("{ 'struct': 'Aa', 'data': {} }", { only: ["Aa*a"] })).toHaveLength(1);
    expect(diagnosticsOf("{ 'struct': 'Aba', 'data': {} }", { only: ["*b*ba"] })).toHaveLength(1);
    expect(selected(["A*b*a"], "{ 'struct': 'Aba', 'data': {} }")).toEqual(["Aba"]);
  });

  it.each(["block-device-event", "block-device-event-connect", "block-device-event-disconnect", "block-dev*"])(
    "of %s has a signal, its event, both of its commands and what these reach",
    (name) => {
      const expected = [
        "BlockDeviceAction",
        "BLOCK_DEVICE_EVENT",
        "block-device-event-connect",
        "block-device-event-disconnect",
      ];
      expect([...selected([name], PROPOSAL)].sort()).toEqual(expected.sort());
    },
  );

  it.each(["BLOCK_IO_EVENT", "BlockIOEvent"])("of %s has the event, and no signal, since it needs none", (name) => {
    expect(selected([name], PROPOSAL)).toEqual(["BLOCK_IO_EVENT"]);
  });

  it("of what is there under the name of a signal is that", () => {
    const text = `${PROPOSAL}\n{ 'command': 'block-io-event' }`;
    expect(selected(["block-io-event"], text)).toEqual(["block-io-event"]);
  });

  it("of no signal is a mistake, which the name of one is a hint for", () => {
    expect(diagnosticsOf(PROPOSAL, { only: ["block-device-events"] })).toMatchObject([
      { code: "unmatched-selection", hint: "did you mean 'block-device-event'?" },
    ]);
    expect(diagnosticsOf(PROPOSAL, { only: ["BlockDeviceAction-connect", "NoEvent"] })).toHaveLength(2);
  });

  it("looks for a pattern in linear time", () => {
    const only = [`${"*a".repeat(20_000)}*b*c`];
    const name = "a".repeat(60_000);
    expect(diagnosticsOf(`{ 'struct': '${name}', 'data': {} }`, { only })).toHaveLength(1);
  });

  it("is a schema like any other", () => {
    const schema = schemaOf(SCHEMA, { only: ["EVENT"] });
    expect(schema.modules.map(({ name, definitions }) => [name, definitions.length])).toEqual([
      ["root.json", 1],
      ["types.json", 4],
      ["other.json", 0],
    ]);
    expect(schema.modules.map(({ docs }) => docs.length)).toEqual([1, 0, 0]);
    for (const definition of schema.definitions) {
      expect(schema.modules).toContain(definition.module);
      expect(definition.module.definitions).toContain(definition);
      expect(schema.byName.get(definition.name)).toBe(definition);
    }
    expect(schema.byName.size).toBe(5);
    expect([schema.events, schema.unions, schema.enums, schema.structs, schema.alternates].flat()).toHaveLength(5);
    expect(schema.commands).toEqual([]);
    expect(schema.unions[0]?.tag).toBe(schema.enums[0]);
  });

  it("of a schema with mistakes is not made", () => {
    const codes = diagnosticsOf("{ 'struct': 'A', 'data': {} }\n{ 'struct': 'B', 'data': { 'm': 'C' } }", {
      only: ["A"],
    }).map(({ code }) => code);
    expect(codes).toEqual(["undefined-type"]);
  });

  it("is of what build options leave of a schema", () => {
    const text =
      "{ 'struct': 'A', 'data': { 'm': { 'type': 'B', 'if': 'X' } } }\n{ 'struct': 'B', 'data': {}, 'if': 'X' }";
    expect(selected(["A"], text)).toEqual(["A", "B"]);
    expect(selected(["A"], text, new Map([["X", false]]))).toEqual(["A"]);
    expect(diagnosticsOf(text, { only: ["B"], defines: new Map([["X", false]]) })).toMatchObject([
      { code: "unmatched-selection" },
    ]);
  });

  it("has what stands in place and what unions of old imply", () => {
    const text = `
      { 'union': 'Simple', 'data': { 'a': 'str', 'b': 'Other' } }
      { 'struct': 'Other', 'data': { 'in-place': { 'x': 'int' } } }
      { 'struct': 'No', 'data': {} }`;
    const whole = selected(["*"], text);
    expect(whole).toContain("No");
    expect(selected(["Simple"], text)).toEqual(whole.filter((name) => name !== "No"));
  });
});

describe("what matches nothing", () => {
  it.each([
    ["by_nam", "the schema defines no 'by_nam'", "did you mean 'by-name'?"],
    ["by-nmae*", "no definition of the schema has a name like 'by-nmae*'", "did you mean 'by-name'?"],
    ["zzzzzz", "the schema defines no 'zzzzzz'", undefined],
    ["", "the schema defines no ''", undefined],
    ["str", "the schema defines no 'str'", undefined],
  ])("is told: %j", (pattern, message, hint) => {
    const expected = { code: "unmatched-selection", message, ...(hint !== undefined && { hint }) };
    expect(diagnosticsOf(SCHEMA, { only: ["EVENT", pattern] })).toEqual([expected]);
  });
});

describe("the output of a selection", () => {
  it("calls everything as the output of the whole does", () => {
    const text = `
      { 'struct': 'foo-bar', 'data': {} }
      { 'struct': 'FooBar', 'data': {} }
      { 'command': 'foo-bar2', 'data': { 'a': 'int' } }
      { 'command': 'foo_bar2', 'data': { 'a': 'int' } }
      { 'struct': 'FooBar2Arguments', 'data': {} }`;
    const whole = schemaOf(text);
    const all = allocateNames(whole);
    const wanted = (name: string): string => `${name.replace(/[-_]/g, "")}Parser`;
    const family = all.family("parsers", ({ name }) => wanted(name));
    for (const { name } of whole.definitions) {
      const part = schemaOf(text, { only: [name] });
      const names = allocateNames(part);
      const own = names.family("parsers", (node) => wanted(node.name));
      for (const node of part.definitions) {
        const same = whole.byName.get(node.name);
        if (same === undefined) throw new Error(node.name);
        expect(own(node)).toEqual(family(same));
        for (const role of node.kind === "command"
          ? (["stub", "arguments", "isReturns"] as const)
          : (["type", "is"] as const))
          expect(names.of(node, role)).toEqual(all.of(same, role));
      }
    }
  });

  it("is the same files with less in them, and links to nothing that is not there", () => {
    const files = new Map(
      emit(schemaOf(SCHEMA, { only: ["Other", "in-place"] }), [types, commands]).map((file) => [file.path, file.text]),
    );
    expect([...files.keys()].filter((path) => path.startsWith("types/"))).toEqual([
      "types/index.ts",
      "types/other.ts",
      "types/types.ts",
    ]);
    expect(files.get("types/other.ts")).toContain("Unlike {@link Member} and `Branch`.");
    expect(compileErrors(files)).toEqual([]);
  });

  it("has all that netdev_add needs, and nothing else", () => {
    const only = ["netdev_add"];
    const schema = schemaOf(fixtureFiles("net"), { only });
    const files = new Map(emit(schema, [types, events, commands]).map((file) => [file.path, file.text]));
    expect(compileErrors(files)).toEqual([]);
    expect(files.get("commands/net.ts")).toContain("export function netdevAdd(");
    const text = [...files.values()].join("\n");
    expect(text).toMatch(/export type SocketAddress\b/);
    expect(text).not.toMatch(/RxFilterInfo|netdevDel|NetdevStreamConnectedEvent|Chardev/);
  });
});
