/** Whole schema trees: the folders `schemas` and `releases`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { diskHost } from "../src/build/disk-host.js";
import { treeRoot } from "../src/build/tree-root.js";
import { check } from "../src/schema/check.js";
import { load } from "../src/schema/load.js";
import type { Run } from "./cases.js";
import { describeDifference, type Difference, differences } from "./compare.js";
import { withPlainConditions } from "./condition.js";
import { dump } from "./dump.js";
import { versionNumber } from "./dump-pragma.js";
import { inReadingOrder } from "../src/schema/reading-order.js";
import { introspectionJson } from "./introspection.js";
import { isList, isObject, type Json, type JsonObject, parseJson, stringAt } from "./json.js";
import { orFailure, type Result } from "./results.js";

/** A file of the data that a tree is compared with. */
export interface TreeData {
  readonly measure: "dumps" | "introspection";
  /** `qapi.dump`, `qga.introspect-masked` */
  readonly name: string;
  /** The schema: `qapi`, `qga`, `storage-daemon`. */
  readonly schema: string;
  readonly path: string;
}

/** What there is to compare the schemas of a release with: `schemas/qemu-10.2/*.json`. */
export function treeDataIn(directory: string): readonly TreeData[] {
  return readdirSync(directory)
    .sort()
    .flatMap((file) => {
      const match = /^(.+)\.(dump|introspect-(?:un)?masked)\.json$/.exec(file);
      const [, schema, kind] = match ?? [];
      if (schema === undefined || kind === undefined) return [];
      const measure = kind === "dump" ? "dumps" : "introspection";
      return [{ measure, name: `${schema}.${kind}`, schema, path: join(directory, file) } as const];
    });
}

export function compareSchemas(directory: string, folder: string): readonly Result[] {
  const runs = new Map<string, Run>();
  return treeDataIn(directory).map((data) => {
    const { measure, name, schema } = data;
    const difference = orFailure(() => {
      const run = runs.get(schema) ?? runTree(entryOf(directory, schema));
      runs.set(schema, run);
      if (run.checked.schema === undefined)
        return `we make no model of it: ${run.checked.diagnostics[0]?.message ?? ""}`;
      return describeFirst(treeDifferences(data, run, 1));
    });
    return { folder, measure, name, ...(difference === undefined ? {} : { difference }) };
  });
}

function describeFirst([first]: readonly Difference[]): string | undefined {
  return first === undefined ? undefined : describeDifference(first);
}

/** Where what we understood differs from the data; nothing when we did not understand it at all. */
export function treeDifferences({ measure, path }: TreeData, run: Run, limit: number): readonly Difference[] {
  const { schema } = run.checked;
  if (schema === undefined) return [];
  const theirs = parseJson(readFileSync(path, "utf8"));
  const reference = stringAt(theirs, "reference") ?? "";
  const version = versionNumber(reference);
  let ours: JsonObject =
    measure === "dumps"
      ? dump(run.loaded.tree, schema, reference)
      : introspectionJson(schema, isObject(theirs) && theirs["masked"] === true, version);
  ours = { ...ours, reference };
  const [a, b] = version >= 1000 ? [theirs, ours] : [withoutDocumentation(theirs), withoutDocumentation(ours)];
  // Conditions were text of C before 6.2.
  return version < 602 ? differences(withPlainConditions(a), withPlainConditions(b), limit) : differences(a, b, limit);
}

/** Loads and checks a tree as `generate` does. */
export function runTree(entry: string): Run {
  const loaded = load(entry, diskHost, { root: treeRoot(entry) });
  return { loaded, checked: check(loaded) };
}

/** The root file of a schema: `src/qapi/qapi-schema.json`, `src/storage-daemon/qapi/qapi-schema.json`. */
export function entryOf(directory: string, schema: string): string {
  const paths = ["qapi-schema.json", "qapi/qapi-schema.json"].map((file) => join(directory, "src", schema, file));
  return paths.find((path) => existsSync(path)) ?? join(directory, "src", schema, "qapi-schema.json");
}

/** A dump without the keys `doc` and `docs`. */
function withoutDocumentation(value: Json): Json {
  if (isList(value)) return value.map(withoutDocumentation);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== "doc" && key !== "docs")
      .map(([key, item]) => [key, withoutDocumentation(item)]),
  );
}

/** Compares the names of an old release by kind. */
export function compareRelease(directory: string, folder: string): readonly Result[] {
  const path = join(directory, "index.json");
  if (!existsSync(path)) return [];
  const difference = orFailure(() => describeFirst(releaseDifferences(directory, 1)));
  return [{ folder, measure: "releases", name: "index", ...(difference === undefined ? {} : { difference }) }];
}

export function releaseDifferences(directory: string, limit: number): readonly Difference[] {
  const theirs = parseJson(readFileSync(join(directory, "index.json"), "utf8"));
  const entry = [join(directory, "qapi", "qapi-schema.json"), join(directory, "qapi-schema.json")].find((path) =>
    existsSync(path),
  );
  if (entry === undefined) return [{ path: "qapi-schema.json", theirs, ours: undefined }];
  const { loaded, checked } = runTree(entry);
  const { schema, diagnostics } = checked;
  if (schema === undefined) return [{ path: "", theirs: "(a schema)", ours: diagnostics[0]?.message }];
  const names: Record<string, string[]> = {};
  for (const { entry: form } of inReadingOrder(loaded.tree)) {
    const definition = "name" in form ? schema.byName.get(form.name.text) : undefined;
    if (definition !== undefined) (names[definition.kind] ??= []).push(definition.name);
  }
  return differences(theirs, names, limit);
}
