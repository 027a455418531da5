import { describe, expect, it } from "vitest";
import { matches } from "../../src/runtime/accessor.js";

describe("an accessor", () => {
  it.each<[unknown, unknown]>([
    [{}, {}],
    [{}, { a: 1 }],
    [{ a: undefined }, {}],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: null }, { a: null }],
    [{ a: { b: "x" } }, { a: { b: "x", c: "y" } }],
    [{ a: [1, { b: 2 }] }, { a: [1, { b: 2, c: 3 }] }],
    [{ a: 1n }, { a: 1 }],
    [{ a: 1 }, { a: 1n }],
    [{ a: 2n ** 63n }, { a: 2n ** 63n }],
    [{ a: 0 }, { a: -0 }],
    [JSON.parse('{"__proto__": 1}'), JSON.parse('{"__proto__": 1}')],
  ])("%o fits %o", (accessor, value) => {
    expect(matches(accessor, value)).toBe(true);
  });

  it.each<[unknown, unknown]>([
    [{ a: 1 }, {}],
    [{ a: 1 }, undefined],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: "1" }],
    [{ a: 1n }, { a: 1.5 }],
    [{ a: 1n }, { a: true }],
    [{ a: 2n ** 53n + 1n }, { a: 2 ** 53 }],
    [{ a: null }, { a: {} }],
    [{ a: null }, {}],
    [{ a: {} }, { a: null }],
    [{ a: { b: "x" } }, { a: "x" }],
    [{ a: [1] }, { a: [1, 2] }],
    [{ a: [1] }, { a: { 0: 1 } }],
    [{ toString: {} }, {}],
    [{ constructor: { name: "Object" } }, {}],
    [JSON.parse('{"__proto__": {}}'), {}],
  ])("%o does not fit %o", (accessor, value) => {
    expect(matches(accessor, value)).toBe(false);
  });
});
