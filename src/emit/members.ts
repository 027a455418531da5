/**
 * What the model means on the wire, where emitters of every kind have to know it.
 */
import type { Member, ObjectType } from "../schema/schema.js";

/**
 * Whether a member may be left out: where it is optional, and where a build of QEMU may lack it.
 *
 * @example
 * ```ts
 * import { check, isOptional, load, memoryHost } from "qapi-codegen";
 *
 * const host = memoryHost({ "a.json": "{ 'struct': 'S', 'data': { 'a': 'int', '*b': 'int', 'c': { 'type': 'int', 'if': 'X' } } }" });
 * const { schema } = check(load("a.json", host));
 * schema?.structs[0]?.members.map(isOptional); // => [false, true, true]
 * ```
 */
export function isOptional(member: Member): boolean {
  return member.optional || member.if !== undefined;
}

/**
 * Whether objects of a type have no members at all: as if there was no type where it is that of arguments or data.
 *
 * @example
 * ```ts
 * import { check, hasNoMembers, load, memoryHost } from "qapi-codegen";
 *
 * const host = memoryHost({ "a.json": "{ 'struct': 'Nothing', 'data': {} }" });
 * const { schema } = check(load("a.json", host));
 * schema?.structs.map(hasNoMembers); // => [true]
 * ```
 */
export function hasNoMembers(type: ObjectType): boolean {
  return type.kind !== "union" && type.allMembers.length === 0;
}
