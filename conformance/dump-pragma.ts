/** Pragmas: each is set for the whole schema, the last time counts. */
import type { Tree } from "../src/schema/load.js";
import type { ValueNode } from "../src/syntax/ast.js";
import { inReadingOrder } from "../src/schema/reading-order.js";
import type { Json, JsonObject } from "./json.js";

/** What a release knows besides `doc-required`, by the first release with these. */
const LISTS: readonly { readonly since: number; readonly names: readonly string[] }[] = [
  {
    since: 900,
    names: [
      "command-name-exceptions",
      "command-returns-exceptions",
      "documentation-exceptions",
      "member-name-exceptions",
    ],
  },
  { since: 600, names: ["command-name-exceptions", "command-returns-exceptions", "member-name-exceptions"] },
  { since: 0, names: ["name-case-whitelist", "returns-whitelist"] },
];

/** @param release - Which pragmas there are depends on it: `10.2`. */
export function pragmaJson(tree: Tree, release: string): JsonObject {
  const values = new Map<string, Json>([["doc-required", false]]);
  for (const name of LISTS.find(({ since }) => since <= versionNumber(release))?.names ?? []) values.set(name, []);
  for (const { entry } of inReadingOrder(tree)) {
    if (entry.kind === "pragma") for (const { key, value } of entry.settings) values.set(key.text, valueJson(value));
  }
  return Object.fromEntries(values);
}

/** A release as a number that compares: 502 for `5.2.0`. */
export function versionNumber(release: string): number {
  const [major = "0", minor = "0"] = release.split(".");
  return Number(major) * 100 + Number(minor);
}

function valueJson(value: ValueNode): Json {
  switch (value.kind) {
    case "string":
      return value.text;
    case "number":
      return null;
    case "boolean":
      return value.value;
    case "list":
      return value.elements.map(valueJson);
    case "object":
      return Object.fromEntries(value.properties.map(({ key, value: inner }) => [key.text, valueJson(inner)]));
  }
}
