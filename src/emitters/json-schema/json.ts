/**
 * JSON as text, laid out as prettier lays it out.
 */
import { group, hardline, indent, join, type Layout, line, printDocument, softline } from "../../emit/index.js";

/** A JSON value. A bigint is an integer, printed exactly. */
export type Json = string | boolean | bigint | readonly Json[] | JsonObject | JsonMap;

/** An object whose keys are keywords. */
export interface JsonObject {
  readonly [keyword: string]: Json;
}

/** An object whose keys may be anything, `__proto__` too, and stay in their order. */
export type JsonMap = ReadonlyMap<string, Json>;

/** The text of a whole file, without the last line break. */
export function printJson(value: Json): string {
  return printDocument(layout(value));
}

function layout(value: Json): Layout {
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object") return JSON.stringify(value);
  if (value instanceof Map) return objectLayout([...value]);
  return isList(value) ? listLayout(value) : objectLayout(Object.entries(value));
}

function listLayout(items: readonly Json[]): Layout {
  if (items.length === 0) return "[]";
  // So prettier does it, lest the items look like one.
  const end = items.length > 1 && items.every(hasSeveral) ? hardline : softline;
  return group("[", indent(end, join([",", line], items.map(layout))), end, "]");
}

function objectLayout(entries: readonly (readonly [string, Json])[]): Layout {
  if (entries.length === 0) return "{}";
  const properties = entries.map(([key, value]) => [`${JSON.stringify(key)}: `, layout(value)]);
  // An object may be on one line or not, as one likes. Texts have lines of their own.
  const end = entries.some(([key]) => key === DESCRIPTION) ? hardline : line;
  return group("{", indent(end, join([",", line], properties)), end, "}");
}

/** The only keyword whose value may have letters that are wider than others. */
const DESCRIPTION = "description";

function hasSeveral(value: Json): boolean {
  if (typeof value !== "object" || isList(value)) return false;
  return (value instanceof Map ? value.size : Object.keys(value).length) > 1;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
