/**
 * The pieces of TypeScript that emitters print, laid out as prettier lays them out with its default options.
 *
 * Each takes the short way when the whole piece fits on one line, which is nearly always; only the others become
 * documents. The rules are those of prettier 3.10; test/emit/layout.test.ts holds them against the installed one.
 */
import {
  type Layout,
  LINE_WIDTH,
  flatText,
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
  let typesOnly = true;
  for (const { value } of names) if (value) typesOnly = false;
  const specifiers: string[] = [];
  for (const { name, local, value } of names) {
    const renamed = name === local ? name : `${name} as ${local}`;
    specifiers.push(value || typesOnly ? renamed : `type ${renamed}`);
  }
  const head = typesOnly ? "import type {" : "import {";
  return namesInBraces(head, specifiers, `} from ${stringLiteral(from)};`);
}

/** `export { a, b as c } from "x";`; without `from`, of what the file itself declares. */
export function exportDeclaration(specifiers: readonly string[], from?: string): string {
  return namesInBraces("export {", specifiers, from === undefined ? "};" : `} from ${stringLiteral(from)};`);
}

function namesInBraces(head: string, names: readonly string[], tail: string): string {
  const flat = `${head} ${names.join(", ")} ${tail}`;
  return flat.length <= LINE_WIDTH || names.length === 1 ? flat : `${head}\n  ${names.join(",\n  ")},\n${tail}`;
}

/** The first line or lines of an interface, up to its `{`: `export interface A extends B, C {`. */
function interfaceHeader(name: string, bases: readonly string[] = []): string {
  const head = `export interface ${name}`;
  if (bases.length === 0) return `${head} {`;
  const flat = `${head} extends ${bases.join(", ")} {`;
  if (flat.length <= LINE_WIDTH || bases.length === 1) return flat;
  const heritage = `  extends ${bases.join(", ")} {`;
  return heritage.length <= LINE_WIDTH ? `${head}\n${heritage}` : `${head}\n  extends\n    ${bases.join(",\n    ")} {`;
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
  const flat = members.join(" | ");
  if (head.length + " ;".length + flat.length <= LINE_WIDTH) return `${head} ${flat};`;
  if (isHugged(members) || "  ;".length + flat.length <= LINE_WIDTH) return `${head}\n  ${flat};`;
  return `${head}\n  | ${members.join("\n  | ")};`;
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
  const parts: Layout[] = types.map((type, index) => (index === 0 ? type : indent(" &", line, type)));
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

/** A type: the text of one that cannot be broken, a name or a literal, perhaps with `[]`; or a union, which can. */
export type TypeLayout = string | UnionLayout;

/** A union with `suffix` (`[]`, once for each dimension) behind it. */
export interface UnionLayout {
  readonly members: readonly string[];
  readonly suffix: string;
}

/** A type on one line: `Foo[]`, `number | bigint`, `(number | bigint)[]`. */
export function flatType(type: TypeLayout): string {
  if (typeof type === "string") return type;
  const flat = type.members.join(" | ");
  return type.suffix === "" || type.members.length === 1 ? flat + type.suffix : `(${flat})${type.suffix}`;
}

/** A property of an interface or an object type, without indentation: `"netdev-id"?: string;`. */
export function property(key: string, type: TypeLayout, steps = 1): string {
  const flat = `${key}: ${flatType(type)};`;
  if (typeof type === "string" || flat.length + steps * 2 <= LINE_WIDTH) return flat;
  return printDocument([`${key}:`, annotation(type), ";"], steps);
}

/** The signature of a function, up to the `{` of its body: `export function f(a: A, b?: B): C {`. */
export function functionHeader(name: string, parameters: readonly string[], returns: string | GenericType): string {
  const head = `export function ${name}(`;
  const tail = `): ${typeof returns === "string" ? returns : `${returns.name}<${flatType(returns.argument)}>`} {`;
  const flat = head + parameters.join(", ") + tail;
  if (flat.length <= LINE_WIDTH) return flat;
  if (parameters.length > 0 && tail.length <= LINE_WIDTH) return `${head}\n  ${parameters.join(",\n  ")},\n${tail}`;
  const list = [indent(softline, join([",", line], parameters)), ifBreak(","), softline, ")"];
  const brackets = parameters.length === 0 ? ")" : list;
  return printDocument([
    head,
    group(brackets, ": ", typeof returns === "string" ? returns : genericType(returns)),
    " {",
  ]);
}

/** `Name<Argument>`. */
export interface GenericType {
  readonly name: string;
  readonly argument: TypeLayout;
}

function genericType({ name, argument }: GenericType): Layout {
  const text = flatType(argument);
  if (typeof argument === "string" && !text.endsWith("]")) return `${name}<${text}>`;
  const content = typeof argument === "string" || argument.suffix !== "" ? text : unionType(argument.members);
  return group(name, "<", indent(softline, content), softline, ">");
}

/** A call with arguments that are names, member accesses or literals: `f(a, "b")`. */
export function call(callee: string, args: readonly Layout[]): Layout {
  if (args.length === 0) return `${callee}()`;
  return group(callee, "(", indent(softline, join([",", line], args)), ifBreak(","), softline, ")");
}

/** A comparison or another binary expression that is not logical: `typeof v === "string"`. */
export function binary(left: Layout, operator: string, right: Layout): Layout {
  return group(group(left), indent(" ", group(operator, line, right)));
}

/** `a && b && c`, to be put into {@link returnStatement} or, in parentheses, into {@link logicalOr}. */
export function logicalAnd(operands: readonly Layout[]): Logical {
  return { operator: "&&", operands };
}

/** `a || b || c`. */
export function logicalOr(operands: readonly Layout[]): Logical {
  return { operator: "||", operands };
}

/** A chain of one logical operator. */
export interface Logical {
  readonly operator: "&&" | "||";
  readonly operands: readonly Layout[];
}

/** A logical chain in parentheses, as an operand of the other operator. */
export function parenthesized({ operator, operands }: Logical): Layout {
  const [first = "", ...rest] = operands;
  return ["(", group(group(first), indent(rest.map((operand) => [` ${operator}`, line, operand]))), ")"];
}

/** `return a && b;`, indented by `steps`. A chain has two operands at least. */
export function returnStatement(chain: Logical, steps = 1): string {
  const margin = "  ".repeat(steps);
  const flat = flatChain(chain);
  if (flat !== undefined && margin.length + "return ;".length + flat.length <= LINE_WIDTH) {
    return `${margin}return ${flat};`;
  }
  const inner =
    flat !== undefined && margin.length + 2 + flat.length <= LINE_WIDTH
      ? `${margin}  ${flat}\n`
      : chainLines(chain, steps + 1);
  return `${margin}return (\n${inner}${margin});`;
}

/** `if (a && b) {`, indented by `steps`. */
export function ifHeader(chain: Logical, steps = 1): string {
  const margin = "  ".repeat(steps);
  const flat = flatChain(chain);
  return flat !== undefined && margin.length + "if () {".length + flat.length <= LINE_WIDTH
    ? `${margin}if (${flat}) {`
    : `${margin}if (\n${chainLines(chain, steps + 1)}${margin}) {`;
}

/** A chain on one line; nothing if that is too long for any line. */
function flatChain({ operator, operands }: Logical): string | undefined {
  let width = 0;
  for (const operand of operands) {
    width += flatText(operand).length;
    if (width > LINE_WIDTH) return undefined;
  }
  return operands.map(flatText).join(` ${operator} `);
}

/** A chain with a line, or more, for each operand. */
function chainLines({ operator, operands }: Logical, steps: number): string {
  const margin = "  ".repeat(steps);
  const last = operands.length - 1;
  const lines = operands.map((operand, index) => {
    const tail = index < last ? ` ${operator}` : "";
    const flat = flatText(operand) + tail;
    const fits = typeof operand === "string" || margin.length + flat.length <= LINE_WIDTH;
    return fits ? flat : printDocument([operand, tail], steps);
  });
  return `${margin}${lines.join(`\n${margin}`)}\n`;
}

/** Text with `steps` steps of indentation on each line that is not empty. */
export function indented(text: string, steps = 1): string {
  const margin = "  ".repeat(steps);
  return text === "" ? "" : margin + text.replaceAll("\n", `\n${margin}`);
}

/**
 * The key of an interface or an object type as prettier writes it, in quotes only where it must be: `"netdev-id"`, `addr`.
 *
 * @example
 * ```ts
 * import { propertyKey } from "qapi-codegen";
 *
 * propertyKey("netdev-id"); // => '"netdev-id"'
 * ```
 */
export function propertyKey(name: string): string {
  return IDENTIFIER.test(name) ? name : stringLiteral(name);
}

/**
 * The same for an object literal, where `__proto__` is a property like others only when it is computed.
 *
 * @example
 * ```ts
 * import { literalKey } from "qapi-codegen";
 *
 * literalKey("netdev-id"); // => '"netdev-id"'
 * literalKey("addr"); // => "addr"
 * ```
 */
export function literalKey(name: string): string {
  return name === "__proto__" ? '["__proto__"]' : propertyKey(name);
}

/**
 * A string literal of any text, the quotes as prettier chooses them: `"netdev-id"`, `'say "hi"'`.
 *
 * @example
 * ```ts
 * import { stringLiteral } from "qapi-codegen";
 *
 * stringLiteral('say "hi"'); // => "'say \"hi\"'"
 * ```
 */
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

function unionType(members: readonly string[]): Layout {
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

function annotation(type: UnionLayout): Layout {
  if (type.suffix !== "") return [" (", group(indent(softline, unionType(type.members)), softline), `)${type.suffix}`];
  return group(indent(line, unionType(type.members)));
}
