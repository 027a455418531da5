import { expect, test } from "vitest";
import { directoryOf, isWithin, relativePath, resolvePath } from "../../src/schema/path.js";

test.each([
  ["", "a/b.json", "a/b.json"],
  ["a", "b.json", "a/b.json"],
  ["a/b", "../c.json", "a/c.json"],
  ["a", "../../c.json", "../c.json"],
  ["..", "../c.json", "../../c.json"],
  ["a", "./b//./c.json", "a/b/c.json"],
  ["/a", "../../../etc/x", "/etc/x"],
  ["a", "/etc/x", "/etc/x"],
])("resolvePath(%j, %j)", (directory, path, expected) => {
  expect(resolvePath(directory, path)).toBe(expected);
});

test.each([
  ["", "a.json", true],
  ["", "../a.json", false],
  ["", "/a.json", false],
  ["..", "../a.json", true],
  ["../..", "../a.json", true],
  ["..", "../../a.json", false],
  ["a", "a/b/c.json", true],
  ["a", "ab/c.json", false],
  ["a", "c.json", false],
  ["/a", "/a/b.json", true],
  ["/a", "/ab.json", false],
  ["/", "/ab.json", true],
  ["../a", "../a/b.json", true],
  ["../a", "../b.json", false],
])("isWithin(%j, %j)", (directory, path, expected) => {
  expect(isWithin(directory, path)).toBe(expected);
});

test("directoryOf and relativePath", () => {
  expect(["a.json", "a/b.json", "/b.json", "/a/b.json"].map(directoryOf)).toEqual(["", "a", "/", "/a"]);
  expect(relativePath("a/b", "a/c/d.json")).toBe("../c/d.json");
  expect(relativePath("", "c.json")).toBe("c.json");
});
