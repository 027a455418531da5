/** The types of the language itself. */
import type { Builtin, BuiltinName, JsonType, List, Type } from "./schema.js";

const NAMES: readonly BuiltinName[] = [
  "str",
  "number",
  "int",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint8",
  "uint16",
  "uint32",
  "uint64",
  "size",
  "bool",
  "any",
  "null",
  "QType",
];

/** The built-in types by name. */
export const builtins: ReadonlyMap<string, Builtin> = new Map(
  NAMES.map((name): [string, Builtin] => [name, { kind: "builtin", name }]),
);

/** Stands in for a type that is not known, so that building can go on; reported already. */
export const UNKNOWN: Builtin = { kind: "builtin", name: "any" };

/** Makes array types, one for each type of element. */
export function listFactory(): (element: Type) => List {
  const lists = new Map<Type, List>();
  return (element) => {
    const known = lists.get(element);
    if (known !== undefined) return known;
    const list: List = { kind: "list", element };
    lists.set(element, list);
    return list;
  };
}

/** A type for people: `struct 'Foo'`, `the built-in type 'str'`, `a list of enum 'Bar'`. */
export function describeType(type: Type): string {
  switch (type.kind) {
    case "builtin":
      return `the built-in type '${type.name}'`;
    case "list":
      return `a list of ${describeType(type.element)}`;
    case "enum":
    case "struct":
    case "union":
    case "alternate":
      return `${type.kind} '${type.name}'`;
  }
}

const JSON_TYPES: Readonly<Record<BuiltinName, JsonType | undefined>> = {
  str: "string",
  number: "number",
  int: "number",
  int8: "number",
  int16: "number",
  int32: "number",
  int64: "number",
  uint8: "number",
  uint16: "number",
  uint32: "number",
  uint64: "number",
  size: "number",
  bool: "boolean",
  any: undefined,
  null: "null",
  QType: "string",
};

/** The JSON type that all values of a type have; undefined when there are several. */
export function jsonTypeOf(type: Type): JsonType | undefined {
  switch (type.kind) {
    case "builtin":
      return JSON_TYPES[type.name];
    case "list":
      return "array";
    case "enum":
      return "string";
    case "struct":
    case "union":
      return "object";
    case "alternate":
      return undefined;
  }
}
