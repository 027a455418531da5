/**
 * The code that says what is wrong with a value, as it is emitted.
 */

/** `internal/failure.ts`: it walks a value and the description of its type side by side. */
export const FAILURE = `\
import type { Issue, ValidationMode } from "../validators/validation.js";
import {
  type JsonObject,
  isAny,
  isArray,
  isBoolean,
  isInt16,
  isInt32,
  isInt64,
  isInt8,
  isNull,
  isNumber,
  isObject,
  isPlain,
  isString,
  isTimestamp,
  isUint16,
  isUint32,
  isUint64,
  isUint8,
  own,
} from "./checks.js";
import {
  type Alternatives,
  type Builtin,
  type Check,
  type ObjectShape,
  type Shape,
  branchOf,
  isKnown,
} from "./shape.js";

/** All that is wrong with a value that its check refused. */
export function failure(
  value: unknown,
  type: Check,
  mode: ValidationMode = "tolerant",
): { readonly issues: readonly Issue[] } {
  const report: Report = { mode, path: [], issues: [] };
  explain(value, type, report);
  if (report.issues.length === 0) {
    add("nothing wrong more than 256 levels deep", value, report);
  }
  return { issues: report.issues };
}

interface Report {
  readonly mode: ValidationMode;
  /** Of what is looked at. */
  readonly path: (string | number)[];
  readonly issues: Issue[];
}

/** How deep to look: deeper than replies are, less deep than the stack is. */
const MAX_DEPTH = 256;

function explain(value: unknown, type: Check, report: Report): void {
  if (typeof type === "string") {
    const [expected, is] = BUILTINS[type];
    if (!is(value)) add(expected, value, report);
    return;
  }
  const shape = shapeOf(type);
  switch (shape.kind) {
    case "enum":
    case "literal":
      if (!isOneOf(value, shape, report.mode)) {
        add(describe(shape, report.mode), value, report);
      }
      return;
    case "list":
      if (isArray(value)) explainElements(value, shape.element, report);
      else add("an array", value, report);
      return;
    case "alternate": {
      const jsonType = jsonTypeOf(value);
      const alternative =
        jsonType === "none" ? undefined : shape.types[jsonType];
      if (alternative !== undefined) explain(value, alternative, report);
      else add(describe(shape, report.mode), value, report);
      return;
    }
    case "object":
      if (isObject(value)) explainObject(value, shape, report);
      else add("an object", value, report);
  }
}

function isOneOf(
  value: unknown,
  shape: Extract<Shape, { kind: "enum" | "literal" }>,
  mode: ValidationMode,
): boolean {
  if (shape.kind === "literal") return value === shape.value;
  return (
    typeof value === "string" &&
    (mode === "tolerant" || shape.values.includes(value))
  );
}

function explainElements(
  value: readonly unknown[],
  element: Check,
  report: Report,
): void {
  // By index, since forEach leaves out holes.
  for (let index = 0; index < value.length; index++) {
    explainPart(index, value[index], element, report);
  }
}

function explainObject(
  value: JsonObject,
  shape: ObjectShape,
  report: Report,
): void {
  const isWhole = explainMembers(value, shape, report);
  if (report.mode === "tolerant" || shape.open) return;
  if (!isPlain(value)) add("a plain object", value, report);
  // Which members there may be is not known where the tag is wrong.
  if (!isWhole) return;
  for (const name of Object.keys(value)) {
    if (value[name] === undefined || isKnown(name, value, shape)) continue;
    report.path.push(name);
    add("no member of this name", value[name], report);
    report.path.pop();
  }
}

/** Whether the tags, if there are any, are right. */
function explainMembers(
  value: JsonObject,
  shape: ObjectShape,
  report: Report,
): boolean {
  let isWhole = true;
  for (const [name, { type, optional }] of shape.members) {
    const part = own(value, name);
    if (optional && part === undefined) continue;
    const before = report.issues.length;
    explainPart(name, part, type, report);
    if (name === shape.tag) isWhole = report.issues.length === before;
  }
  const more = branchOf(value, shape);
  if (more !== undefined && !explainMembers(value, more, report)) return false;
  return isWhole;
}

function explainPart(
  key: string | number,
  value: unknown,
  type: Check,
  report: Report,
): void {
  if (report.path.length === MAX_DEPTH) return;
  report.path.push(key);
  if (value === undefined) add(describe(type, report.mode), value, report);
  else explain(value, type, report);
  report.path.pop();
}

function add(expected: string, value: unknown, report: Report): void {
  const path = [...report.path];
  report.issues.push({ path, expected, received: received(value) });
}

/** A type in words. */
function describe(type: Check, mode: ValidationMode): string {
  if (typeof type === "string") return BUILTINS[type][0];
  const shape = shapeOf(type);
  switch (shape.kind) {
    case "literal":
      return JSON.stringify(shape.value);
    case "enum":
      if (mode === "tolerant") return "a string";
      if (shape.values.length === 0) return "nothing";
      return shape.values.map((value) => JSON.stringify(value)).join(" or ");
    case "list":
      return "an array";
    case "object":
      return "an object";
    case "alternate":
      return Object.values(shape.types)
        .map((alternative: Check) => describe(alternative, mode))
        .join(" or ");
  }
}

function shapeOf(type: Exclude<Check, Builtin>): Shape {
  return "shape" in type ? type.shape() : type;
}

/** A value in words. */
function received(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "nothing";
    case "string":
      return JSON.stringify(
        value.length <= 80 ? value : value.slice(0, 77) + "...",
      );
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? "an array" : "an object";
    case "function":
      return "a function";
    case "symbol":
      return "a symbol";
    default:
      return String(value);
  }
}

function jsonTypeOf(value: unknown): keyof Alternatives | "none" {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  switch (typeof value) {
    case "string":
      return "string";
    case "boolean":
      return "boolean";
    case "number":
    case "bigint":
      return "number";
    case "object":
      return "object";
    default:
      return "none";
  }
}

const UINT64 = [
  "an integer from 0 to 2^64 - 1, not rounded",
  isUint64,
] as const;
const INT64 = [
  "an integer from -2^63 to 2^63 - 1, not rounded",
  isInt64,
] as const;
const BUILTINS: {
  readonly [name in Builtin]: readonly [string, (value: unknown) => boolean];
} = {
  str: ["a string", isString],
  bool: ["true or false", isBoolean],
  null: ["null", isNull],
  any: ["a JSON value", isAny],
  number: ["a finite number", isNumber],
  int: INT64,
  int8: ["an integer from -128 to 127", isInt8],
  int16: ["an integer from -32768 to 32767", isInt16],
  int32: ["an integer from -2147483648 to 2147483647", isInt32],
  int64: INT64,
  uint8: ["an integer from 0 to 255", isUint8],
  uint16: ["an integer from 0 to 65535", isUint16],
  uint32: ["an integer from 0 to 4294967295", isUint32],
  uint64: UINT64,
  size: UINT64,
  timestamp: ["seconds and microseconds, both integers", isTimestamp],
};`;
