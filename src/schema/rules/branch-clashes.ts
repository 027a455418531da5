import type { Branch, Member, Schema, Struct, Union } from "../schema.js";

/** A common member of a union, and one that an object has besides when it is of a branch. */
export interface BranchClash {
  readonly union: Union;
  readonly branch: Branch;
  readonly common: Member;
  readonly member: Member;
}

/** When two members clash. */
export interface Clash {
  /** Only names with the same key can clash. */
  readonly key: (name: string) => string;
  readonly clashes: (one: Member, other: Member) => boolean;
}

/**
 * The members of branches that clash with common members, those of the branches of branches included. The members of a
 * type that a union has in several branches count for the first of them.
 */
export function branchClashes({ unions }: Schema, clash: Clash): readonly BranchClash[] {
  const found: BranchClash[] = [];
  const shared = sharedKeys(unions, clash);
  if (shared.size === 0) return found;
  for (const union of unions) {
    // To look at what is below each union takes long where unions nest deep, so it is done only where it has to be.
    const suspects = new Map<string, Member>();
    for (const member of union.allMembers) {
      const key = clash.key(member.name);
      if (shared.has(key)) suspects.set(key, member);
    }
    if (suspects.size === 0) continue;
    forEachBelow(union, (type, branch) => {
      for (const member of type.allMembers) {
        const common = suspects.get(clash.key(member.name));
        if (common !== undefined && clash.clashes(common, member)) found.push({ union, branch, common, member });
      }
    });
  }
  return found;
}

/** The keys of members that clash with one of another type, wherever that is. */
function sharedKeys(unions: readonly Union[], { key, clashes }: Clash): ReadonlySet<string> {
  const types = new Set<Struct | Union>(unions);
  for (const { branches } of unions) for (const { type } of branches) if (type !== undefined) types.add(type);
  const shared = new Set<string>();
  const first = new Map<string, { readonly type: Struct | Union; readonly member: Member }>();
  for (const type of types) {
    for (const member of type.allMembers) {
      const known = first.get(key(member.name));
      if (known === undefined) first.set(key(member.name), { type, member });
      else if (known.type !== type && clashes(known.member, member)) shared.add(key(member.name));
    }
  }
  return shared;
}

/** Calls `visit` with each type that branches of the union are of, and those of its branches, once. */
function forEachBelow(union: Union, visit: (type: Struct | Union, branch: Branch) => void): void {
  // A union in itself is another rule's matter.
  const seen = new Set<Struct | Union>([union]);
  for (const branch of union.branches) {
    // Not the call stack, which unions that nest deep would overflow.
    const stack = [branch.type];
    while (stack.length > 0) {
      const type = stack.pop();
      if (type === undefined || seen.has(type)) continue;
      seen.add(type);
      visit(type, branch);
      if (type.kind === "union") for (const { type: inner } of type.branches) stack.push(inner);
    }
  }
}
