/**
 * What kind of type a schema, or a QEMU, has somewhere: the same in one vocabulary.
 */
import type { Shape, SimpleName } from "../shape.js";
import type { TypeInfo } from "./entry.js";

/** The JSON types as QEMU has them for built-in types. */
const JSON_TYPES: Readonly<Record<SimpleName, string>> = {
  str: "string",
  bool: "boolean",
  null: "null",
  number: "number",
  int8: "int",
  int16: "int",
  int32: "int",
  int64: "int",
  uint8: "int",
  uint16: "int",
  uint32: "int",
  uint64: "int",
  literal: "string",
  timestamp: "object",
};

const WORDS: ReadonlyMap<string, string> = new Map([
  ["string", "a string"],
  ["boolean", "a boolean"],
  ["null", "null"],
  ["number", "a number"],
  ["int", "an integer"],
  ["value", "any value"],
  ["enum", "a string of an enumeration"],
  ["array", "an array"],
  ["object", "an object"],
  ["alternate", "one of several types"],
]);

/** Whether two types are of one kind. */
export function isAlike(shape: Shape, info: TypeInfo): boolean {
  return kindOfShape(shape) === kindOfInfo(info);
}

/** A kind of type: `an integer`; of an alternate, all that it can be. */
export function shapeInWords(shape: Shape): string {
  if (shape.kind !== "alternate") return inWords(kindOfShape(shape));
  return anyOf(Object.values(shape.types()).map(kindOfShape));
}

/** The same of a QEMU. */
export function infoInWords(info: TypeInfo, typeOf: (name: string) => TypeInfo): string {
  if (info.kind !== "alternate") return inWords(kindOfInfo(info));
  return anyOf(info.types.map(typeOf).map(kindOfInfo));
}

/** The JSON type by which an alternate tells a type from others; absent where that is not known. */
export function jsonTypeOf(info: TypeInfo): string | undefined {
  const kind = kindOfInfo(info);
  if (kind === "enum") return "string";
  if (kind === "int") return "number";
  return kind === "alternate" || kind === "value" || kind === "unknown" ? undefined : kind;
}

function kindOfShape(shape: Shape): string {
  switch (shape.kind) {
    case "simple":
      return JSON_TYPES[shape.name];
    case "json":
      return "value";
    case "list":
      return "array";
    case "struct":
    case "open":
      return "object";
    case "enum":
    case "alternate":
      return shape.kind;
  }
}

function kindOfInfo(info: TypeInfo): string {
  return info.kind === "builtin" ? info.jsonType : info.kind;
}

function anyOf(kinds: readonly string[]): string {
  return [...new Set(kinds)].map(inWords).join(" or ");
}

function inWords(kind: string): string {
  return WORDS.get(kind) ?? "what it does not tell";
}
