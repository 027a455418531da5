import { definitionNodes, definitionOf } from "../definition-nodes.js";
import type { Rule } from "./rule.js";

export const boxedData: Rule = {
  id: "boxed-data",
  law: "The 'data' of a command or an event that is boxed is the name of a type.",
  severity: "style",
  stage: "form",
  why: "Boxed means that C code gets one structure instead of one argument for each member, and that needs a type.",
  bad: `{ 'command': 'draw',
  'data': { 'x': 'int', 'y': 'int' },
  'boxed': true }
`,
  good: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
{ 'command': 'draw',
  'data': 'Point',
  'boxed': true }
`,
  check({ tree }, report) {
    for (const node of definitionNodes(tree)) {
      if ((node.kind !== "command" && node.kind !== "event") || !node.boxed) continue;
      const what = `${node.kind} '${node.name.text}'`;
      if (node.arguments === undefined) {
        report({
          code: this.id,
          message: `${what} is boxed, but has no 'data'`,
          span: node.name.span,
          hint: "remove 'boxed'",
        });
      } else if (node.arguments.kind === "members") {
        report({
          code: this.id,
          message: `${what} is boxed, but its members are written in place`,
          span: node.arguments.span,
          hint: "define a struct with these members and write its name here, or remove 'boxed'",
        });
      }
    }
  },
};

export const unboxedUnion: Rule = {
  id: "unboxed-union",
  law: "A command or an event whose 'data' is a union is boxed.",
  severity: "style",
  stage: "meaning",
  why: "What is not boxed becomes one argument of a C function for each member, and a union has not the same members at all times.",
  bad: `{ 'enum': 'Tool',
  'data': [ 'pen', 'brush' ] }
{ 'struct': 'Brush',
  'data': { 'width': 'int' } }
{ 'union': 'Stroke',
  'base': { 'tool': 'Tool' },
  'discriminator': 'tool',
  'data': { 'brush': 'Brush' } }
{ 'command': 'draw',
  'data': 'Stroke' }
`,
  good: `{ 'enum': 'Tool',
  'data': [ 'pen', 'brush' ] }
{ 'struct': 'Brush',
  'data': { 'width': 'int' } }
{ 'union': 'Stroke',
  'base': { 'tool': 'Tool' },
  'discriminator': 'tool',
  'data': { 'brush': 'Brush' } }
{ 'command': 'draw',
  'data': 'Stroke',
  'boxed': true }
`,
  check({ schema, tree }, report) {
    for (const node of definitionNodes(tree)) {
      if ((node.kind !== "command" && node.kind !== "event") || node.boxed || node.arguments === undefined) continue;
      const definition = definitionOf(node, schema);
      if (definition?.kind !== node.kind || definition.arguments?.kind !== "union") continue;
      report({
        code: this.id,
        message: `${node.kind} '${node.name.text}' is not boxed, but its 'data' is union '${definition.arguments.name}'`,
        span: node.arguments.span,
        related: [{ span: definition.arguments.nameSpan, message: "the union is defined here" }],
        hint: "add 'boxed': true",
      });
    }
  },
};

export const unboxedCondition: Rule = {
  id: "unboxed-condition",
  law: "A command or an event that has members under a condition is boxed.",
  severity: "style",
  stage: "meaning",
  why: "What is not boxed becomes one argument of a C function for each member, and the number of arguments cannot depend on the build.",
  bad: `{ 'command': 'beep',
  'data': { 'pitch': { 'type': 'int', 'if': 'CONFIG_SPEAKER' } } }
`,
  good: `{ 'struct': 'Beep',
  'data': { 'pitch': { 'type': 'int', 'if': 'CONFIG_SPEAKER' } } }
{ 'command': 'beep',
  'data': 'Beep',
  'boxed': true }
`,
  check({ schema, tree }, report) {
    for (const node of definitionNodes(tree)) {
      if ((node.kind !== "command" && node.kind !== "event") || node.boxed || node.arguments === undefined) continue;
      const definition = definitionOf(node, schema);
      if (definition?.kind !== node.kind) continue;
      // Of unions another rule says that they have to be boxed.
      const data = definition.arguments?.kind === "union" ? undefined : definition.arguments;
      const conditional = data?.allMembers.find((member) => member.if !== undefined);
      if (data === undefined || conditional === undefined) continue;
      const message = `${node.kind} '${node.name.text}' is not boxed, but its member '${conditional.name}' depends on a condition`;
      if (data.kind === "struct") {
        const related = [{ span: conditional.span, message: "the member" }];
        report({ code: this.id, message, span: node.arguments.span, related, hint: "add 'boxed': true" });
      } else {
        const hint = "define a struct with these members, name it as 'data' and add 'boxed': true";
        report({ code: this.id, message, span: conditional.span, hint });
      }
    }
  },
};
