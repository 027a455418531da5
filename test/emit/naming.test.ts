import { describe, expect, it } from "vitest";
import { allocateNames, camelCase, pascalCase, type Named, type Role } from "../../src/emit/naming.js";
import { schemaOf } from "../support/harness.js";

/** The identifiers of definitions in a role. */
function identifiers(text: string, role: Role, prefix?: string): readonly string[] {
  const schema = schemaOf(text);
  const names = allocateNames(schema, prefix);
  const identifiers: string[] = [];
  for (const node of schema.definitions) {
    const nodes: readonly Named[] = node.kind === "union" && role === "type" ? [node, ...node.branches] : [node];
    for (const node of nodes) identifiers.push(names.of(node, role).identifier);
  }
  return identifiers;
}

describe("case", () => {
  it.each([
    ["netdev_add", "NetdevAdd", "netdevAdd"],
    ["NETDEV_STREAM_CONNECTED", "NetdevStreamConnected", "netdevStreamConnected"],
    ["query-qmp-schema", "QueryQmpSchema", "queryQmpSchema"],
    ["3des", "3des", "3des"],
    ["2_5", "2_5", "2_5"],
    ["x-1-a", "X1A", "x1A"],
    ["__com.redhat_drive-mirror", "ComRedhatDriveMirror", "comRedhatDriveMirror"],
    ["--", "", ""],
  ])("of %j", (name, pascal, camel) => {
    expect([pascalCase(name), camelCase(name)]).toEqual([pascal, camel]);
  });
});

describe("identifiers", () => {
  it("of types are their own names where those are identifiers", () => {
    const text = ["String", "lower", "Foo-Bar", "__com.example_Foo", "3D"]
      .map((name) => `{ 'struct': '${name}', 'data': {} }`)
      .join("\n");
    expect(identifiers(text, "type")).toEqual(["String", "lower", "FooBar", "ComExampleFoo", "_3D"]);
  });

  it("give way to what every output has, to types, and to what TypeScript reserves", () => {
    const struct = (name: string): string => `{ 'struct': '${name}', 'data': {} }`;
    expect(identifiers(`${struct("Commands")} ${struct("string")} ${struct("exports")}`, "type")).toEqual([
      "Commands_",
      "string_",
      "exports_",
    ]);
    expect(identifiers("{ 'command': 'delete' }", "stub")).toEqual(["delete_"]);
    expect(identifiers("{ 'struct': 'Finite', 'data': {} }", "is")).toEqual(["isFinite_"]);
  });

  it("do not begin with a digit", () => {
    expect(identifiers("{ 'event': '3D' }", "event")).toEqual(["_3dEvent"]);
    expect(identifiers("{ 'command': '3d' }", "stub")).toEqual(["_3d"]);
    expect(identifiers("{ 'command': '3d' }", "arguments")).toEqual(["_3dArguments"]);
  });

  it("of events say once that they are of events", () => {
    const text = ["BLOCK_IO_EVENT", "BLOCK_IO_ERROR", "EVENT", "PREVENT", "__com.example_EVENT", "a_event"]
      .map((name) => `{ 'event': '${name}' }`)
      .join("\n");
    const expected = ["BlockIoEvent", "BlockIoErrorEvent", "EventEvent", "PreventEvent"];
    expect(identifiers(text, "event")).toEqual([...expected, "ComExampleEventEvent", "AEventEvent"]);
    expect(identifiers("{ 'event': 'BLOCK_IO_EVENT' }", "is")).toEqual(["isBlockIoEvent"]);
    expect(identifiers("{ 'event': 'BLOCK_IO_EVENT' }", "event", "qga")).toEqual(["QgaBlockIoEvent"]);
  });

  it("of events give way where that is another one's name", () => {
    expect(identifiers("{ 'event': 'LOST_EVENT' } { 'event': 'LOST' }", "event")).toEqual(["LostEvent", "LostEvent_"]);
    expect(identifiers("{ 'event': 'LOST' } { 'event': 'LOST_EVENT' }", "event")).toEqual(["LostEvent", "LostEvent_"]);
    const schema = schemaOf("{ 'struct': 'LostEvent', 'data': {} } { 'event': 'LOST_EVENT' }");
    const names = allocateNames(schema);
    expect(schema.events.map((event) => names.of(event, "event").identifier)).toEqual(["LostEvent_"]);
  });

  it("never collide", () => {
    const text = `
      { 'enum': 'Kind', 'data': [ 'a', 'A', 'a-b', 'a_b' ] }
      { 'struct': 'UA', 'data': {} }
      { 'union': 'U', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'a': 'UA' } }`;
    expect(identifiers(text, "type")).toEqual(["Kind", "UA", "U", "UA_", "UA__", "UAB", "UAB_"]);
    expect(identifiers("{ 'command': 'a-b' } { 'command': 'a_b' }", "stub")).toEqual(["aB", "aB_"]);
  });

  it("tell where they are, and what they are instead of", () => {
    const schema = schemaOf("{ 'command': 'a-b' } { 'command': 'a_b' }");
    const names = allocateNames(schema);
    expect(schema.commands.map((command) => names.of(command, "stub"))).toEqual([
      { identifier: "aB", path: "commands/test.ts" },
      { identifier: "aB_", path: "commands/test.ts", insteadOf: "aB" },
    ]);
  });

  it("begin with the prefix", () => {
    expect(identifiers("{ 'struct': 'Foo', 'data': {} }", "type", "Qga")).toEqual(["QgaFoo"]);
    expect(identifiers("{ 'command': 'guest-ping' }", "stub", "qga")).toEqual(["qgaGuestPing"]);
    expect(identifiers("{ 'event': 'LOST' }", "event", "qga")).toEqual(["QgaLostEvent"]);
    expect(identifiers("{ 'event': 'LOST' }", "is", "qga")).toEqual(["isQgaLostEvent"]);
  });

  it("are given to families of an emitter's own, which give way to what there is", () => {
    const schema = schemaOf("{ 'enum': 'Mood', 'data': [] }\n{ 'struct': 'isMood', 'data': {} }\n{ 'event': 'E' }");
    const names = allocateNames(schema);
    const family = names.family("mine", ({ kind, name }) => (kind === "event" ? undefined : `is${name}`));
    const [mood, other, event] = schema.definitions;
    if (mood === undefined || other === undefined || event === undefined) throw new Error("no definitions");
    expect(family(mood)).toEqual({ identifier: "isMood__", path: "mine/test.ts", insteadOf: "isMood" });
    expect(family(other)).toEqual({ identifier: "isisMood_", path: "mine/test.ts", insteadOf: "isisMood" });
    expect(() => family(event)).toThrow("event E has no name as mine");
    expect(names.has("isMood__")).toBe(true);
    expect(names.node("isMood__", "mine/test.ts")).toBe(mood);
    expect(names.add("isMood", "mine/own.ts").identifier).toBe("isMood___");
  });

  it("exist only for what has them", () => {
    const schema = schemaOf("{ 'command': 'a' }");
    const names = allocateNames(schema);
    expect(() => schema.commands.map((command) => names.of(command, "event"))).toThrow(
      "command a has no name as event",
    );
  });
});
