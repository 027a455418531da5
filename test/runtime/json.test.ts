import fc from "fast-check";
import { isDeepStrictEqual } from "node:util";
import { createContext, runInContext } from "node:vm";
import { afterEach, describe, expect, test } from "vitest";
import { parseJson, stringifyJson } from "../../src/runtime/json.js";
import { parameters } from "../support/property.js";
import { oracle } from "./json-oracle.js";

/** Every value, also that of a member `__proto__`, and whether zeros are negative. */
function expectSame(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected);
}

const MARKED = [
  "9223372036854775807",
  "\\\\",
  '\\"',
  "9007199254740992",
  "-",
  "e",
  "é",
  "\\u0031",
  "\\u2028",
  "{",
  ",",
  " ",
];

/** The text of a string, full of what might be taken for something else. */
const stringText = fc
  .oneof(
    fc.array(fc.constantFrom(...MARKED), { maxLength: 6 }).map((parts) => `"${parts.join("")}"`),
    fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
  )
  .filter((text) => JSON.parse(text) !== undefined);

const memberName = fc.oneof(
  stringText,
  fc.constantFrom('"__proto__"', '"a"', '"7"', '"toJSON"', '"constructor"', '""'),
);

const digits = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from("0123456789")), minLength: 1, maxLength });

const numberText = fc.oneof(
  fc.maxSafeInteger().map(String),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 65n }).map(String),
  fc.constantFrom(...[2n ** 53n, 2n ** 63n, 2n ** 64n].flatMap((n) => [-1n, 0n, 1n].map((by) => String(n + by)))),
  fc.constantFrom(...[2n ** 53n, 2n ** 63n, 2n ** 64n].flatMap((n) => [-1n, 0n, 1n].map((by) => String(-n + by)))),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.stringify(number)),
  fc.constantFrom("-0", "1e16", "1E+300", "1e999", "-1e999", "9007199254740993.0", "9007199254740991.4", "1e-400"),
  fc
    .tuple(fc.constantFrom("", "-"), fc.constantFrom("0", "1", "9007199254740993", "92233720368547758070"), digits(20))
    .map(([sign, whole, fraction]) => `${sign}${whole}.${fraction}`),
  digits(400).map((text) => `1${text}`),
);

const space = fc.constantFrom("", "", "", " ", "\r\n\t");

/** JSON as a hostile peer might write it. */
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(numberText, stringText, fc.constantFrom("null", "true", "false", "[]", "{}")),
    fc
      .tuple(space, fc.array(tie("json"), { maxLength: 5 }))
      .map(([between, elements]) => `[${between}${elements.join(`${between},`)}${between}]`),
    fc
      .tuple(space, fc.array(fc.tuple(memberName, tie("json")), { maxLength: 5 }))
      .map(
        ([between, members]) => `{${members.map(([name, value]) => `${name}${between}:${value}`).join(`,${between}`)}}`,
      ),
  ),
}));

describe("parseJson", () => {
  test("reads what is beyond doubles exactly, and all else as JSON.parse does", () => {
    fc.assert(
      fc.property(json, (text) => expectSame(parseJson(text), oracle(text))),
      parameters(3000),
    );
  });

  test("throws what JSON.parse throws, and else differs from it in nothing but bigints", () => {
    const piece = fc.constantFrom(
      ...Array.from('{}[]:,"\\- +.eE019'),
      "12345678901234567890",
      '"a":',
      "tru",
      "null",
      "\u0001",
    );
    const damaged = fc
      .tuple(json, fc.array(fc.tuple(fc.nat(), fc.nat(2), piece), { maxLength: 2 }))
      .map(([text, changes]) =>
        changes.reduce((before, [position, removed, inserted]) => {
          const at = position % (before.length + 1);
          return before.slice(0, at) + inserted + before.slice(at + removed);
        }, text),
      );
    const anything = fc.oneof(
      damaged,
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    );
    let [refused, taken] = [0, 0];
    fc.assert(
      fc.property(anything, (text) => {
        const expected = outcome(() => JSON.parse(text));
        const actual = outcome(() => asDoubles(parseJson(text)));
        expectSame(actual, expected);
        if ("error" in expected) refused++;
        else taken++;
      }),
      parameters(5000),
    );
    expect(Math.min(refused, taken)).toBeGreaterThan(500);
  });

  test.each([
    ["9007199254740991", 9007199254740991],
    ["9007199254740992", 9007199254740992n],
    ["9007199254740994", 9007199254740994n],
    ["-9007199254740991", -9007199254740991],
    ["-9007199254740993", -9007199254740993n],
    ["9223372036854775807", 9223372036854775807n],
    ["-9223372036854775808", -9223372036854775808n],
    ["18446744073709551615", 18446744073709551615n],
    ["-9223372036854775809", -(2 ** 63)],
    ["18446744073709551616", 2 ** 64],
    ["9007199254740993.0", 9007199254740992],
    ["9007199254740993e0", 9007199254740992],
    ["-0", -0],
    ['"9223372036854775807"', "9223372036854775807"],
    ['"\\"9223372036854775807,"', '"9223372036854775807,'],
    ['"\\\\",9', undefined],
  ])("%s", (text, expected) => {
    if (expected === undefined) expect(() => parseJson(text)).toThrow(SyntaxError);
    else expectSame(parseJson(text), expected);
  });

  test.each([
    "{9223372036854775807:1}",
    "[09223372036854775807]",
    "[+9223372036854775807]",
    "[--9223372036854775807]",
    "[9223372036854775807 1]",
    "[tru9223372036854775807]",
    '["a"9223372036854775807]',
    "[9223372036854775807.]",
    "[9223372036854775807e]",
    '[9223372036854775807,"',
    "[9223372036854775807",
    "9223372036854775807-1",
  ])("refuses %s with the words of JSON.parse", (text) => {
    const expected = outcome(() => JSON.parse(text));
    expect(expected).toHaveProperty("error");
    expectSame(
      outcome(() => parseJson(text)),
      expected,
    );
  });

  test("takes no number of the peer for one of its own", () => {
    const large = "9007199254740992,9007199254740992.0,9007199254740994e0,9007199254740994,1e17,-1e17,1e999";
    const twice = 2 ** 53;
    expectSame(parseJson(`[${large},{"a":${large.split(",")[0] ?? ""}}]`), [
      9007199254740992n,
      twice,
      twice + 2,
      9007199254740994n,
      1e17,
      -1e17,
      Infinity,
      { a: 9007199254740992n },
    ]);
  });

  test("makes members of hostile names, and reaches no prototype", () => {
    const parsed = parseJson('{"__proto__":9223372036854775807,"a":{"__proto__":{"polluted":9223372036854775806}}}');
    expectSame(
      parsed,
      JSON.parse('{"__proto__":0,"a":{"__proto__":{"polluted":0}}}', (key, value: unknown) =>
        key === "__proto__" && value === 0 ? 9223372036854775807n : key === "polluted" ? 9223372036854775806n : value,
      ),
    );
    expect(Object.hasOwn(parsed as object, "__proto__")).toBe(true);
    expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });

  test("the last of members with one name counts", () => {
    expectSame(parseJson('{"a":9223372036854775807,"a":1,"b":1,"b":9223372036854775806}'), {
      a: 1,
      b: 9223372036854775806n,
    });
  });

  // Whatever is not linear here takes minutes, and fails for that.
  test.each([
    ["digits", "9".repeat(4_000_000), Infinity],
    ["digits of a fraction", `0.${"3".repeat(4_000_000)}`, 1 / 3],
    ["backslashes in a string", `[9223372036854775807,"${"\\\\".repeat(4_000_000)}"]`, undefined],
    ["quotes in a string", `[9223372036854775807,"${'\\"'.repeat(4_000_000)}"]`, undefined],
    ["strings", `[9223372036854775807${',""'.repeat(500_000)}]`, undefined],
    ["large integers", `[0${",9223372036854775807".repeat(500_000)}]`, undefined],
    ["runs of digits in strings", `[9223372036854775807${`,"${"1".repeat(200)}"`.repeat(50_000)}]`, undefined],
    ["a member name", `{"${"1".repeat(4_000_000)}":9223372036854775807}`, undefined],
  ])("takes linear time for many %s", (_, text, expected) => {
    const parsed = parseJson(text);
    if (expected === undefined) expectSame(asDoubles(parsed), JSON.parse(text));
    else expect(parsed).toBe(expected);
  });

  test("takes no stack, however deep a text nests", () => {
    const depth = 1_000_000;
    let value = parseJson(`${'[{"a":'.repeat(depth)}9223372036854775807${"}]".repeat(depth)}`);
    let levels = 0;
    for (; typeof value === "object" && value !== null; levels++) value = (Object.values(value) as unknown[])[0];
    expect([levels, value]).toStrictEqual([2 * depth, 9223372036854775807n]);
  });
});

describe("stringifyJson", () => {
  afterEach(() => {
    delete (BigInt.prototype as { toJSON?: unknown }).toJSON;
  });

  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    key: fc.oneof(fc.string(), fc.constantFrom("__proto__", "toJSON")),
  });

  test("writes bigints as integers, and all else as JSON.stringify does", () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 4 }), (value) => {
        expectSame(
          outcome(() => stringifyJson(value)),
          outcome(() => expectedJson(value)),
        );
      }),
      parameters(5000),
    );
  });

  test("what it writes, parseJson reads", () => {
    // Large doubles are written as the integers that they are.
    const number = fc.double({ noNaN: true, min: -(2 ** 53), max: 2 ** 53, minExcluded: true, maxExcluded: true });
    const large = fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n });
    const value = fc.anything({
      values: [
        fc.string(),
        number.map((each) => each + 0),
        large,
        large.map((each) => -each),
        fc.boolean(),
        fc.constant(null),
      ],
      key: fc.oneof(fc.string(), fc.constantFrom("__proto__", "1")),
    });
    fc.assert(
      fc.property(value, (each) => expectSame(parseJson(stringifyJson(each)), each)),
      parameters(3000),
    );
  });

  test.each([
    [1n, "1"],
    [{ a: [2n ** 64n, -(2n ** 63n)], b: 1 }, '{"a":[18446744073709551616,-9223372036854775808],"b":1}'],
    [{ a: 10n ** 400n }, `{"a":1${"0".repeat(400)}}`],
    [[1n, 2 ** 53, 1e300, -(2 ** 60)], "[1,9007199254740992,1e+300,-1152921504606847000]"],
    [[1n, "9007199254740992", '"9007199254740992'], '[1,"9007199254740992","\\"9007199254740992"]'],
    [
      [1n, undefined, () => 1, Symbol("a"), NaN, Infinity, -0, ...Array<unknown>(1), null],
      "[1,null,null,null,null,null,0,null,null]",
    ],
    [{ a: 1n, b: undefined, c: () => 1, [Symbol("d")]: 1n }, '{"a":1}'],
    [{ toJSON: () => ({ a: 1n }) }, '{"a":1}'],
    [{ a: 1n, b: { toJSON: (key: string) => `for ${key}` } }, '{"a":1,"b":"for b"}'],
    [
      [1n, Object(2 ** 60), Object("a"), Object(true), new Date(0)],
      '[1,1152921504606847000,"a",true,"1970-01-01T00:00:00.000Z"]',
    ],
    [[1n, runInContext("new Number(2 ** 53)", createContext())], "[1,9007199254740992]"],
    [[1n, Object.create(Number.prototype)], "[1,{}]"],
  ])("%#", (value, expected) => {
    expect(stringifyJson(value)).toBe(expected);
  });

  test("does not let methods toJSON of bigints turn them into strings", () => {
    const value = { a: 1n, b: [2n ** 63n, { c: -5n }], d: 2 ** 60, e: "1", f: { toJSON: () => 7n } };
    const expected = '{"a":1,"b":[9223372036854775808,{"c":-5}],"d":1152921504606847000,"e":"1","f":7}';
    for (const made of [(): unknown => "1", () => ({ bigint: 1 }), () => undefined, () => 1]) {
      Object.defineProperty(BigInt.prototype, "toJSON", { value: made, configurable: true });
      expect(stringifyJson(value)).toBe(expected);
      expect(stringifyJson([5n])).toBe("[5]");
    }
  });

  test.each([undefined, () => 1, Symbol("a"), { toJSON: () => undefined }])("refuses what has no JSON: %s", (value) => {
    expect(() => stringifyJson(value)).toThrow(TypeError);
  });

  test("throws what JSON.stringify throws", () => {
    const cycle: unknown[] = [1n];
    cycle.push({ cycle });
    expect(() => stringifyJson(cycle)).toThrow(TypeError);
    expect(() => stringifyJson(cycle)).toThrow(/circular/);
    const error = new Error("of its own");
    let calls = 0;
    const failing = {
      toJSON() {
        calls++;
        throw error;
      },
    };
    expect(() => stringifyJson([1n, failing])).toThrow(error);
    expect(() => stringifyJson([failing, 1n])).toThrow(error);
    expect(calls).toBe(2);
    let deep: unknown = 1n;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(() => stringifyJson(deep)).toThrow(RangeError);
  });
});

/** What a function returns or throws, so that the two can be compared. */
function outcome(run: () => unknown): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: run() };
  } catch (error) {
    return { error: String(error) };
  }
}

/** A value with doubles instead of bigints, in place. */
function asDoubles(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  const todo = [value];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (typeof at !== "object" || at === null) continue;
    for (const [key, member] of Object.entries(at) as [string, unknown][]) {
      if (typeof member === "bigint") Object.defineProperty(at, key, { value: Number(member) });
      else if (typeof member === "object" && member !== null) todo.push(member);
    }
  }
  return value;
}

/** JSON with the integers in place of bigints, by way of strings that nothing else has. */
function expectedJson(value: unknown): unknown {
  const mark = "\uE000bigint:";
  const json = JSON.stringify(value, (_, made: unknown) => (typeof made === "bigint" ? `${mark}${made}` : made));
  return json.replace(/"\uE000bigint:(-?\d+)"/g, "$1");
}
