/** `if` conditions: `NAME | { 'all': [ Condition, ... ] } | { 'any': [ Condition, ... ] } | { 'not': Condition }`. */
import type { Condition } from "../schema/condition.js";
import type { ValueNode } from "./ast.js";
import type { Reader } from "./reader.js";

/** Preprocessor symbols are in upper case. */
const SYMBOL = /^[A-Z][A-Z0-9_]*$/;

/** Reads the value of a key `if`; undefined when there is none or it makes no sense, which has been reported then. */
export function readCondition(value: ValueNode | undefined, owner: string, reader: Reader): Condition | undefined {
  if (value === undefined) return undefined;
  if (value.kind === "string") {
    if (SYMBOL.test(value.text)) return { kind: "defined", name: value.text };
    return reader.report({
      code: "invalid-condition",
      message: `the condition of ${owner} is not the name of a build option: '${value.text}'`,
      span: value.span,
      hint: "a build option is of upper case letters, digits and '_': 'CONFIG_LINUX'",
    });
  }
  if (value.kind !== "object") return reader.wrong(`the condition of ${owner}`, "a string or an object", value);
  const properties = reader.properties(value, `the condition of ${owner}`);
  const [entry, another] = properties;
  if (entry === undefined || another !== undefined) {
    return reader.report({
      code: "invalid-condition",
      message: `the condition of ${owner} should have one key, not ${String(properties.size)}`,
      span: value.span,
      hint: "it is one of 'all', 'any' and 'not'; nest them to combine them",
    });
  }
  const [key, operand] = entry;
  if (key === "not") {
    const inner = readCondition(operand, owner, reader);
    return inner === undefined ? undefined : { kind: "not", operand: inner };
  }
  if (key === "all" || key === "any") return readOperands(key, operand, owner, reader);
  return reader.report({
    code: "unknown-key",
    message: `the condition of ${owner} has an unknown key '${key}'`,
    span: value.properties[0]?.key.span ?? value.span,
    hint: "the keys it can have are 'all', 'any' and 'not'",
  });
}

/** A node with its condition, if it has one. */
export function withCondition<N extends object>(
  node: N,
  condition: Condition | undefined,
): N & { readonly if?: Condition } {
  return condition === undefined ? node : { ...node, if: condition };
}

function readOperands(kind: "all" | "any", value: ValueNode, owner: string, reader: Reader): Condition | undefined {
  const list = reader.list(value, `'${kind}' in the condition of ${owner}`);
  if (list === undefined) return undefined;
  if (list.elements.length === 0) {
    return reader.report({
      code: "invalid-condition",
      message: `'${kind}' in the condition of ${owner} has no operands`,
      span: list.span,
    });
  }
  const operands = list.elements.map((element) => readCondition(element, owner, reader));
  return { kind, operands: operands.filter((operand) => operand !== undefined) };
}
