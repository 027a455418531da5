/**
 * Maps from names to what there is of each, as generated code has them: where one is written, and the function that makes it.
 */
import {
  type Exported,
  group,
  hardline,
  ifBreak,
  indent,
  join,
  type Layout,
  line,
  literalKey,
  type Output,
  softline,
} from "../emit/index.js";

/** The function that makes maps, which no index re-exports. Files with maps import it under its own name. */
export const MAP_OF: Exported = { identifier: "mapOf", path: "internal/map-of.ts" };

/** Adds its file. The emitter metadata does so; who needs it too requires that. */
export function emitMapOf(out: Output): void {
  out.file(MAP_OF.path).print`${TEXT}`;
}

/**
 * A map, which bundlers may leave out: `mapOf<Type>({ ... })`.
 *
 * @param end - What there is between the braces and what is in them.
 */
export function map(type: string, properties: readonly Layout[], end: Layout = line): Layout {
  return [`/* @__PURE__ */ ${MAP_OF.identifier}<${type}>(`, object(properties, end), ")"];
}

/** The same with a line for each property, and more where it is too long. */
export function longMap(type: string, properties: readonly Layout[]): Layout {
  return map(type, properties, hardline);
}

/** An object literal. */
export function object(properties: readonly Layout[], end: Layout = line): Layout {
  if (properties.length === 0) return "{}";
  return group("{", indent(end, join([",", line], properties)), ifBreak(","), end, "}");
}

/** An array literal. */
export function array(elements: readonly Layout[]): Layout {
  if (elements.length === 0) return "[]";
  return group("[", indent(softline, join([",", line], elements)), ifBreak(","), softline, "]");
}

/** A property of an object literal, with a value that breaks by itself. */
export function property(name: string, value: Layout): Layout {
  return [`${literalKey(name)}: `, value];
}

/**
 * Maps, since names are arbitrary: an object would have a `constructor` that no schema mentions. They are made of objects,
 * since those are what takes TypeScript the least time to check.
 */
const TEXT = `\
/** A map with what an object has. */
export function mapOf<T>(entries: {
  readonly [name: string]: T;
}): ReadonlyMap<string, T> {
  const map = new Map<string, T>();
  for (const name of Object.keys(entries)) {
    const entry = entries[name];
    if (entry !== undefined) map.set(name, entry);
  }
  return map;
}`;
