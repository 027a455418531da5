/** Conditions of releases before 6.2, which were text of C: `defined(CONFIG_LINUX) && !defined(CONFIG_A)`. */
import type { Condition } from "../schema/condition.js";
import { parse, SyntaxError } from "./condition-grammar.js";

/** Real conditions nest two levels; beyond this, a text is not taken apart, to protect the stack. */
const MAXIMUM_DEPTH = 100;

/** The condition that a text of C means. What cannot be made a tree of is kept as text, in the worst case all of it. */
export function parseCCondition(text: string): Condition {
  // "?" binds looser than "||", so that what is on either side of a "||" is no operand.
  if (depthOf(text) <= MAXIMUM_DEPTH && !text.includes("?")) {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return { kind: "text", text: text.trim() };
}

/** How deep a condition nests at most: parentheses, and negations without any in between. */
function depthOf(text: string): number {
  let open = 0;
  let nots = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === "(") open++;
    else if (character === ")") open--;
    else if (character === "!") nots++;
    else if (character !== " ") nots = 0;
    deepest = Math.max(deepest, open + nots);
  }
  return deepest;
}
