import type { Rule } from "../rule.js";
import { reportNames } from "./report-names.js";

export const reservedPrefix: Rule = {
  id: "reserved-prefix",
  law: "No name begins with 'q_' or 'q-'.",
  severity: "style",
  stage: "form",
  why: "QEMU's compiler makes such names itself: for types that have none, and for names that are keywords of C.",
  bad: `{ 'command': 'q-beep' }
`,
  good: `{ 'command': 'beep' }
`,
  check(subject, report) {
    reportNames(subject, "reserved-prefix", report, ({ name: { text } }) => ({
      predicate: `begins with '${text.slice(0, 2)}', which is kept for names that QEMU makes up`,
      hint: "leave it off, or begin with another word",
    }));
  },
};

export const reservedTypeName: Rule = {
  id: "reserved-type-name",
  law: "The name of a type does not end in 'List'.",
  severity: "style",
  stage: "form",
  why: "In C an array of 'Foo' is called 'FooList'.",
  bad: `{ 'struct': 'PointList',
  'data': { 'points': [ 'int' ] } }
`,
  good: `{ 'struct': 'PointSet',
  'data': { 'points': [ 'int' ] } }
`,
  check(subject, report) {
    reportNames(subject, "reserved-type-name", report, ({ name: { text } }) => {
      const element = text.slice(0, -"List".length);
      return {
        predicate: `has a name that ends in 'List', which is kept for arrays`,
        hint:
          element === ""
            ? "choose another name"
            : `choose another ending; if an array is meant, write [ '${element}' ] where it is used`,
      };
    });
  },
};

export const reservedMemberName: Rule = {
  id: "reserved-member-name",
  law: "No member is called 'u', and none has a name that begins with 'has-' or 'has_'.",
  severity: "style",
  stage: "form",
  why: "In C a union keeps its branches in a member 'u', and 'has_foo' says whether the optional member 'foo' is there.",
  bad: `{ 'struct': 'Point',
  'data': { 'has-z': 'bool' } }
`,
  good: `{ 'struct': 'Point',
  'data': { 'solid': 'bool' } }
`,
  check(subject, report) {
    reportNames(subject, "reserved-member-name", report, ({ name: { text } }) =>
      text === "u"
        ? { predicate: "has the name of what holds the branches of unions in C", hint: "choose a longer name" }
        : {
            predicate: `begins with '${text.slice(0, 4)}', which is kept for what says that an optional member is there`,
            hint: "an optional member, '*name', says so by itself; otherwise choose another name",
          },
    );
  },
};
