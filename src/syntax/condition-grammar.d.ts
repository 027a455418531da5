/** The parser that `npm run build:grammar` makes of grammar/condition.peggy; only c-condition.ts uses it. */
import type { Condition } from "../schema/condition.js";

/** What the grammar throws when the text is no condition that it knows. */
export class SyntaxError extends Error {}

export function parse(input: string): Condition;
