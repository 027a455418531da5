/** An answer to `query-qmp-schema` is read as a schema. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { introspect } from "../../src/schema/introspection/introspect.js";
import { answerOf, schemaOfAnswer, typesOf } from "../support/answers.js";
import { findings, schemaOf } from "../support/harness.js";

const NET = `
  { 'enum': 'DriverKind', 'data': [ 'none', 'tap', 'user' ] }
  { 'union': 'Netdev', 'base': { 'id': 'str', 'type': 'DriverKind' }, 'discriminator': 'type',
    'data': { 'tap': 'Tap', 'user': 'User' } }
  { 'struct': 'Tap', 'data': { '*queues': 'uint32', 'addr': 'Address' } }
  { 'struct': 'User', 'data': { '*forwards': [ 'Address' ] } }
  { 'struct': 'Address', 'data': { 'host': 'str', '*next': 'Address' } }
  { 'command': 'netdev_add', 'data': 'Netdev', 'boxed': true, 'allow-oob': true }
  { 'command': 'query-nets', 'returns': [ 'Info' ] }
  { 'struct': 'Info', 'data': { 'peer': 'Netdev', 'state': 'State', '*mode': 'Mode' } }
  { 'enum': 'State', 'data': [ 'up', { 'name': 'down', 'features': [ 'unstable' ] } ] }
  { 'alternate': 'Mode', 'data': { 'on': 'bool', 'named': 'State', 'all': [ 'State' ], 'full': 'Tap' } }
  { 'command': 'set_link', 'data': { 'name': 'str', 'up': 'bool' }, 'returns': 'Info' }
  { 'event': 'NET_GONE', 'data': { 'id': 'str', '*why': 'Reason' }, 'features': [ 'deprecated' ] }
  { 'enum': 'Reason', 'data': [ 'quit' ] }
  { 'event': 'NET_FULL' }`;

describe("an answer", () => {
  it("has the meaning of the schema that it is of", () => {
    for (const masked of [true, false]) {
      const answer = introspect(schemaOf(NET), { masked });
      expect(introspect(schemaOfAnswer(JSON.stringify(answer)), { masked })).toEqual(answer);
    }
  });

  it("has the commands of a signal, but does not say that they are", () => {
    const schema = schemaOf("{ 'AnEvent': { 'a': 'str' } } [ 'an-event', { 'of': 'str' }, {}, 'AnEvent' ]");
    const read = schemaOfAnswer(JSON.stringify(introspect(schema)));
    expect(read.commands.map(({ name, signal }) => [name, signal])).toEqual([
      ["an-event-connect", undefined],
      ["an-event-disconnect", undefined],
    ]);
    expect(introspect(read)).toEqual(introspect(schema));
  });

  it("has its conditions where it tells them", () => {
    const text = `
      { 'enum': 'Mood', 'data': [ 'good', { 'name': 'odd', 'if': { 'not': 'CONFIG_EVEN' } } ], 'if': 'CONFIG_MOOD' }
      { 'event': 'MOOD', 'data': { 'to': { 'type': 'Mood', 'if': { 'any': [ 'A', 'B' ] } } }, 'if': 'CONFIG_MOOD' }`;
    const answer = introspect(schemaOf(text), { masked: true, conditions: "keep" });
    const read = schemaOfAnswer(JSON.stringify(answer));
    expect(introspect(read, { masked: true, conditions: "keep" })).toEqual(answer);
    expect(read.events[0]?.arguments?.kind).toBe("anonymous");
  });

  it.each([
    ["a list", (list: string) => list],
    ["a reply", (list: string) => `{"return": ${list}, "id": 7}`],
    ["a reply that begins with its id", (list: string) => `\n { "id": "x", "return": ${list} }`],
    ["a session", (list: string) => `{"QMP": {}}\r\n{"return": {}}\r\n{"return": ${list}}\r\n{"return": {}}\r\n`],
    ["a session that ends with it", (list: string) => `{"return": {}}\n{"return": ${list}}`],
    ["conformance data", (list: string) => `{"format": 1, "schema": ${list}}`],
    ["text with a byte-order mark", (list: string) => `\ufeff${list}`],
  ])("can be %s", (_, wrap) => {
    const schema = schemaOfAnswer(wrap(answerOf(NET)));
    expect(schema.commands.map(({ name }) => name)).toEqual(["netdev_add", "query-nets", "set_link"]);
  });

  it("has enums without features before 6.2", () => {
    const old = answerOf(NET).replaceAll(
      /"members":\[\{"name":"(?:none|up|quit)"[^\]]*\](?:\}\])?,"values"/g,
      '"values"',
    );
    expect(old).not.toContain('"features":["unstable"]');
    expect(schemaOfAnswer(old).enums.map(({ values }) => values.map(({ name }) => name))).toEqual(
      schemaOfAnswer(answerOf(NET)).enums.map(({ values }) => values.map(({ name }) => name)),
    );
  });

  it("is not held to the style of schemas: QEMU does not say what its schema makes exceptions for", () => {
    const text = `{ 'pragma': { 'command-name-exceptions': [ 'net_add' ] } } { 'command': 'net_add', 'returns': 'str' }`;
    expect(findings({ "answer.json": answerOf(text) }, { style: true })).toEqual([]);
  });

  it("has definitions with places: all of the entry, and its name", () => {
    const text = `[\n{"name": "quit", "meta-type": "event", "arg-type": "0"},\n{"meta-type":"object","members":[],"name":"0"}]`;
    const [event] = schemaOfAnswer(text).events;
    expect(event?.span.source.position(event.span.start)).toEqual({ line: 2, column: 1 });
    expect(text.slice(event?.span.start, event?.span.end)).toBe(
      '{"name": "quit", "meta-type": "event", "arg-type": "0"}',
    );
    expect(text.slice(event?.nameSpan.start, event?.nameSpan.end)).toBe('"quit"');
  });
});

describe("masked types", () => {
  it("are named after their use", () => {
    expect(typesOf(schemaOfAnswer(answerOf(NET)))).toEqual([
      "union NetdevAddOptions",
      "struct NetInfo",
      "enum NetdevAddType",
      "struct NetdevAddTapBranch",
      "struct NetdevAddUserBranch",
      "enum NetInfoState",
      "alternate NetInfoMode",
      "enum NetGoneWhy",
      "struct NetdevAddTapAddr",
    ]);
  });

  it("are in place where they are the arguments of one command or the data of one event", () => {
    const schema = schemaOfAnswer(
      answerOf(`
        { 'command': 'one', 'data': { 'a': 'str' } }
        { 'command': 'two', 'data': 'Shared' }
        { 'event': 'THREE', 'data': 'Shared' }
        { 'command': 'four', 'data': 'Marked' }
        { 'struct': 'Shared', 'data': { 'b': 'str' } }
        { 'struct': 'Marked', 'data': { 'c': 'str' }, 'features': [ 'f' ] }`),
    );
    expect(schema.commands.map((command) => command.arguments?.kind)).toEqual(["anonymous", "struct", "struct"]);
    expect(typesOf(schema)).toEqual(["struct TwoOptions", "struct FourOptions"]);
  });

  it("have names of their own, whatever else is called like that", () => {
    const schema = schemaOfAnswer(
      answerOf(`
        { 'command': 'a', 'data': { 'b-c': 'E1', 'b_c': 'E2', 'B-c': 'E3' } }
        { 'command': 'AbC' }
        { 'command': 'query-x', 'returns': 'S' }
        { 'command': 'XInfo', 'data': { 'list': 'L' } }
        { 'enum': 'E1', 'data': [ 'one' ] } { 'enum': 'E2', 'data': [ 'two' ] } { 'enum': 'E3', 'data': [ 'three' ] }
        { 'struct': 'S', 'data': { 'q': 'str' } }
        { 'enum': 'L', 'data': [ 'l' ] }`),
    );
    expect(typesOf(schema)).toEqual([
      "struct XInfoOther",
      "enum ABC",
      "enum ABCOther",
      "enum ABCOther2",
      "enum XInfoListType",
    ]);
  });

  it("are left out where nothing leads to them", () => {
    const answer = `[
      {"name": "E", "meta-type": "event", "arg-type": "0"},
      {"name": "0", "meta-type": "object", "members": []},
      {"name": "1", "meta-type": "object", "members": [{"name": "a", "type": "2"}]},
      {"name": "2", "meta-type": "enum", "values": ["x"]}
    ]`;
    expect(typesOf(schemaOfAnswer(answer))).toEqual([]);
  });

  it("have names of a bounded length, however long the way to them is", () => {
    const length = 2000;
    const structs = Array.from(
      { length },
      (_, index) => `{ 'struct': 'S${String(index)}', 'data': { 'quite-a-long-name': 'S${String(index + 1)}' } }`,
    );
    const schema = schemaOfAnswer(
      answerOf(`{ 'command': 'c', 'returns': 'S0' } ${structs.join("\n")}
        { 'struct': 'S${String(length)}', 'data': { 'x': 'int' } }`),
    );
    expect(schema.structs).toHaveLength(length + 1);
    for (const { name } of schema.structs) expect(name).toMatch(/^CResult.{0,100}$/);
  });
});

describe("types with names", () => {
  it("keep them; those in place go there", () => {
    const schema = schemaOfAnswer(answerOf(NET, {}));
    expect(typesOf(schema)).toEqual([
      "union Netdev",
      "struct Info",
      "enum DriverKind",
      "struct Tap",
      "struct User",
      "enum State",
      "alternate Mode",
      "enum Reason",
      "struct Address",
    ]);
    expect(schema.byName.get("set_link")).toMatchObject({ arguments: { kind: "anonymous" } });
  });
});

describe("what is no answer", () => {
  const event = `{"name": "E", "meta-type": "event", "arg-type": "0"}`;
  const empty = `{"name": "0", "meta-type": "object", "members": []}`;

  it.each([
    [`{"return": {}}`, "return is no description of a schema"],
    [`{"return": []}`, "return is no description of a schema"],
    [`{"error": {"class": "CommandNotFound", "desc": "no"}}`, "is the reply to a command that failed"],
    [`{"QMP": {"version": {}}}`, "is a greeting, and no answer follows it"],
    [`[${event}, ${empty}`, "this is not JSON: the file ends where ',' or ']' should be"],
    [`[${event}, 7]`, "[1] should be an object, not 7"],
    [`[${event}]`, "[0] refers to the type '0', which the answer does not have"],
    [`[${event}, ${empty}, ${empty}]`, "[2] describes the type '0' a second time"],
    [`[${event}, {"name": "0", "meta-type": "signal"}]`, "is 'signal', which no QEMU knew when this was written"],
    [`[{"name": "E", "meta-type": "event"}]`, "[0] has no 'arg-type'"],
    [`[{"meta-type": "event"}]`, "[0] has no 'name'"],
    [`[{"name": "*/ x", "meta-type": "event", "arg-type": "0"}]`, "[0].name should be a name of the schema language"],
    [`[{"name": "0", "meta-type": "object", "members": {}}]`, "[0].members should be a list, not an object"],
    [`[{"name": "0", "meta-type": "builtin", "json-type": "date"}]`, "should be a JSON type of a built-in type"],
    [`[{"name": "0", "meta-type": "object", "members": [], "variants": [{"case": "a", "type": "0"}]}]`, "no tag"],
    [
      `[{"name": "[a]", "meta-type": "array", "element-type": "[b]"}, {"name": "[b]", "meta-type": "array", "element-type": "[a]"}]`,
      "is an array of arrays",
    ],
    [`[{"$if": ${'{"not":'.repeat(400)}"X"${"}".repeat(400)}, "$value": ${event}}]`, "nests deeper than 300 levels"],
  ])("%s", (text, message) => {
    const found = findings({ "answer.json": text });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^answer.json:\d+:\d+ invalid-document: /);
    expect(found[0]).toContain(message);
  });

  it("is found where its types do not make a schema", () => {
    const text = `[${event}, {"name": "0", "meta-type": "object", "members": [{"name": "a", "type": "0"}], "tag": "b", "variants": []}]`;
    expect(findings({ "answer.json": text }).join("\n")).toContain("has no member 'b' to tell its branches apart");
  });
});

describe("a hostile answer", () => {
  it("can have types that contain themselves, and names of what all objects have", () => {
    const answer = `[
      {"name": "constructor", "meta-type": "command", "arg-type": "__proto__", "ret-type": "[toString]"},
      {"name": "[toString]", "meta-type": "array", "element-type": "toString"},
      {"name": "toString", "meta-type": "object", "members": [{"name": "valueOf", "type": "toString", "default": null}]},
      {"name": "1", "meta-type": "object", "__proto__": {"tag": "x"}, "members": []}]`;
    expect(findings({ "answer.json": answer.replace("__proto__", "hasOwnProperty") }).join()).toContain(
      "refers to the type 'hasOwnProperty'",
    );
    const schema = schemaOfAnswer(answer.replace('"__proto__"', '"toString"'));
    expect(schema.commands.map(({ name }) => name)).toEqual(["constructor"]);
    expect(typesOf(schema)).toEqual(["struct toString"]);
  });

  it("with any value in any place ends in a schema or in a diagnostic", () => {
    const infos: readonly unknown[] = introspect(schemaOf(NET), { masked: true });
    const places = pathsOf(infos);
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue({ maxDepth: 2 }), (place, value) => {
        const text = JSON.stringify(replaced(infos, place, value));
        expect(() => findings({ "answer.json": text })).not.toThrow();
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});

type Path = readonly string[];

/** The ways to all values in a value. */
function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined || typeof value !== "object" || value === null) return by;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === key ? replaced(item, rest, by) : item));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === key ? replaced(item, rest, by) : item]),
  );
}
