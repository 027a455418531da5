/**
 * The pieces of TypeScript that emitters print, laid out as prettier lays them out with its default options.
 *
 * Each takes the short way when the whole piece fits on one line, which is nearly always; only the others become
 * documents. The rules are those of prettier 3.10; test/emit/layout.test.ts holds them against the installed one.
 */
import {
  type Doc,
  LINE_WIDTH,
  group,
  hardline,
  ifBreak,
  indent,
  join,
  line,
  printDocument,
  softline,
} from "./document.js";

/** One name of an import declaration. */
export interface ImportedName {
  /** As the module exports it. */
  readonly name: string;
  /** As the file calls it. */
  readonly local: string;
  /** Whether it is needed at run time. */
  readonly value: boolean;
}

/** `import type { A, B } from "x";`, or `import { type A, b } from "x";` where one of them is a value. */
export function importDeclaration(names: readonly ImportedName[], from: string): string {
  const typesOnly = !names.some((name) => name.value);
  const specifiers = names.map(({ name, local, value }) => {
    const renamed = name === local ? name : `${name} as ${local}`;
    return value || typesOnly ? renamed : `type ${renamed}`;
  });
  const head = typesOnly ? "import type {" : "import {";
  const tail = `} from ${stringLiteral(from)};`;
  const flat = `${head} ${specifiers.join(", ")} ${tail}`;
  if (flat.length <= LINE_WIDTH || specifiers.length === 1) return flat;
  return `${head}\n${specifiers.map((specifier) => `  ${specifier},\n`).join("")}${tail}`;
}

/** The first line or lines of an interface, up to its `{`: `export interface A extends B, C {`. */
export function interfaceHeader(name: string, bases: readonly string[] = []): string {
  const head = `export interface ${name}`;
  if (bases.length === 0) return `${head} {`;
  const flat = `${head} extends ${bases.join(", ")} {`;
  if (flat.length <= LINE_WIDTH || bases.length === 1) return flat;
  const heritage = indent(line, "extends", group(indent(line, join([",", line], bases))));
  return printDocument([group(head, heritage), " {"]);
}

/** A whole interface; `body` are the lines of its members, indented. */
export function interfaceDeclaration(name: string, bases: readonly string[], body: string): string {
  const header = interfaceHeader(name, bases);
  return body === "" ? `${header}}` : `${header}\n${body}}`;
}

/** `export const Name = { ... } as const;`; `entries` are the lines of its properties, indented. */
export function constantDeclaration(name: string, entries: string): string {
  const head = `export const ${name} =`;
  if (entries === "") {
    const flat = `${head} {} as const;`;
    return flat.length <= LINE_WIDTH ? flat : `${head}\n  {} as const;`;
  }
  if (head.length + " {".length <= LINE_WIDTH) return `${head} {\n${entries}} as const;`;
  return `${head}\n  {\n${indented(entries.trimEnd())}\n  } as const;`;
}

/** `export type Name = A | B;` */
export function unionDeclaration(name: string, members: readonly string[]): string {
  const head = `export type ${name} =`;
  const flat = `${head} ${members.join(" | ")};`;
  if (flat.length <= LINE_WIDTH) return flat;
  if (isHugged(members)) return `${head}\n  ${members.join(" | ")};`;
  return printDocument([group(head, group(indent(line, unionType(members)))), ";"]);
}

/** `export type Name = A & B & { type: "c" };`: named types, then the properties of an object type. */
export function intersectionDeclaration(
  name: string,
  types: readonly string[],
  properties: readonly string[] = [],
): string {
  const object = properties.length === 0 ? [] : [`{ ${properties.join("; ")} }`];
  const head = `export type ${name} =`;
  const flat = `${head} ${[...types, ...object].join(" & ")};`;
  if (flat.length <= LINE_WIDTH) return flat;
  const parts: Doc[] = types.map((type, index) => (index === 0 ? type : indent(" &", line, type)));
  if (object.length > 0) {
    const literal = group("{", indent(line, join([";", line], properties)), ifBreak(";"), line, "}");
    parts.push(types.length === 0 ? literal : [" & ", types.length > 1 ? indent(literal) : literal]);
  }
  // Prettier breaks behind the `=` only where not even the first type fits before it.
  const [first = ""] = types;
  const breaksAtOnce = head.length + ` ${first} &`.length > LINE_WIDTH;
  return printDocument([head, breaksAtOnce ? indent(hardline, group(parts)) : [" ", group(parts)], ";"]);
}

/** `export type Name = Type;` with a type that has no place to break. */
export function aliasDeclaration(name: string, type: string): string {
  const flat = `export type ${name} = ${type};`;
  return flat.length <= LINE_WIDTH ? flat : `export type ${name} =\n  ${type};`;
}

/** How a type is broken where it does not fit on its line: as one of the forms that a wire type has. */
export type TypeLayout =
  /** A name or a literal, perhaps with `[]`: it cannot be broken. */
  | { readonly kind: "atom"; readonly text: string }
  /** A union with `suffix` (`[]`, once for each dimension) behind it. */
  | { readonly kind: "union"; readonly members: readonly string[]; readonly suffix: string };

/** A type on one line: `Foo[]`, `number | bigint`, `(number | bigint)[]`. */
export function flatType(type: TypeLayout): string {
  if (type.kind === "atom") return type.text;
  const flat = type.members.join(" | ");
  return type.suffix === "" || type.members.length === 1 ? flat + type.suffix : `(${flat})${type.suffix}`;
}

/** A property of an interface or an object type, without indentation: `"netdev-id"?: string;`. */
export function property(key: string, type: TypeLayout, steps = 1): string {
  const head = `${key}: `;
  const flat = `${head}${flatType(type)};`;
  if (type.kind === "atom" || flat.length + steps * 2 <= LINE_WIDTH) return flat;
  return printDocument([`${key}:`, annotation(type), ";"], steps);
}

/** A parameter of a function. */
export interface Parameter {
  /** With its `?` if it is optional. */
  readonly name: string;
  readonly type: string;
}

/** The signature of a function, up to the `{` of its body: `export function f(a: A): B {`. */
export function functionHeader(name: string, parameters: readonly Parameter[], returns: string | ReturnType): string {
  const head = `export function ${name}(`;
  const list = parameters.map((parameter) => `${parameter.name}: ${parameter.type}`);
  const tail = `): ${typeof returns === "string" ? returns : returns.flat} {`;
  const flat = head + list.join(", ") + tail;
  if (flat.length <= LINE_WIDTH) return flat;
  if (list.length > 0 && tail.length <= LINE_WIDTH) {
    return `${head}\n${list.map((parameter) => `  ${parameter},\n`).join("")}${tail}`;
  }
  const brackets = list.length === 0 ? ")" : [indent(softline, join([",", line], list)), ifBreak(","), softline, ")"];
  return printDocument([head, group(brackets, ": ", typeof returns === "string" ? returns : returns.doc), " {"]);
}

/** The type that a function returns, where it can be broken: on one line, and as a document. */
export interface ReturnType {
  readonly flat: string;
  readonly doc: Doc;
}

/** `Name<Argument>`. */
export function genericType(name: string, argument: TypeLayout): ReturnType {
  const text = flatType(argument);
  const flat = `${name}<${text}>`;
  if (argument.kind === "atom" && !text.endsWith("]")) return { flat, doc: flat };
  const content = argument.kind === "union" && argument.suffix === "" ? unionType(argument.members) : text;
  return { flat, doc: group(name, "<", indent(softline, content), softline, ">") };
}

/** A call with arguments that are names, member accesses or literals: `f(a, "b")`. */
export function call(callee: string, args: readonly Doc[]): Doc {
  if (args.length === 0) return `${callee}()`;
  return group(callee, "(", indent(softline, join([",", line], args)), ifBreak(","), softline, ")");
}

/** A comparison or another binary expression that is not logical: `typeof v === "string"`. */
export function binary(left: Doc, operator: string, right: Doc): Doc {
  return group(group(left), indent(" ", group(operator, line, right)));
}

/** `a && b && c`, to be put into {@link returnStatement} or, in parentheses, into {@link logicalOr}. */
export function logicalAnd(operands: readonly Doc[]): Logical {
  return { operator: "&&", operands };
}

/** `a || b || c`. */
export function logicalOr(operands: readonly Doc[]): Logical {
  return { operator: "||", operands };
}

/** A chain of one logical operator. */
export interface Logical {
  readonly operator: "&&" | "||";
  readonly operands: readonly Doc[];
}

/** A logical chain in parentheses, as an operand of the other operator. */
export function parenthesized({ operator, operands }: Logical): Doc {
  const [first = "", ...rest] = operands;
  return ["(", group(group(first), indent(rest.map((operand) => [` ${operator}`, line, operand]))), ")"];
}

/** `return a && b;`, indented by `steps`. */
export function returnStatement(expression: Logical | string, steps = 1): string {
  const margin = "  ".repeat(steps);
  if (typeof expression === "string") return `${margin}return ${expression};`;
  const { operator, operands } = expression;
  const simple = operands.every((operand) => typeof operand === "string");
  if (simple) {
    const flat = `${margin}return ${operands.join(` ${operator} `)};`;
    if (flat.length <= LINE_WIDTH) return flat;
  }
  const [first = "", ...rest] = operands;
  const chain = group(group(first), ...rest.map((operand) => [` ${operator}`, line, operand]));
  const body = group(ifBreak("("), indent(softline, chain), softline, ifBreak(")"));
  return margin + printDocument(["return ", body, ";"], steps);
}

/** Statements of a document, one a line. */
export function lines(docs: readonly Doc[]): Doc {
  return join(hardline, docs);
}

/** Text with `steps` steps of indentation on each line that is not empty. */
export function indented(text: string, steps = 1): string {
  const margin = "  ".repeat(steps);
  return text === "" ? "" : margin + text.replaceAll("\n", `\n${margin}`);
}

/** A key as prettier writes it: in quotes only where it must be. (Names in schemas are ASCII.) */
export function propertyKey(name: string): string {
  return IDENTIFIER.test(name) ? name : stringLiteral(name);
}

/** The key of an object literal: `__proto__` is a property like others only when it is computed. */
export function literalKey(name: string): string {
  return name === "__proto__" ? '["__proto__"]' : propertyKey(name);
}

/** Access to a property whose name may be anything: `v["netdev-id"]`, the quotes as prettier chooses them. */
export function stringLiteral(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  const json = JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
  const doubles = text.split('"').length;
  if (doubles <= text.split("'").length) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** What prettier takes for a name that needs no quotes. */
const IDENTIFIER = /^[$_a-zA-Z][$_a-zA-Z0-9]*$/;

/** Printable ASCII without quotes and backslashes. */
const PLAIN = /^[ !#-&(-[\]-~]*$/;

function unionType(members: readonly string[]): Doc {
  return group(members.map((member, index) => (index === 0 ? [ifBreak("| "), member] : [line, "| ", member])));
}

/** Whether prettier keeps a union together: one named type, or one and `null`. */
function isHugged(members: readonly string[]): boolean {
  if (members.length === 1) return true;
  const named = members.filter((member) => member !== "null");
  const [name = ""] = named;
  return named.length === 1 && members.length === 2 && !KEYWORD_TYPES.has(name) && !name.endsWith("]");
}

const KEYWORD_TYPES: ReadonlySet<string> = new Set(["bigint", "boolean", "never", "number", "string", "unknown"]);

function annotation(type: TypeLayout): Doc {
  if (type.kind === "atom") return ` ${type.text}`;
  if (type.suffix !== "") return [" (", group(indent(softline, unionType(type.members)), softline), `)${type.suffix}`];
  return group(indent(line, unionType(type.members)));
}
