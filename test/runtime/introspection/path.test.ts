import { describe, expect, test } from "vitest";
import { Introspection } from "../../../src/runtime/introspection/introspection.js";

const nothing = new Introspection([]);

describe("what is no path is told, with the place", () => {
  test.each([
    ["", 1, "the name of a command or an event"],
    ["/arg-type", 1, "the name of a command or an event"],
    ["$feature", 1, "the name of a command or an event"],
    ["a b", 2, "'/'"],
    ["a=b", 2, "'/'"],
    ["a/", 3, "'arg-type', 'ret-type' or '$' and a feature"],
    ["a/member", 3, "'arg-type', 'ret-type' or '$' and a feature"],
    ["a/+b", 3, "'arg-type', 'ret-type' or '$' and a feature"],
    ["a/$", 4, "the name of a feature"],
    ["a/$b/c", 5, "the end"],
    ["a/arg-type=b", 11, "'/'"],
    ["a/arg-type/", 12, "a member, or a sign and a name"],
    ["a/arg-type//b", 12, "a member, or a sign and a name"],
    ["a/arg-type/*", 13, "the name of a member"],
    ["a/arg-type/*+b", 13, "the name of a member"],
    ["a/arg-type/b=", 14, "a value"],
    ["a/arg-type/b=c=d", 15, "'/'"],
    ["a/arg-type/b=c d", 15, "'/'"],
    ["a/arg-type/+", 13, "the value that chooses a branch"],
    ["a/arg-type/+b=c", 14, "'/'"],
    ["a/arg-type/^b/c", 15, "'$' and a feature"],
    ["a/arg-type/^b^c", 14, "the end"],
    ["a/arg-type/^b/$c/d", 17, "the end"],
    ["a/arg-type/!int/b", 16, "the end"],
    ["a/arg-type/ b", 12, "a member, or a sign and a name"],
    ["a/arg-type/größe", 14, "'/'"],
  ])("%j", (path, character, expected) => {
    const message = `'${path}' is no path: at character ${character}, ${expected} is expected`;
    expect(() => nothing.supports(path)).toThrow(new TypeError(message));
  });

  test("what is no string", () => {
    expect(() => {
      Reflect.apply(nothing.supports.bind(nothing), undefined, [5]);
    }).toThrow(TypeError);
  });
});

test.each([
  "a",
  "A_B-c.d",
  "__org.example_a",
  "a/$b",
  "a/arg-type",
  "a/ret-type",
  "a/arg-type/1.5=0x/*b=c/+d/e/$f",
  "a/arg-type/$b",
  "a/arg-type/^b",
  "a/arg-type/^b/$c",
  "a/arg-type/b/!int",
])("%j is a path", (path) => {
  expect(nothing.supports(path)).toBe(false);
});
