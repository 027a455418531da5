import type { Rule } from "../rule.js";
import { type BadName, wellFormed } from "./judge.js";
import { reportNames } from "./report-names.js";
import { respell } from "./respell.js";

export const typeNameCase: Rule = {
  id: "type-name-case",
  law: "The name of a type is in CamelCase: it begins with a capital, has a small letter, and neither '-' nor '_'.",
  severity: "style",
  stage: "form",
  why: "C has it as the name of a type, and in documentation it can be told from members and commands at sight.",
  bad: `{ 'enum': 'axis_name',
  'data': [ 'x', 'y' ] }
`,
  good: `{ 'enum': 'AxisName',
  'data': [ 'x', 'y' ] }
`,
  check(subject, report) {
    reportNames(subject, "type-name-case", report, (bad) => ({
      predicate: "does not have a name in CamelCase",
      hint: hintFor(bad) ?? "begin each word with a capital and go on in small letters",
    }));
  },
};

export const eventNameCase: Rule = {
  id: "event-name-case",
  law: "The name of an event is in capitals, with '_' between words.",
  severity: "style",
  stage: "form",
  why: "That is how clients have known events since QMP began, and what tells them from commands.",
  bad: `{ 'event': 'powered-down' }
`,
  good: `{ 'event': 'POWERED_DOWN' }
`,
  check(subject, report) {
    reportNames(subject, "event-name-case", report, (bad) => ({
      predicate: `has ${stemOf(bad).includes("-") ? "'-'" : "small letters"} in its name`,
      hint: hintFor(bad),
    }));
  },
};

export const commandNameCase: Rule = {
  id: "command-name-case",
  law: "The name of a command is in small letters, with '-' between words.",
  severity: "style",
  stage: "form",
  why: "Commands are easier to remember when all look alike. Those that were named before stay in the pragma 'command-name-exceptions'.",
  bad: `{ 'command': 'power_down' }
`,
  good: `{ 'command': 'power-down' }
`,
  check(subject, report) {
    reportNames(subject, "command-name-case", report, lowerCase);
  },
};

export const memberNameCase: Rule = {
  id: "member-name-case",
  law: "The name of a member, a value, an alternative or a feature is in small letters, with '-' between words.",
  severity: "style",
  stage: "form",
  why: "Keys are easier to remember when all look alike. Types that have others stay in the pragma 'member-name-exceptions'.",
  bad: `{ 'struct': 'Point',
  'data': { 'xAxis': 'int' } }
`,
  good: `{ 'struct': 'Point',
  'data': { 'x-axis': 'int' } }
`,
  check(subject, report) {
    reportNames(subject, "member-name-case", report, lowerCase);
  },
};

function lowerCase(bad: BadName): { predicate: string; hint: string | undefined } {
  const capitals = /[A-Z]/.test(stemOf(bad));
  return { predicate: `has ${capitals ? "capitals" : "'_'"} in its name`, hint: hintFor(bad) };
}

/** The prefix of a vendor may have capitals and '-'. */
function stemOf({ name: { text } }: BadName): string {
  return wellFormed(text)?.stem ?? text;
}

/** The name as it should be, and the pragma that permits it to stay as it is. */
function hintFor(bad: BadName): string | undefined {
  const better = respell(bad);
  const rename = better === undefined ? undefined : `write it '${better}'`;
  if (bad.exception === undefined) return rename;
  const { pragma, entry } = bad.exception;
  const except = `if clients know it by this name, list '${entry}' in the pragma '${pragma}'`;
  return rename === undefined ? except : `${rename}; ${except}`;
}
