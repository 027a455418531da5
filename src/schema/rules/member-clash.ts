import type { Report } from "../report.js";
import type { Branch, Member, Struct } from "../schema.js";
import { branchMembers } from "./branch-members.js";
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
    for (const struct of schema.structs) {
      if (struct.base === undefined) continue;
      const inherited = byName(struct.base.allMembers);
      for (const member of struct.members) clash(inherited.get(member.name), member, struct, report);
    }
    for (const union of schema.unions) {
      const common = byName(union.allMembers);
      for (const { branch, member } of branchMembers(union)) clash(common.get(member.name), member, branch, report);
    }
  },
};

function byName(members: readonly Member[]): ReadonlyMap<string, Member> {
  return new Map(members.map((member) => [member.name, member]));
}

function clash(first: Member | undefined, member: Member, where: Struct | Branch, report: Report): void {
  if (first === undefined) return;
  if (where.kind === "struct") {
    report({
      code: memberClash.id,
      message: `struct '${where.name}' has the member '${member.name}' of its base again`,
      span: member.span,
      related: [{ span: first.span, message: "the member of the base" }],
    });
  } else {
    report({
      code: memberClash.id,
      message: `branch '${where.name}' of union '${where.parent.name}' has the common member '${member.name}' again`,
      span: where.span,
      related: [
        { span: first.span, message: "the common member" },
        { span: member.span, message: "the branch's member" },
      ],
    });
  }
}
