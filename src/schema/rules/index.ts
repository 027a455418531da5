import { ambiguousAlternate } from "./ambiguous-alternate.js";
import { memberClash } from "./member-clash.js";
import type { Rule } from "./rule.js";
import { selfContainingUnion } from "./self-containing-union.js";

/** All rules that look at a model as a whole. */
export const rules: readonly Rule[] = [memberClash, ambiguousAlternate, selfContainingUnion];
