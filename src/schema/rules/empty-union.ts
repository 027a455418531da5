import { definitionNodes, definitionOf } from "../definition-nodes.js";
import type { Rule } from "./rule.js";

export const emptyUnion: Rule = {
  id: "empty-union",
  law: "The enum of a union's discriminator has a value.",
  severity: "style",
  stage: "meaning",
  why: "A union has a branch for each value; without any there is no value of its type.",
  bad: `{ 'enum': 'Tool',
  'data': [ ] }
{ 'union': 'Stroke',
  'base': { 'tool': 'Tool' },
  'discriminator': 'tool',
  'data': { } }
`,
  good: `{ 'enum': 'Tool',
  'data': [ 'pen' ] }
{ 'union': 'Stroke',
  'base': { 'tool': 'Tool' },
  'discriminator': 'tool',
  'data': { } }
`,
  check({ schema, tree }, report) {
    for (const node of definitionNodes(tree)) {
      // A branch that is written is of no value then, which has been reported.
      if (node.kind !== "union" || node.branches.length > 0) continue;
      const definition = definitionOf(node, schema);
      if (definition?.kind !== "union") continue;
      const { tag } = definition;
      // A tag that is not in the schema stands in for one that makes no sense.
      if (tag.values.length > 0 || schema.byName.get(tag.name) !== tag) continue;
      report({
        code: this.id,
        message: `union '${definition.name}' has no branches, since enum '${tag.name}' has no values`,
        span: node.name.span,
        related: [{ span: tag.nameSpan, message: `enum '${tag.name}' is defined here` }],
      });
    }
  },
};
