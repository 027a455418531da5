import type { Union } from "../schema.js";
import type { Rule } from "./rule.js";

export const selfContainingUnion: Rule = {
  id: "self-containing-union",
  law: "A union is not a branch of itself, neither directly nor by way of other unions.",
  severity: "error",
  stage: "meaning",
  why: "A union as a branch of itself would have its own members twice, and without end.",
  bad: `{ 'enum': 'NodeType',
  'data': [ 'leaf', 'inner' ] }
{ 'union': 'Node',
  'base': { 'type': 'NodeType' },
  'discriminator': 'type',
  'data': { 'inner': 'Node' } }
`,
  good: `{ 'enum': 'NodeType',
  'data': [ 'leaf', 'inner' ] }
{ 'struct': 'InnerNode',
  'data': { 'children': [ 'Node' ] } }
{ 'union': 'Node',
  'base': { 'type': 'NodeType' },
  'discriminator': 'type',
  'data': { 'inner': 'InnerNode' } }
`,
  check({ schema }, report) {
    // "open" are the unions between the one that was begun with and the current one.
    const state = new Map<Union, "open" | "done">();
    for (const start of schema.unions) {
      if (state.has(start)) continue;
      const stack = [{ union: start, next: 0 }];
      state.set(start, "open");
      for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
        const branch = top.union.branches[top.next];
        top.next++;
        if (branch === undefined) {
          state.set(top.union, "done");
          stack.pop();
          continue;
        }
        if (branch.type?.kind !== "union") continue;
        const known = state.get(branch.type);
        if (known === undefined) {
          state.set(branch.type, "open");
          stack.push({ union: branch.type, next: 0 });
        } else if (known === "open") {
          report({
            code: this.id,
            message: `union '${branch.type.name}' contains itself, by branch '${branch.name}' of union '${top.union.name}'`,
            span: branch.span,
            related: [{ span: branch.type.nameSpan, message: `union '${branch.type.name}' is defined here` }],
          });
        }
      }
    }
  },
};
