// One contender in a process of its own, which works when it is told to: `fork("worker.js", [MODULE, PAYLOADS])`.
//
// A message `{ id, list, milliseconds }` asks for the time that one value of a list ("accepted" or "bad") takes, in
// nanoseconds, measured for about so many milliseconds.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [modulePath = "", payloadsPath = ""] = process.argv.slice(2);
const contender = await import(pathToFileURL(modulePath).href);
const payloads = JSON.parse(readFileSync(payloadsPath, "utf8"));
/** How often a batch goes through its values, by job. */
const times = new Map();

process.on("message", ({ id, list, milliseconds }) => {
  const values = payloads[id][list];
  const run = list === "accepted" ? contender[id].accepts : contender[id].report;
  const key = `${id} ${list}`;
  if (!times.has(key)) {
    const problem = verdictOf(contender[id], payloads[id]);
    if (problem !== undefined) {
      process.send?.({ problem });
      return;
    }
  }
  let count = times.get(key) ?? 1;
  let taken = batch(run, values, count);
  // A batch that was too short to say something is repeated, longer.
  while (taken < milliseconds / 2) {
    count = Math.ceil(count * Math.min(10, (milliseconds / Math.max(taken, 0.001)) * 1.1));
    taken = batch(run, values, count);
  }
  times.set(key, Math.max(1, Math.round((count * milliseconds) / taken)));
  process.send?.({ nanoseconds: (taken * 1e6) / (count * values.length) });
});
process.send?.({});

/** The time for `count` rounds through the values, in milliseconds. */
function batch(run, values, count) {
  let sum = 0;
  const start = performance.now();
  for (let round = 0; round < count; round++) for (const value of values) sum += Number(run(value));
  const taken = performance.now() - start;
  // Read, so that no compiler takes the calls for useless.
  if (sum < count * values.length) throw new Error("a verdict has changed");
  return taken;
}

/** What is wrong with a contender that gives wrong answers. */
function verdictOf({ accepts, report }, { accepted, bad, newer }) {
  if (!accepted.every((value) => accepts(value) && report(value) === 0)) return "refuses a right value";
  if (!newer.every((value) => accepts(value) && report(value) === 0)) return "refuses what is new";
  if (bad.some((value) => accepts(value) || report(value) === 0)) return "accepts a wrong value";
  return undefined;
}
