import type { DocSection } from "../syntax/ast.js";
import type { Condition } from "./condition.js";
import type { Mutable } from "./mutable.js";

/** What every part of a definition may have. */
interface Annotated {
  readonly if?: Condition;
  readonly doc?: DocSection;
}

/** Gives a new node its condition and its documentation, where there are any. */
export function annotate<N extends Annotated>(
  node: N,
  condition: Condition | undefined,
  doc: DocSection | undefined,
): N {
  const mutable: Mutable<Annotated> = node;
  if (condition !== undefined) mutable.if = condition;
  if (doc !== undefined) mutable.doc = doc;
  return node;
}
