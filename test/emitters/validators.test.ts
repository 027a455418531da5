import { beforeAll, describe, expect, it } from "vitest";
import { emit } from "../../src/emit/emit.js";
import { validators as emitter } from "../../src/emitters/validators/validators.js";
import { compileErrors } from "../support/compile.js";
import { schemaOf } from "../support/harness.js";
import { runValidators, type Mode, type Validators } from "../support/run-validators.js";

/** The validators of a schema in one string. */
async function run(text: string): Promise<Validators> {
  return await runValidators(schemaOf(text));
}

/** Where the issues are, the keys joined by slashes. */
function places(validators: Validators, stem: string, value: unknown, mode?: Mode): readonly string[] {
  return validators.issues(stem, value, mode).map((issue) => issue.path.join("/"));
}

/** The messages of the issues. */
function messages(validators: Validators, stem: string, value: unknown, mode?: Mode): readonly string[] {
  return validators.issues(stem, value, mode).map((issue) => issue.message);
}

describe("built-in types", () => {
  const NAMES = "str number int int8 int16 int32 int64 uint8 uint16 uint32 uint64 size bool any null".split(" ");
  let v: Validators;
  beforeAll(async () => {
    const members = NAMES.map((name) => `'${name}': '${name}', '*o-${name}': '${name}', '*l-${name}': ['${name}']`);
    v = await run(`{ 'struct': 'All', 'data': { ${members.join(", ")} } }`);
  });

  const good: Record<string, unknown> = { str: "", number: 0.5, bool: false, any: null, null: null };
  for (const name of NAMES) good[name] ??= name in good ? good[name] : 0;

  function accepts(type: string, value: unknown): boolean {
    const required = v.is("All", { ...good, [type]: value });
    expect(v.is("All", { ...good, [`o-${type}`]: value }), "as an optional member").toBe(
      required || value === undefined,
    );
    expect(v.is("All", { ...good, [`l-${type}`]: [value] }), "in a list").toBe(required);
    expect(v.issues("All", { ...good, [type]: value }).length).toBe(required ? 0 : 1);
    return required;
  }

  const SAFE = Number.MAX_SAFE_INTEGER;
  const INT64 = [-SAFE, SAFE, -(2n ** 63n), 2n ** 63n - 1n, 0n, -0];
  const UINT64 = [0, SAFE, 0n, 2n ** 64n - 1n];
  it.each<readonly [string, readonly unknown[], readonly unknown[]]>([
    ["str", ["", "x"], [0, null, ["x"], new String("x")]],
    ["bool", [true, false], [0, "true", null]],
    ["null", [null], [0, false, "null", {}]],
    ["number", [0, -1.5, 1e308], [Number.NaN, Infinity, -Infinity, "0", 1n, null]],
    [
      "any",
      [null, 0, "", false, [], {}, 1n, -(2n ** 63n), 2n ** 64n - 1n, { x: [{ y: undefined }] }],
      [
        undefined,
        Symbol("x"),
        () => 0,
        Number.NaN,
        2n ** 64n,
        -(2n ** 63n) - 1n,
        [undefined],
        { x: [Infinity] },
        new Date(),
      ],
    ],
    ["int8", [-128, 127], [-129, 128, 0.5, "0", 0n, null, Number.NaN]],
    ["int16", [-32768, 32767], [-32769, 32768, 0.5, Infinity]],
    ["int32", [-(2 ** 31), 2 ** 31 - 1], [-(2 ** 31) - 1, 2 ** 31, 0.5]],
    ["uint8", [0, 255], [-1, 256, 0.5]],
    ["uint16", [0, 65535], [-1, 65536, 0.5]],
    ["uint32", [0, 2 ** 32 - 1], [-1, 2 ** 32, 0.5]],
    ["int", INT64, [SAFE + 1, -SAFE - 1, 2n ** 63n, -(2n ** 63n) - 1n, 0.5, "0", null, Number.NaN]],
    ["int64", INT64, [SAFE + 1, 2n ** 63n, -(2n ** 63n) - 1n]],
    ["uint64", UINT64, [-1, -1n, SAFE + 1, 2n ** 64n, 0.5, Infinity]],
    ["size", UINT64, [-1, -1n, SAFE + 1, 2n ** 64n, "1G"]],
  ])("%s", (type, right, wrong) => {
    for (const value of right) expect(accepts(type, value), String(value)).toBe(true);
    for (const value of wrong) expect(accepts(type, value), String(value)).toBe(false);
  });

  it("QType is an enumeration", async () => {
    const v = await run("{ 'struct': 'S', 'data': { 't': 'QType', '*o': 'QType', '*l': ['QType'] } }");
    expect(v.is("S", { t: "qdict", o: "qnull", l: ["none"] })).toBe(true);
    expect(places(v, "S", { t: "x", o: "y", l: ["z"] })).toEqual(["t", "o", "l/0"]);
    expect(v.is("S", { t: "x", o: "y", l: ["z"] }, "tolerant")).toBe(true);
    expect(v.is("S", { t: 1 }, "tolerant")).toBe(false);
  });
});

describe("structs", () => {
  let v: Validators;
  beforeAll(async () => {
    v = await run(`
      { 'struct': 'Base', 'data': { 'a': 'str' } }
      { 'struct': 'S', 'base': 'Base', 'data': { '*b': 'int', 'c': { 'type': 'bool', 'if': 'CONFIG_C' }, '*l': ['S'] } }
      { 'struct': 'None', 'data': {} }`);
  });

  it("have their members and those of their bases", () => {
    expect(v.is("S", { a: "x", b: 1, c: true, l: [] })).toBe(true);
    expect(places(v, "S", { b: "x", c: 0, l: [{}, null] })).toEqual(["a", "b", "c", "l/0/a", "l/1"]);
  });
  it("may lack optional members, and those that a build may lack", () => {
    expect(v.is("S", { a: "x" })).toBe(true);
    expect(v.is("S", { a: "x", b: undefined, c: undefined })).toBe(true);
  });
  it("never have null for what is left out", () => {
    expect(places(v, "S", { a: "x", b: null, c: null, l: null }, "tolerant")).toEqual(["b", "c", "l"]);
  });
  it("have no unknown members in strict mode, at any depth", () => {
    const value = { a: "x", new: 1, l: [{ a: "y", "new-too": null }] };
    expect(v.is("S", value, "tolerant")).toBe(true);
    expect(v.is("S", value)).toBe(false);
    expect(places(v, "S", value)).toEqual(["l/0/new-too", "new"]);
    expect(v.is("S", { a: "x", new: undefined })).toBe(true);
    expect(v.is("None", {})).toBe(true);
    expect(v.is("None", { x: 1 })).toBe(false);
  });
  it.each([null, undefined, [], "x", 0, true, () => 0])("are objects: not %j", (value) => {
    expect(v.is("None", value, "tolerant")).toBe(false);
    expect(places(v, "None", value)).toEqual([""]);
  });
  it("are plain objects in strict mode, since JSON leaves out what is inherited", () => {
    expect(v.is("S", Object.create({ a: "x" }))).toBe(false);
    expect(v.is("S", Object.assign(Object.create(null), { a: "x" }))).toBe(true);
    expect(v.is("None", new Date())).toBe(false);
  });
  it("have lists without holes", () => {
    expect(places(v, "S", { a: "x", l: new Array(1) })).toEqual(["l/0"]);
  });
});

describe("names of what all objects inherit", () => {
  it("are members only when they are the object's own", async () => {
    const v = await run(`
      { 'pragma': { 'member-name-exceptions': [ 'S', 'E', 'U' ] } }
      { 'enum': 'E', 'data': [ 'constructor', 'toString', 'a' ] }
      { 'struct': 'S', 'data': { 'constructor': 'any', '*toString': 'any', '*valueOf': 'str' } }
      { 'struct': 'B', 'data': { 'x': 'int' } }
      { 'union': 'U', 'base': { 'constructor': 'E' }, 'discriminator': 'constructor', 'data': { 'toString': 'B' } }`);
    expect(v.is("S", { constructor: 1 })).toBe(true);
    expect(v.is("S", {}, "tolerant")).toBe(false);
    expect(places(v, "S", {})).toEqual(["constructor"]);
    expect(v.is("S", { constructor: 1, hasOwnProperty: 1 })).toBe(false);
    expect(v.is("U", { constructor: "toString", x: 1 })).toBe(true);
    expect(v.is("U", { constructor: "a" })).toBe(true);
    expect(v.is("U", { constructor: "valueOf" })).toBe(false);
    expect(v.is("U", { constructor: "valueOf" }, "tolerant")).toBe(true);
    expect(v.is("U", {}, "tolerant")).toBe(false);
    expect(v.is("E", "valueOf")).toBe(false);
  });
});

describe("enums", () => {
  it("are one of their values, or any string in tolerant mode", async () => {
    const v = await run(
      "{ 'enum': 'E', 'data': [ 'a', { 'name': 'b', 'if': 'CONFIG_B' } ] } { 'enum': 'None', 'data': [] }",
    );
    for (const value of ["a", "b"]) expect(v.is("E", value)).toBe(true);
    for (const value of ["c", "", 1, null]) expect(v.is("E", value)).toBe(false);
    for (const value of ["c", ""]) expect(v.is("E", value, "tolerant")).toBe(true);
    for (const value of [1, null, ["a"], undefined]) expect(v.is("E", value, "tolerant")).toBe(false);
    expect(v.is("None", "")).toBe(false);
    expect(messages(v, "E", "c")).toEqual(['expected "a" or "b", received "c"']);
    expect(messages(v, "E", 1, "tolerant")).toEqual(["expected a string, received 1"]);
    expect(v.issues("None", "")).toHaveLength(1);
  });
});

describe("unions", () => {
  let v: Validators;
  beforeAll(async () => {
    v = await run(`
      { 'enum': 'Kind', 'data': [ 'one', 'uno', 'inner', 'none' ] }
      { 'enum': 'Deep', 'data': [ 'x', 'y' ] }
      { 'struct': 'One', 'data': { 'n': 'int', '*e': 'Deep' } }
      { 'struct': 'X', 'data': { 'x': 'bool' } }
      { 'union': 'Inner', 'base': { 'deep': 'Deep' }, 'discriminator': 'deep', 'data': { 'x': 'X' } }
      { 'union': 'U', 'base': { 'kind': 'Kind', '*name': 'str' }, 'discriminator': 'kind',
        'data': { 'one': 'One', 'uno': 'One', 'inner': 'Inner' } }`);
  });

  it("have the common members and those of the branch", () => {
    expect(v.is("U", { kind: "one", n: 1, e: "x", name: "me" })).toBe(true);
    expect(v.is("U", { kind: "uno", n: 1 })).toBe(true);
    expect(places(v, "U", { kind: "one", name: 1, e: 1 })).toEqual(["name", "n", "e"]);
  });
  it("may have branches without members", () => {
    expect(v.is("U", { kind: "none" })).toBe(true);
    expect(v.is("U", { kind: "none", n: 1 })).toBe(false);
    expect(v.is("U", { kind: "none", n: 1 }, "tolerant")).toBe(true);
  });
  it("may be branches of unions", () => {
    expect(v.is("U", { kind: "inner", deep: "x", x: true })).toBe(true);
    expect(v.is("U", { kind: "inner", deep: "y", name: "me" })).toBe(true);
    expect(places(v, "U", { kind: "inner", deep: "y", x: true })).toEqual(["x"]);
    expect(places(v, "U", { kind: "inner", deep: "x" })).toEqual(["x"]);
    expect(places(v, "U", { kind: "inner", deep: "z", x: true })).toEqual(["deep"]);
  });
  it("refuse members of other branches, and of their own what is unknown deeper down, in strict mode", () => {
    expect(places(v, "U", { kind: "one", n: 1, deep: "x" })).toEqual(["deep"]);
    expect(places(v, "U", { kind: "one", n: 1, e: "new" })).toEqual(["e"]);
    expect(v.is("U", { kind: "one", n: 1, e: "new", deep: 1 }, "tolerant")).toBe(true);
  });
  it("check the common members alone where the branch is unknown, in tolerant mode", () => {
    expect(places(v, "U", { kind: "new", n: "x" })).toEqual(["kind"]);
    expect(v.is("U", { kind: "new", n: "x" }, "tolerant")).toBe(true);
    expect(places(v, "U", { kind: "new", name: 1 }, "tolerant")).toEqual(["name"]);
    expect(places(v, "U", { kind: 1 }, "tolerant")).toEqual(["kind"]);
    expect(places(v, "U", {}, "tolerant")).toEqual(["kind"]);
  });
  it("have branches that are strict on their own", () => {
    expect(v.is("One", { n: 1, kind: "one" })).toBe(false);
    expect(v.is("Inner", { deep: "x", x: true, kind: "inner" })).toBe(false);
  });
});

describe("alternates", () => {
  it("are told apart by their JSON type", async () => {
    const v = await run(`
      { 'enum': 'E', 'data': [ 'a' ] }
      { 'struct': 'S', 'data': { 'x': 'str' } }
      { 'alternate': 'A', 'data': { 'e': 'E', 's': 'S', 'b': 'bool', 'n': 'null', 'l': ['int'], 'i': 'uint8' } }
      { 'alternate': 'Few', 'data': { 's': 'str', 'n': 'null' } }
      { 'alternate': 'One', 'data': { 's': 'S' } }`);
    for (const value of ["a", { x: "y" }, true, null, [1], 255]) expect(v.is("A", value)).toBe(true);
    for (const value of ["b", { y: 1 }, ["x"], 256, undefined, 1n]) expect(v.is("A", value)).toBe(false);
    expect(v.is("A", "b", "tolerant")).toBe(true);
    expect(messages(v, "A", { x: 1 })).toEqual(["x: expected a string, received 1"]);
    expect(v.issues("A", ["x"])[0]?.path).toEqual([0]);
    expect(messages(v, "Few", 1)).toEqual(["expected a string or null, received 1"]);
    expect([null, "", {}, [], 0].map((value) => v.is("Few", value, "tolerant"))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(v.is("One", { x: "y" })).toBe(true);
    expect(v.is("One", [])).toBe(false);
  });
});

describe("recursive types", () => {
  let v: Validators;
  beforeAll(async () => {
    v = await run(`
      { 'struct': 'Node', 'data': { '*x': 'int', '*next': 'Node', '*ref': 'Ref', '*list': ['Node'] } }
      { 'alternate': 'Ref', 'data': { 'name': 'str', 'node': 'Node' } }`);
  });
  /** `depth` nodes in each other by a member, around `end`. */
  function nested(depth: number, member: string, end: unknown): unknown {
    let value = end;
    for (let i = 0; i < depth; i++) value = { [member]: member === "list" ? [value] : value };
    return value;
  }

  it.each(["next", "ref", "list"])("nest by %s", (member) => {
    expect(v.is("Node", nested(500, member, { x: 1 }))).toBe(true);
    expect(v.issues("Node", nested(100, member, { x: "y" })).map(({ path }) => path.at(-1))).toEqual(["x"]);
    expect(v.issues("Node", nested(500, member, { x: "y" }))).toHaveLength(1);
  });
  it.each(["next", "ref", "list"])("are refused, not crashed by, when nested deeper than the stack by %s", (member) => {
    const deep = nested(200_000, member, { x: 1 });
    for (const mode of ["strict", "tolerant"] as const) {
      expect(v.is("Node", deep, mode)).toBe(false);
      expect(messages(v, "Node", deep, mode)).toEqual(["expected at most 1024 levels, received more"]);
    }
  });
  it("say what is wrong near the surface of a value that is too deep", () => {
    expect(places(v, "Node", { x: "y", next: nested(200_000, "next", {}) })).toEqual(["x", ""]);
  });
});

describe("events", () => {
  const timestamp = { seconds: 1, microseconds: 2 };
  let v: Validators;
  beforeAll(async () => {
    v = await run(`
      { 'enum': 'E', 'data': [ 'a' ] }
      { 'struct': 'S', 'data': { 'shape': 'str', '*e': 'E' } }
      { 'struct': 'None', 'data': {} }
      { 'event': 'PLAIN' }
      { 'event': 'EMPTY', 'data': 'None' }
      { 'event': 'INLINE', 'data': { 'shape': 'str', '*e': 'E', '*s': 'S' } }
      { 'event': 'NAMED', 'data': 'S' }`);
  });

  it("are whole messages, and tolerant", () => {
    expect(v.is("PlainEvent", { event: "PLAIN", timestamp })).toBe(true);
    expect(v.is("PlainEvent", { event: "PLAIN", timestamp, data: {}, new: 1 })).toBe(true);
    expect(v.is("EmptyEvent", { event: "EMPTY", timestamp })).toBe(true);
    const data = { shape: "x", e: "new", new: 1, s: { shape: "y", new: 2 } };
    expect(v.is("InlineEvent", { event: "INLINE", data, timestamp })).toBe(true);
    expect(v.is("NamedEvent", { event: "NAMED", data, timestamp })).toBe(true);
  });
  it.each(["Inline", "Named"])("%s: say what is wrong", (name) => {
    const event = name.toUpperCase();
    const stem = `${name}Event`;
    expect(v.is(stem, { event, timestamp })).toBe(false);
    expect(places(v, stem, { event, timestamp })).toEqual(["data"]);
    expect(places(v, stem, { event, timestamp, data: { e: 1 } })).toEqual(["data/shape", "data/e"]);
    expect(places(v, stem, { event: "OTHER", data: { shape: "x" } })).toEqual(["event", "timestamp"]);
    expect(places(v, stem, null)).toEqual([""]);
  });
  it("have timestamps, of -1 when QEMU has no clock", () => {
    const of = (timestamp: unknown): boolean => v.is("PlainEvent", { event: "PLAIN", timestamp });
    expect(of({ seconds: -1, microseconds: -1 })).toBe(true);
    for (const wrong of [null, {}, { seconds: 1 }, { seconds: 0.5, microseconds: 0 }]) expect(of(wrong)).toBe(false);
  });
});

describe("commands", () => {
  let v: Validators;
  beforeAll(async () => {
    v = await run(`
      { 'pragma': { 'command-returns-exceptions': [ 'named', 'count', 'inline' ] } }
      { 'enum': 'E', 'data': [ 'a', 'b' ] }
      { 'struct': 'S', 'data': { 'x': 'str', '*e': 'E' } }
      { 'union': 'U', 'base': { 'e': 'E' }, 'discriminator': 'e', 'data': { 'a': 'B' } }
      { 'struct': 'B', 'data': { 'n': 'int' } }
      { 'struct': 'None', 'data': {} }
      { 'command': 'inline', 'data': { 'x': 'str', '*s': 'S' }, 'returns': ['S'] }
      { 'command': 'named', 'data': 'S', 'returns': 'E' }
      { 'command': 'boxed', 'data': 'U', 'boxed': true, 'returns': 'U' }
      { 'command': 'open', 'data': { 'x': 'str', '*s': 'S' }, 'gen': false }
      { 'command': 'open-named', 'data': 'S', 'gen': false }
      { 'command': 'open-boxed', 'data': 'U', 'boxed': true, 'gen': false }
      { 'command': 'count', 'returns': 'int' }
      { 'command': 'bare' }
      { 'command': 'empty', 'data': 'None', 'returns': 'None' }
      { 'command': 'quit', 'success-response': false }`);
  });

  it("have strict arguments", () => {
    expect(v.is("InlineArguments", { x: "y", s: { x: "z", e: "a" } })).toBe(true);
    expect(places(v, "InlineArguments", { x: "y", s: { x: "z", e: "new" }, new: 1 })).toEqual(["s/e", "new"]);
    expect(v.is("NamedArguments", { x: "y" })).toBe(true);
    expect(places(v, "NamedArguments", { x: "y", e: "new", new: 1 })).toEqual(["e", "new"]);
    expect(v.is("BoxedArguments", { e: "a", n: 1 })).toBe(true);
    expect(v.is("BoxedArguments", { e: "b", n: 1 })).toBe(false);
  });
  it("take others where QEMU does not check them, but no wrong ones", () => {
    for (const name of ["Open", "OpenNamed"]) {
      expect(v.is(`${name}Arguments`, { x: "y", new: 1 })).toBe(true);
      expect(places(v, `${name}Arguments`, { x: 1, new: 1 })).toEqual(["x"]);
    }
    expect(places(v, "OpenArguments", { x: "y", s: { x: "z", new: 1 } })).toEqual(["s/new"]);
    expect(places(v, "OpenNamedArguments", { x: "y", e: "new" })).toEqual(["e"]);
    expect(v.is("OpenBoxedArguments", { e: "b", n: "x" })).toBe(true);
    expect(places(v, "OpenBoxedArguments", { e: "a", n: "x", new: 1 })).toEqual(["n"]);
    expect(v.is("S", { x: "y", new: 1 })).toBe(false);
  });
  it.each(["Bare", "Empty", "Quit", "Count"])("%s takes an empty object", (name) => {
    expect(v.is(`${name}Arguments`, {})).toBe(true);
    expect(places(v, `${name}Arguments`, { x: 1 })).toEqual(["x"]);
    expect(v.is(`${name}Arguments`, null)).toBe(false);
  });
  it("have tolerant results", () => {
    expect(v.is("InlineReturns", [{ x: "y", e: "new", new: 1 }])).toBe(true);
    expect(places(v, "InlineReturns", [{ x: "y" }, {}, 1])).toEqual(["1/x", "2"]);
    expect(places(v, "InlineReturns", {})).toEqual([""]);
    expect(v.is("NamedReturns", "new")).toBe(true);
    expect(places(v, "NamedReturns", 1)).toEqual([""]);
    expect(v.is("BoxedReturns", { e: "new" })).toBe(true);
    expect(v.is("CountReturns", 2n ** 60n)).toBe(true);
    expect(places(v, "CountReturns", 2 ** 60)).toEqual([""]);
    expect(v.is("EmptyReturns", { new: 1 })).toBe(true);
  });
  it("return an object where the schema says nothing", () => {
    expect(v.is("BareReturns", {})).toBe(true);
    expect(v.is("BareReturns", { new: 1 })).toBe(true);
    expect(places(v, "BareReturns", null)).toEqual([""]);
  });
  it("have no result without a reply", () => {
    expect(v.has("isQuitReturns") || v.has("validateQuitReturns")).toBe(false);
  });
});

describe("the output", () => {
  const TEXT = `
    { 'struct': 'String', 'data': { 's': ['str'], 't': ['String'] } }
    { 'struct': 'StringList', 'data': { 'l': ['StringList'] } }
    { 'struct': 'Object', 'data': { 'undefined': 'Array' } }
    { 'struct': 'Array', 'data': { '*o': 'Object' } }
    { 'struct': 'value', 'data': { 'mode': 'mode' } }
    { 'enum': 'mode', 'data': [ 'part' ] }
    { 'struct': 'ValidationMode', 'data': { '*o': 'Validator' } }
    { 'struct': 'Validator', 'data': { '*o': 'ValidationMode' } }
    { 'event': 'E', 'data': { 'data': 'value' } }
    { 'command': 'c', 'data': { 'value': 'value' }, 'returns': ['String'] }`;

  it("compiles for types alone, and with names that it uses itself", () => {
    const files = new Map(emit(schemaOf(TEXT), [emitter]).map((file) => [file.path, file.text]));
    expect(compileErrors(files)).toEqual([]);
    expect([...files.keys()].some((path) => /^(events|commands)/.test(path))).toBe(false);
    expect(files.get("validators/test.ts")).not.toContain("isEEvent");
  });
  it("runs with names that it uses itself", async () => {
    const v = await run(TEXT);
    expect(v.is("String", { s: ["x"], t: [{ s: [], t: [] }] })).toBe(true);
    expect(places(v, "String", { s: [1], t: [{ s: [], t: [1] }] })).toEqual(["s/0", "t/0/t/0"]);
    expect(places(v, "StringList", { l: [{ l: 1 }] })).toEqual(["l/0/l"]);
    expect(v.is("Object", { undefined: { o: { undefined: {} } } })).toBe(true);
    expect(places(v, "CArguments", { value: { mode: "x" } })).toEqual(["value/mode"]);
  });
  it("has a note where a validator has another name than people would expect", () => {
    const text = "{ 'struct': 'A', 'data': {} } { 'struct': 'isA', 'data': {} }";
    const file = emit(schemaOf(text), [emitter]).find(({ path }) => path === "validators/test.ts");
    expect(file?.text).toMatch(/\* Named `isA_` since `isA` is taken or reserved\. \*\/\nexport const isA_: /);
  });
});
