/**
 * What generated validators know of types besides their checks, as it is emitted.
 */

/** `internal/shape.ts`: descriptions of types, and the checks that need one. */
export const SHAPE = `\
import type { ValidationMode } from "../validators/validation.js";
import { type JsonObject, isPlain, own } from "./checks.js";

// What validators know of types besides their checks: read only when a value is
// wrong, or to be sent. All of it is made late: it costs nothing before, and it
// may name validators of modules that are not evaluated yet.

/** What has a description of its type. */
export interface Described {
  readonly shape: () => Shape;
}

/** The types of the schema language itself, and when an event happened. */
export type Builtin =
  | "str"
  | "number"
  | "int"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "size"
  | "bool"
  | "any"
  | "null"
  | "timestamp";

/** A type: built in, or one that has a validator, or one described in place. */
export type Check = Builtin | Described | Shape;

export type Shape =
  | EnumShape
  | ObjectShape
  | { readonly kind: "literal"; readonly value: string }
  | { readonly kind: "list"; readonly element: Check }
  | { readonly kind: "alternate"; readonly types: Alternatives };

export interface EnumShape {
  readonly kind: "enum";
  readonly values: readonly string[];
}

export interface ObjectShape {
  readonly kind: "object";
  readonly members: ReadonlyMap<string, Member>;
  /** The member whose value chooses one of the branches, if it is in there. */
  readonly tag?: string;
  /** Object types with more members. */
  readonly branches: { readonly [value: string]: Described };
  /** Whether unknown members are welcome, whatever the mode. */
  readonly open: boolean;
}

export interface Member {
  readonly type: Check;
  /** Whether it may be left out; it is never null instead. */
  readonly optional: boolean;
}

/** Members by their names, with an asterisk before those of optional ones. */
export interface Members {
  readonly [name: string]: Check;
}

/** A union: its common members, and those by the value of one of them. */
export interface Variants {
  readonly members: Members;
  readonly tag: string;
  readonly branches?: { readonly [value: string]: Described };
}

/** Types by the JSON type that tells them apart. */
export interface Alternatives {
  readonly null?: Check;
  readonly number?: Check;
  readonly string?: Check;
  readonly boolean?: Check;
  readonly object?: Check;
  readonly array?: Check;
}

/** The type of lists whose elements are of another type. */
export function list(element: Check): Shape {
  return { kind: "list", element };
}

/** The type of objects. */
export function object(members: Members, open = false): ObjectShape {
  return { kind: "object", members: mapOf(members), branches: {}, open };
}

/** The type of objects that one of their members gives others. */
export function union(
  { members, tag, branches = {} }: Variants,
  open = false,
): ObjectShape {
  return { kind: "object", members: mapOf(members), tag, branches, open };
}

function mapOf(members: Members): ReadonlyMap<string, Member> {
  const map = new Map<string, Member>();
  for (const [name, type] of Object.entries(members)) {
    const optional = name.startsWith("*");
    map.set(optional ? name.slice(1) : name, { type, optional });
  }
  return map;
}

/** The JSON types, as QEMU names them. */
export const Q_TYPE: EnumShape = {
  kind: "enum",
  values: ["none", "qnull", "qnum", "qstring", "qdict", "qlist", "qbool"],
};

export function isQType(value: unknown, mode?: ValidationMode): boolean {
  return (
    typeof value === "string" &&
    (mode === "tolerant" || Q_TYPE.values.includes(value))
  );
}

/** Whether a value is one of an enumeration: any string in tolerant mode. */
export function isOneOf(
  value: unknown,
  mode: ValidationMode | undefined,
  type: Described,
): boolean {
  if (typeof value !== "string") return false;
  if (mode === "tolerant") return true;
  const shape = type.shape();
  return shape.kind === "enum" && shape.values.includes(value);
}

/** Whether an object that is to be sent has the members of its type alone. */
export function hasOnly(
  value: JsonObject,
  mode: ValidationMode | undefined,
  type: Described,
): boolean {
  return mode === "tolerant" || hasOnlyKnown(value, type);
}

function hasOnlyKnown(value: JsonObject, type: Described): boolean {
  const shape = type.shape();
  if (shape.kind !== "object" || !isPlain(value)) return false;
  for (const name in value) {
    if (!isKnown(name, value, shape) && value[name] !== undefined) return false;
  }
  return true;
}

/** Whether an object may have a member of this name. */
export function isKnown(
  name: string,
  value: JsonObject,
  shape: ObjectShape,
): boolean {
  if (shape.members.has(name)) return true;
  const more = branchOf(value, shape);
  return more !== undefined && isKnown(name, value, more);
}

/** The members that an object has by the value of another one. */
export function branchOf(
  value: JsonObject,
  { tag, branches }: ObjectShape,
): ObjectShape | undefined {
  if (tag === undefined) return undefined;
  const name = own(value, tag);
  if (typeof name !== "string" || !Object.hasOwn(branches, name)) {
    return undefined;
  }
  const shape = branches[name]?.shape();
  return shape?.kind === "object" ? shape : undefined;
}`;
