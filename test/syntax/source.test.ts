import { expect, test } from "vitest";
import { Source } from "../../src/syntax/source.js";

test("positions count lines and columns from 1", () => {
  const source = new Source("x.json", "ab\n\ncd\n");
  expect([0, 1, 2, 3, 4, 6, 7].map((offset) => source.position(offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 1, column: 3 },
    { line: 2, column: 1 },
    { line: 3, column: 1 },
    { line: 3, column: 3 },
    { line: 4, column: 1 },
  ]);
});

test("lines come without their breaks, of either kind", () => {
  const source = new Source("x.json", "one\r\ntwo\nthree");
  expect([1, 2, 3, 4].map((line) => source.line(line))).toEqual(["one", "two", "three", ""]);
});
