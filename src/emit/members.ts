/**
 * What the model means on the wire, where emitters of every kind have to know it.
 */
import type { Member, ObjectType } from "../schema/schema.js";

/** Whether a member may be left out: where it is optional, and where a build of QEMU may lack it. */
export function isOptional(member: Member): boolean {
  return member.optional || member.if !== undefined;
}

/** Whether objects of a type have no members at all: as if there was no type where it is that of arguments or data. */
export function hasNoMembers(type: ObjectType): boolean {
  return type.kind !== "union" && type.allMembers.length === 0;
}
