import { describeType, UNKNOWN } from "../builtin.js";
import type { Type } from "../schema.js";
import { definitionNodes, definitionOf } from "../definition-nodes.js";
import type { Rule } from "./rule.js";

export const returnsObject: Rule = {
  id: "returns-object",
  law: "A command returns a struct, a union, or a list of such, if it is not in the pragma 'command-returns-exceptions'.",
  severity: "style",
  stage: "meaning",
  why: "An object can get further members later without breaking clients; a string or a number stays what it is for good.",
  bad: `{ 'command': 'query-pitch',
  'returns': 'int' }
`,
  good: `{ 'struct': 'Pitch',
  'data': { 'pitch': 'int' } }
{ 'command': 'query-pitch',
  'returns': 'Pitch' }
`,
  check({ schema, tree, pragmas }, report) {
    for (const node of definitionNodes(tree)) {
      if (node.kind !== "command" || node.returns === undefined) continue;
      // What connects clients to a signal returns a tag, whatever the schema says.
      if (node.signal !== undefined) continue;
      const definition = definitionOf(node, schema);
      const type = definition?.kind === "command" ? definition.returns : undefined;
      if (type === undefined || type === UNKNOWN || isExtensible(type)) continue;
      if (pragmas.commandReturnsExceptions.has(node.name.text)) continue;
      report({
        code: this.id,
        message: `command '${node.name.text}' returns ${describeType(type)}, which is neither an object nor a list of objects`,
        span: node.returns.span,
        hint: `return a struct that has it as a member, or list '${node.name.text}' in the pragma 'command-returns-exceptions'`,
      });
    }
  },
};

/** Whether values of a type are objects, or lists of objects, which can get further members. */
export function isExtensible(type: Type): boolean {
  const { kind } = type.kind === "list" ? type.element : type;
  return kind === "struct" || kind === "union";
}
