// How long modules take to be imported: each time in a fresh process, in rounds in which each has its turn.
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { median } from "../report.js";

/** What takes longer is not measured, in milliseconds; what takes longer than a second only so often. */
const TIMEOUT = 20_000;
const SLOW_RUNS = 3;
/** Some module, imported before: an application has begun with one of its own, which is what starts Node's loader. */
const FIRST = new URL("../report.js", import.meta.url).href;
/** The time is taken before anything of `process.stdout` is, which takes milliseconds to be made. */
const SCRIPT =
  "await import(process.argv[1]); const start = performance.now(); await import(process.argv[2]); " +
  "const time = performance.now() - start; process.stdout.write(String(time))";

/**
 * @param {readonly (import("./bundles.js").Bundle | import("./bundles.js").Missing)[]} bundles
 * @param {number} runs
 * @returns {ReadonlyMap<string, readonly number[]>} Milliseconds, by path. What takes too long or fails has none.
 */
export function measureImports(bundles, runs) {
  /** @type {Map<string, number[]>} */
  const times = new Map();
  for (const bundle of bundles) if ("path" in bundle) times.set(bundle.path, []);
  for (let round = -1; round < runs; round++) {
    for (const [path, known] of times) {
      if (known.length >= SLOW_RUNS && median(known) > 1000) continue;
      const time = importTime(path);
      if (time === undefined) times.delete(path);
      else if (round >= 0) known.push(time); // The round before the first warms the disk's cache.
    }
  }
  return times;
}

/** @returns {number | undefined} */
function importTime(path) {
  const args = ["--input-type=module", "-e", SCRIPT, FIRST, pathToFileURL(path).href];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: TIMEOUT });
  return status === 0 ? Number(stdout) : undefined;
}
