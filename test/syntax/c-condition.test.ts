import { expect, test } from "vitest";
import { describeCondition } from "../../src/schema/condition.js";
import { parseCCondition } from "../../src/syntax/c-condition.js";

test.each([
  ["defined(CONFIG_A)", "CONFIG_A"],
  [" defined ( CONFIG_A ) ", "CONFIG_A"],
  ["defined CONFIG_A", "CONFIG_A"],
  ["defined(A) && defined(B)", "A and B"],
  ["defined(A)||defined(B)||defined(C)", "A or B or C"],
  ["defined(A) && defined(B) || defined(C)", "(A and B) or C"],
  ["defined(A) && (defined(B) || !defined(C))", "A and (B or not C)"],
  ["!(defined(A) || defined(B))", "not (A or B)"],
  ["!!defined(A)", "not not A"],
  ["((defined(A)))", "A"],
])("%s is a tree", (text, described) => {
  const condition = parseCCondition(text);
  expect(describeCondition(condition)).toBe(described);
  expect(JSON.stringify(condition)).not.toContain('"text"');
});

test.each([
  ["an operand that is something else", "defined(A) && VERSION >= 3", ["VERSION >= 3"]],
  ["a call with commas", "CHECK(2, 40) || defined(A)", ["CHECK(2, 40)"]],
  ["what a parenthesis is a part of", "(A) > 1 && defined(B)", ["(A) > 1"]],
  ["bitwise operators", "A & 1 && B | 2", ["A & 1", "B | 2"]],
  ["defined as a part of a larger operand", "defined(A) + defined(B) > 1", ["defined(A) + defined(B) > 1"]],
  ["a name alone", "!WINDOWS", ["WINDOWS"]],
])("%s is kept as text", (_, text, kept) => {
  const found = [...JSON.stringify(parseCCondition(text)).matchAll(/"text":"([^"]*)"/g)].map(([, part]) => part);
  expect(found).toEqual(kept);
});

test.each([
  ["a choice, which binds looser than or", "A ? B || C : D"],
  ["parentheses in parentheses that are no group", "((A)) > 1"],
  ["an operand that is missing", "defined(A) &&"],
  ["a parenthesis that is not closed", "(defined(A)"],
  ["very many parentheses", `${"(".repeat(100_000)}A${")".repeat(100_000)}`],
  ["very many nots", `${"!".repeat(100_000)}A`],
])("%s makes all of it text", (_, text) => {
  expect(parseCCondition(text)).toEqual({ kind: "text", text });
});

test("many operands are no problem", () => {
  const text = Array.from({ length: 10_000 }, (_, index) => `defined(A${String(index)})`).join(" || ");
  expect(parseCCondition(text)).toMatchObject({ kind: "any", operands: { length: 10_000 } });
});
