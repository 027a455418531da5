import { expect, it } from "vitest";
import { backoff } from "../../src/runtime/backoff.js";

it("the delay doubles up to the most, and is between half of it and all", () => {
  const least = (attempt: number): number => backoff(attempt, 100, 10_000, () => 0);
  const most = (attempt: number): number => backoff(attempt, 100, 10_000, () => 1);
  expect([1, 2, 3, 4, 7, 8, 9, 1e9].map(most)).toEqual([100, 200, 400, 800, 6400, 10_000, 10_000, 10_000]);
  expect([1, 2, 3, 8].map(least)).toEqual([50, 100, 200, 5000]);
  expect(backoff(5000, 1, Infinity, () => 1)).toBe(2 ** 30);
  expect(backoff(1, 0, 0)).toBe(0);
});
