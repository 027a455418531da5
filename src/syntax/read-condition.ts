/** `if` conditions: `NAME | { 'all': [ Condition, ... ] } | { 'any': [ Condition, ... ] } | { 'not': Condition }`. */
import type { Condition } from "../schema/condition.js";
import type { ListNode, StringNode, ValueNode } from "./ast.js";
import { parseCCondition } from "./c-condition.js";
import type { Reader } from "./reader.js";

/** Preprocessor symbols are in upper case. */
const SYMBOL = /^[A-Z][A-Z0-9_]*$/;

// Condition: NAME | { 'all': [ Condition, ... ] } | { 'any': [ Condition, ... ] } | { 'not': Condition }
// before 6.2: TEXT | [ TEXT, ... ]
/** Reads the value of a key `if`; undefined when there is none or it makes no sense, which has been reported then. */
export function readCondition(value: ValueNode | undefined, owner: string, reader: Reader): Condition | undefined {
  if (value === undefined) return undefined;
  if (value.kind === "string") return readText(value, owner, reader);
  if (value.kind === "list") return readTexts(value, owner, reader);
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
    const inner = readOperand(operand, owner, reader);
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

/** A condition in a condition, where there never was anything but names. */
function readOperand(value: ValueNode, owner: string, reader: Reader): Condition | undefined {
  if (value.kind === "string" && !SYMBOL.test(value.text)) return reportNoName(value, owner, reader);
  if (value.kind === "list") return reader.wrong(`the condition of ${owner}`, "a string or an object", value);
  return readCondition(value, owner, reader);
}

/** The name of a build option, or a condition in C. */
function readText(value: StringNode, owner: string, reader: Reader): Condition | undefined {
  const condition = readC(value, owner, reader);
  if (condition === undefined || SYMBOL.test(value.text)) return condition;
  const today = todaysSpelling(condition);
  reader.note({
    code: "old-condition",
    message: `the condition of ${owner} is text of C`,
    span: value.span,
    hint:
      today === undefined
        ? "a build option is of upper case letters, digits and '_': 'CONFIG_LINUX'"
        : `since 6.2 it is written as ${today}`,
  });
  return condition;
}

function readC(value: StringNode, owner: string, reader: Reader): Condition | undefined {
  if (SYMBOL.test(value.text)) return { kind: "defined", name: value.text };
  return value.text.trim() === "" ? reportNoName(value, owner, reader) : parseCCondition(value.text);
}

function reportNoName({ text, span }: StringNode, owner: string, reader: Reader): undefined {
  return reader.report({
    code: "invalid-condition",
    message: `the condition of ${owner} is not the name of a build option: '${text}'`,
    span,
    hint: "a build option is of upper case letters, digits and '_': 'CONFIG_LINUX'",
  });
}

/** Several conditions in C, all of which must hold. */
function readTexts(list: ListNode, owner: string, reader: Reader): Condition | undefined {
  const operands: Condition[] = [];
  for (const element of list.elements) {
    const text = reader.string(element, `an element of the condition of ${owner}`);
    const operand = text === undefined ? undefined : readC(text, owner, reader);
    if (operand !== undefined) operands.push(operand);
  }
  const [first] = operands;
  if (first === undefined) {
    if (list.elements.length > 0) return undefined;
    return reader.report({
      code: "invalid-condition",
      message: `the condition of ${owner} is an empty list`,
      span: list.span,
    });
  }
  reader.note({
    code: "old-condition",
    message: `the condition of ${owner} is a list`,
    span: list.span,
    hint: "since 6.2 it is written as { 'all': [ ... ] }",
  });
  return operands.length === 1 ? first : { kind: "all", operands };
}

/** How the language of today writes a condition; undefined when it cannot. */
function todaysSpelling(condition: Condition): string | undefined {
  switch (condition.kind) {
    case "defined":
      return SYMBOL.test(condition.name) ? `'${condition.name}'` : undefined;
    case "text":
      return undefined;
    case "not": {
      const operand = todaysSpelling(condition.operand);
      return operand && `{ 'not': ${operand} }`;
    }
    case "all":
    case "any": {
      const operands = condition.operands.map(todaysSpelling);
      return operands.includes(undefined) ? undefined : `{ '${condition.kind}': [ ${operands.join(", ")} ] }`;
    }
  }
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
  const operands = list.elements.map((element) => readOperand(element, owner, reader));
  return { kind, operands: operands.filter((operand) => operand !== undefined) };
}
