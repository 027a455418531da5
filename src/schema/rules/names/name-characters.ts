import type { Rule } from "../rule.js";
import type { BadName } from "./judge.js";
import { reportNames } from "./report-names.js";

export const nameCharacters: Rule = {
  id: "name-characters",
  law: "A name begins with a letter and goes on with letters, digits, '-' and '_'; values of enums may begin with a digit, and the prefixes of vendors have dots.",
  severity: "style",
  stage: "form",
  why: "Names become identifiers of C, which neither begin with a digit nor have dots. A vendor's prefix, '__com.example_', comes before a name that is well-formed without it.",
  bad: `{ 'struct': 'Point',
  'data': { 'x.axis': 'int' } }
`,
  good: `{ 'struct': 'Point',
  'data': { 'x-axis': 'int' } }
`,
  check(subject, report) {
    reportNames(subject, "name-characters", report, (bad) => ({ predicate: wrong(bad), hint: hintFor(bad) }));
  },
};

function wrong({ name: { text } }: BadName): string {
  const behind = text.replace(VENDOR, "");
  const where = behind === text ? "" : " behind the vendor's prefix";
  if (/^[0-9]/.test(behind)) return `begins with a digit${where}`;
  if (behind.includes(".")) return `has a dot in its name${where}`;
  return "is not well-formed";
}

function hintFor({ name: { text } }: BadName): string {
  return text.includes(".") && !VENDOR.test(text)
    ? "only the prefix of a vendor has dots: '__com.example_'"
    : "begin with a letter, go on with letters, digits and '-'";
}

const VENDOR = /^__[a-z0-9.-]+_/i;
