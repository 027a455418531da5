// How fast contenders are: each in a process of its own, in rounds in which each has its turn.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

const WORKER = fileURLToPath(new URL("worker.js", import.meta.url));
/** What each contender has for each job: before it counts, and in each round. */
const WARM_UP = 200;
const MILLISECONDS = 60;

/**
 * @typedef {object} Result
 * @property {string} name - The contender's.
 * @property {string} [problem] - Why there are no times.
 * @property {Map<string, number[]>} times - Nanoseconds for a value in each round, by `id list`: `event accepted`, `event bad`.
 */

/**
 * @param {readonly { readonly name: string, readonly path: string }[]} contenders - `path` is that of the module.
 * @param {string} payloads - The path of the values, as JSON.
 * @param {readonly string[]} ids
 * @param {number} runs
 * @returns {Promise<readonly Result[]>}
 */
export async function measureSpeed(contenders, payloads, ids, runs) {
  const jobs = ids.flatMap((id) => ["accepted", "bad"].map((list) => ({ id, list })));
  const workers = [];
  for (const { name, path } of contenders) {
    const process = fork(WORKER, [path, payloads]);
    const { problem } = await answer(process);
    /** @type {Result} */
    const result = { name, times: new Map(), ...(problem !== undefined && { problem }) };
    workers.push({ process, result });
  }
  try {
    for (let round = -2; round < runs; round++) {
      for (const { id, list } of jobs) {
        for (const { process, result } of workers) {
          if (result.problem !== undefined) continue;
          process.send({ id, list, milliseconds: round < 0 ? WARM_UP : MILLISECONDS });
          const { problem, nanoseconds } = await answer(process);
          if (problem !== undefined) result.problem = problem;
          else if (round >= 0)
            result.times.set(`${id} ${list}`, [...(result.times.get(`${id} ${list}`) ?? []), nanoseconds]);
        }
      }
    }
  } finally {
    for (const { process } of workers) process.kill();
  }
  return workers.map(({ result }) => result);
}

/** The next message of a worker; what is wrong when it ends instead. */
function answer(worker) {
  return new Promise((resolve) => {
    const end = (code) => resolve({ problem: `ended with ${code}` });
    worker.once("exit", end);
    worker.once("message", (message) => {
      worker.off("exit", end);
      resolve(message);
    });
  });
}
