// Compares the validators that we generate with libraries of validators, side by side: speed, bytes, import.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, diskHost, load } from "../../dist/index.js";
import { locate } from "../../out/build/locate.js";
import { median, row } from "../report.js";
import { Bundles, versionOf } from "./bundles.js";
import { CASES } from "./cases.js";
import { measureImports } from "./import-time.js";
import { installed } from "./install.js";
import { allSource, appSources, outputOf, ourSource } from "./ours.js";
import { payload } from "./payloads.js";
import { ajvAllErrors } from "./peers/ajv.js";
import { PEERS } from "./peers/index.js";
import { kilobytes, OURS, printCosts, printSpeed, ratioToOurs } from "./print.js";
import { shapesOfAll, shapesOfCases } from "./shapes.js";
import { measureSpeed } from "./speed.js";
import { instantiationsOf } from "./type-check.js";

/** To import all validators that are made of QEMU's schema: bytes, minified, and milliseconds. */
const WHOLE_BUDGET = { bytes: 300_000, milliseconds: 12 };
/** An application that imports one event's validator and one command stub: bytes. */
const APP_BUDGET = 3000;
/** What `tsc` instantiates for the types and events of an output, above an empty project. */
const INSTANTIATIONS_BUDGET = 200;
const IMPORT_RUNS = 9;
/** What is type-checked: folders of the output, and all of it. */
const TYPE_CHECKED = ["types", "events", "commands", "validators", "."];
/** Those that have no code, which costs more to check than types do. */
const TYPES_ONLY = ["types", "events"];

const SEMANTICS = `All check the same, tolerantly: other members and other strings for enums pass, 64-bit integers are exact.
What still differs: ours also takes bigints as 64-bit integers and lets unions pass whose discriminator is not known (the
others refuse them); Zod and Valibot build a copy without unknown members; Valibot and ArkType let infinity pass as a number;
typia tells arrays from objects only by their members. All report all issues but "ajv standalone", which reports the first.
TypeBox, Zod and ArkType compile at run time, with new Function, which their time of import has or their first call.`;

/**
 * Measures and prints.
 *
 * @param {string} schema - A path.
 * @param {number} runs
 * @param {string} directory - For temporary files.
 */
export async function validators(schema, runs, directory) {
  const model = modelOf(schema);
  const files = outputOf(model);
  const peers = installed(PEERS);
  const versions = new Set(peers.map(versionOf));
  console.log(
    `Generated validators and libraries of validators: medians of ${runs} interleaved rounds, Node ${process.version}`,
  );
  console.log(`${schema}; ${[...versions].join(", ")}\n\n${SEMANTICS}`);

  const bundles = new Bundles(directory, files);
  const shapes = shapesOfCases(model, CASES);
  const contenders = [await bundles.ours(OURS, ourSource(CASES))];
  const missing = [];
  for (const peer of peers) {
    const bundle = await bundles.peer(peer, shapes);
    if ("problem" in bundle) missing.push(bundle);
    else contenders.push(bundle);
  }
  const payloads = join(directory, "payloads.json");
  const sizes = writePayloads(payloads, shapes);
  const ids = CASES.map(({ id }) => id);
  const results = await measureSpeed(contenders, payloads, ids, runs);
  for (const { id, name } of CASES) {
    const size = sizes.get(id) ?? 0;
    const what = `${name}, ${size < 1000 ? `${size.toFixed(0)} bytes` : kilobytes(size)} of JSON`;
    printSpeed(`${what}, accepted`, `${id} accepted`, results);
    printSpeed(`${what}, one bad leaf, issues reported`, `${id} bad`, results);
  }

  const imports = measureImports(contenders, IMPORT_RUNS);
  printCosts(
    "Code for these three: minified, gzip, import in a fresh process (the fastest in brackets)",
    [...contenders, ...missing],
    imports,
  );
  const everything = await bundles.ours("all of our validators", allSource("validators"));
  /** @type {(import("./bundles.js").Bundle | import("./bundles.js").Missing)[]} */
  const whole = [
    await bundles.ours("a module with nothing in it", "export {};"),
    everything,
    await bundles.ours("all of our output", allSource(".")),
  ];
  const all = shapesOfAll(model);
  for (const peer of peers) whole.push(await bundles.peer(peer, all));
  const wholeImports = measureImports(whole, IMPORT_RUNS);
  printCosts(
    "Code for all types, events, arguments and results; those of libraries for one mode only",
    whole,
    wholeImports,
  );

  console.log("\nAn application with one validator of an event and one command; type-checking the output");
  const apps = [];
  for (const { name, source } of appSources(model)) {
    const { bytes, gzip } = await bundles.ours(name, source);
    apps.push({ name, bytes });
    row(name, kilobytes(bytes), `${kilobytes(gzip)} gzip`, "");
  }
  const instantiations = TYPE_CHECKED.map((folder) => instantiationsOf(files, folder, directory));
  for (const [index, folder] of TYPE_CHECKED.entries()) {
    const what = folder === "." ? "all of the output" : folder;
    row(`tsc: ${what}`, String(instantiations[index]), "instantiations above an empty project", "");
  }

  console.log("\nBudget");
  // Who gives wrong answers is no rival; if we did, nothing would be kept.
  const rivals = results.filter(({ name, problem }) => name === OURS || problem === undefined);
  const isFirst = (id) => rivals.every(({ name }) => ratioToOurs(`${id} accepted`, name, results) >= 1);
  const isAtLeastAjv = (id) => ratioToOurs(`${id} bad`, ajvAllErrors.name, results) >= 1;
  const milliseconds = median(wholeImports.get(everything.path) ?? [Infinity]);
  verdict("first on each payload (accepted)", ids.map(isFirst), ids);
  verdict("at least ajv allErrors in the bad case", ids.map(isAtLeastAjv), ids);
  verdict(
    `all validators: ${kilobytes(everything.bytes)} of ${kilobytes(WHOLE_BUDGET.bytes)}, ` +
      `${milliseconds.toFixed(1)} ms of ${WHOLE_BUDGET.milliseconds}`,
    [everything.bytes <= WHOLE_BUDGET.bytes, milliseconds <= WHOLE_BUDGET.milliseconds],
    ["bytes", "import"],
  );
  verdict(
    `application: less than ${kilobytes(APP_BUDGET)}`,
    apps.map(({ bytes }) => bytes < APP_BUDGET),
    apps.map(({ name }) => `(${name})`),
  );
  verdict(
    `tsc: at most ${INSTANTIATIONS_BUDGET} instantiations for types and events`,
    TYPES_ONLY.map((folder) => (instantiations[TYPE_CHECKED.indexOf(folder)] ?? Infinity) <= INSTANTIATIONS_BUDGET),
    TYPES_ONLY,
  );
}

/** Whether a budget is kept, and where it is not. */
function verdict(what, kept, parts = [""]) {
  const words = kept.every(Boolean) ? "yes" : `NO ${parts.filter((_, index) => !kept[index]).join(", ")}`.trimEnd();
  console.log(`  ${what}: ${words}`);
}

/** The model of the schema at a path. */
export function modelOf(path) {
  const located = locate(path, diskHost);
  if ("diagnostics" in located) throw new Error(located.diagnostics[0]?.message);
  const [entry] = located.entries;
  if (entry === undefined) throw new Error(`there is no schema at ${path}`);
  const { schema, diagnostics } = check(load(entry, diskHost));
  if (schema === undefined) throw new Error(diagnostics[0]?.message);
  return schema;
}

/** @returns {ReadonlyMap<string, number>} The bytes of JSON that a value of each case has. */
function writePayloads(path, shapes) {
  const sizes = new Map();
  const parts = [];
  for (const each of CASES) {
    const { bytes, json } = payload(each, shapes);
    sizes.set(each.id, bytes);
    parts.push(`"${each.id}":${json}`);
  }
  writeFileSync(path, `{${parts.join()}}`);
  return sizes;
}
