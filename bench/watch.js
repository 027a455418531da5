// How long an output that is watched is out of date: from the save of one file to the end of the run that it leads to. Prints the
// times in ms as JSON: `node bench/watch.js SCHEMA DIRECTORY RUNS`.
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Builder, watch } from "../dist/index.js";
import { edited } from "./edited.js";

/** So long somebody does nothing between two saves, in ms. */
const PAUSE = 100;

const [schema = "", directory = "", runs = "9"] = process.argv.slice(2);
const { path, editDoc, editMember } = edited(schema, join(directory, "schema"));
const controller = new AbortController();
/** @type {(result: import("../dist/index.js").GenerateResult) => void} */
let settle = () => undefined;
/** @type {(save: () => void) => Promise<number>} */
const ended = async (save) => {
  const result = new Promise((resolve) => (settle = resolve));
  const start = performance.now();
  save();
  const { ok, write } = await result;
  const time = performance.now() - start;
  if (!ok || write.written.length === 0) throw new Error("the save has led to nothing");
  return time;
};
/** @type {Promise<unknown> | undefined} */
let watching;
const onResult = (_, result) => settle(result);
await ended(() => {
  watching = watch([new Builder({ schema: path, output: join(directory, "out") })], {
    signal: controller.signal,
    onResult,
  });
});
/** @type {{ doc: number[], member: number[] }} */
const times = { doc: [], member: [] };
for (let run = 0; run < Number(runs); run++) {
  await wait(PAUSE);
  times.doc.push(await ended(editDoc));
  await wait(PAUSE);
  times.member.push(await ended(editMember));
}
controller.abort();
await watching;
console.log(JSON.stringify(times));
