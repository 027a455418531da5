import { definitionNodes } from "../definition-nodes.js";
import type { Rule } from "./rule.js";

const SPECIAL = ["deprecated", "unstable"];

export const specialFeature: Rule = {
  id: "special-feature",
  law: "No type has the feature 'deprecated' or 'unstable'; commands, events, members and values can have them.",
  severity: "style",
  stage: "meaning",
  why: "These two are policies that QEMU enforces where something is used, and a type alone is not something that a client uses.",
  bad: `{ 'struct': 'Point',
  'data': { 'x': 'int' },
  'features': [ 'deprecated' ] }
`,
  good: `{ 'struct': 'Point',
  'data': { 'x': { 'type': 'int', 'features': [ 'deprecated' ] } } }
`,
  check({ tree }, report) {
    for (const { kind, name, features } of definitionNodes(tree)) {
      if (kind === "command" || kind === "event") continue;
      for (const special of SPECIAL) {
        const feature = features.find((candidate) => candidate.name.text === special);
        if (feature === undefined) continue;
        report({
          code: this.id,
          message: `${kind} '${name.text}' cannot have the feature '${special}', since it is a type`,
          span: feature.name.span,
          hint: `give the feature to the commands, events and members that use '${name.text}'`,
        });
      }
    }
  },
};
