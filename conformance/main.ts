/** `npm run conformance -- DIR`: what QEMU's compiler says of schemas, and what we say. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { compareCase, readCases } from "./cases.js";
import { report, type Result } from "./results.js";
import { show } from "./show.js";
import { compareRelease, compareSchemas } from "./trees.js";

const USAGE = `usage: npm run conformance -- DIR [--show NAME]
DIR has some of the folders upstream, edge, schemas and releases; see docs/conformance.md.
--show NAME prints a case side by side: the name of one, or of a dump like qemu-10.2/qapi.`;

process.exitCode = main(process.argv.slice(2));

/** Returns the exit status: 0 when everything agrees, 1 when not, 2 when it was called wrongly. */
function main(args: readonly string[]): number {
  const options = parseArguments(args);
  if (options === undefined) {
    console.error(USAGE);
    return 2;
  }
  const { directory, name } = options;
  if (!isDirectory(directory)) {
    console.error(`'${directory}' is not a directory\n${USAGE}`);
    return 2;
  }
  if (name !== undefined) {
    const text = show(directory, name);
    if (text === undefined) console.error(`there is no case '${name}' in '${directory}'`);
    else console.log(text);
    return text === undefined ? 2 : 0;
  }
  const results = compareAll(directory);
  console.log(report(results));
  return results.some(({ difference }) => difference !== undefined) ? 1 : 0;
}

function parseArguments(args: readonly string[]): { readonly directory: string; readonly name?: string } | undefined {
  const [directory, option, name, ...rest] = args;
  if (directory === undefined || directory.startsWith("-") || rest.length > 0) return undefined;
  if (option === undefined) return { directory };
  return option === "--show" && name !== undefined ? { directory, name } : undefined;
}

function compareAll(directory: string): readonly Result[] {
  const results: Result[] = [];
  for (const folder of ["upstream", "edge"]) {
    for (const item of readCases(join(directory, folder))) results.push(...compareCase(item, folder));
  }
  for (const name of foldersIn(join(directory, "schemas"))) {
    results.push(...compareSchemas(join(directory, "schemas", name), `schemas/${name}`));
  }
  for (const name of foldersIn(join(directory, "releases"))) {
    results.push(...compareRelease(join(directory, "releases", name), `releases/${name}`));
  }
  return results;
}

function foldersIn(directory: string): readonly string[] {
  if (!isDirectory(directory)) return [];
  return readdirSync(directory)
    .filter((name) => isDirectory(join(directory, name)))
    .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
