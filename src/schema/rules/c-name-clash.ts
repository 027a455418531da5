import type { Alternative, EnumValue, Feature, Member, Schema } from "../schema.js";
import { branchMembers } from "./branch-members.js";
import { isBadName } from "./names/judge.js";
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
  check({ schema, pragmas }, report) {
    // That there is the same name twice is another rule's matter, as is a name that nothing should have.
    const isNew = (first: Named, second: Named): boolean =>
      first.name !== second.name && !isBadName(first, pragmas) && !isBadName(second, pragmas);

    for (const { items, what, start = 0 } of namespaces(schema)) {
      for (const [first, second] of clashes(items, start)) {
        if (!isNew(first, second)) continue;
        report({
          code: this.id,
          message: `'${second.name}' has the same name in C as another ${what}, '${first.name}'`,
          span: second.span,
          related: [{ span: first.span, message: "the other one" }],
          hint: RENAME,
        });
      }
    }
    for (const union of schema.unions) {
      const inBranches = branchMembers(union);
      if (!union.allMembers.some(canClash) && !inBranches.some(({ member }) => canClash(member))) continue;
      const common = new Map(union.allMembers.map((member) => [cName(member.name), member]));
      for (const { branch, member } of inBranches) {
        const first = common.get(cName(member.name));
        if (first === undefined || !isNew(first, member)) continue;
        report({
          code: this.id,
          message: `member '${member.name}' of branch '${branch.name}' has the same name in C as the common member '${first.name}' of union '${union.name}'`,
          span: branch.span,
          related: [
            { span: first.span, message: "the common member" },
            { span: member.span, message: "the branch's member" },
          ],
          hint: RENAME,
        });
      }
    }
  },
};

const RENAME = "rename one of them";

type Named = Member | EnumValue | Alternative | Feature;

/** What becomes identifiers side by side. */
interface Namespace {
  readonly items: readonly Named[];
  /** What each of them is, for messages. */
  readonly what: string;
  /** Where those begin that are written here. Default: all of them are. */
  readonly start?: number;
}

function* namespaces({ definitions }: Schema): Iterable<Namespace> {
  for (const definition of definitions) {
    const { kind, name, features } = definition;
    const of = `of ${kind} '${name}'`;
    yield { items: features, what: `feature ${of}` };
    switch (definition.kind) {
      case "enum":
        yield { items: definition.values, what: `value ${of}` };
        break;
      case "alternate":
        yield { items: definition.alternatives, what: `alternative ${of}` };
        break;
      case "struct": {
        const { members, allMembers } = definition;
        yield { items: allMembers, what: `member ${of}`, start: allMembers.length - members.length };
        yield* featuresOf(members, of);
        break;
      }
      default: {
        const data = definition.kind === "union" ? definition.base : definition.arguments;
        if (data?.kind !== "anonymous") break;
        yield { items: data.members, what: `member ${of}` };
        yield* featuresOf(data.members, of);
      }
    }
  }
}

function* featuresOf(members: readonly Member[], of: string): Iterable<Namespace> {
  for (const { name, features } of members) {
    if (features.length > 1) yield { items: features, what: `feature of member '${name}' ${of}` };
  }
}

/** Pairs of the same name in C, the second of which is at `start` or behind it. */
function clashes(items: readonly Named[], start: number): readonly (readonly [Named, Named])[] {
  if (items.length < 2 || !items.some(canClash)) return [];
  const found: [Named, Named][] = [];
  const seen = new Map<string, Named>();
  for (const [index, item] of items.entries()) {
    const key = cName(item.name);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, item);
    else if (index >= start) found.push([first, item]);
  }
  return found;
}

/** Of two names that clash, at least one has a '_': also a vendor's prefix, which is what dots are in, begins with it. */
function canClash({ name }: Named): boolean {
  return name.includes("_");
}

/** What becomes of a name in C, as far as that makes a difference here. */
function cName(name: string): string {
  return name.replaceAll(/[-.]/g, "_");
}
