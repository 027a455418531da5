/** What validators make of values that no JSON parser gives: never an exception, and an answer that is known. */
import { runInNewContext } from "node:vm";
import { beforeAll, describe, expect, it } from "vitest";
import { schemaOf } from "../support/harness.js";
import { runValidators, type Validators } from "../support/run-validators.js";

let v: Validators;
beforeAll(async () => {
  v = await runValidators(
    schemaOf(`
      { 'pragma': { 'command-returns-exceptions': [ 'list' ] } }
      { 'enum': 'E', 'data': [ 'a', 'b' ] }
      { 'struct': 'S', 'data': { 'id': 'str', '*n': 'int', '*e': 'E', '*any': 'any' } }
      { 'struct': 'Optional', 'data': { '*n': 'int' } }
      { 'struct': 'Tree', 'data': { '*left': 'Tree', '*right': 'Tree', '*rest': ['Tree'] } }
      { 'struct': 'Holder', 'data': { 'l': ['int'], 's': 'S' } }
      { 'union': 'U', 'base': { 'e': 'E' }, 'discriminator': 'e', 'data': { 'a': 'S2' } }
      { 'struct': 'S2', 'data': { 'x': 'str' } }
      { 'alternate': 'A', 'data': { 's': 'str', 'l': ['str'], 'o': 'S' } }
      { 'event': 'PLAIN' }
      { 'event': 'DATA', 'data': { 'id': 'str' } }
      { 'command': 'list', 'data': { 'l': ['str'] }, 'returns': ['S'] }`),
  );
});

/** The messages of the issues. */
function messages(stem: string, value: unknown, mode?: "strict" | "tolerant"): readonly string[] {
  return v.issues(stem, value, mode).map(({ message }) => message);
}

function throws(): never {
  throw new Error("do not read me");
}

/** An object that throws whatever is done with it. */
const HOSTILE = new Proxy({}, { get: throws, has: throws, ownKeys: throws, getPrototypeOf: throws });

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

describe("what throws when it is read", () => {
  const STEMS = "S Tree Holder U A PlainEvent DataEvent ListArguments ListReturns".split(" ");
  it.each(STEMS)("is no %s", (stem) => {
    const getter = Object.defineProperty({}, stem === "U" ? "e" : "event", { get: throws, enumerable: true });
    for (const value of [HOSTILE, revoked({}), revoked([]), [HOSTILE], getter]) {
      for (const mode of ["strict", "tolerant"] as const) {
        expect(v.is(stem, value, mode)).toBe(stem === "Tree" && value === getter && mode === "tolerant");
        expect(v.issues(stem, value, mode).length > 0).toBe(!v.is(stem, value, mode));
      }
    }
  });
  it("is told by its place", () => {
    const value = { l: [1], s: Object.defineProperty({}, "id", { get: throws, enumerable: true }) };
    expect(v.is("Holder", value)).toBe(false);
    expect(messages("Holder", value)).toEqual(["s: expected plain data, received something else"]);
    const list = new Proxy([1], { get: throws });
    expect(messages("Holder", { l: list, s: { id: "x" } })).toEqual([
      "l: expected plain data, received something else",
    ]);
  });
  it("is also what gives another value each time", () => {
    let reads = 0;
    const value = {
      get id() {
        return reads++ === 0 ? 1 : "x";
      },
    };
    expect(messages("S", value, "tolerant")).toEqual(["expected plain data, received something else"]);
  });
});

describe("members", () => {
  it("called __proto__ are members like others, and unknown", () => {
    const value: unknown = JSON.parse('{ "id": "x", "__proto__": { "n": "y" } }');
    expect(v.is("S", value)).toBe(false);
    expect(messages("S", value)).toEqual(["__proto__: expected no member of this name, received an object"]);
    expect(v.is("S", value, "tolerant")).toBe(true);
  });
  it("that are inherited count where something is received, not where it is sent", () => {
    const value: unknown = Object.create({ id: "x" });
    expect(v.is("S", value)).toBe(false);
    expect(messages("S", value)).toEqual(["expected a plain object, received an instance of a class"]);
    expect(v.is("S", value, "tolerant")).toBe(true);
  });
  it("that are not enumerable are not sent", () => {
    const value = Object.defineProperty({}, "id", { value: "x" });
    expect(v.is("S", value)).toBe(false);
    expect(v.issues("S", value)).toHaveLength(1);
    expect(v.is("S", value, "tolerant")).toBe(true);
  });
  it("that have symbols for names are left out, as JSON.stringify does", () => {
    expect(v.is("S", { id: "x", [Symbol("s")]: 1 })).toBe(true);
  });
  it("that are undefined are absent", () => {
    expect(v.is("S", { id: "x", n: undefined, other: undefined })).toBe(true);
    expect(messages("S", { id: undefined })).toEqual(["id: expected a string, received nothing"]);
  });
  it("that were added to Object.prototype are nobody's", () => {
    Object.defineProperty(Object.prototype, "polluted", { value: throws, enumerable: true, configurable: true });
    const values = [
      { id: "x", any: { x: [{}] } },
      { id: "x", other: 1 },
    ];
    const answers = values.map((value) => v.is("S", value));
    Reflect.deleteProperty(Object.prototype, "polluted");
    expect(answers).toEqual([true, false]);
  });
});

describe("objects", () => {
  class Optional {
    n = 1;
  }
  it.each([new Optional(), new Map(), new Date(), new String("x"), /x/])("of the class of %s are not sent", (value) => {
    expect(v.is("Optional", value)).toBe(false);
    expect(messages("Optional", value)[0]).toBe("expected a plain object, received an instance of a class");
    expect(v.is("Optional", value, "tolerant")).toBe(true);
    expect(v.is("S", { id: "x", any: value })).toBe(false);
  });
  it.each(["({ id: 'x' })", "Object.assign(Object.create(null), { id: 'x' })", 'JSON.parse(\'{ "id": "x" }\')'])(
    "of another realm are as good: %s",
    (code) => {
      expect(v.is("S", runInNewContext(code))).toBe(true);
      expect(v.is("Holder", runInNewContext(`({ l: [1], s: ${code} })`))).toBe(true);
    },
  );
});

describe("numbers", () => {
  it.each([Number.NaN, Infinity, -Infinity, new Number(1), "1"])("are not %s", (n) => {
    expect(v.is("S", { id: "x", n }, "tolerant")).toBe(false);
  });
  it("are called what they are", () => {
    expect(messages("S", { id: 5n, n: Number.NaN, any: 2n ** 70n })).toEqual([
      "id: expected a string, received 5n",
      "n: expected an integer from -2^63 to 2^63 - 1, not rounded, received NaN",
      "any: expected a JSON value, received 1180591620717411303424n",
    ]);
  });
  it("may be -0", () => {
    expect(v.is("S", { id: "x", n: -0 })).toBe(true);
  });
});

describe("arrays", () => {
  it("have no holes", () => {
    expect(messages("Holder", { l: new Array<unknown>(2), s: { id: "x" } })).toEqual([
      "l[0]: expected an integer from -2^63 to 2^63 - 1, not rounded, received nothing",
      "l[1]: expected an integer from -2^63 to 2^63 - 1, not rounded, received nothing",
    ]);
  });
  it("may have properties, which JSON leaves out", () => {
    expect(v.is("Holder", { l: Object.assign([1], { x: 1 }), s: { id: "x" } })).toBe(true);
  });
  it("of a million are looked at until there are issues enough", () => {
    const wrong = new Array<unknown>(1_000_000).fill("x");
    expect(v.issues("ListReturns", wrong)).toHaveLength(100);
    expect(v.issues("Holder", { l: wrong, s: {} })).toHaveLength(100);
    const list: unknown[] = new Array<unknown>(1_000_000).fill({ id: "x" });
    expect(v.is("ListReturns", list)).toBe(true);
    list[999_999] = { id: 1 };
    expect(messages("ListReturns", list)).toEqual(["[999999].id: expected a string, received 1"]);
  });
});

describe("values in themselves", () => {
  it("are too deep, however many ways lead back", () => {
    const tree: Record<string, unknown> = {};
    Object.assign(tree, { left: tree, right: tree, rest: [tree, tree] });
    for (const mode of ["strict", "tolerant"] as const) {
      expect(v.is("Tree", tree, mode)).toBe(false);
      expect(messages("Tree", tree, mode)).toEqual(["expected at most 1024 levels, received more"]);
      expect(v.issues("Tree", tree, mode, Infinity)).toHaveLength(1);
    }
  });
  it.each([1000, 1100, 100_000])("are no JSON, %d levels deep or not", (depth) => {
    let any: unknown = 1;
    for (let i = 0; i < depth; i++) any = i % 2 === 0 ? [any] : { any };
    expect(v.is("S", { id: "x", any })).toBe(depth < 1024);
    expect(v.issues("S", { id: "x", any })).toHaveLength(depth < 1024 ? 0 : 1);
    expect(v.is("S", { id: "x", any }, "tolerant")).toBe(true);
  });
});

describe("messages", () => {
  it("are cut where values or names are long, and on one line", () => {
    const long = "x".repeat(1_000_000);
    const texts = messages("S", { id: [long], e: long, [long]: 1, "a\nb": 1 });
    expect(texts).toHaveLength(4);
    for (const text of texts) {
      expect(text.length).toBeLessThan(400);
      expect(text).not.toContain("\n");
    }
    expect(texts[1]).toBe(`e: expected "a" or "b", received "${"x".repeat(77)}..."`);
    expect(texts[3]).toBe('"a\\nb": expected no member of this name, received 1');
  });
});
