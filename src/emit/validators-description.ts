/**
 * The descriptions of types that validators are made with, and the constants that validators are.
 */
import type { Alternate, EnumValue, Member, Type, Union } from "../schema/schema.js";
import { LINE_WIDTH, group, ifBreak, indent, join, line, printDocument, type Doc } from "./document.js";
import { literalKey, stringLiteral } from "./layout.js";
import { INHERITED, isOptional, support, type Scope } from "./validators-check.js";

/** A type: `"str"`, `validateNetdev`, `list("str")`. */
export function typeDescription(type: Type, scope: Scope): string {
  switch (type.kind) {
    case "builtin":
      return type.name === "QType" ? support("Q_TYPE", scope, "shape") : `"${type.name}"`;
    case "list":
      return `${support("list", scope, "shape")}(${typeDescription(type.element, scope)})`;
    default:
      return scope.f.value(scope.out.exported(type, "validate"));
  }
}

/** What is described in place, as an object or an array literal; or an expression, which has nothing to break. */
export type Description = Literal | string;

/** An object or an array literal. */
interface Literal {
  readonly kind: "object" | "array";
  readonly entries: readonly Doc[];
}

/** The members of an object, optional ones marked as in schemas: `{ id: "str", "*addr": validateSocketAddress }`. */
export function membersDescription(members: readonly Member[], scope: Scope): Literal {
  return objectLiteral(
    members.map((member) => {
      const type = typeDescription(member.type, scope);
      if (isOptional(member)) return entry(stringLiteral(`*${member.name}`), type);
      // TypeScript takes such a property for that of Object.prototype, and a literal in it for any string.
      const isAmbiguous = INHERITED.has(member.name) && type.startsWith('"');
      return entry(literalKey(member.name), isAmbiguous ? `${type} as const` : type);
    }),
  );
}

/** A union: `{ members: { type: validateKind }, tag: "type", branches: { stream: validateStreamOptions } }`. */
export function unionDescription(union: Union, scope: Scope): Literal {
  const branches = union.branches.flatMap(({ name, type }) =>
    type === undefined ? [] : [entry(literalKey(name), typeDescription(type, scope))],
  );
  const members = membersDescription(union.allMembers, scope);
  return objectLiteral([
    ["members: ", documentOf(members)],
    entry("tag", stringLiteral(union.discriminator.name)),
    ...(branches.length > 0 ? [["branches: ", documentOf(objectLiteral(branches))]] : []),
  ]);
}

/** The types of an alternate: `{ string: "str", null: "null" }`. */
export function alternativesDescription({ alternatives }: Alternate, scope: Scope): Literal {
  return objectLiteral(alternatives.map(({ jsonType, type }) => entry(jsonType, typeDescription(type, scope))));
}

/** The values of an enumeration. */
export function valuesDescription(values: readonly EnumValue[]): Literal {
  return { kind: "array", entries: values.map(({ name }) => stringLiteral(name)) };
}

/** A constant that is made by a call: `export const name: type = maker(...args, () => description);`. */
export function validatorDeclaration(
  name: string,
  type: string,
  makerName: string,
  args: readonly string[],
  description?: Description,
): string {
  // So that bundlers leave it out where nobody uses it.
  const maker = `/* @__PURE__ */ ${makerName}`;
  const left = `export const ${name}: ${type} =`;
  const last = description === undefined ? [] : [arrow(description, flat(description))];
  const call = `${maker}(${[...args, ...last].join(", ")});`;
  if (left.length + 1 + call.length <= LINE_WIDTH) return `${left} ${call}`;

  // The call begins on the next line if not even its name fits behind the equals sign.
  const behind = left.length + maker.length + 2 <= LINE_WIDTH;
  const steps = behind ? 0 : 1;
  const start = behind ? `${left} ` : `${left}\n  `;
  const column = behind ? left.length + 1 : 2;
  if (column + call.length <= LINE_WIDTH) return start + call;

  // The description is broken, and nothing else, if there is something to break in it and the rest fits on the line.
  if (description !== undefined && typeof description !== "string" && description.entries.length > 0) {
    const head = `${maker}(${args.map((arg) => `${arg}, `).join("")}`;
    const opening = description.kind === "object" ? "() => ({" : "() => [";
    if (column + head.length + opening.length <= LINE_WIDTH) {
      return `${start}${head}${arrow(description, broken(description, steps))});`;
    }
  }
  const margin = "  ".repeat(steps + 1);
  const lines = args.map((arg) => `${margin}${arg},\n`);
  if (description !== undefined) {
    const line = `${margin}${arrow(description, flat(description))},`;
    const fitting =
      line.length <= LINE_WIDTH ? line : `${margin}${arrow(description, broken(description, steps + 1))},`;
    lines.push(`${fitting}\n`);
  }
  return `${start}${maker}(\n${lines.join("")}${"  ".repeat(steps)});`;
}

function arrow(description: Description, text: string): string {
  return typeof description !== "string" && description.kind === "object" ? `() => (${text})` : `() => ${text}`;
}

/** A description on one line. */
function flat(description: Description): string {
  if (typeof description === "string") return description;
  const { kind, entries } = description;
  const text = entries
    .map((entry) => (typeof entry === "string" ? entry : printDocument(entry, 0, -Infinity)))
    .join(", ");
  if (kind === "array") return `[${text}]`;
  return text === "" ? "{}" : `{ ${text} }`;
}

/** A description with a line, or more, for each entry; its last line is indented by `steps`. */
function broken(description: Description, steps: number): string {
  if (typeof description === "string") return description;
  const margin = "  ".repeat(steps + 1);
  let lines = "";
  for (const entry of description.entries) {
    const line = typeof entry === "string" ? entry : printDocument([entry, ","], steps + 1).slice(0, -1);
    lines += `${margin}${line},\n`;
  }
  const [open, close] = description.kind === "object" ? ["{", "}"] : ["[", "]"];
  return `${open}\n${lines}${"  ".repeat(steps)}${close}`;
}

/** The same as {@link flat} or {@link broken}, whichever fits. */
function documentOf({ entries }: Literal): Doc {
  if (entries.length === 0) return "{}";
  return group("{", indent(line, join([",", line], entries)), ifBreak(","), line, "}");
}

function objectLiteral(entries: readonly Doc[]): Literal {
  return { kind: "object", entries };
}

/** `key: value`; a value that does not fit goes on a line of its own. */
function entry(key: string, value: string): Doc {
  return key.length + value.length <= SHORT ? `${key}: ${value}` : group(`${key}:`, indent(line, value));
}

/** An entry of this length fits wherever it is put. */
const SHORT = 60;
