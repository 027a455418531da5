/** One case, side by side. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Case,
  describePlace,
  expectedDump,
  expectedPlace,
  messageOf,
  ourDump,
  readCases,
  runCase,
} from "./cases.js";
import { describeDifference, type Difference, differences } from "./compare.js";
import { inQemuOrder } from "./place.js";
import { entryOf, releaseDifferences, runTree, treeDataIn, treeDifferences } from "./trees.js";

/** How many differences of a dump are shown. */
const LIMIT = 40;

/**
 * Prints the case `name`: of `upstream` or `edge`, or a folder of `schemas` and what is compared (`qemu-10.2/qapi.dump`),
 * or a folder of `releases`. Undefined when there is none.
 */
export function show(directory: string, name: string): string | undefined {
  for (const folder of ["upstream", "edge"]) {
    const item = readCases(join(directory, folder)).find((candidate) => candidate.name === name);
    if (item !== undefined) return showCase(item);
  }
  const [folder = "", ...rest] = name.split("/");
  const schemas = join(directory, "schemas", folder);
  if (existsSync(schemas)) {
    const data = treeDataIn(schemas).filter(
      (candidate) => rest.length === 0 || candidate.name.startsWith(rest.join("/")),
    );
    const shown = data.map((item) => {
      const run = runTree(entryOf(schemas, item.schema));
      const findings = run.checked.diagnostics.slice(0, LIMIT).map((finding) => `${finding.code}: ${finding.message}`);
      return [`${folder}/${item.name}`, ...findings, ...lines(treeDifferences(item, run, LIMIT))].join("\n");
    });
    if (shown.length > 0) return shown.join("\n\n");
  }
  const release = join(directory, "releases", folder);
  return existsSync(release) ? lines(releaseDifferences(release, LIMIT)).join("\n") : undefined;
}

function showCase(item: Case): string {
  const run = runCase(item);
  const { expected, directory, name } = item;
  const path = join(directory, "cases", `${name}.json`);
  const text = existsSync(path) ? readFileSync(path, "utf8") : "(no such file)";
  const isAccepted = expected["ok"] === true;
  const parts = [
    text
      .split("\n")
      .map((line, index) => `${String(index + 1).padStart(4)}  ${line}`)
      .join("\n"),
    isAccepted
      ? "QEMU: accepted"
      : `QEMU: ${describePlace(expectedPlace(expected), expected["col"] !== undefined)}: ${messageOf(expected)}`,
  ];
  const found = inQemuOrder(run.checked.diagnostics, run.loaded.tree);
  parts.push(
    found.length === 0
      ? "we: accepted"
      : [
          "we, in QEMU's order:",
          ...found.map(({ place, finding }) => `  ${describePlace(place, true)} ${finding.code}: ${finding.message}`),
        ].join("\n"),
  );
  const theirs = isAccepted ? expectedDump(item) : undefined;
  const ours = theirs === undefined ? undefined : ourDump(run, theirs);
  if (theirs !== undefined && ours !== undefined) {
    parts.push(["dump (theirs / ours):", ...lines(differences(theirs, ours, LIMIT))].join("\n"));
  }
  return parts.join("\n\n");
}

function lines(found: readonly Difference[]): readonly string[] {
  return found.length === 0 ? ["no difference"] : found.map(describeDifference);
}
