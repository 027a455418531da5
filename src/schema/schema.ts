/**
 * The checked model of a schema: what every emitter reads.
 *
 * All of it is readonly and resolved: a type is the object that it names, not its name. Every node has a `kind`, the way
 * back to its owner and to its place in the source. Lists are in the order of the source unless they say otherwise.
 *
 * The meaning of the schema language is that of QEMU's "How to use the QAPI code generator" (docs/devel/qapi-code-gen).
 */
import type { DocSection, DocSectionKind } from "../syntax/ast.js";
import type { Span } from "../syntax/source.js";
import type { Condition } from "./condition.js";

/** A schema: the root file and all that it includes, or what was selected of these. */
export interface Schema extends Definitions {
  readonly kind: "schema";
  /**
   * One for each file: the root first, then in the order of first inclusion. A file of which nothing was selected has no
   * definitions.
   */
  readonly modules: readonly Module[];
  /**
   * All that the files define, where this is a selection. It is for names: those of a selection must not depend on what was
   * selected. Absent: the schema is whole.
   */
  readonly whole?: Definitions;
}

/** What is defined. */
export interface Definitions {
  /** Everything that has a name, module by module. */
  readonly definitions: readonly Definition[];
  /** The definitions of one kind, in the order of {@link Definitions.definitions}. */
  readonly enums: readonly Enum[];
  readonly structs: readonly Struct[];
  readonly unions: readonly Union[];
  readonly alternates: readonly Alternate[];
  readonly commands: readonly Command[];
  readonly events: readonly Event[];
  /** A definition by its name; types, commands and events share one namespace. */
  readonly byName: ReadonlyMap<string, Definition>;
}

/** One file of the schema. */
export interface Module {
  readonly kind: "module";
  /** The path relative to the root file's folder, with forward slashes: `net.json`, `../../qapi/common.json`. */
  readonly name: string;
  /** Whether it was asked for, and not only included. */
  readonly isRoot: boolean;
  readonly definitions: readonly Definition[];
  /** Free-form documentation, which belongs to no definition. */
  readonly docs: readonly Doc[];
  /** The whole file. */
  readonly span: Span;
}

/** Whatever has a name of its own in a schema. */
export type Definition = Enum | Struct | Union | Alternate | Command | Event;

/** What the value of a member, an element, an argument or a result can be. */
export type Type = Builtin | List | Enum | Struct | Union | Alternate;

/** The types whose values are JSON objects with known members. */
export type ObjectType = Struct | Union | Anonymous;

/** What all definitions have. */
export interface DefinitionBase {
  /** The name on the wire or in the schema, never changed: `netdev_add`, `NETDEV_STREAM_CONNECTED`, `String`. */
  readonly name: string;
  readonly module: Module;
  /** Absent: in every build. */
  readonly if?: Condition;
  readonly features: readonly Feature[];
  readonly doc?: Doc;
  /**
   * Whether the schema does not write it as a definition: the enum `<Union>Kind` and the structs `<Type>Wrapper` of a simple
   * union (before 6.1), a struct that is written in place (before 2.4). Absent: it does.
   */
  readonly implicit?: true;
  /** From the definition's `{` to its `}`. */
  readonly span: Span;
  /** The name alone. */
  readonly nameSpan: Span;
}

/** The names of the built-in types. */
export type BuiltinName =
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
  | "QType";

/**
 * A type of the language itself. `int` is `int64` by another name and `size` is `uint64` (which the command line, not the
 * wire, may spell with a suffix). `QType` is the enumeration of JSON types: see {@link Q_TYPES}.
 */
export interface Builtin {
  readonly kind: "builtin";
  readonly name: BuiltinName;
}

/** The values of the built-in enumeration `QType`. */
export const Q_TYPES: readonly string[] = ["none", "qnull", "qnum", "qstring", "qdict", "qlist", "qbool"];

/** An array of any length. */
export interface List {
  readonly kind: "list";
  readonly element: Type;
}

/** A set of strings. */
export interface Enum extends DefinitionBase {
  readonly kind: "enum";
  readonly values: readonly EnumValue[];
  /** What C code puts before the names of the values; of no use to others. */
  readonly prefix?: string;
}

/** One string of an enumeration. */
export interface EnumValue {
  readonly kind: "enumValue";
  /** The string on the wire. */
  readonly name: string;
  readonly parent: Enum;
  readonly if?: Condition;
  readonly features: readonly Feature[];
  readonly doc?: DocSection;
  readonly span: Span;
}

/** A JSON object with a fixed set of members. */
export interface Struct extends DefinitionBase {
  readonly kind: "struct";
  readonly base?: Struct;
  /** The members that it adds to those of its base. */
  readonly members: readonly Member[];
  /** All members: those of the base first. */
  readonly allMembers: readonly Member[];
}

/** Members that are written in place and have no name: a command's arguments, an event's data, a union's base. */
export interface Anonymous {
  readonly kind: "anonymous";
  readonly parent: Command | Event | Union;
  readonly members: readonly Member[];
  /** The same as `members`; here so that all of {@link ObjectType} have it. */
  readonly allMembers: readonly Member[];
}

/** A member of a JSON object. */
export interface Member {
  readonly kind: "member";
  /** The key on the wire. */
  readonly name: string;
  readonly type: Type;
  /** Whether it may be left out. It is never `null` instead. */
  readonly optional: boolean;
  readonly parent: Struct | Anonymous;
  readonly if?: Condition;
  readonly features: readonly Feature[];
  readonly doc?: DocSection;
  readonly span: Span;
}

/** A JSON object whose members depend on the value of one of them, the discriminator. */
export interface Union extends DefinitionBase {
  readonly kind: "union";
  /** Where the common members, the discriminator among them, are written. */
  readonly base: Struct | Anonymous;
  /** The common members: those of the base, its own bases included. */
  readonly allMembers: readonly Member[];
  /** One of {@link Union.allMembers}; its type is {@link Union.tag}. It is never optional or conditional. */
  readonly discriminator: Member;
  /** The values that the discriminator can have. For `QType`, an implicit enum that is not among the definitions. */
  readonly tag: Enum;
  /** One for each value of the tag: the written ones in the order of the source, then the implied ones. */
  readonly branches: readonly Branch[];
}

/** What a union has besides its common members when the discriminator has one value. */
export interface Branch {
  readonly kind: "branch";
  /** The discriminator's value. */
  readonly name: string;
  readonly value: EnumValue;
  /** Absent: a branch without members of its own. */
  readonly type?: Struct | Union;
  /** Whether the schema does not mention the value, which makes it an empty branch. */
  readonly implied: boolean;
  readonly parent: Union;
  /** The branch's own condition; for an implied branch that of the value. */
  readonly if?: Condition;
  readonly doc?: DocSection;
  readonly span: Span;
}

/** A value of one of several types that its JSON type tells apart. */
export interface Alternate extends DefinitionBase {
  readonly kind: "alternate";
  readonly alternatives: readonly Alternative[];
}

/** The JSON types as QEMU tells them apart. */
export type JsonType = "null" | "number" | "string" | "boolean" | "object" | "array";

/** One of the types of an alternate. */
export interface Alternative {
  readonly kind: "alternative";
  /** A name for people and for C; it is not on the wire. */
  readonly name: string;
  readonly type: Type;
  /** No two alternatives of an alternate have the same. */
  readonly jsonType: JsonType;
  readonly parent: Alternate;
  readonly if?: Condition;
  readonly doc?: DocSection;
  readonly span: Span;
}

/** What a client can ask QEMU to do. */
export interface Command extends DefinitionBase {
  readonly kind: "command";
  /** Absent: it takes none. A named type stands for its members (or, of a union, for the union itself). */
  readonly arguments?: ObjectType;
  /** Absent: an empty object is returned. */
  readonly returns?: Type;
  /** Whether C code gets the arguments as one structure; no matter on the wire. */
  readonly boxed: boolean;
  /** False: no C code is made for it and its arguments are not checked, so it may take others besides. */
  readonly gen: boolean;
  /** False: there is no reply when it succeeds. */
  readonly successResponse: boolean;
  /** Whether it may be executed out of band (`exec-oob`). */
  readonly allowOob: boolean;
  /** Whether it may be executed before the machine is configured. */
  readonly allowPreconfig: boolean;
  /** Whether its handler runs in a coroutine; no matter on the wire. */
  readonly coroutine: boolean;
  /** The signal that slots are connected to by this command, or disconnected from. Absent: none. */
  readonly signal?: Signal;
}

/**
 * An event that clients ask for: in the notation of the proposal of 2011, a command whose result is an event. It is got at by two
 * commands, `NAME-connect` and `NAME-disconnect`, both of which have this.
 */
export interface Signal {
  readonly kind: "signal";
  /** The name of the accessor: `block-device-event`. */
  readonly name: string;
  readonly event: Event;
  readonly connect: Command;
  readonly disconnect: Command;
}

/** What QEMU tells a client unasked. */
export interface Event extends DefinitionBase {
  readonly kind: "event";
  /** Absent: the event has no `data`. A named type stands for its members. */
  readonly arguments?: ObjectType;
  /** Whether C code gives the data as one structure; no matter on the wire. */
  readonly boxed: boolean;
}

/** A mark on a definition or a part of one, visible to clients that ask for it. */
export interface Feature {
  readonly kind: "feature";
  /** `deprecated` and `unstable` have a meaning of their own; others are up to the definition. */
  readonly name: string;
  readonly if?: Condition;
  readonly doc?: DocSection;
  readonly span: Span;
}

/** A documentation comment. */
export interface Doc {
  readonly kind: "doc";
  /** The name of the definition that it describes; absent in free-form documentation. */
  readonly symbol?: string;
  readonly sections: readonly DocSection[];
  /** From the first `##` to the last. */
  readonly span: Span;
}

export type { DocSection, DocSectionKind };
