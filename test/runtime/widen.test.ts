/** 64-bit integers become bigints, those of generated types and those of types that are made here. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Event, Schema as Model } from "../../src/schema/schema.js";
import type { OpenShape, Shape, SimpleName, StructShape } from "../../src/runtime/shape.js";
import { widen } from "../../src/runtime/widen.js";
import { fixtureFiles } from "../support/fixtures.js";
import { schemaOf, type SchemaText } from "../support/harness.js";
import { runSchema, type LoadedSchema } from "../support/run-schema.js";
import { WireValues } from "../support/wire-values.js";

/** What a reader of JSON makes of a value: bigints only of what no number can hold. */
function received(value: unknown): unknown {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (Array.isArray(value)) return value.map(received);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, received(part)]));
}

/** Everything that a schema has sent, by its validator. */
async function all(text: SchemaText): Promise<{ readonly model: Model; readonly schema: LoadedSchema }> {
  const model = schemaOf(text);
  return { model, schema: await runSchema(model, { int64: "bigint" }) };
}

function eventOf({ name, arguments: data }: Event, values: WireValues): object {
  const hasData = data !== undefined && (data.kind === "union" || data.allMembers.length > 0);
  return {
    event: name,
    ...(hasData && { data: values.ofObjectType(data) }),
    timestamp: { seconds: 1, microseconds: 5 },
  };
}

describe.each(["net", "ok", "tour", "old"] as const)("random values of fixtures/%s", (folder) => {
  const roots = { net: "qapi-schema.json", ok: "qapi-schema.json", tour: "lamp.json", old: "2.0.json" };
  let model: Model;
  let schema: LoadedSchema;
  beforeAll(async () => {
    ({ model, schema } = await all(fixtureFiles(folder, roots[folder])));
  });

  it("are what the types say once they are widened, and were not before where there is a small one", () => {
    let changed = 0;
    let tried = 0;
    function tryOut(value: unknown, { shape, issues }: { shape: Shape; issues: (value: unknown) => unknown }): void {
      const json = received(value);
      if (issues(json) !== undefined) changed++;
      const result = widen(json, shape);
      expect(result).toEqual(value);
      expect(issues(result)).toBeUndefined();
      if (typeof json === "object") expect(result).toBe(json);
      tried++;
    }
    for (let seed = 0; seed < 30; seed++) {
      const values = new WireValues(seed, "bigint");
      for (const event of model.events) tryOut(eventOf(event, values), schema.event(event.name));
      for (const { name, returns, arguments: args, successResponse } of model.commands) {
        if (returns !== undefined && successResponse) tryOut(values.of(returns, 6), schema.returns(name));
        if (args !== undefined) tryOut(values.ofObjectType(args, 6), schema.arguments(name));
      }
    }
    expect(tried).toBeGreaterThan(0);
    expect(changed).toBeGreaterThan(0);
  });

  it("hurt nobody where they are wrong", () => {
    const { events } = model;
    for (let seed = 0; seed < 200; seed++) {
      const values = new WireValues(seed, "bigint");
      for (const event of events) {
        const { shape, issues } = schema.event(event.name);
        const { value } = values.changed(received(eventOf(event, values)));
        const wasRight = issues(value) === undefined;
        const result = widen(value, shape);
        if (wasRight) expect(issues(result)).toBeUndefined();
      }
    }
  });
});

describe("types of generated code", () => {
  const text = `
    { 'struct': 'Node', 'data': { 'size': 'size', '*next': 'Node', '*all': [ 'Node' ], 'small': 'int32', 'any': 'any' } }
    { 'struct': 'Loop', 'data': { 'text': 'str', '*next': 'Loop', '*all': [ 'Loop' ] } }
    { 'alternate': 'Alt', 'data': { 'n': 'int', 's': 'str', 'o': 'Node', 'l': [ 'uint64' ] } }
    { 'alternate': 'NotWide', 'data': { 'n': 'number', 's': 'str' } }
    { 'enum': 'Tag', 'data': [ 'constructor', 'node', 'none' ] }
    { 'union': 'U', 'base': { 'tag': 'Tag', 'base': 'int64' }, 'discriminator': 'tag', 'data': { 'constructor': 'Loop', 'node': 'Node' } }
    { 'struct': 'Names', 'data': { '*constructor': 'int', '*valueOf': 'int', '*x': 'int' } }
    { 'command': 'node', 'returns': 'Node' } { 'command': 'loop', 'returns': 'Loop' }
    { 'command': 'alt', 'returns': 'Alt' } { 'command': 'not-wide', 'returns': [ 'NotWide' ] }
    { 'command': 'u', 'returns': [ 'U' ] } { 'command': 'names', 'returns': 'Names' } { 'command': 'nothing' }
    { 'command': 'open', 'data': { 'n': 'int' }, 'gen': false }
    { 'command': 'ints', 'returns': [ 'int' ] }
    { 'event': 'E', 'data': { 'n': 'int', 'small': 'int8' } } { 'event': 'F', 'data': 'U', 'boxed': true } { 'event': 'G' }`;
  let schema: LoadedSchema;
  beforeAll(async () => {
    ({ schema } = await all(text));
  });
  const returned = (command: string, value: unknown): unknown => widen(value, schema.returns(command).shape);

  it("are widened in all that they are made of", () => {
    const node = { size: 1, small: 1, any: { size: 1 } };
    const wide = { size: 1n, small: 1, any: { size: 1 } };
    expect(returned("node", { ...structuredClone(node), next: node, all: [structuredClone(node)] })).toEqual({
      ...wide,
      next: wide,
      all: [wide],
    });
    expect(returned("ints", [0, -1, 2 ** 53 - 1, 2n ** 63n - 1n])).toEqual([0n, -1n, 2n ** 53n - 1n, 2n ** 63n - 1n]);
  });

  it("are told apart as QEMU does", () => {
    expect(["1", 1, [1], true, null].map((value) => returned("alt", value))).toEqual(["1", 1n, [1n], true, null]);
    expect(returned("alt", { size: 1, small: 1, any: 1 })).toEqual({ size: 1n, small: 1, any: 1 });
    expect(returned("not-wide", [1, "1"])).toEqual([1, "1"]);
    expect(
      returned("u", [
        { tag: "node", base: 1, size: 2, small: 3 },
        { tag: "constructor", base: 1, size: 2 },
        { tag: "none", base: 1, size: 2 },
        { tag: "hasOwnProperty", base: 1, size: 2 },
        { base: 1, size: 2 },
        { tag: ["node"], base: 1, size: 2 },
      ]),
    ).toEqual([
      { tag: "node", base: 1n, size: 2n, small: 3 },
      { tag: "constructor", base: 1n, size: 2 },
      { tag: "none", base: 1n, size: 2 },
      { tag: "hasOwnProperty", base: 1n, size: 2 },
      { base: 1n, size: 2 },
      { tag: ["node"], base: 1n, size: 2 },
    ]);
  });

  it("may be open", () => {
    const { shape } = schema.arguments("open");
    expect(widen({ n: 1, others: 1 }, shape)).toEqual({ n: 1n, others: 1 });
  });

  it("are those of whole events", () => {
    const timestamp = { seconds: 1, microseconds: 2 };
    expect(widen({ event: "E", data: { n: 1, small: 1 }, timestamp }, schema.event("E").shape)).toEqual({
      event: "E",
      data: { n: 1n, small: 1 },
      timestamp,
    });
    expect(widen({ event: "F", data: { tag: "node", size: 1 } }, schema.event("F").shape)).toEqual({
      event: "F",
      data: { tag: "node", size: 1n },
    });
    expect(widen({ event: "G", timestamp }, schema.event("G").shape)).toEqual({ event: "G", timestamp });
  });

  it("are left alone where a value is not as they say", () => {
    const wrong = [{ size: "1", next: 5, all: [1, [2, { size: 1.5 }]] }, { size: 2 ** 53 }, [1], 1, null];
    for (const value of wrong) expect(returned("node", structuredClone(value))).toEqual(value);
    expect(returned("ints", { 0: 1 })).toEqual({ 0: 1 });
    expect(returned("ints", 1)).toBe(1);
  });

  it("have names that objects have anyway", () => {
    const value = { x: 1 };
    returned("names", value);
    expect(Object.keys(value)).toEqual(["x"]);
    expect(returned("names", { constructor: 1, valueOf: 2 })).toEqual({ constructor: 1n, valueOf: 2n });
  });

  it("cost nothing where they have no such integers, however they are nested", () => {
    const untouchable = new Proxy(
      {},
      {
        get: () => expect.fail("it was read"),
        getOwnPropertyDescriptor: () => expect.fail("it was looked for"),
        ownKeys: () => expect.fail("it was gone through"),
      },
    );
    for (const command of ["loop", "not-wide", "nothing"]) expect(returned(command, untouchable)).toBe(untouchable);
    expect(returned("u", [{ tag: "constructor", next: untouchable }])).toHaveLength(1);
    expect(returned("node", { size: 1, any: untouchable })).toMatchObject({ size: 1n });
  });

  it("are recursive, but values are not gone into for more than 1024 levels", () => {
    const depth = 100_000;
    interface Deep {
      size: number | bigint;
      next?: Deep;
    }
    const values: Deep[] = Array.from({ length: depth }, () => ({ size: 1 }));
    values.forEach((value, index) => {
      const next = values[index + 1];
      if (next !== undefined) value.next = next;
    });
    returned("node", values[0]);
    expect(values.findIndex(({ size }) => size === 1)).toBe(1024);
    // A list is a level, too.
    interface Wide {
      size: number | bigint;
      all?: Wide[];
    }
    const inLists: Wide[] = Array.from({ length: depth }, () => ({ size: 1 }));
    inLists.forEach((value, index) => {
      const next = inLists[index + 1];
      if (next !== undefined) value.all = [next];
    });
    returned("node", inLists[0]);
    expect(inLists.findIndex(({ size }) => size === 1)).toBe(512);
  });
});

describe("types that are made here", () => {
  const simple = (name: SimpleName): Shape => ({ kind: "simple", name });
  const struct = (describe: () => Readonly<Record<string, Shape>>): StructShape => ({ kind: "struct", describe });

  it("may have a member __proto__, and values may have one that was not asked for", () => {
    const shape = struct(() => ({ "*x": simple("int64"), ["__proto__"]: struct(() => ({ x: simple("uint64") })) }));
    const value: unknown = JSON.parse('{ "__proto__": { "x": 1 }, "x": 2 }');
    expect(widen(value, shape)).toBe(value);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(value, "__proto__")?.value).toEqual({ x: 1n });
    const other: unknown = JSON.parse('{ "x": 2 }');
    widen(other, shape);
    expect(Object.getPrototypeOf(other)).toBe(Object.prototype);
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("x");
  });

  it("refer to each other: what is known of one is right for all", () => {
    const first = struct(() => ({ "*second": second, "*third": third }));
    const second: Shape = { kind: "list", element: struct(() => ({ "*first": first })) };
    const third: OpenShape = {
      kind: "open",
      type: () => struct(() => ({ "*fourth": fourth, "*size": simple("uint64") })),
    };
    const fourth = struct(() => ({ "*fourth": fourth, "*n": simple("int32") }));
    // Asked for in an order in which each is met before it is known.
    expect(widen({ fourth: { n: 1 } }, fourth)).toEqual({ fourth: { n: 1 } });
    expect(widen([{ first: { third: { size: 1, fourth: { n: 1 } } } }], second)).toEqual([
      { first: { third: { size: 1n, fourth: { n: 1 } } } },
    ]);
    expect(widen({ second: [{ first: { third: { size: 1 } } }] }, first)).toEqual({
      second: [{ first: { third: { size: 1n } } }],
    });
  });

  it("may be lists of lists, which are not gone into for more than 1024 levels either", () => {
    const shape: Shape = {
      kind: "alternate",
      types: () => ({ number: simple("int64"), array: { kind: "list", element: shape } }),
    };
    let lists: unknown[] = [1];
    for (let i = 0; i < 100_000; i++) lists = [1, lists];
    expect(widen(lists, shape)).toBe(lists);
    let depth = 0;
    for (let list: unknown = lists; Array.isArray(list) && list[0] === 1n; list = list[1]) depth++;
    expect(depth).toBe(1024);
  });

  it("are widened by themselves", () => {
    expect(widen(1, simple("int64"))).toBe(1n);
    expect(widen(-0, simple("uint64"))).toBe(0n);
    for (const name of [
      "int8",
      "int16",
      "int32",
      "uint8",
      "uint16",
      "uint32",
      "number",
      "literal",
      "timestamp",
    ] as const) {
      expect(widen(1, simple(name)), name).toBe(1);
    }
    for (const value of [1.5, 2 ** 53, Infinity, "1", null, undefined, true]) {
      expect(widen(value, simple("int64"))).toBe(value);
    }
    expect(widen(1, { kind: "json" })).toBe(1);
    expect(widen(1, { kind: "enum", values: () => new Set() })).toBe(1);
  });
});
