/** Conditions of releases before 6.2, which were text of C: `defined(CONFIG_LINUX) && !defined(CONFIG_A)`. */
import type { Condition } from "../schema/condition.js";
import { parse, SyntaxError } from "./condition-grammar.js";

/** Real conditions have at most a dozen operators; beyond this, a text is not taken apart, to protect the stack. */
const MAXIMUM_OPERATORS = 200;

/** The condition that a text of C means. What cannot be made a tree of is kept as text, in the worst case all of it. */
export function parseCCondition(text: string): Condition {
  const operators = text.match(/[(!]/g)?.length ?? 0;
  // "?" binds looser than "||", so that what is on either side of a "||" is no operand.
  if (operators <= MAXIMUM_OPERATORS && !text.includes("?")) {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return { kind: "text", text: text.trim() };
}
