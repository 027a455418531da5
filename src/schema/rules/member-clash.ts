import type { Member } from "../schema.js";
import { branchClashes, type Clash } from "./branch-clashes.js";
import type { Rule } from "./rule.js";

export const memberClash: Rule = {
  id: "member-clash",
  law: "A member's name differs from those of the base, and those of a branch from the common members of its union.",
  severity: "error",
  stage: "meaning",
  why: "A JSON object has each key once, so two members of one name could not both be there.",
  bad: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
{ 'struct': 'Pixel',
  'base': 'Point',
  'data': { 'x': 'int', 'color': 'int' } }
`,
  good: `{ 'struct': 'Point',
  'data': { 'x': 'int', 'y': 'int' } }
{ 'struct': 'Pixel',
  'base': 'Point',
  'data': { 'color': 'int' } }
`,
  check({ schema }, report) {
    for (const { name, base, members } of schema.structs) {
      if (base === undefined) continue;
      const inherited = new Map<string, Member>(base.allMembers.map((member) => [member.name, member]));
      for (const member of members) {
        const first = inherited.get(member.name);
        if (first === undefined) continue;
        report({
          code: this.id,
          message: `struct '${name}' has the member '${member.name}' of its base again`,
          span: member.span,
          related: [{ span: first.span, message: "the member of the base" }],
        });
      }
    }
    for (const { union, branch, common, member } of branchClashes(schema, SAME_NAME)) {
      report({
        code: this.id,
        message: `branch '${branch.name}' of union '${union.name}' has the common member '${member.name}' again`,
        span: branch.span,
        related: [
          { span: common.span, message: "the common member" },
          { span: member.span, message: "the branch's member" },
        ],
      });
    }
  },
};

const SAME_NAME: Clash = { key: (name) => name, clashes: () => true };
