// `npm run bench -- ready`: what it costs to import ready types at run time, in a process that has done nothing else.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { median, row } from "./report.js";

/** How many milliseconds importing a release may take. */
const IMPORT_BUDGET = 10;

const RELEASE = "qapi-codegen/qemu-10.2";

/** What is timed besides: the least that an import takes, and what is loaded later or instead. */
const OTHERS = ["qapi-codegen/qga-10.2", `${RELEASE}/validators/net`];

/** Times an import within the process, and what `schema` loads when a client connects. */
const PROGRAM = `
const start = performance.now();
const { schema } = await import(process.argv[1]);
const imported = performance.now();
await schema?.validators();
const loaded = performance.now();
process.stdout.write(JSON.stringify([imported - start, loaded - imported]));
`;

/**
 * @param {number} runs
 * @param {string} temporary - A directory.
 */
export function ready(runs, temporary) {
  const empty = join(temporary, "empty.mjs");
  writeFileSync(empty, "export const schema = undefined;\n");
  const floor = pathToFileURL(empty).href;
  /** @type {{ readonly name: string, readonly imports: number[], readonly loads: number[] }[]} */
  const modules = [floor, RELEASE, ...OTHERS].map((name) => ({ name, imports: [], loads: [] }));
  for (let round = -1; round < runs; round++) {
    for (const { name, imports, loads } of modules) {
      const [imported, loaded] = time(name);
      // The round before the first warms the disk's cache.
      if (round < 0) continue;
      imports.push(imported);
      loads.push(loaded);
    }
  }
  console.log(
    `\nMedians of ${runs} interleaved imports, each in a process of its own, in ms (the fastest in brackets)\n`,
  );
  for (const { name, imports, loads } of modules) {
    const isRelease = name === RELEASE;
    const middle = median(imports);
    const verdict =
      middle <= IMPORT_BUDGET ? `ok: at most ${IMPORT_BUDGET} ms` : `OVER the budget of ${IMPORT_BUDGET} ms`;
    row(
      name === floor ? "an empty module" : name.replace("qapi-codegen/", ""),
      timing(imports),
      "",
      isRelease ? verdict : "",
    );
    if (isRelease) row("  all validators, when connecting", timing(loads), "", "");
  }
}

/** @param {string} name */
function time(name) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", PROGRAM, name], {
    // A package can import itself by its name.
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`importing ${name} ended with ${status}:\n${stderr}`);
  return JSON.parse(stdout);
}

function timing(times) {
  return `${median(times).toFixed(1)} (${Math.min(...times).toFixed(1)})`;
}
