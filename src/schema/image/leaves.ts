/** What the entries of an image are made of: names, types, conditions. */
import type { TypeNode } from "../../syntax/ast.js";
import { NAME } from "../../syntax/reader.js";
import type { Span } from "../../syntax/source.js";
import type { Condition } from "../condition.js";
import type { JsonValue } from "../json-text.js";

/** The name that a string is from the character `from` on; what is generated relies on what names look like. */
export function nameOf(value: JsonValue, from = 0): string {
  const name = value.string().slice(from);
  return NAME.test(name) ? name : value.fail("is no name as schemas have them");
}

/** `"str"`; that there is such a type is checked when the model is built. */
export function typeNamed(value: JsonValue, span: Span): TypeNode {
  return { kind: "type", name: value.string(), list: false, span };
}

/** `"str"` or `["str"]` */
export function typeOf(value: JsonValue, span: Span): TypeNode {
  if (!value.isList()) return typeNamed(value, span);
  const [element, another] = value.list();
  if (element === undefined || another !== undefined) return value.fail("should be the name of a type in a list");
  return { ...typeNamed(element, span), list: true };
}

/** Conditions of QEMU nest three levels; this protects the stack. */
const MAXIMUM_DEPTH = 300;

/** `"CONFIG_A"`, `{"all": [...]}`, `{"any": [...]}`, `{"not": ...}` or `{"text": "X > 1"}` */
export function conditionOf(value: JsonValue, depth = 1): Condition {
  if (depth > MAXIMUM_DEPTH) return value.fail(`nests deeper than ${String(MAXIMUM_DEPTH)} levels`);
  if (!value.isObject()) {
    const name = value.string();
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
      ? { kind: "defined", name }
      : value.fail("is not the name of a build option");
  }
  const [property, another] = value.properties();
  if (property !== undefined && another === undefined) {
    const [key, operand] = property;
    switch (key) {
      case "not":
        return { kind: key, operand: conditionOf(operand, depth + 1) };
      case "all":
      case "any": {
        const operands = operand.each((item) => conditionOf(item, depth + 1));
        return operands.length > 0 ? { kind: key, operands } : operand.fail("should have an operand");
      }
      case "text":
        return { kind: key, text: operand.string() };
    }
  }
  return value.fail("should have one of the keys 'all', 'any', 'not' and 'text'");
}
