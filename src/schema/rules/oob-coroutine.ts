import { definitionNodes } from "../definition-nodes.js";
import type { Rule } from "./rule.js";

export const oobCoroutine: Rule = {
  id: "oob-coroutine",
  law: "A command does not have both 'allow-oob' and 'coroutine'.",
  severity: "style",
  stage: "form",
  why: "What is executed out of band must not wait, and waiting is all that a coroutine is good for.",
  bad: `{ 'command': 'beep',
  'allow-oob': true,
  'coroutine': true }
`,
  good: `{ 'command': 'beep',
  'allow-oob': true }
`,
  check({ tree }, report) {
    for (const node of definitionNodes(tree)) {
      if (node.kind !== "command" || !node.allowOob || !node.coroutine) continue;
      report({
        code: this.id,
        message: `command '${node.name.text}' has both 'allow-oob' and 'coroutine'`,
        span: node.name.span,
        hint: "remove one of them",
      });
    }
  },
};
