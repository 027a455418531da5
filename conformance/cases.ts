/** Single schemas with a verdict: the folders `upstream` and `edge`. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { diskHost } from "../src/build/disk-host.js";
import { check, type CheckResult } from "../src/schema/check.js";
import type { Host } from "../src/schema/host.js";
import { load, type LoadResult } from "../src/schema/load.js";
import { describeDifference, differences } from "./compare.js";
import { dump } from "./dump.js";
import { isObject, type Json, type JsonObject, numberAt, parseJson, stringAt } from "./json.js";
import { inQemuOrder, type QemuPlace } from "./place.js";
import { type Measure, orFailure, type Result } from "./results.js";

/** The release that the verdicts are of. */
const RELEASE = "10.2";

/** A schema and what QEMU's compiler says of it. */
export interface Case {
  readonly name: string;
  /** The folder of the case's folder: `DIR/edge`. */
  readonly directory: string;
  readonly expected: JsonObject;
}

/** What we say of a case. */
export interface Run {
  readonly loaded: LoadResult;
  readonly checked: CheckResult;
}

export function readCases(directory: string): readonly Case[] {
  const path = join(directory, "expected.json");
  if (!existsSync(path)) return [];
  const expected = parseJson(readFileSync(path, "utf8"));
  return Object.entries(isObject(expected) ? expected : {}).flatMap(([name, verdict]) =>
    isObject(verdict) ? [{ name, directory, expected: verdict }] : [],
  );
}

/** Runs a case as `check` does, in the folder of the cases. */
export function runCase({ name, directory }: Case): Run {
  const host: Host = { read: (path) => diskHost.read(join(directory, "cases", path)) };
  const loaded = load(`${name}.json`, host);
  return { loaded, checked: check(loaded, { style: true }) };
}

/** The dump that belongs to a case; undefined when there is none. */
export function expectedDump({ name, directory }: Case): Json | undefined {
  const path = join(directory, "dumps", `${name}.json`);
  return existsSync(path) ? parseJson(readFileSync(path, "utf8")) : undefined;
}

export function compareCase(item: Case, folder: string): readonly Result[] {
  const { name, expected } = item;
  let run: Run | undefined;
  const result = (measure: Measure, compare: (run: Run) => string | undefined): Result => {
    const difference = orFailure(() => compare((run ??= runCase(item))));
    return { folder, measure, name, ...(difference === undefined ? {} : { difference }) };
  };
  if (expected["ok"] === true) {
    const theirs = expectedDump(item);
    return [
      result("verdicts", ({ checked: { diagnostics } }) => {
        const [first] = diagnostics;
        return first === undefined ? undefined : `QEMU accepts it; we do not: ${first.code}: ${first.message}`;
      }),
      ...(theirs === undefined ? [] : [result("dumps", (ours) => dumpDifference(theirs, ours))]),
    ];
  }
  return [
    result("verdicts", ({ checked: { diagnostics } }) =>
      diagnostics.length > 0 ? undefined : `QEMU refuses it: ${messageOf(expected)}`,
    ),
    // Where QEMU's compiler dies of something it says no place.
    ...(hasPlace(expected) ? [result("places", (ours) => placeDifference(expected, ours))] : []),
  ];
}

function hasPlace(expected: JsonObject): boolean {
  return stringAt(expected, "crash") === undefined || numberAt(expected, "line") !== undefined;
}

/** QEMU's message, or what its compiler dies of. */
export function messageOf(expected: JsonObject): string {
  return stringAt(expected, "message") ?? `(crash) ${stringAt(expected, "crash") ?? ""}`;
}

function placeDifference(expected: JsonObject, { loaded, checked }: Run): string | undefined {
  const [first] = inQemuOrder(checked.diagnostics, loaded.tree);
  if (first === undefined) return "we find nothing";
  const hasColumn = numberAt(expected, "col") !== undefined;
  const theirs = describePlace(expectedPlace(expected), hasColumn);
  const ours = describePlace(first.place, hasColumn);
  if (theirs === ours) return undefined;
  return `${theirs} (${messageOf(expected)}), ours ${ours} (${first.finding.code})`;
}

export function expectedPlace(expected: JsonObject): QemuPlace {
  return {
    file: stringAt(expected, "file") ?? null,
    line: numberAt(expected, "line") ?? null,
    column: numberAt(expected, "col") ?? null,
  };
}

/** `net.json:3:14` */
export function describePlace({ file, line, column }: QemuPlace, withColumn: boolean): string {
  if (file === null) return "no file";
  return `${file}:${String(line)}${withColumn ? `:${String(column)}` : ""}`;
}

/** The dump of what we understood, or undefined if we did not. */
export function ourDump({ loaded, checked }: Run, theirs: Json): JsonObject | undefined {
  if (checked.schema === undefined) return undefined;
  return { ...dump(loaded.tree, checked.schema, RELEASE), reference: stringAt(theirs, "reference") ?? "" };
}

function dumpDifference(theirs: Json, run: Run): string | undefined {
  const ours = ourDump(run, theirs);
  if (ours === undefined) return "we make no model of it";
  const [first] = differences(theirs, ours, 1);
  return first === undefined ? undefined : describeDifference(first);
}
