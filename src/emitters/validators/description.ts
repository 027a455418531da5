/**
 * The descriptions of types, and the constants that are made of them.
 */
import type { Alternate, BuiltinName, EnumValue, Member, Type, Union } from "../../schema/schema.js";
import { flatType, type GenericType, isOptional, LINE_WIDTH, literalKey, stringLiteral } from "../../emit/index.js";
import { support, type Scope } from "./check.js";

/** What the support code calls the built-in types. */
const BUILTINS: Readonly<Record<BuiltinName, string>> = {
  str: "str",
  number: "num",
  int: "int64",
  int8: "int8",
  int16: "int16",
  int32: "int32",
  int64: "int64",
  uint8: "uint8",
  uint16: "uint16",
  uint32: "uint32",
  uint64: "uint64",
  size: "uint64",
  bool: "bool",
  any: "json",
  null: "nil",
  QType: "qType",
};

/** A type: `str`, `NetdevShape`, `list(str)`. */
export function typeDescription(type: Type, scope: Scope): string {
  switch (type.kind) {
    case "builtin":
      return support(BUILTINS[type.name], scope, "builtins");
    case "list":
      return `${support("list", scope, "shape")}(${typeDescription(type.element, scope)})`;
    default:
      return scope.f.value(scope.internals.shape(type));
  }
}

/** What is described in place, as an object or an array literal; or an expression, which has nothing to break. */
export type Description = Literal | string;

/** An object or an array literal. */
interface Literal {
  readonly kind: "object" | "array";
  readonly entries: readonly Entry[];
}

/** An element of an array, or a property of an object: as text, if it fits wherever it is put. */
type Entry = string | Property;

interface Property {
  readonly key: string;
  readonly value: string | Literal;
}

/** The members of an object, optional ones marked as in schemas: `{ id: str, "*addr": SocketAddressShape }`. */
export function membersDescription(members: readonly Member[], scope: Scope): Literal {
  const entries: Entry[] = [];
  for (const member of members) {
    const type = typeDescription(member.type, scope);
    entries.push(property(isOptional(member) ? stringLiteral(`*${member.name}`) : literalKey(member.name), type));
  }
  return { kind: "object", entries };
}

/** A union: `{ members: { type: KindShape }, tag: "type", branches: { stream: StreamOptionsShape } }`. */
export function unionDescription(union: Union, scope: Scope): Literal {
  const branches: Entry[] = [];
  for (const { name, type } of union.branches) {
    if (type !== undefined) branches.push(property(literalKey(name), typeDescription(type, scope)));
  }
  const entries: Entry[] = [
    { key: "members", value: membersDescription(union.allMembers, scope) },
    property("tag", stringLiteral(union.discriminator.name)),
  ];
  if (branches.length > 0) entries.push({ key: "branches", value: { kind: "object", entries: branches } });
  return { kind: "object", entries };
}

/** The types of an alternate: `{ string: str, null: nil }`. */
export function alternativesDescription({ alternatives }: Alternate, scope: Scope): Literal {
  const entries = alternatives.map(({ jsonType, type }) => property(jsonType, typeDescription(type, scope)));
  return { kind: "object", entries };
}

/** The values of an enumeration. */
export function valuesDescription(values: readonly EnumValue[]): Literal {
  return { kind: "array", entries: values.map(({ name }) => stringLiteral(name)) };
}

/** A constant that is made by a call: `export const name: type = maker(...args, () => description);`. */
export function madeConstant(
  name: string,
  type: string | GenericType,
  makerName: string,
  args: readonly string[],
  description?: Description,
): string {
  // So that bundlers leave it out where nobody uses it.
  const maker = `/* @__PURE__ */ ${makerName}`;
  const left = leftSide(name, type);
  const column = left.length - left.lastIndexOf("\n");
  const call = `${maker}(${flatArguments(args, description)});`;
  if (column + call.length <= LINE_WIDTH) return `${left} ${call}`;

  // The call begins on the next line if not even its name fits behind the equals sign, or if there is only a name in it.
  const isLone = args.length === 1 && description === undefined;
  const behind = left.includes("\n") || (!isLone && column + maker.length + 1 <= LINE_WIDTH);
  if (!behind && 2 + call.length <= LINE_WIDTH) return `${left}\n  ${call}`;
  const steps = behind ? 0 : 1;
  const start = behind ? `${left} ${maker}(` : `${left}\n  ${maker}(`;
  return start + brokenArguments(args, description, steps, start.length - start.lastIndexOf("\n") - 1);
}

/** What a call takes, on one line; so long that it fits nowhere if a description has too much for that. */
function flatArguments(args: readonly string[], description: Description | undefined): string {
  if (description === undefined) return args.join(", ");
  const flat = flatArrow(description) ?? " ".repeat(LINE_WIDTH);
  return args.map((arg) => `${arg}, `).join("") + flat;
}

/** The same on several lines, behind `column` columns, with the end of the call. */
function brokenArguments(
  args: readonly string[],
  description: Description | undefined,
  steps: number,
  column: number,
): string {
  // The description is broken, and nothing else, if there is something to break in it and the rest fits on the line.
  if (description !== undefined && typeof description !== "string" && description.entries.length > 0) {
    const head = args.map((arg) => `${arg}, `).join("");
    const opening = description.kind === "object" ? "() => ({" : "() => [";
    if (column + head.length + opening.length <= LINE_WIDTH) {
      return `${head}${brokenArrow(description, steps)});`;
    }
  }
  const margin = "  ".repeat(steps + 1);
  let lines = args.map((arg) => `${margin}${arg},\n`).join("");
  if (description !== undefined) {
    const flat = flatArrow(description);
    const fits = flat !== undefined && margin.length + flat.length + ",".length <= LINE_WIDTH;
    lines += `${margin}${fits ? flat : brokenArrow(description, steps + 1)},\n`;
  }
  return `\n${lines}${"  ".repeat(steps)});`;
}

/** `export const name: type =` */
function leftSide(name: string, type: string | GenericType): string {
  if (typeof type === "string") return `export const ${name}: ${type} =`;
  const argument = flatType(type.argument);
  const flat = `export const ${name}: ${type.name}<${argument}> =`;
  const hasBreak = argument.endsWith("]") || argument.includes(" ");
  return hasBreak && flat.length > LINE_WIDTH ? `export const ${name}: ${type.name}<\n  ${argument}\n> =` : flat;
}

/** The function that gives a description, on one line; nothing if that is too long for any line. */
function flatArrow(description: Description): string | undefined {
  if (typeof description === "string") return `() => ${description}`;
  const literal = flatLiteral(description);
  if (literal === undefined) return undefined;
  return description.kind === "object" ? `() => (${literal})` : `() => ${literal}`;
}

/** The same with a line, or more, for each entry; its last line is indented by `steps`. */
function brokenArrow(description: Description, steps: number): string {
  if (typeof description === "string") return `() => ${description}`;
  const literal = brokenLiteral(description, steps);
  return description.kind === "object" ? `() => (${literal})` : `() => ${literal}`;
}

function flatLiteral({ kind, entries }: Literal): string | undefined {
  let text = "";
  for (const entry of entries) {
    const flat = flatEntry(entry);
    if (flat === undefined || text.length + flat.length > LINE_WIDTH) return undefined;
    text += text === "" ? flat : `, ${flat}`;
  }
  if (kind === "array") return `[${text}]`;
  return text === "" ? "{}" : `{ ${text} }`;
}

function flatEntry(entry: Entry): string | undefined {
  if (typeof entry === "string") return entry;
  const value = typeof entry.value === "string" ? entry.value : flatLiteral(entry.value);
  return value === undefined ? undefined : `${entry.key}: ${value}`;
}

function brokenLiteral({ kind, entries }: Literal, steps: number): string {
  const margin = `\n${"  ".repeat(steps + 1)}`;
  const end = `,\n${"  ".repeat(steps)}`;
  const lines = entries.map((entry) => (typeof entry === "string" ? entry : propertyLines(entry, steps + 1)));
  const text = margin + lines.join(`,${margin}`) + end;
  return kind === "object" ? `{${text}}` : `[${text}]`;
}

/** A property on one line if it fits, else with its value broken, or on the next line. */
function propertyLines({ key, value }: Property, steps: number): string {
  const flat = typeof value === "string" ? value : flatLiteral(value);
  if (flat !== undefined && steps * 2 + `${key}: ${flat},`.length <= LINE_WIDTH) return `${key}: ${flat}`;
  if (typeof value !== "string") return `${key}: ${brokenLiteral(value, steps)}`;
  const margin = `\n${"  ".repeat(steps)}`;
  // A name goes on the next line, a call is broken.
  const behind = value.indexOf("(") + 1;
  if (behind === 0) return `${key}:${margin}  ${value}`;
  return `${key}: ${value.slice(0, behind)}${margin}  ${value.slice(behind, -1)},${margin})`;
}

function property(key: string, value: string): Entry {
  return key.length + value.length <= SHORT ? `${key}: ${value}` : { key, value };
}

/** A property of this length, without the colon, fits wherever it is put. */
const SHORT = 60;
