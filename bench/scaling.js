// How the time of each phase grows with the size of the schema: in process, each measurement in a new one.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median, row } from "./report.js";

const PHASES = /** @type {const} */ ({ parse: "parse", check: "parse and check", whole: "parse, check and emit" });
const COPIES = [1, 2, 4, 8];
/** How often the time per byte of one copy eight copies may take. */
const GROWTH_BUDGET = 1.1;
const SCRIPT = fileURLToPath(new URL("phase.js", import.meta.url));

/**
 * Prints, for each phase, the time for 1, 2, 4 and 8 copies of a schema.
 *
 * @param {string} schema
 * @param {number} runs
 */
export function scaling(schema, runs) {
  /** @type {Map<string, { milliseconds: number[], bytes: number }>} */
  const results = new Map();
  for (let round = 0; round < runs; round++) {
    for (const copies of COPIES) {
      for (const phase of Object.keys(PHASES)) {
        const { milliseconds, bytes } = measure(phase, schema, copies);
        const key = `${phase} ${copies}`;
        const known = results.get(key);
        if (known === undefined) results.set(key, { milliseconds: [milliseconds], bytes });
        else known.milliseconds.push(milliseconds);
      }
    }
  }
  console.log(
    `\n${schema}: in process, cold, of texts in memory; ${COPIES.join(", ")} copies under other names, in ms`,
  );
  for (const [phase, name] of Object.entries(PHASES)) {
    const perByte = [];
    for (const copies of COPIES) {
      const { milliseconds = [], bytes = 0 } = results.get(`${phase} ${copies}`) ?? {};
      perByte.push(median(milliseconds) / bytes);
      const rate = `${((median(milliseconds) / bytes) * 1e6).toFixed(0)} ns/byte`;
      const growth = (perByte.at(-1) ?? 0) / (perByte[0] ?? 1);
      const isLast = copies === COPIES.at(-1);
      const words = growth <= GROWTH_BUDGET ? `ok: at most ${GROWTH_BUDGET}` : `OVER the budget of ${GROWTH_BUDGET}`;
      row(
        `${name}, ${(bytes / 1e6).toFixed(2)} MB`,
        `${median(milliseconds).toFixed(0)} (${Math.min(...milliseconds).toFixed(0)})`,
        `${rate}, ${growth.toFixed(2)} of one`,
        isLast ? words : "",
      );
    }
  }
}

function measure(phase, schema, copies) {
  const args = ["--expose-gc", SCRIPT, phase, schema, String(copies)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${phase} of ${copies} copies failed:\n${stderr}`);
  return JSON.parse(stdout);
}
