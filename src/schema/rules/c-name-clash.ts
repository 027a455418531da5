import type { Span } from "../../syntax/source.js";
import type { Report } from "../report.js";
import type { Member, Schema } from "../schema.js";
import { branchMembers } from "./branch-members.js";
import type { Rule } from "./rule.js";

export const cNameClash: Rule = {
  id: "c-name-clash",
  law: "No two members, values, alternatives or features of a definition have names that differ only in '-', '_' and '.'.",
  severity: "style",
  stage: "meaning",
  why: "None of these can be in an identifier of C but '_', so 'x-axis' and 'x_axis' would become one.",
  bad: `{ 'pragma': { 'member-name-exceptions': [ 'Point' ] } }
{ 'struct': 'Point',
  'data': { 'x-axis': 'int', 'x_axis': 'int' } }
`,
  good: `{ 'pragma': { 'member-name-exceptions': [ 'Point' ] } }
{ 'struct': 'Point',
  'data': { 'x-axis': 'int', 'y_axis': 'int' } }
`,
  check({ schema }, report) {
    checkMembers(schema, report);
    for (const union of schema.unions) {
      const common = new Map(union.allMembers.map((member) => [cName(member.name), member]));
      for (const { branch, member } of branchMembers(union)) {
        const first = common.get(cName(member.name));
        if (first === undefined || first.name === member.name) continue;
        report({
          code: this.id,
          message: `member '${member.name}' of branch '${branch.name}' has the same name in C as the common member '${first.name}' of union '${union.name}'`,
          span: branch.span,
          related: [
            { span: first.span, message: "the common member" },
            { span: member.span, message: "the branch's member" },
          ],
        });
      }
    }
    for (const { name, values } of schema.enums) checkNames(values, `value of enum '${name}'`, report);
    for (const { name, alternatives } of schema.alternates) {
      checkNames(alternatives, `alternative of alternate '${name}'`, report);
    }
    checkFeatures(schema, report);
  },
};

function checkMembers({ structs, unions, commands, events }: Schema, report: Report): void {
  for (const { name, members, allMembers } of structs) {
    // What clashes within a base is reported there.
    checkNames(allMembers, `member of struct '${name}'`, report, allMembers.length - members.length);
  }
  for (const { name, base } of unions) {
    if (base.kind === "anonymous") checkNames(base.members, `common member of union '${name}'`, report);
  }
  for (const { kind, name, arguments: data } of [...commands, ...events]) {
    if (data?.kind === "anonymous") checkNames(data.members, `member of ${kind} '${name}'`, report);
  }
}

function checkFeatures({ definitions, structs, unions, commands, events }: Schema, report: Report): void {
  for (const { kind, name, features } of definitions) checkNames(features, `feature of ${kind} '${name}'`, report);
  const inPlace = [
    ...unions.map(({ base }) => base),
    ...commands.map((command) => command.arguments),
    ...events.map((event) => event.arguments),
  ];
  const members = (owner: { readonly members: readonly Member[] }): void => {
    for (const { name, features } of owner.members) checkNames(features, `feature of member '${name}'`, report);
  };
  structs.forEach(members);
  for (const object of inPlace) if (object?.kind === "anonymous") members(object);
}

interface Named {
  readonly name: string;
  readonly span: Span;
}

/** Reports what has the same name in C as one before it, from index `start` on. */
function checkNames(items: readonly Named[], what: string, report: Report, start = 0): void {
  // Of two such names at least one has a '_' or a '.'.
  if (items.length < 2 || !items.some(({ name }) => /[_.]/.test(name))) return;
  const seen = new Map<string, Named>();
  for (const [index, item] of items.entries()) {
    const key = cName(item.name);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, item);
    // That there is the same name twice is another rule's matter.
    if (first === undefined || first.name === item.name || index < start) continue;
    report({
      code: cNameClash.id,
      message: `'${item.name}' has the same name in C as another ${what}, '${first.name}'`,
      span: item.span,
      related: [{ span: first.span, message: "the other one" }],
    });
  }
}

/** What becomes of a name in C, as far as that makes a difference here. */
function cName(name: string): string {
  return name.replaceAll(/[-.]/g, "_");
}
