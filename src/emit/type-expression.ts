/**
 * The types of values on the wire, as TypeScript.
 */
import type { BuiltinName, Member, Type } from "../schema/schema.js";
import type { Output } from "./emitter.js";
import type { GeneratedFile } from "./generated-file.js";
import { flatType, property, propertyKey, type TypeLayout } from "./layout.js";

/** The 64-bit integers: numbers where that is exact and bigints where it is not. */
const INTEGER: TypeLayout = { members: ["number", "bigint"], suffix: "" };

/** What a value of a built-in type is. `QType` is missing: the output declares it. */
const BUILTINS: Readonly<Record<Exclude<BuiltinName, "QType">, TypeLayout>> = {
  str: "string",
  number: "number",
  int: INTEGER,
  int8: "number",
  int16: "number",
  int32: "number",
  int64: INTEGER,
  uint8: "number",
  uint16: "number",
  uint32: "number",
  uint64: INTEGER,
  size: INTEGER,
  bool: "boolean",
  any: "unknown",
  null: "null",
};

/** The type of a value, importing into `f` what it refers to. It uses no globals, since a schema may define their names. */
export function typeExpression(type: Type, f: GeneratedFile, out: Output): TypeLayout {
  switch (type.kind) {
    case "builtin":
      return type.name === "QType" ? f.type(out.common("QType")) : BUILTINS[type.name];
    case "list": {
      const element = typeExpression(type.element, f, out);
      return typeof element === "string" ? `${element}[]` : { ...element, suffix: `${element.suffix}[]` };
    }
    default:
      return f.type(out.names.of(type, "type"));
  }
}

/** The same as text on one line. */
export function typeText(type: Type, f: GeneratedFile, out: Output): string {
  return flatType(typeExpression(type, f, out));
}

/**
 * The members of an interface or an object type, with their documentation: a line or more for each, indented by `steps`.
 * Where a build may lack a member, it is optional.
 */
export function propertyLines(members: readonly Member[], f: GeneratedFile, out: Output, steps = 1): string {
  const margin = "  ".repeat(steps);
  let text = "";
  for (const member of members) {
    text += out.doc(member, steps);
    const mark = member.optional || member.if !== undefined ? "?" : "";
    text += `${margin}${property(propertyKey(member.name) + mark, typeExpression(member.type, f, out), steps)}\n`;
  }
  return text;
}
