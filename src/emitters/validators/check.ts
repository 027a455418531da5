/**
 * The expressions that check one value: what validators return, joined by `&&`.
 */
import type { BuiltinName, Member, Type } from "../../schema/schema.js";
import {
  binary,
  call,
  type Layout,
  flatText,
  type GeneratedFile,
  group,
  indent,
  line,
  LINE_WIDTH,
  logicalOr,
  type Output,
  parenthesized,
  printDocument,
  stringLiteral,
} from "../../emit/index.js";
import type { Analysis } from "./analysis.js";

/** What a file of validators is written with. */
export interface Scope {
  readonly f: GeneratedFile;
  readonly out: Output;
  readonly analysis: Analysis;
  readonly lists: Lists;
  /** How the file imports those of the support code. */
  readonly specifiers: Specifiers;
}

/** A mode as an expression: what the function was called with, or the one that it always has. */
export type ModeText = "mode" | '"strict"' | '"tolerant"';

/** What functions of the support code check a built-in type: of a value, of one that may be missing, of a list's elements. */
interface BuiltinChecks {
  readonly value: string;
  readonly optional: string;
  readonly list: string;
}

const BUILTINS: Readonly<Record<Exclude<BuiltinName, "QType">, BuiltinChecks>> = {
  str: builtinChecks("String"),
  number: builtinChecks("Number"),
  int: builtinChecks("Int64"),
  int8: builtinChecks("Int8"),
  int16: builtinChecks("Int16"),
  int32: builtinChecks("Int32"),
  int64: builtinChecks("Int64"),
  uint8: builtinChecks("Uint8"),
  uint16: builtinChecks("Uint16"),
  uint32: builtinChecks("Uint32"),
  uint64: builtinChecks("Uint64"),
  size: builtinChecks("Uint64"),
  bool: builtinChecks("Boolean"),
  any: builtinChecks("Any"),
  null: builtinChecks("Null"),
};

function builtinChecks(name: string): BuiltinChecks {
  return { value: `is${name}`, optional: `isOptional${name}`, list: `isListOf${name}` };
}

/** What all objects inherit from `Object.prototype`: only if it is their own, it is a member. */
export const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** An expression is a string up to this length, which fits wherever it is put, so that most need no layout. */
const SHORT = 62;

/** The check of a member of `object`, a variable. Where a build may lack a member, it is optional. */
export function memberCheck(member: Member, object: string, mode: ModeText, scope: Scope): Layout {
  const value = access(member.name, object, scope);
  return isOptional(member)
    ? optionalCheck(member.type, value, mode, scope)
    : typeCheck(member.type, value, mode, scope);
}

/** Whether a member may be left out. */
export function isOptional(member: Member): boolean {
  return member.optional || member.if !== undefined;
}

/** A member of `object`, as an expression. */
export function access(name: string, object: string, scope: Scope): string {
  const key = stringLiteral(name);
  return INHERITED.has(name) ? `${support("own", scope)}(${object}, ${key})` : `${object}[${key}]`;
}

/** The check that `value` is there and of a type. */
export function typeCheck(type: Type, value: string, mode: ModeText, scope: Scope): Layout {
  if (type.kind === "builtin") {
    // Inline, since these two are the most frequent of all.
    if (type.name === "str") return comparison(`typeof ${value}`, '"string"');
    if (type.name === "bool") return comparison(`typeof ${value}`, '"boolean"');
  }
  return callOf(checkFunction(type, scope), hasMode(type) ? [value, mode] : [value]);
}

function optionalCheck(type: Type, value: string, mode: ModeText, scope: Scope): Layout {
  // Called with the member, so that it is looked up once, whether it is there or not.
  if (type.kind === "builtin" && type.name !== "QType") {
    return callOf(support(BUILTINS[type.name].optional, scope), [value]);
  }
  return either(comparison(value, "undefined"), typeCheck(type, value, mode, scope));
}

/** The local name of the function that checks whether a value is of a type. */
function checkFunction(type: Type, scope: Scope): string {
  switch (type.kind) {
    case "builtin":
      return type.name === "QType" ? support("isQType", scope, "shape") : support(BUILTINS[type.name].value, scope);
    case "list":
      if (type.element.kind === "builtin" && type.element.name !== "QType") {
        return support(BUILTINS[type.element.name].list, scope);
      }
      return scope.lists.checkFunction(checkFunction(type.element, scope), hasMode(type));
    default:
      return scope.f.value(scope.out.names.of(type, "is"));
  }
}

/** Whether the mode matters to a type: not to built-in ones. */
function hasMode(type: Type): boolean {
  if (type.kind === "list") return hasMode(type.element);
  return type.kind !== "builtin" || type.name === "QType";
}

/** Functions of a file that check lists: a loop of its own for each type of elements is what makes them fast. */
export class Lists {
  readonly #isTaken: (identifier: string) => boolean;
  readonly #functions = new Map<string, { readonly name: string; readonly hasMode: boolean }>();
  readonly #names = new Set<string>();

  /** @param isTaken - Whether an identifier has another meaning in the file. */
  constructor(isTaken: (identifier: string) => boolean) {
    this.#isTaken = isTaken;
  }

  /** The name of the function that checks lists of what `element`, a function, checks. */
  checkFunction(element: string, hasMode: boolean): string {
    const known = this.#functions.get(element);
    if (known !== undefined) return known.name;
    let name = `${element}List`;
    while (this.#isTaken(name) || this.#names.has(name)) name += "_";
    this.#names.add(name);
    this.#functions.set(element, { name, hasMode });
    return name;
  }

  /** For each function: the function for the elements, its own name, and whether both take the mode. */
  get functions(): readonly { readonly element: string; readonly name: string; readonly hasMode: boolean }[] {
    return [...this.#functions].map(([element, list]) => ({ element, ...list }));
  }
}

/** The files of the support code. They are outside of `validators/`, whose index exports all that is in there. */
export const SUPPORT = {
  checks: "internal/checks.ts",
  shape: "internal/shape.ts",
  failure: "internal/failure.ts",
  validator: "internal/validator.ts",
  empty: "internal/empty.ts",
} as const;

/** How a file imports each file of the support code. */
export type Specifiers = Readonly<Record<keyof typeof SUPPORT, string>>;

/** How a file imports those of the support code. */
export function supportSpecifiers(f: GeneratedFile): Specifiers {
  const to = (file: keyof typeof SUPPORT): string => f.specifier(SUPPORT[file]);
  return {
    checks: to("checks"),
    shape: to("shape"),
    failure: to("failure"),
    validator: to("validator"),
    empty: to("empty"),
  };
}

/** The local name of what the support code exports. */
export function support(name: string, { f, specifiers }: Scope, file: keyof typeof SUPPORT = "checks"): string {
  return f.import(name, specifiers[file]);
}

/** The local name of a type that the support code exports. */
export function supportType(name: "FixedValidator" | "Validator", { f, specifiers }: Scope): string {
  return f.importType(name, specifiers.validator);
}

/** `return expression;`, indented by `steps`. */
export function returned(expression: Layout, steps = 1): string {
  if (typeof expression === "string") return `${"  ".repeat(steps)}return ${expression};`;
  return "  ".repeat(steps) + printDocument(["return ", expression, ";"], steps);
}

/** `const name = value;` in a function. */
export function constant(name: string, value: Layout): string {
  return typeof value === "string"
    ? `  const ${name} = ${value};`
    : `  ${printDocument([`const ${name} = `, value, ";"], 1)}`;
}

/** `return test ? yes : no;` in a function. */
export function returnedChoice(test: Layout, yes: Layout, no: Layout): string {
  const flat = `  return ${flatText(test)} ? ${flatText(yes)} : ${flatText(no)};`;
  return flat.length <= LINE_WIDTH
    ? flat
    : returned(group(test, indent(line, "? ", indent(yes), line, ": ", indent(no))));
}

/** `(a || b)` */
export function either(a: Layout, b: Layout): Layout {
  if (typeof a === "string" && typeof b === "string") {
    const flat = `(${a} || ${b})`;
    if (flat.length <= SHORT) return flat;
  }
  return parenthesized(logicalOr([a, b]));
}

function comparison(left: string, right: string): Layout {
  const flat = `${left} === ${right}`;
  return flat.length <= SHORT ? flat : binary(left, "===", right);
}

/** A call, laid out only if it is long. */
export function callOf(callee: string, args: readonly string[]): Layout {
  const flat = `${callee}(${args.join(", ")})`;
  return flat.length <= SHORT ? flat : call(callee, args);
}
