/** Conditions in JSON: in images and, where it is asked for, in answers to `query-qmp-schema`. */
import type { Condition } from "./condition.js";
import type { JsonValue } from "./json-text.js";

/** The name of a build option, what a condition is made of, or C text of old releases. */
export type ConditionJson =
  | string
  | { readonly all: readonly ConditionJson[] }
  | { readonly any: readonly ConditionJson[] }
  | { readonly not: ConditionJson }
  | { readonly text: string };

export function conditionJson(condition: Condition): ConditionJson {
  switch (condition.kind) {
    case "defined":
      return condition.name;
    case "not":
      return { not: conditionJson(condition.operand) };
    case "all":
      return { all: condition.operands.map(conditionJson) };
    case "any":
      return { any: condition.operands.map(conditionJson) };
    case "text":
      return { text: condition.text };
  }
}

/** Conditions of QEMU nest three levels; this protects the stack. */
const MAXIMUM_DEPTH = 300;

/**
 * Reads {@link ConditionJson}: `"CONFIG_A"`, `{"all": [...]}`, `{"any": [...]}`, `{"not": ...}` or `{"text": "X > 1"}`.
 *
 * @throws JsonError when it is something else.
 */
export function readConditionJson(value: JsonValue, depth = 1): Condition {
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
        return { kind: key, operand: readConditionJson(operand, depth + 1) };
      case "all":
      case "any": {
        const operands = operand.each((item) => readConditionJson(item, depth + 1));
        return operands.length > 0 ? { kind: key, operands } : operand.fail("should have an operand");
      }
      case "text":
        return { kind: key, text: operand.string() };
    }
  }
  return value.fail("should have one of the keys 'all', 'any', 'not' and 'text'");
}
