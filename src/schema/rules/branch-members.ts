import type { Branch, Member, Struct, Union } from "../schema.js";

/** A member that an object has only with one branch of a union. */
export interface BranchMember {
  readonly branch: Branch;
  readonly member: Member;
}

/**
 * All members that the branches of a union may add, those of the branches of its branches included. The members of a type
 * that is there several times are given for the first branch that has it.
 */
export function branchMembers(union: Union): readonly BranchMember[] {
  const found: BranchMember[] = [];
  // A union in itself is another rule's matter.
  const seen = new Set<Struct | Union>([union]);
  for (const branch of union.branches) {
    // Not the call stack, which unions that nest deep would overflow.
    const stack = [branch.type];
    while (stack.length > 0) {
      const type = stack.pop();
      if (type === undefined || seen.has(type)) continue;
      seen.add(type);
      for (const member of type.allMembers) found.push({ branch, member });
      if (type.kind === "union") for (const { type: inner } of type.branches) stack.push(inner);
    }
  }
  return found;
}
