/**
 * What `query-qmp-schema` returns: a list of {@link SchemaInfo}, as qapi/introspect.json of QEMU describes it.
 *
 * QEMU itself says nothing of conditions. Where they are kept, what is not in every build is wrapped with its condition.
 */

import type { ConditionJson } from "../condition-json.js";

/** An element of a list; with its condition around it where there is one and conditions are kept. */
export type Listed<T> = T | Conditional<T>;

/** Something that is in some builds only. */
export interface Conditional<T> {
  readonly $if: ConditionJson;
  readonly $value: T;
}

/** A command, an event or a type. */
export type SchemaInfo = BuiltinInfo | EnumInfo | ArrayInfo | ObjectInfo | AlternateInfo | CommandInfo | EventInfo;

/** What all have. A type that is named by a number had its name masked. */
interface InfoBase {
  readonly name: string;
  /** Absent: none. */
  readonly features?: readonly Listed<string>[];
}

/** A type of the language itself. */
export interface BuiltinInfo extends InfoBase {
  readonly "meta-type": "builtin";
  /** `value` is that of `any`, and says nothing. All integers are `int`. */
  readonly "json-type": "string" | "number" | "int" | "boolean" | "null" | "value";
}

/** An enum. */
export interface EnumInfo extends InfoBase {
  readonly "meta-type": "enum";
  /** Absent before QEMU 6.2, which introduced it. */
  readonly members?: readonly Listed<EnumMemberInfo>[];
  /** The names of `members`. */
  readonly values: readonly Listed<string>[];
}

/** A value of an enum. */
export interface EnumMemberInfo {
  readonly name: string;
  readonly features?: readonly Listed<string>[];
}

/** A list of one type. */
export interface ArrayInfo extends InfoBase {
  readonly "meta-type": "array";
  readonly "element-type": string;
}

/** A struct or, where it has a `tag`, a union; the members of bases are among its own. */
export interface ObjectInfo extends InfoBase {
  readonly "meta-type": "object";
  readonly members: readonly Listed<ObjectMemberInfo>[];
  readonly tag?: string;
  /** One for each value of the tag. */
  readonly variants?: readonly Listed<VariantInfo>[];
}

/** A member of an object. */
export interface ObjectMemberInfo {
  readonly name: string;
  readonly type: string;
  /** Present: the member is optional. */
  readonly default?: null;
  readonly features?: readonly Listed<string>[];
}

/** What a union has with one value of its tag. */
export interface VariantInfo {
  readonly case: string;
  /** An object type; one without members where there is nothing more. */
  readonly type: string;
}

/** A value of one of several types, which can be told apart as JSON. */
export interface AlternateInfo extends InfoBase {
  readonly "meta-type": "alternate";
  readonly members: readonly Listed<{ readonly type: string }>[];
}

/** A command. */
export interface CommandInfo extends InfoBase {
  readonly "meta-type": "command";
  readonly "arg-type": string;
  readonly "ret-type": string;
  /** Absent: it cannot be executed out of band. */
  readonly "allow-oob"?: true;
}

/** An event. */
export interface EventInfo extends InfoBase {
  readonly "meta-type": "event";
  readonly "arg-type": string;
}
