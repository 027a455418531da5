import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson } from "../../../src/runtime/json.js";
import { type JsonMessage, JsonStream } from "../../../src/runtime/server/json-stream.js";

function readAll(texts: readonly string[], maxLength = 2 ** 26): readonly JsonMessage[] {
  const stream = new JsonStream(maxLength);
  const messages: JsonMessage[] = [];
  for (const text of texts) {
    stream.push(text);
    for (let message = stream.next(); message !== undefined; message = stream.next()) messages.push(message);
  }
  return messages;
}

/** The values; errors are `error`. */
function valuesOf(...texts: readonly string[]): readonly unknown[] {
  return readAll(texts).map((message) => ("error" in message ? "error" : message.value));
}

describe("values", () => {
  it.each<[string, ...unknown[]]>([
    [`{"a":1}{"b":2} \t\r\n[3]"four"'five'6 true null{}`, { a: 1 }, { b: 2 }, [3], "four", "five", 6, true, null, {}],
    [`{'a"b':'c\\'d\\"e/\\/\\u0041\\n\\\\'}`, { 'a"b': `c'd"e//A\n\\` }],
    [`["'", "\\'", '"']`, ["'", "'", '"']],
    ["[-0.5e+3,1E2,0.25,-7]", [-500, 100, 0.25, -7]],
    ["[9007199254740993,-9223372036854775808,18446744073709551615]", [2n ** 53n + 1n, -(2n ** 63n), 2n ** 64n - 1n]],
    ["[18446744073709551616]", [2 ** 64]],
    [`"\u2028\u00e9\\ud83d\\ude00\u{1f600}"`, "\u2028\u00e9\u{1f600}\u{1f600}"],
    ["", ...[]],
    ["{", ...[]],
    [`{"a":"`, ...[]],
    // They could go on.
    ["12", ...[]],
    ["true", ...[]],
  ])("%s", (text, ...values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  it("keeps members whose names are special", () => {
    const [value] = valuesOf(`{"__proto__":{"polluted":1},"constructor":2,"toString":3}`);
    expect(Object.entries(value as object)).toEqual([
      ["__proto__", { polluted: 1 }],
      ["constructor", 2],
      ["toString", 3],
    ]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect("polluted" in {}).toBe(false);
  });
});

describe("errors end where QEMU ends them", () => {
  it.each<[string, ...unknown[]]>([
    ["}{}", "error", {}],
    ["{}}{}", {}, "error", {}],
    ["{]{}", "error", {}],
    [`{"a":[}]{}`, "error", {}],
    [`{"a":1,"a":2}{}`, "error", {}],
    [`{"a":1,}[1,][,]{,}{"a"}{"a":}{"a" 1}{1:2}{null:1}`, ...Array.from({ length: 9 }, () => "error")],
    [`[true1][1"x"][truefalse][nul]{}`, "error", "error", "error", "error", {}],
    ["01\n{}-\n\n.5\n+1\n1.\n\n1e\n\n1e+\n\n-x\n", "error", {}, ...Array.from({ length: 7 }, () => "error")],
    ["0e1,", 0, "error", 1, "error"],
    [`"a\tb"{}`, "error", {}],
    [`{"execute":"query-st\ufffd{}`, "error", {}],
    [`{"execute":\u0000\u0000{}`, "error", "error", {}],
    [`{"execute":\ufffd\n{}`, "error", {}],
    [`@#$ abc {}`, "error", {}],
    [`@\nabc {}`, "error", "error", {}],
    [
      `["\\x"]["\\u12"]["\\u12g4"]["\\ud83d"]["\\ude00"]["\\uffff"]["\ufffe"]{}`,
      ...Array.from({ length: 7 }, () => "error"),
      {},
    ],
    [`%s{}`, "error", {}],
  ])("%j", (text, ...values) => {
    expect(valuesOf(text)).toEqual(values);
  });
});

describe("limits", () => {
  it("takes 1024 levels and no more", () => {
    expect(valuesOf("[".repeat(1024) + "]".repeat(1024))).not.toContain("error");
    // QEMU gives up at the 1025th bracket; the brackets that close are one error each.
    expect(readAll(["[".repeat(1025) + "]".repeat(1025)])).toHaveLength(1026);
    expect(valuesOf("[".repeat(100_000)).slice(0, 2)).toEqual(["error", "error"]);
  });

  it("takes values up to its length, whatever they are made of", () => {
    expect(readAll([`["${"x".repeat(94)}","`], 100)).toEqual([]);
    expect(readAll([`["${"x".repeat(94)}"]`], 100)).toHaveLength(1);
    expect(readAll([`["${"x".repeat(200)}`, "y"], 100)[0]).toHaveProperty("error");
    expect(readAll(["[" + "1,".repeat(100)], 100)[0]).toHaveProperty("error");
    expect(readAll(["9".repeat(101)], 100)[0]).toHaveProperty("error");
    expect(readAll(["a".repeat(60), "a".repeat(60)], 100)[0]).toHaveProperty("error");
    // Between values, and inside of them, white space is free.
    expect(readAll([" ".repeat(1000) + "[" + " ".repeat(1000) + "]"], 100)).toEqual([{ value: [] }]);
  });

  it("takes at most 2 Mi tokens", () => {
    expect(valuesOf(`[${"1,".repeat(2 ** 20 - 2)}1]`)).not.toContain("error");
    expect(valuesOf(`[${"1,".repeat(2 ** 20)}1]`)).toContain("error");
  });

  it("does not shout what it cannot read", () => {
    const [message] = readAll([`"${"x".repeat(5000)}\n`]);
    expect(message).toHaveProperty("error");
    expect(JSON.stringify(message).length).toBeLessThan(300);
  });
});

/** All that the lexer tells apart. */
const CHARACTERS = Array.from("{}[]:,'\"\\ \n\t\u0000\ufffd\u00e9012-.eEtruefalsn");

describe("texts in pieces", () => {
  const garbage = fc.string({ unit: fc.constantFrom(...CHARACTERS) });

  it("reads the same however they are cut", () => {
    fc.assert(
      fc.property(fc.oneof(garbage, fc.json()), fc.array(fc.nat(20)), (text, cuts) => {
        const pieces: string[] = [];
        let rest = text;
        for (const cut of cuts) {
          pieces.push(rest.slice(0, cut));
          rest = rest.slice(cut);
        }
        expect(readAll([...pieces, rest])).toEqual(readAll([text]));
        expect(readAll(text.split(""))).toEqual(readAll([text]));
      }),
    );
  });

  it("reads what JSON has", () => {
    const value = fc.jsonValue({ noUnicodeString: true });
    fc.assert(
      fc.property(value, (json) => {
        const text = JSON.stringify(json);
        expect(readAll([`${text}\n`])).toEqual([{ value: parseJson(text) }]);
      }),
    );
  });

  it("goes on behind any garbage, once it is reset", () => {
    fc.assert(
      fc.property(garbage, (text) => {
        expect(readAll([text, '\u0001{"a":1}']).at(-1)).toEqual({ value: { a: 1 } });
      }),
    );
  });
});
