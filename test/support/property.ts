/** How properties are run: the same every time, and otherwise with `SEED=1234 npm test`. */
import type { Parameters } from "fast-check";

/** @param runs - How many inputs are tried; `RUNS=10` tries ten times as many. */
export function parameters<T>(runs: number, more: Parameters<T> = {}): Parameters<T> {
  const { SEED: seed = "20", RUNS: times = "1" } = process.env;
  return { seed: Number(seed), numRuns: runs * Number(times), ...more };
}
