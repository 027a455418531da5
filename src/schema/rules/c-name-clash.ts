import type {
  Alternative,
  Anonymous,
  Command,
  EnumValue,
  Event,
  Feature,
  Member,
  Schema,
  Struct,
  Union,
} from "../schema.js";
import { branchClashes, type Clash } from "./branch-clashes.js";
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

    forEachNamespace(schema, ({ items, what, start }) => {
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
    });
    for (const { union, branch, common, member } of branchClashes(schema, CLASH)) {
      if (!isNew(common, member)) continue;
      report({
        code: this.id,
        message: `member '${member.name}' of branch '${branch.name}' has the same name in C as the common member '${common.name}' of union '${union.name}'`,
        span: branch.span,
        related: [
          { span: common.span, message: "the common member" },
          { span: member.span, message: "the branch's member" },
        ],
        hint: RENAME,
      });
    }
  },
};

const CLASH: Clash = { key: cName, clashes: (one, other) => one.name !== other.name };

const RENAME = "rename one of them";

type Named = Member | EnumValue | Alternative | Feature;

/** What becomes identifiers side by side. */
interface Namespace {
  readonly items: readonly Named[];
  /** What each of them is, for messages. */
  readonly what: string;
  /** Where those begin that are written here. */
  readonly start: number;
}

/** Calls `visit` with each namespace of a schema in which a name could clash. */
function forEachNamespace({ definitions }: Schema, visit: (namespace: Namespace) => void): void {
  for (const definition of definitions) {
    const { kind, name, features } = definition;
    const of = (items: readonly Named[], what: string, start = 0): void => {
      if (items.length > 1 && items.some(canClash)) visit({ items, what: `${what} of ${kind} '${name}'`, start });
    };
    of(features, "feature");
    if (definition.kind === "enum") {
      of(definition.values, "value");
    } else if (definition.kind === "alternate") {
      of(definition.alternatives, "alternative");
    } else {
      const object = membersOf(definition);
      if (object === undefined) continue;
      const { members, allMembers } = object;
      of(allMembers, "member", allMembers.length - members.length);
      for (const member of members) of(member.features, `feature of member '${member.name}'`);
    }
  }
}

/** Where the members of a definition are that are written in it. */
function membersOf(definition: Struct | Union | Command | Event): Struct | Anonymous | undefined {
  if (definition.kind === "struct") return definition;
  const object = definition.kind === "union" ? definition.base : definition.arguments;
  return object?.kind === "anonymous" ? object : undefined;
}

/** Pairs of the same name in C, the second of which is at `start` or behind it. */
function clashes(items: readonly Named[], start: number): readonly (readonly [Named, Named])[] {
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
