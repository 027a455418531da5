// How the results are printed.
import { median, row } from "../report.js";

/** How we are called in the tables. */
export const OURS = "qapi-codegen";

/**
 * One table: the fastest first.
 *
 * @param {string} title
 * @param {string} key - See {@link import("./speed.js").Result}.
 * @param {readonly import("./speed.js").Result[]} results
 */
export function printSpeed(title, key, results) {
  console.log(`\n${title}`);
  const known = results.filter(({ problem }) => problem === undefined);
  for (const result of known.toSorted((a, b) => timeOf(key, a) - timeOf(key, b))) {
    const ratio = `${ratioToOurs(key, result.name, results).toFixed(2)} of ours`;
    row(result.name, duration(timeOf(key, result)), result.name === OURS ? "" : ratio, "");
  }
  for (const { name, problem } of results) if (problem !== undefined) row(name, "left out", problem, "");
}

/**
 * The time of a contender divided by our own.
 *
 * @param {readonly import("./speed.js").Result[]} results
 */
export function ratioToOurs(key, name, results) {
  const find = (wanted) => results.find((result) => result.name === wanted);
  return timeOf(key, find(name)) / timeOf(key, find(OURS));
}

/** @param {import("./speed.js").Result} [result] */
function timeOf(key, result) {
  return median(result?.times.get(key) ?? [NaN]);
}

/**
 * @param {string} title
 * @param {readonly (import("./bundles.js").Bundle | import("./bundles.js").Missing)[]} bundles
 * @param {ReadonlyMap<string, readonly number[]>} imports - Milliseconds by path.
 */
export function printCosts(title, bundles, imports) {
  console.log(`\n${title}`);
  for (const bundle of bundles) {
    if ("problem" in bundle) {
      row(bundle.name, "left out", bundle.problem, "");
      continue;
    }
    const times = imports.get(bundle.path);
    const spent =
      times === undefined ? "cannot be imported" : `${median(times).toFixed(1)} ms (${Math.min(...times).toFixed(1)})`;
    row(bundle.name, kilobytes(bundle.bytes), `${kilobytes(bundle.gzip)} gzip, ${spent}`, "");
  }
}

export function duration(nanoseconds) {
  if (!(nanoseconds >= 1000)) return `${nanoseconds.toFixed(1)} ns`;
  return nanoseconds < 1e6 ? `${(nanoseconds / 1e3).toFixed(1)} µs` : `${(nanoseconds / 1e6).toFixed(2)} ms`;
}

export function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0)} KB`;
}
