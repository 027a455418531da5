import { expect, test } from "vitest";
import { settle, type Condition } from "../../src/schema/condition.js";

const a: Condition = { kind: "defined", name: "A" };
const b: Condition = { kind: "defined", name: "B" };
const text: Condition = { kind: "text", text: "VERSION > 3" };

test.each<[string, Condition]>([
  ["a name", a],
  ["text", text],
  ["one operand", { kind: "any", operands: [a] }],
  ["a tree", { kind: "all", operands: [a, { kind: "not", operand: { kind: "any", operands: [b, text] } }] }],
])("%s that nothing is known of stays as it is written", (_, condition) => {
  expect(settle(condition, new Map([["C", true]]))).toBe(condition);
});

test("what is known goes, and what is left is as small as it can be", () => {
  const condition: Condition = { kind: "all", operands: [a, { kind: "any", operands: [b, text] }] };
  expect(settle(condition, new Map([["A", true]]))).toEqual({ kind: "any", operands: [b, text] });
  expect(settle(condition, new Map([["B", true]]))).toEqual(a);
  expect(settle(condition, new Map([["A", false]]))).toBe(false);
  expect(settle(condition, new Map([["A", true], ["B", true]]))).toBe(true); // prettier-ignore
  expect(settle({ kind: "not", operand: a }, new Map([["A", true]]))).toBe(false);
  expect(settle({ kind: "not", operand: condition }, new Map([["B", false]]))).toEqual({
    kind: "not",
    operand: { kind: "all", operands: [a, text] },
  });
});
