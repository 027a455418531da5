/** Finds the documentation of a definition's parts by their names. */
import type { CaseNode, DocNode, DocSection } from "../syntax/ast.js";
import type { Condition } from "./condition.js";
import type { Span } from "../syntax/source.js";

/** What a part of a definition has to say of its documentation: nothing, or `doc`. */
export interface Documented {
  readonly doc?: DocSection;
}

const NOTHING: Documented = {};

export class DocIndex {
  readonly #members = new Map<string, Documented>();
  readonly #features = new Map<string, Documented>();

  constructor(doc: DocNode | undefined) {
    for (const section of doc?.sections ?? []) {
      if (section.name === undefined) continue;
      const index = section.kind === "feature" ? this.#features : this.#members;
      if (!index.has(section.name)) index.set(section.name, { doc: section });
    }
  }

  /** Of a member, a value, a branch or an alternative. */
  member(name: string): Documented {
    return this.#members.get(name) ?? NOTHING;
  }

  feature(name: string): Documented {
    return this.#features.get(name) ?? NOTHING;
  }
}

/** What branches and alternatives have in common. */
export function caseBase(
  node: CaseNode,
  docs: DocIndex,
): Documented & { readonly name: string; readonly span: Span; readonly if?: Condition } {
  return {
    name: node.name.text,
    ...(node.if === undefined ? {} : { if: node.if }),
    ...docs.member(node.name.text),
    span: node.span,
  };
}
