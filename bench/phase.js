// Times one phase in a process of its own: `node bench/phase.js PHASE SCHEMA COPIES` prints milliseconds and bytes as JSON.
//
// The schema is read into memory first, as often as COPIES says, each time under other names, with a root that includes
// all of them. What is timed begins with texts: "parse" makes syntax trees, "check" goes on to the model, "whole" to the
// texts of the output.
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { defaultEmitters, check, diskHost, emit, load, memoryHost, parse, Source } from "../dist/index.js";
import { locate } from "../out/build/locate.js";

const [phase, schema = "", copies] = process.argv.slice(2);
const { files, root, bytes } = multiplied(schema, Number(copies));
// Not a warm-up: the memory that making the copies took should not be tidied up while the phase is timed.
globalThis.gc?.();
const start = performance.now();
run();
process.stdout.write(JSON.stringify({ milliseconds: performance.now() - start, bytes }));

function run() {
  if (phase === "parse") {
    for (const [path, text] of files) parse(new Source(path, text));
    return;
  }
  const { schema: model, diagnostics } = check(load(root, memoryHost(files)));
  if (model === undefined) throw new Error(diagnostics[0]?.message);
  if (phase === "whole") emit(model, defaultEmitters);
}

/**
 * The texts of `times` copies of a schema, by path, and the path of a root that includes them all.
 *
 * @param {string} path
 * @param {number} times
 */
function multiplied(path, times) {
  const located = locate(path, diskHost);
  if ("diagnostics" in located) throw new Error(located.diagnostics[0].message);
  const [entry] = located.entries;
  const { tree } = load(entry, diskHost);
  const names = new Set(
    tree.files.flatMap(({ node }) => node.entries.flatMap((item) => ("name" in item ? [item.name.text] : []))),
  );
  const files = new Map();
  let bytes = 0;
  let includes = "";
  for (let copy = 1; copy <= times; copy++) {
    for (const file of tree.files) {
      const text = renamed(readFileSync(file.path, "utf8"), names, copy);
      files.set(`copy${copy}/${file.name}`, text);
      bytes += Buffer.byteLength(text);
    }
    includes += `{ 'include': 'copy${copy}/${tree.files[0]?.name ?? ""}' }\n`;
  }
  files.set("all.json", includes);
  return { files, root: "all.json", bytes };
}

/** A text with another name for each definition, wherever it is mentioned. */
function renamed(text, names, copy) {
  const known = (name) => (names.has(name) ? `${name}9${copy}` : name);
  return text
    .replace(/'([A-Za-z0-9_-]+)'/g, (_, name) => `'${known(name)}'`)
    .replace(/@([A-Za-z0-9_-]+)/g, (_, name) => `@${known(name)}`);
}
