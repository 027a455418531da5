// One client in a process of its own, which works when it is told to: `fork("worker.js", [MODULE, SOCKET, OPTIONS, SCHEMA])`.
//
// A message with the number of a job asks for the milliseconds that it takes. A message `{ connections }` asks for the bytes
// that so many connections more take: on the heap, and of memory.
import { setTimeout } from "node:timers/promises";
import { CONNECTIONS, JOBS, run } from "./jobs.js";

/** Connected at once: more would leave room behind that only connecting needs. */
const BATCH = 20;

const [module = "", path = "", options = "null", schema = ""] = process.argv.slice(2);
const { open } = await import(`./contenders/${module}`);
const connect = () => open(path, JSON.parse(options), schema);
const connections = await Promise.all(Array.from({ length: CONNECTIONS }, connect));

process.on("message", async (/** @type {any} */ message) => {
  try {
    process.send?.(typeof message === "number" ? await time(JOBS[message]) : await memory(message));
  } catch (error) {
    process.send?.({ problem: error instanceof Error ? error.message : String(error) });
  }
});
process.send?.({});

async function time(job) {
  const start = performance.now();
  await run(connections, job);
  return { milliseconds: performance.now() - start };
}

async function memory({ connections: wanted }) {
  const connectUpTo = async (count) => {
    while (connections.length < count) connections.push(...(await Promise.all(Array.from({ length: BATCH }, connect))));
  };
  // What the first ones need is not needed for each.
  await connectUpTo(5 * BATCH);
  const before = await used();
  const enough = connections.length + wanted;
  await connectUpTo(enough);
  const after = await used();
  // They are still there.
  await Promise.all(connections.map((connection) => connection.execute("query-status")));
  return { heap: (after.heapUsed - before.heapUsed) / wanted, rss: (after.rss - before.rss) / wanted };
}

/** What is in use when nothing happens. */
async function used() {
  for (let i = 0; i < 5; i++) {
    await setTimeout(20);
    globalThis.gc?.();
  }
  return process.memoryUsage();
}
