// Times whole processes, side by side, and the phases in process: `npm run bench [-- --schema PATH] [--qemu DIR] [--runs N]`.
// `npm run bench -- validators [--schema PATH] [--runs N]` compares generated validators with libraries of validators,
// `npm run bench -- client [--schema PATH] [--runs N]` the client with others; `npm run bench -- ready [--runs N]` times the import
// of ready types alone, `npm run bench -- domain-events [--runs N]` events on their way through domains.
//
// A round runs each contender once, so that whatever else the machine does hits all of them alike; what counts are the
// ratios of medians. `--qemu DIR` is a QEMU source tree: its own compiler and ours run on its qapi/ folder.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ready } from "./ready.js";
import { edited } from "./edited.js";
import { median, row } from "./report.js";
import { scaling } from "./scaling.js";

/** How much of the time of QEMU's own compiler a cold run may take. */
const COLD_BUDGET = 0.25;
/** How often the time of `node -e 0` a run may take that has nothing to do. */
const UNCHANGED_BUDGET = 1.5;
/** How much of the time of a cold run one may take before which one file was changed. */
const CHANGED_BUDGET = 0.5;
/** For how long what is watched may be out of date, in ms. */
const WATCH_BUDGET = 100;
/** Peak memory of a run, in MB. */
const MEMORY_BUDGET = 150;
const MINIMUM_RUNS = 7;
/** How often each phase is timed on each size. */
const SCALING_RUNS = 5;

/**
 * A command to time.
 *
 * @typedef {{ readonly name: string, readonly run: () => number, readonly times: number[] }} Contender
 */

const {
  values,
  positionals: [subject],
} = parseArgs({
  allowPositionals: true,
  options: {
    schema: { type: "string" },
    qemu: { type: "string" },
    runs: { type: "string", default: "9" },
  },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < MINIMUM_RUNS) throw new Error(`--runs takes a number, at least ${MINIMUM_RUNS}`);
const bin = path("../dist/bin/qapi-codegen.cjs");
if (!existsSync(bin)) throw new Error("there is no dist/: npm run build");

if (subject !== undefined && !["validators", "client", "ready", "domain-events"].includes(subject))
  throw new Error(`there is no benchmark ${subject}: validators, client, ready, domain-events`);
const temporary = mkdtempSync(join(tmpdir(), "qapi-codegen-bench-"));
// Records of runs are part of what is timed, but not of what is left behind.
process.env["QAPI_CODEGEN_CACHE"] = join(temporary, "cache");
// Where this is set, Node reads certificates at each start, which takes more than all else that `node -e 0` does.
delete process.env["NODE_EXTRA_CA_CERTS"];
try {
  // Only where needed: the others need what a checkout has and the first does not.
  if (subject === undefined) main();
  else if (subject === "ready") ready(runs, temporary);
  else if (subject === "domain-events") {
    const { domainEventsBench } = await import("./domain-events/index.js");
    domainEventsBench(runs);
  } else if (subject === "client") {
    const { client } = await import("./client/index.js");
    await client(values.schema ?? path("validators/schema/with-status.json"), runs, temporary);
  } else {
    const { validators } = await import("./validators/index.js");
    await validators(values.schema ?? path("validators/schema/qapi-schema.json"), runs, temporary);
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

/** The path of a file of the project, from that of this one. */
function path(relative) {
  return fileURLToPath(new URL(relative, import.meta.url));
}

function main() {
  const schema = values.schema ?? path("../fixtures/net");
  /** @type {{ readonly name: string, readonly path: string, readonly peer: Contender | undefined }[]} */
  const schemas = [{ name: schema, path: schema, peer: undefined }];
  if (values.qemu !== undefined) {
    schemas.push({ name: join(values.qemu, "qapi"), path: join(values.qemu, "qapi"), peer: qemuCompiler(values.qemu) });
  }
  const node = contender("node -e 0", process.execPath, () => ["-e", "0"]);
  const sets = schemas.map(({ name, path, peer }, index) => {
    // A new directory for each run: removing an old one would keep the disk busy while the next run is timed.
    const cold = (run) => join(temporary, `cold-${index}-${run}`);
    const kept = join(temporary, `kept-${index}`);
    execute(process.execPath, [bin, path, "-o", kept]);
    const other = edited(path, join(temporary, `edited-${index}`));
    const changed = join(temporary, `changed-${index}`);
    const again = (name, edit) => contender(name, process.execPath, () => [bin, other.path, "-o", changed], edit);
    return {
      path,
      name,
      memory: peakMemory([bin, path, "-o", join(temporary, `memory-${index}`)]),
      cold: contender("qapi-codegen, fresh directory", process.execPath, (run) => [bin, path, "-o", cold(run)]),
      unchanged: contender("qapi-codegen, nothing changed", process.execPath, () => [bin, path, "-o", kept]),
      doc: again("qapi-codegen, one doc changed", other.editDoc),
      member: again("qapi-codegen, one member changed", other.editMember),
      peer,
    };
  });

  const contenders = [
    node,
    ...sets.flatMap(({ cold, unchanged, doc, member, peer }) => [
      cold,
      unchanged,
      doc,
      member,
      ...(peer ? [peer] : []),
    ]),
  ];
  for (let round = -1; round < runs; round++) {
    for (const each of contenders) {
      const time = each.run();
      if (round >= 0) each.times.push(time); // The round before the first warms the disk's cache.
    }
  }

  console.log(
    `Medians of ${runs} interleaved runs of whole processes, Node ${process.version}, in ms (the fastest in brackets)`,
  );
  for (const [index, { name, path, memory, cold, unchanged, doc, member, peer }] of sets.entries()) {
    console.log(`\n${name}`);
    row(node.name, timing(node), "", "");
    if (peer !== undefined) row(peer.name, timing(peer), "", "");
    const coldRatio = peer === undefined ? undefined : median(cold.times) / median(peer.times);
    row(cold.name, timing(cold), ...verdict(coldRatio, COLD_BUDGET, "of QEMU's own"));
    row(
      unchanged.name,
      timing(unchanged),
      ...verdict(median(unchanged.times) / median(node.times), UNCHANGED_BUDGET, "of node -e 0"),
    );
    for (const each of [doc, member]) {
      row(each.name, timing(each), ...verdict(median(each.times) / median(cold.times), CHANGED_BUDGET, "of cold"));
    }
    watched(path, join(temporary, `watched-${index}`));
    row(
      "peak memory, fresh directory",
      `${memory.toFixed(0)} MB`,
      "",
      memory <= MEMORY_BUDGET ? `ok: at most ${MEMORY_BUDGET} MB` : `OVER the budget of ${MEMORY_BUDGET} MB`,
    );
  }
  ready(runs, temporary);
  for (const { path } of schemas) scaling(path, SCALING_RUNS);
  if (values.qemu === undefined)
    console.log("\nWith --qemu DIR, a QEMU source tree, QEMU's own compiler runs beside it.");
}

/** How long an output is out of date that is kept up to date by a process that stays. */
function watched(schema, directory) {
  const args = [path("watch.js"), schema, directory, String(runs)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`watching ${schema} failed:\n${stderr}`);
  for (const [what, times] of Object.entries(JSON.parse(stdout))) {
    const words = median(times) <= WATCH_BUDGET ? `ok: at most ${WATCH_BUDGET}` : `OVER the budget of ${WATCH_BUDGET}`;
    row(`--watch, from a save, one ${what}`, timing({ times }), "", words);
  }
}

/** QEMU's own compiler on the schema of its own source tree. */
function qemuCompiler(directory) {
  const script = join(directory, "scripts", "qapi-gen.py");
  if (!existsSync(script))
    throw new Error(`${directory} is no QEMU source tree: there is no scripts/qapi-gen.py in it`);
  const schema = join(directory, "qapi", "qapi-schema.json");
  const output = (run) => join(temporary, `qemu-${run}`);
  return contender("QEMU's qapi-gen.py", "python3", (run) => [script, "-o", output(run), "-b", schema]);
}

/**
 * @param {string} name
 * @param {string} command
 * @param {(run: number) => readonly string[]} argumentsOf
 * @param {() => void} prepare - What is done before each run, and not timed.
 * @returns {Contender}
 */
function contender(name, command, argumentsOf, prepare = () => undefined) {
  let runs = 0;
  const run = () => {
    const args = argumentsOf(runs++);
    prepare();
    const start = performance.now();
    execute(command, args);
    return performance.now() - start;
  };
  return { name, run, times: [] };
}

function execute(command, args) {
  const { status, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stderr}`);
  return stderr;
}

/** The most memory that a run of Node with `args` has had at once, in MB. */
function peakMemory(args) {
  const hook = "process.on('exit',()=>process.stderr.write(`peak:${process.resourceUsage().maxRSS}`))";
  const kilobytes = /peak:([0-9]+)$/.exec(
    execute(process.execPath, ["--import", `data:text/javascript,${hook}`, ...args]),
  );
  return Number(kilobytes?.[1]) / 1000;
}

function verdict(ratio, budget, of) {
  if (ratio === undefined) return ["", ""];
  return [`${ratio.toFixed(2)} ${of}`, ratio <= budget ? `ok: at most ${budget}` : `OVER the budget of ${budget}`];
}

function timing({ times }) {
  return `${median(times).toFixed(0)} (${Math.min(...times).toFixed(0)})`;
}
