/** Schemas of whole trees, read in the process of the tests. */
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { diskHost } from "../../src/build/disk-host.js";
import { treeRoot } from "../../src/build/tree-root.js";
import { formatText } from "../../src/diagnostic-report.js";
import { check } from "../../src/schema/check.js";
import { load } from "../../src/schema/load.js";
import type { Schema } from "../../src/schema/schema.js";

const directory = process.env["QAPI_TREES"];
if (directory === undefined) throw new Error("say which trees: npm run trees -- DIR");

/** The root files below the directory of all trees: what each is called, and where it is. */
export const roots: readonly (readonly [name: string, path: string])[] = readdirSync(directory, {
  recursive: true,
  encoding: "utf8",
})
  .filter((path) => basename(path) === "qapi-schema.json")
  .sort()
  .map((path) => [dirname(path), join(directory, path)]);

/** The model of a schema on the disk. */
export function readSchema(path: string): Schema {
  const { schema, diagnostics } = check(load([path], diskHost, { root: treeRoot(path) }));
  if (schema === undefined) throw new Error(formatText(diagnostics, { color: false }));
  return schema;
}
