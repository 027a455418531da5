/** What the entries of an image are made of: names and types. */
import type { TypeNode } from "../../syntax/ast.js";
import { NAME } from "../../syntax/reader.js";
import type { Span } from "../../syntax/source.js";
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
