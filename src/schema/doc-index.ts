/** Finds the documentation of a definition's parts by their names. */
import type { DocNode, DocSection } from "../syntax/ast.js";

export class DocIndex {
  // Most definitions have no features, and many no documentation.
  #members: Map<string, DocSection> | undefined;
  #features: Map<string, DocSection> | undefined;

  constructor(doc: DocNode | undefined) {
    if (doc === undefined) return;
    for (const section of doc.sections) {
      if (section.name === undefined) continue;
      const index = section.kind === "feature" ? (this.#features ??= new Map()) : (this.#members ??= new Map());
      if (!index.has(section.name)) index.set(section.name, section);
    }
  }

  /** Of a member, a value, a branch or an alternative. */
  member(name: string): DocSection | undefined {
    return this.#members?.get(name);
  }

  feature(name: string): DocSection | undefined {
    return this.#features?.get(name);
  }
}
