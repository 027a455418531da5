/**
 * What an entry of the reply to `query-qmp-schema` says, read from what came. The facts are from QEMU's qapi/introspect.json.
 */
import { ProtocolError } from "../errors.js";

/** A command or an event. */
export interface Entity {
  readonly kind: "command" | "event";
  readonly name: string;
  /** The name of the object type of a command's arguments, or of an event's data. */
  readonly argument: string;
  /** The name of the type that a command returns. */
  readonly returns: string | undefined;
  readonly features: readonly string[];
}

/** A type. Types name each other, and may name what is not there. */
export type TypeInfo = BuiltinInfo | EnumInfo | ArrayInfo | ObjectInfo | AlternateInfo | UnknownInfo;

/** A type of the schema language itself. */
export interface BuiltinInfo {
  readonly kind: "builtin";
  /** `string`, `number`, `int` (of all integers), `boolean`, `null`, or `value` for any of them. */
  readonly jsonType: string;
}

export interface EnumInfo {
  readonly kind: "enum";
  /** The features of the values. QEMU tells none before 6.2. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  readonly features: readonly string[];
}

export interface ArrayInfo {
  readonly kind: "array";
  readonly element: string;
}

/** An object type; a union, if it has a tag. */
export interface ObjectInfo {
  readonly kind: "object";
  readonly members: ReadonlyMap<string, MemberInfo>;
  readonly tag: string | undefined;
  /** The object types of the branches, by the value of the tag. */
  readonly variants: ReadonlyMap<string, string>;
  readonly features: readonly string[];
}

export interface MemberInfo {
  readonly type: string;
  readonly optional: boolean;
  readonly features: readonly string[];
}

export interface AlternateInfo {
  readonly kind: "alternate";
  readonly types: readonly string[];
  readonly features: readonly string[];
}

/** A type that is not in the reply, or of a kind that QEMU did not have when this was written. */
export interface UnknownInfo {
  readonly kind: "unknown";
}

/** An entry as it came: only its name and its kind have been looked at. */
export interface RawEntry {
  readonly name: string;
  readonly metaType: string;
  readonly value: object;
}

/**
 * The name and the kind of an entry.
 *
 * @throws ProtocolError when it is none.
 */
export function readEntry(value: unknown): RawEntry {
  const name = own(value, "name");
  const metaType = own(value, "meta-type");
  if (typeof name !== "string" || typeof metaType !== "string" || typeof value !== "object" || value === null) {
    throw malformed("an entry of it has no name, or no meta-type", typeof name === "string" ? name : typeof value);
  }
  return { name, metaType, value };
}

/** @throws ProtocolError when it is neither a command nor an event as QEMU describes them. */
export function readEntity({ name, metaType, value }: RawEntry): Entity {
  return {
    kind: metaType === "event" ? "event" : "command",
    name,
    argument: string(value, "arg-type", name),
    returns: metaType === "event" ? undefined : string(value, "ret-type", name),
    features: features(value, name),
  };
}

/** @throws ProtocolError when it is of a kind that is known, but not as QEMU describes that. */
export function readType({ name, metaType, value }: RawEntry): TypeInfo {
  switch (metaType) {
    case "builtin":
      return { kind: "builtin", jsonType: string(value, "json-type", name) };
    case "enum":
      return { kind: "enum", values: enumValues(value, name), features: features(value, name) };
    case "array":
      return { kind: "array", element: string(value, "element-type", name) };
    case "object":
      return {
        kind: "object",
        members: members(value, name),
        tag: own(value, "tag") === undefined ? undefined : string(value, "tag", name),
        variants: variants(value, name),
        features: features(value, name),
      };
    case "alternate": {
      const types = list(value, "members", name).map((member) => string(member, "type", name));
      return { kind: "alternate", types, features: features(value, name) };
    }
    default:
      return { kind: "unknown" };
  }
}

/** QEMU 6.2 and later have `members`, earlier ones only `values`, which later ones have, too. */
function enumValues(entry: object, name: string): EnumInfo["values"] {
  const values = new Map<string, readonly string[]>();
  if (own(entry, "members") === undefined) {
    for (const value of strings(entry, "values", name)) values.set(value, []);
  } else {
    for (const member of list(entry, "members", name)) values.set(string(member, "name", name), features(member, name));
  }
  return values;
}

function members(entry: object, name: string): ObjectInfo["members"] {
  const members = new Map<string, MemberInfo>();
  for (const member of list(entry, "members", name)) {
    members.set(string(member, "name", name), {
      type: string(member, "type", name),
      // The default is always null, which stands for "there is one".
      optional: own(member, "default") !== undefined,
      features: features(member, name),
    });
  }
  return members;
}

function variants(entry: object, name: string): ObjectInfo["variants"] {
  if (own(entry, "variants") === undefined) return new Map();
  return new Map(
    list(entry, "variants", name).map((variant) => [string(variant, "case", name), string(variant, "type", name)]),
  );
}

function features(value: unknown, name: string): readonly string[] {
  return own(value, "features") === undefined ? [] : strings(value, "features", name);
}

function strings(value: unknown, key: string, name: string): readonly string[] {
  return list(value, key, name).map((item) => {
    if (typeof item !== "string") throw malformed(`'${key}' of '${name}' is no list of strings`, name);
    return item;
  });
}

function list(value: unknown, key: string, name: string): readonly unknown[] {
  const items = own(value, key);
  if (!Array.isArray(items)) throw malformed(`'${key}' of '${name}' is no list`, name);
  return items;
}

function string(value: unknown, key: string, name: string): string {
  const part = own(value, key);
  if (typeof part !== "string") throw malformed(`'${key}' in '${name}' is no string`, name);
  return part;
}

/** What an object has by itself: what all objects inherit is not from QEMU. */
function own(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

/** The error of a reply that is none to `query-qmp-schema`. */
export function malformed(problem: string, received: string): ProtocolError {
  return new ProtocolError("message", `the reply to query-qmp-schema is not understood: ${problem}`, received);
}
