/**
 * The types of values on the wire, as TypeScript.
 */
import type { BuiltinName, Member, Type } from "../schema/schema.js";
import type { Output } from "./emitter.js";
import type { GeneratedFile } from "./generated-file.js";
import { isOptional } from "./members.js";
import type { Int64Mode } from "./options.js";
import { flatType, property, propertyKey, type TypeLayout } from "./layout.js";

/** What a 64-bit integer is. */
const INTEGERS: Readonly<Record<Int64Mode, TypeLayout>> = {
  mixed: { members: ["number", "bigint"], suffix: "" },
  bigint: "bigint",
  number: "number",
};

/** What a value of a built-in type is; absent for 64-bit integers. `QType` is missing: the output declares it. */
const BUILTINS: Readonly<Record<Exclude<BuiltinName, "QType">, TypeLayout | undefined>> = {
  str: "string",
  number: "number",
  int: undefined,
  int8: "number",
  int16: "number",
  int32: "number",
  int64: undefined,
  uint8: "number",
  uint16: "number",
  uint32: "number",
  uint64: undefined,
  size: undefined,
  bool: "boolean",
  any: "unknown",
  null: "null",
};

/**
 * The type of a value, importing into `f` what it refers to. It uses no globals, since a schema may define their names.
 *
 * @example
 * ```ts
 * import { check, defineEmitter, emit, load, memoryHost, layout, typeExpression } from "qapi-codegen";
 *
 * const texts: string[] = [];
 * const emitter = defineEmitter({
 *   name: "texts",
 *   emit(schema, out) {
 *     const file = out.file("texts.ts");
 *     for (const { members } of schema.structs)
 *       for (const { type } of members) texts.push(layout.flatType(typeExpression(type, file, out)));
 *   },
 * });
 * const { schema } = check(load("a.json", memoryHost({ "a.json": "{ 'struct': 'S', 'data': { '*a': [ 'int8' ] } }" })));
 * if (schema !== undefined) emit(schema, [emitter]);
 * texts; // => ["number[]"]
 * ```
 */
export function typeExpression(type: Type, f: GeneratedFile, out: Output): TypeLayout {
  switch (type.kind) {
    case "builtin": {
      if (type.name === "QType") return f.type(out.common("QType"));
      return BUILTINS[type.name] ?? INTEGERS[out.options.int64];
    }
    case "list": {
      const element = typeExpression(type.element, f, out);
      return typeof element === "string" ? `${element}[]` : { ...element, suffix: `${element.suffix}[]` };
    }
    default:
      return f.type(out.names.of(type, "type"));
  }
}

/**
 * The same as text on one line.
 *
 * @example
 * ```ts
 * import { check, defineEmitter, emit, load, memoryHost, typeText } from "qapi-codegen";
 *
 * const texts: string[] = [];
 * const emitter = defineEmitter({
 *   name: "texts",
 *   emit(schema, out) {
 *     const file = out.file("texts.ts");
 *     for (const { members } of schema.structs)
 *       for (const { type } of members) texts.push(typeText(type, file, out));
 *   },
 * });
 * const { schema } = check(load("a.json", memoryHost({ "a.json": "{ 'struct': 'S', 'data': { '*a': [ 'int8' ] } }" })));
 * if (schema !== undefined) emit(schema, [emitter]);
 * texts; // => ["number[]"]
 * ```
 */
export function typeText(type: Type, f: GeneratedFile, out: Output): string {
  return flatType(typeExpression(type, f, out));
}

/**
 * The members of an interface or an object type, with their documentation: a line or more for each, indented by `steps`.
 * Where a build may lack a member, it is optional.
 *
 * @example
 * ```ts
 * import { check, defineEmitter, emit, load, memoryHost, propertyLines } from "qapi-codegen";
 *
 * const texts: string[] = [];
 * const emitter = defineEmitter({
 *   name: "texts",
 *   emit(schema, out) {
 *     const file = out.file("texts.ts");
 *     for (const struct of schema.structs) texts.push(propertyLines(struct.members, file, out));
 *   },
 * });
 * const { schema } = check(load("a.json", memoryHost({ "a.json": "{ 'struct': 'S', 'data': { '*a': [ 'int8' ] } }" })));
 * if (schema !== undefined) emit(schema, [emitter]);
 * texts; // => ["  a?: number[];\n"]
 * ```
 */
export function propertyLines(members: readonly Member[], f: GeneratedFile, out: Output, steps = 1): string {
  const margin = "  ".repeat(steps);
  let text = "";
  for (const member of members) {
    text += out.doc(member, steps);
    const mark = isOptional(member) ? "?" : "";
    text += `${margin}${property(propertyKey(member.name) + mark, typeExpression(member.type, f, out), steps)}\n`;
  }
  return text;
}
