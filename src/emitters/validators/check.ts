/**
 * The expressions that check one value: what validators return, joined by `&&`.
 */
import type { BuiltinName, Member, Type } from "../../schema/schema.js";
import {
  binary,
  call,
  type Layout,
  type GeneratedFile,
  isOptional,
  logicalOr,
  type Output,
  parenthesized,
  printDocument,
  stringLiteral,
} from "../../emit/index.js";
import type { Internals } from "./internals.js";
import { SUPPORT } from "./support/support-file.js";

/** What a file of validators is written with. */
export interface Scope {
  readonly f: GeneratedFile;
  readonly out: Output;
  readonly internals: Internals;
}

/** What the names of the functions of the support code that check a built-in type end with. */
const BUILTINS: Readonly<Record<BuiltinName, string>> = {
  str: "String",
  number: "Number",
  int: "Int64",
  int8: "Int8",
  int16: "Int16",
  int32: "Int32",
  int64: "Int64",
  uint8: "Uint8",
  uint16: "Uint16",
  uint32: "Uint32",
  uint64: "Uint64",
  size: "Uint64",
  bool: "Boolean",
  any: "JsonType",
  null: "Null",
  // As of all enumerations, a newer QEMU may have more values.
  QType: "String",
};

/** What all objects inherit from `Object.prototype`: only if it is their own, it is a member. */
export const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** An expression is a string up to this length, which fits wherever it is put, so that most need no layout. */
const SHORT = 62;

/** The check of a member of `object`, a variable. Where a build may lack a member, it is optional. */
export function memberCheck(member: Member, object: string, scope: Scope): Layout {
  const value = access(member.name, object, scope);
  return isOptional(member) ? optionalCheck(member.type, value, scope) : typeCheck(member.type, value, scope);
}

/** A member of `object`, as an expression. */
export function access(name: string, object: string, scope: Scope): string {
  const key = stringLiteral(name);
  return INHERITED.has(name) ? `${support("own", scope)}(${object}, ${key})` : `${object}[${key}]`;
}

/** The check that `value` is there and of a type. */
export function typeCheck(type: Type, value: string, scope: Scope): Layout {
  return callOf(checkFunction(type, scope), [value]);
}

function optionalCheck(type: Type, value: string, scope: Scope): Layout {
  // Called with the member, so that it is looked up once, whether it is there or not.
  const builtin = builtinOf(type);
  if (builtin !== undefined) return callOf(support(`isOptional${builtin}`, scope), [value]);
  return either(comparison(value, "undefined"), typeCheck(type, value, scope));
}

/** The local name of the function that checks whether a value is of a type. */
export function checkFunction(type: Type, scope: Scope): string {
  if (type.kind === "list") {
    const element = builtinOf(type.element);
    if (element !== undefined) return support(`isListOf${element}`, scope);
    return scope.f.value(scope.internals.listCheck(type.element));
  }
  if (type.kind === "builtin") return support(`is${BUILTINS[type.name]}`, scope);
  return type.kind === "enum" ? support("isString", scope) : scope.f.value(scope.internals.check(type));
}

/** What the names of the functions for a type end with, if the support code has them. */
function builtinOf(type: Type): string | undefined {
  if (type.kind === "builtin") return BUILTINS[type.name];
  return type.kind === "enum" ? "String" : undefined;
}

/** The local name of what a file of the support code exports. */
export function support(name: string, { f }: Scope, file: keyof typeof SUPPORT = "checks"): string {
  return f.import(name, f.specifier(SUPPORT[file]));
}

/** The local name of a type that a file of the support code exports. */
export function supportType(name: string, { f }: Scope, file: keyof typeof SUPPORT): string {
  return f.importType(name, f.specifier(SUPPORT[file]));
}

/** `return expression;`, indented by `steps`. */
export function returned(expression: Layout, steps = 1): string {
  if (typeof expression === "string") return `${"  ".repeat(steps)}return ${expression};`;
  return "  ".repeat(steps) + printDocument(["return ", expression, ";"], steps);
}

/** `const name = value;`, indented by `steps`. */
export function constant(name: string, value: Layout, steps: number): string {
  const margin = "  ".repeat(steps);
  return typeof value === "string"
    ? `${margin}const ${name} = ${value};`
    : margin + printDocument([`const ${name} = `, value, ";"], steps);
}

/** `(a || b)` */
function either(a: Layout, b: Layout): Layout {
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
