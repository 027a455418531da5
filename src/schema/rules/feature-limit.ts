import type { DefinitionNode, FeatureNode } from "../../syntax/ast.js";
import { featuresOf, partsOf } from "../../syntax/parts.js";
import { inReadingOrder } from "../reading-order.js";
import type { Rule } from "./rule.js";

/** QEMU keeps a set of features in one 64-bit word. */
const LIMIT = 64;

export const featureLimit: Rule = {
  id: "feature-limit",
  law: `A schema has at most ${String(LIMIT)} different features, 'deprecated' and 'unstable' among them.`,
  severity: "style",
  // Later than this: when documentation makes sense, too.
  stage: "documentation",
  why: "QEMU keeps the features of a member or a command in a word of 64 bits.",
  bad: `{ 'command': 'beep',
  'features': [ ${featureNames(LIMIT - 1)} ] }
`,
  good: `{ 'command': 'beep',
  'features': [ ${featureNames(LIMIT - 2)} ] }
`,
  check({ tree }, report) {
    const known = new Set(["deprecated", "unstable"]);
    for (const { entry } of inReadingOrder(tree)) {
      if (entry.kind === "include" || entry.kind === "pragma" || entry.kind === "doc") continue;
      const surplus = firstBeyond(LIMIT, known, entry);
      if (surplus === undefined) continue;
      const { text, span } = surplus.name;
      report({
        code: this.id,
        message: `'${text}' is one feature more than the ${String(LIMIT)} that a schema can have`,
        span,
        hint: "the names of features can be used again: what they mean is up to each definition",
      });
      return;
    }
  },
};

/** `'f1', 'f2', ...`, several on a line. */
function featureNames(count: number): string {
  const names = Array.from({ length: count }, (_, index) => `'f${String(index + 1)}'`);
  const lines = Array.from({ length: Math.ceil(count / 8) }, (_, line) =>
    names.slice(8 * line, 8 * line + 8).join(", "),
  );
  return lines.join(",\n                ");
}

/** Adds the features of a definition and of its parts to those that are known; the one that exceeds `limit`, if any. */
function firstBeyond(limit: number, known: Set<string>, node: DefinitionNode): FeatureNode | undefined {
  for (const feature of node.features) if (known.add(feature.name.text).size > limit) return feature;
  for (const part of partsOf(node)) {
    for (const feature of featuresOf(part)) if (known.add(feature.name.text).size > limit) return feature;
  }
  return undefined;
}
