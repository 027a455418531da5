import type { Definition, Doc, Module } from "./schema.js";

/** The definitions and the free-form documentation of a module, in source order. */
export function entriesOf({ definitions, docs }: Module): readonly (Definition | Doc)[] {
  const entries: (Definition | Doc)[] = [];
  let next = 0;
  for (const definition of definitions) {
    const start = definition.doc?.span.start ?? definition.span.start;
    for (let doc = docs[next]; doc !== undefined && doc.span.start < start; doc = docs[++next]) entries.push(doc);
    entries.push(definition);
  }
  for (const doc of docs.slice(next)) entries.push(doc);
  return entries;
}
