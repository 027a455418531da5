import type { Alternative, JsonType } from "../schema.js";
import type { Rule } from "./rule.js";

export const ambiguousAlternate: Rule = {
  id: "ambiguous-alternate",
  law: "No two alternatives of an alternate have the same JSON type.",
  severity: "error",
  stage: "meaning",
  why: "QEMU chooses by JSON type alone, so that two alternatives of one type could never both be meant.",
  bad: `{ 'alternate': 'Place',
  'data': { 'name': 'str', 'address': 'str' } }
`,
  good: `{ 'alternate': 'Place',
  'data': { 'name': 'str', 'addresses': [ 'str' ] } }
`,
  check({ schema }, report) {
    for (const alternate of schema.alternates) {
      const seen = new Map<JsonType, Alternative>();
      for (const alternative of alternate.alternatives) {
        const first = seen.get(alternative.jsonType);
        if (first === undefined) {
          seen.set(alternative.jsonType, alternative);
          continue;
        }
        report({
          code: this.id,
          message: `alternatives '${first.name}' and '${alternative.name}' of alternate '${alternate.name}' are both ${alternative.jsonType}s on the wire`,
          span: alternative.span,
          related: [{ span: first.span, message: "the other one" }],
        });
      }
    }
  },
};
