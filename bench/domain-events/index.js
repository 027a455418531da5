// What domain events cost: events a second beside the client alone, with one domain and with a hundred; memory of a domain.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median, row } from "../report.js";

/** How many events a second there must be, as a part of the client's. */
const SPEED_BUDGET = 0.5;
/** How much of the heap a domain may take besides its client, in bytes. */
const MEMORY_BUDGET = 40_000;

const NAMES = {
  plain: "the client: qmp.signal(...)",
  facade: "domain.on(...), each domain",
  all: "domains.on(...), once",
  ignored: "attached, nobody registered",
};

/** @param {number} runs */
export function domainEventsBench(runs) {
  const worker = fileURLToPath(new URL("worker.js", import.meta.url));
  const output = execFileSync(process.execPath, ["--expose-gc", worker, String(runs)], { encoding: "utf8" });
  const { bytes, events, speed, memory } = JSON.parse(output);
  console.log(
    `Domain events: VNC_INITIALIZED of ${bytes} bytes, validated, as graphics. Medians of ${runs} interleaved rounds of ${events}` +
      ` events, Node ${process.version}: events in a second of processor time, and how many of the client's`,
  );
  for (const count of new Set(speed.map((each) => each.count))) {
    console.log(`\n${count === 1 ? "1 domain" : `${count} domains`}`);
    const contenders = speed.filter((each) => each.count === count);
    const plain = median(contenders.find(({ way }) => way === "plain").times);
    for (const { way, times } of contenders) {
      const ratio = plain / median(times);
      const verdict =
        way === "plain" || way === "ignored" ? "" : words(ratio >= SPEED_BUDGET, `at least ${SPEED_BUDGET}`);
      row(NAMES[way], Math.round((events * 1000) / median(times)).toLocaleString("en"), ratio.toFixed(2), verdict);
    }
  }
  const kilobytes = (number) => `${(number / 1000).toFixed(1)} KB`;
  console.log("\nMemory of a domain on the heap, besides its client, when there are 1100");
  row(
    "with one callback",
    kilobytes(memory),
    "",
    words(memory <= MEMORY_BUDGET, `at most ${kilobytes(MEMORY_BUDGET)}`),
  );
}

function words(isKept, budget) {
  return isKept ? `ok: ${budget}` : `OVER the budget: ${budget}`;
}
