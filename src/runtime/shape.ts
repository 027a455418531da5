/**
 * What generated code knows of types at run time: the parts of its `Shape` that the client reads.
 */

/** A type. */
export type Shape = SimpleShape | JsonShape | EnumShape | ListShape | AlternateShape | StructShape | OpenShape;

/** A type without parts. */
export interface SimpleShape {
  readonly kind: "simple";
  /** A built-in type of the schema language; `int` is `int64` and `size` is `uint64`. */
  readonly name: SimpleName;
}

/** The built-in types, and what an event has besides its data: its name and its timestamp. */
export type SimpleName =
  | "str"
  | "bool"
  | "null"
  | "number"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "literal"
  | "timestamp";

/** Any JSON value. */
export interface JsonShape {
  readonly kind: "json";
}

/** An enumeration. */
export interface EnumShape {
  readonly kind: "enum";
  /** The values that the schema knows. */
  readonly values: () => ReadonlySet<unknown>;
}

/** Arrays of any length. */
export interface ListShape {
  readonly kind: "list";
  readonly element: Shape;
}

/** A value of one of several types that its JSON type tells apart. */
export interface AlternateShape {
  readonly kind: "alternate";
  /** The types by their JSON types: `string`, `number`, `boolean`, `null`, `array`, `object`. */
  readonly types: () => Readonly<Record<string, Shape>>;
}

/** An object; a union, if it has branches. */
export interface StructShape {
  readonly kind: "struct";
  /** All members but those of branches, by their names, with an asterisk before those of optional ones. */
  readonly describe: () => Readonly<Record<string, Shape>>;
  /** The member that chooses the branch. */
  readonly tag?: (() => string) | undefined;
  /** The branches by the value that chooses them; where a value has none, it has no further members. */
  readonly branches?: (() => Readonly<Record<string, StructShape>>) | undefined;
}

/** Objects that take any other members besides those of a type. */
export interface OpenShape {
  readonly kind: "open";
  /** What is known of it. */
  readonly type: () => StructShape;
}
