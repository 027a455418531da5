import type { Report } from "../report.js";
import type { Branch, Member, Schema, Struct } from "../schema.js";
import type { Rule } from "./rule.js";

/** A JSON object has each key once, so two members of one name could not both be there. */
export const memberClash: Rule = {
  id: "member-clash",
  law: "A member's name differs from those of the base, and those of a branch from the common members of its union.",
  severity: "error",
  check(schema: Schema, report: Report) {
    for (const struct of schema.structs) {
      if (struct.base !== undefined) clash(struct.base.allMembers, struct.members, struct, report);
    }
    for (const union of schema.unions) {
      for (const branch of union.branches) {
        if (branch.type !== undefined) clash(union.allMembers, branch.type.allMembers, branch, report);
      }
    }
  },
};

function clash(common: readonly Member[], own: readonly Member[], where: Struct | Branch, report: Report): void {
  const seen = new Map(common.map((member) => [member.name, member]));
  for (const member of own) {
    const first = seen.get(member.name);
    if (first === undefined) continue;
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
}
