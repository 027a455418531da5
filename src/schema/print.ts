/**
 * From the model back to text in the schema language, as QEMU's compiler of today reads it. What old releases spelled
 * otherwise comes out in today's spelling.
 */
import type { Condition } from "./condition.js";
import { entriesOf } from "./entries.js";
import { printDoc } from "./print-doc.js";
import { neededPragmas } from "./print-pragmas.js";
import type { Command, Definition, Doc, Event, Feature, Member, ObjectType, Schema, Type } from "./schema.js";

/**
 * The text of each module, by its name. The first one includes the others, so that loading it gives the same modules in the
 * same order, and has the pragmas without which QEMU's compiler would refuse names and the like.
 *
 * Reading the text gives the model again, but for four things: what was {@link Definition.implicit} has become explicit,
 * documentation may have moved to another line, C text in a condition, which today's language does not have, makes the
 * whole condition a string of C, as releases before 6.2 had it, and of a signal ({@link Command.signal}), which only the
 * notation of 2011 has, its event and its two commands are left, as definitions like any other.
 *
 * @throws RangeError when the name of a module, but for the first, cannot be written in an include: strings of the schema
 * language are printable ASCII without single quotes.
 *
 * @example
 * ```ts
 * import { check, load, memoryHost, print } from "qapi-codegen";
 *
 * const host = memoryHost({ "a.json": "{'enum':'E','data':['x','y']}" });
 * const { schema } = check(load("a.json", host));
 * if (schema === undefined) throw new Error("the schema is wrong");
 * print(schema).get("a.json"); // => "{ 'enum': 'E',\n  'data': [ 'x', 'y' ] }\n"
 * ```
 */
export function print(schema: Schema): ReadonlyMap<string, string> {
  const [root, ...others] = schema.modules;
  if (root === undefined) return new Map();
  const pragmas = [...neededPragmas(schema)].map(
    ([name, setting]) => `${object(new Map([["pragma", new Map([[name, setting]])]]), 0, false)}\n`,
  );
  const includes = others.map(({ name }) => `{ 'include': ${string(name)} }\n`).join("");
  const texts = schema.modules.map((module): readonly [string, string] => {
    const entries = printEntries(entriesOf(module));
    const parts = module === root ? [...pragmas, ...(includes === "" ? [] : [includes]), ...entries] : entries;
    return [module.name, parts.join("\n")];
  });
  return new Map(texts);
}

function printEntries(entries: readonly (Definition | Doc)[]): readonly string[] {
  return entries.map((entry, index) => {
    if (entry.kind !== "doc")
      return (entry.doc === undefined ? "" : printDoc(entry.doc, entry.name)) + definition(entry);
    const next = entries[index + 1];
    const separate = next !== undefined && next.kind !== "doc" && next.doc === undefined && mayBeAbout(entry, next);
    return printDoc(entry) + (separate ? SEPARATOR : "");
  });
}

/** Says nothing, but what is before it is not the documentation of what is behind it. */
const SEPARATOR = "\n{ 'pragma': {} }\n";

/** Whether free-form documentation in front of a definition could be taken for the definition's. */
function mayBeAbout({ symbol, sections }: Doc, { name }: Definition): boolean {
  return symbol !== undefined || sections.some(({ text }) => text.includes("@") || text.includes(`${name}:`));
}

/** What objects are printed of, before their lines are broken. */
type Value = string | boolean | readonly Value[] | ReadonlyMap<string, Value>;

/** Lines are broken where they would be longer. */
const WIDTH = 80;

function definition(node: Definition): string {
  const properties = new Map<string, Value | undefined>([[node.kind, node.name], ...body(node), ...common(node)]);
  return `${object(defined(properties), 0, true)}\n`;
}

function body(node: Definition): readonly (readonly [string, Value | undefined])[] {
  switch (node.kind) {
    case "enum":
      return [
        ["prefix", node.prefix],
        ["data", node.values.map(named)],
      ];
    case "struct":
      return [
        ["base", node.base?.name],
        ["data", members(node.members)],
      ];
    case "union": {
      const branches = node.branches.filter(({ implied }) => !implied);
      return [
        ["base", objectType(node.base)],
        ["discriminator", node.discriminator.name],
        ["data", new Map(branches.map((branch) => [branch.name, typed(branch.type?.name ?? "", branch)]))],
      ];
    }
    case "alternate":
      return [["data", new Map(node.alternatives.map((item) => [item.name, typed(typeName(item.type), item)]))]];
    case "command":
      return [
        ["data", node.arguments && objectType(node.arguments)],
        ["returns", node.returns && typeName(node.returns)],
        ...flags(node),
      ];
    case "event":
      return [["data", node.arguments && objectType(node.arguments)], ...flags(node)];
  }
}

/** The flags that are not as they are when nothing is said of them. */
function flags(node: Command | Event): readonly (readonly [string, Value | undefined])[] {
  const boxed = ["boxed", node.boxed || undefined] as const;
  if (node.kind === "event") return [boxed];
  return [
    boxed,
    ["gen", node.gen && undefined],
    ["success-response", node.successResponse && undefined],
    ["allow-oob", node.allowOob || undefined],
    ["allow-preconfig", node.allowPreconfig || undefined],
    ["coroutine", node.coroutine || undefined],
  ];
}

/** Members in place, or the name of the type that has them. */
function objectType(type: ObjectType): Value {
  return type.kind === "anonymous" ? members(type.members) : type.name;
}

function members(nodes: readonly Member[]): Value {
  return new Map(
    nodes.map((member) => [(member.optional ? "*" : "") + member.name, typed(typeName(member.type), member)]),
  );
}

function typeName(type: Type): Value {
  return type.kind === "list" ? [typeName(type.element)] : type.name;
}

interface Part {
  readonly if?: Condition;
  readonly features?: readonly Feature[];
}

/** A type, in an object when there is more to say. */
function typed(type: Value, part: Part): Value {
  const more = defined(new Map(common(part)));
  return more.size === 0 ? type : new Map([["type", type], ...more]);
}

/** A value of an enumeration or a feature. */
function named(node: Part & { readonly name: string }): Value {
  const more = defined(new Map(common(node)));
  return more.size === 0 ? node.name : new Map<string, Value>([["name", node.name], ...more]);
}

function common({ if: condition, features = [] }: Part): readonly (readonly [string, Value | undefined])[] {
  return [
    ["if", condition && conditionValue(condition)],
    ["features", features.length === 0 ? undefined : features.map(named)],
  ];
}

function defined(properties: ReadonlyMap<string, Value | undefined>): ReadonlyMap<string, Value> {
  const result = new Map<string, Value>();
  for (const [key, value] of properties) if (value !== undefined) result.set(key, value);
  return result;
}

function conditionValue(condition: Condition): Value {
  if (isTree(condition)) return conditionTree(condition);
  if (condition.kind === "all") return condition.operands.map((operand) => conditionText(operand, 0));
  return conditionText(condition, 0);
}

const SYMBOL = /^[A-Z][A-Z0-9_]*$/;

/** Whether today's language can say it. */
function isTree(condition: Condition): boolean {
  switch (condition.kind) {
    case "defined":
      return SYMBOL.test(condition.name);
    case "text":
      return false;
    case "not":
      return isTree(condition.operand);
    case "all":
    case "any":
      return condition.operands.every(isTree);
  }
}

function conditionTree(condition: Condition): Value {
  switch (condition.kind) {
    case "defined":
      return condition.name;
    case "text":
      return condition.text;
    case "not":
      return new Map([["not", conditionTree(condition.operand)]]);
    case "all":
    case "any":
      return new Map([[condition.kind, condition.operands.map(conditionTree)]]);
  }
}

/** C text; `level` is how tight the operator around it binds: 1 is `||`, 2 is `&&`, 3 is `!`. */
function conditionText(condition: Condition, level: number): string {
  switch (condition.kind) {
    case "defined":
      return `defined(${condition.name})`;
    case "text":
      // A name alone would be that of a build option, and "!" is for a name or for what is in parentheses.
      return level === 3 || SYMBOL.test(condition.text) ? `(${condition.text})` : condition.text;
    case "not":
      return `!${conditionText(condition.operand, 3)}`;
    case "all":
    case "any": {
      const own = condition.kind === "any" ? 1 : 2;
      const text = condition.operands
        .map((operand) => conditionText(operand, own))
        .join(condition.kind === "any" ? " || " : " && ");
      return level >= own ? `(${text})` : text;
    }
  }
}

/**
 * Prints a value of which the first line begins in column `indent`. What does not fit on a line gets a line for each
 * element; of a definition, each key has one.
 */
function value(node: Value, indent: number): string {
  if (typeof node === "string") return string(node);
  if (typeof node === "boolean") return String(node);
  return isList(node) ? list(node, indent) : object(node, indent, false);
}

function isList(node: readonly Value[] | ReadonlyMap<string, Value>): node is readonly Value[] {
  return Array.isArray(node);
}

function object(node: ReadonlyMap<string, Value>, indent: number, broken: boolean): string {
  const flat = `{ ${[...node].map(([key, item]) => `${string(key)}: ${value(item, 0)}`).join(", ")} }`;
  if (node.size === 0) return "{}";
  if (!broken && fits(flat, indent)) return flat;
  const items = [...node].map(([key, item]) => {
    const text = `${string(key)}: `;
    return text + value(item, indent + 2 + text.length);
  });
  return `{ ${items.join(`,\n${" ".repeat(indent + 2)}`)} }`;
}

function list(node: readonly Value[], indent: number): string {
  if (node.length === 0) return "[]";
  const flat = `[ ${node.map((item) => value(item, 0)).join(", ")} ]`;
  if (fits(flat, indent)) return flat;
  return `[ ${node.map((item) => value(item, indent + 2)).join(`,\n${" ".repeat(indent + 2)}`)} ]`;
}

function fits(text: string, indent: number): boolean {
  return !text.includes("\n") && indent + text.length <= WIDTH;
}

function string(text: string): string {
  if (!/^[ -&(-~]*$/.test(text)) throw new RangeError(`the schema language cannot write ${JSON.stringify(text)}`);
  return `'${text.replaceAll("\\", "\\\\")}'`;
}
