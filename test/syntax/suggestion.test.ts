import { describe, expect, test } from "vitest";
import { suggestion } from "../../src/syntax/suggestion.js";

describe("suggestion", () => {
  const known = ["Point", "Pixel", "returns", "two", "netdev-id", "if"];

  test.each([
    ["Piont", "Point"],
    ["oPint", "Point"],
    ["Poitn", "Point"],
    ["Points", "Point"],
    ["Pont", "Point"],
    ["point", "Point"],
    ["retruns", "returns"],
    ["return", "returns"],
    ["tow", "two"],
    ["netdev_id", "netdev-id"],
    ["NETDEV-DI", undefined],
    ["nedtev-di", "netdev-id"],
    ["fi", "if"],
  ])("%s: %s", (name, expected) => {
    expect(suggestion(name, known)).toBe(expected);
  });

  test.each(["Line", "x", "", "i", "netdev", "Potatoes"])("nothing is near %j", (name) => {
    expect(suggestion(name, known)).toBeUndefined();
  });

  test("the nearest one wins, the first of several", () => {
    expect(suggestion("abcdef", ["abxxef", "abcdex", "xbcdef"])).toBe("abcdex");
  });
});
