// Compares our client with others, side by side: events and replies a second, memory per connection.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { defaultEmitters, emit } from "../../dist/index.js";
import { median, row } from "../report.js";
import { bundled } from "../validators/bundle.js";
import { modelOf } from "../validators/index.js";
import { installed } from "../validators/install.js";
import { CONTENDERS, FLOOR, OURS } from "./contenders/index.js";
import { JOBS } from "./jobs.js";
import { payloadsOf } from "./payloads.js";
import { Processes } from "./processes.js";

/** How many events and replies a second there must be, as a part of the floor's. */
const SPEED_BUDGET = { [OURS.none]: 0.8, [OURS.all]: 0.6 };
/** How much memory a connection may take, in bytes. */
const MEMORY_BUDGET = 40_000;
const CONNECTIONS = 1000;
/** Until compilers have done what they can. */
const WARM_UP = 2;

const SEMANTICS = `The server writes as fast as it can into a unix socket; commands for small replies are in flight on 8 connections, 8
on each, but for node-qemu, which has one at most; for large replies there is one. qemu-qmp hands over events without their
data, and gives commands no id.`;

/**
 * Measures and prints.
 *
 * @param {string} schema - A path.
 * @param {number} runs
 * @param {string} directory - For temporary files.
 */
export async function client(schema, runs, directory) {
  const model = modelOf(schema);
  const { made, payloads } = await prepare(model, directory);
  const contenders = installed(CONTENDERS);
  console.log(`Clients: medians of ${runs} interleaved rounds, Node ${process.version}\n${schema}\n\n${SEMANTICS}`);

  const processes = new Processes();
  try {
    const path = join(directory, "qmp");
    await processes.start("server.js", [path, payloads]);
    /** @param {import("./contenders/index.js").Contender} contender */
    const start = ({ module, options = null }, execArgv) =>
      processes.start("worker.js", [module, path, JSON.stringify(options), made], { execArgv });

    const workers = [];
    for (const contender of contenders) workers.push({ name: contender.name, ...(await start(contender, [])) });
    const speed = await measureSpeed(workers, runs);
    for (const job of JOBS) printSpeed(job, speed);
    console.log(
      `\nMemory of a connection, when there are ${CONNECTIONS} in one process: on the heap, and of the process`,
    );
    for (const contender of contenders) {
      const { ask, problem } = await start(contender, ["--expose-gc"]);
      printMemory(contender.name, problem === undefined ? await ask({ connections: CONNECTIONS }) : { problem });
    }
  } finally {
    processes.end();
  }
}

/** Writes what the processes read. */
async function prepare(model, directory) {
  const payloads = join(directory, "payloads.json");
  const { events, replies } = payloadsOf(model);
  writeFileSync(payloads, JSON.stringify({ events, replies }));
  const bytes = events.join("").length / events.length;
  for (const job of JOBS) sizes.set(job.name, "event" in job ? bytes : (replies[job.command]?.length ?? 0));
  const files = new Map(emit(model, defaultEmitters).map(({ path, text }) => [path, text]));
  const path = join(directory, "schema.mjs");
  writeFileSync(path, await bundled('export { schema } from "./index.js";', { files }));
  return { made: pathToFileURL(path).href, payloads };
}

/** The bytes of one event or reply, by job. */
const sizes = new Map();

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string} [problem] - Why there are no times, or no more.
 * @property {Map<string, number[]>} times - Milliseconds in each round, by job.
 */

/** @returns {Promise<readonly Result[]>} */
async function measureSpeed(workers, runs) {
  /** @type {readonly Result[]} */
  const results = workers.map(({ name, problem }) => ({
    name,
    times: new Map(JOBS.map((job) => [job.name, []])),
    ...(problem !== undefined && { problem }),
  }));
  for (let round = -WARM_UP; round < runs; round++) {
    for (const [number, job] of JOBS.entries()) {
      for (const [index, { ask }] of workers.entries()) {
        const result = results[index];
        if (result === undefined || result.problem !== undefined) continue;
        const { problem, milliseconds } = await ask(number);
        if (problem !== undefined) result.problem = problem;
        else if (round >= 0) result.times.get(job.name)?.push(milliseconds);
      }
    }
  }
  return results;
}

/** @param {import("./jobs.js").Job} wanted */
function printSpeed(wanted, results) {
  const { name: job, count } = wanted;
  const of = "event" in wanted ? wanted.event : wanted.command;
  console.log(`\n${of}: ${job} of ${sizes.get(job)?.toFixed(0)} bytes a second, and how many of the floor's`);
  const floor = results.find(({ name }) => name === FLOOR);
  for (const { name, problem, times } of results) {
    if (problem !== undefined) {
      row(name, "left out", problem, "");
      continue;
    }
    const own = median(times.get(job) ?? []);
    const ratio = median(floor?.times.get(job) ?? []) / own;
    const budget = SPEED_BUDGET[name];
    row(
      name,
      Math.round((count * 1000) / own).toLocaleString("en"),
      ratio.toFixed(2),
      budget === undefined ? "" : verdict(ratio >= budget, `at least ${budget}`),
    );
  }
}

function printMemory(name, { problem, heap, rss }) {
  if (problem !== undefined) return row(name, "left out", problem, "");
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
  const isOurs = name in SPEED_BUDGET;
  const isKept = Math.max(heap, rss) <= MEMORY_BUDGET;
  row(name, kilobytes(heap), kilobytes(rss), isOurs ? verdict(isKept, `at most ${kilobytes(MEMORY_BUDGET)}`) : "");
}

function verdict(isKept, budget) {
  return isKept ? `ok: ${budget}` : `OVER the budget: ${budget}`;
}
