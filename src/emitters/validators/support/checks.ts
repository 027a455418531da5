/** The code that validators call while all is well. */
import type { Int64Mode } from "../../../emit/index.js";
import { SUPPORT, type SupportFile } from "./support-file.js";

/** The built-in types as the names of their checks have them. */
const SIMPLE = "String Boolean Null Number JsonType Int8 Int16 Int32 Int64 Uint8 Uint16 Uint32 Uint64".split(" ");

export const CHECKS: SupportFile = {
  path: SUPPORT.checks,
  text: ({ int64 }) =>
    [HEAD, INTEGERS[int64], ANY, BIGINTS[int64], OBJECTS, ...SIMPLE.map(optional), LISTS, ...SIMPLE.map(list)].join(
      "\n\n",
    ),
};

const HEAD = `\
// What the validators call while all is well. It allocates nothing.

/** A JSON object. */
export interface JsonObject {
  readonly [key: string]: unknown;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** A member that has the name of something that all objects inherit. */
export function own(value: JsonObject, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

export function isString(value: unknown): value is string {
  return typeof value === "string";
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

export function isNull(value: unknown): value is null {
  return value === null;
}

export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

export function isInt8(value: unknown): value is number {
  return isInteger(value, -0x80, 0x7f);
}

export function isInt16(value: unknown): value is number {
  return isInteger(value, -0x8000, 0x7fff);
}

export function isInt32(value: unknown): value is number {
  return isInteger(value, -0x80000000, 0x7fffffff);
}

export function isUint8(value: unknown): value is number {
  return isInteger(value, 0, 0xff);
}

export function isUint16(value: unknown): value is number {
  return isInteger(value, 0, 0xffff);
}

export function isUint32(value: unknown): value is number {
  return isInteger(value, 0, 0xffffffff);
}

function isInteger(value: unknown, min: number, max: number): value is number {
  return (
    typeof value === "number" &&
    value >= min &&
    value <= max &&
    Number.isInteger(value)
  );
}`;

/** The checks of 64-bit integers. */
const INTEGERS: Readonly<Record<Int64Mode, string>> = {
  mixed: `\
/** A number that is an integer but not a safe one has been rounded. */
export function isInt64(value: unknown): value is number | bigint {
  return typeof value === "number"
    ? Number.isSafeInteger(value)
    : typeof value === "bigint" &&
        value >= -0x8000000000000000n &&
        value <= 0x7fffffffffffffffn;
}

export function isUint64(value: unknown): value is number | bigint {
  return typeof value === "number"
    ? value >= 0 && Number.isSafeInteger(value)
    : typeof value === "bigint" && value >= 0n && value <= 0xffffffffffffffffn;
}`,
  bigint: `\
export function isInt64(value: unknown): value is bigint {
  return (
    typeof value === "bigint" &&
    value >= -0x8000000000000000n &&
    value <= 0x7fffffffffffffffn
  );
}

export function isUint64(value: unknown): value is bigint {
  return (
    typeof value === "bigint" && value >= 0n && value <= 0xffffffffffffffffn
  );
}`,
  number: `\
/** A number that is an integer but not a safe one has been rounded. */
export function isInt64(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

export function isUint64(value: unknown): value is number {
  return typeof value === "number" && value >= 0 && Number.isSafeInteger(value);
}`,
};

const ANY = `\
/** Whether a value is a JSON value, of which the inside is not looked at. */
export function isJsonType(value: unknown): boolean {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "object":
      return true;
    case "number":
      return Number.isFinite(value);
    case "bigint":
      return isJsonBigint(value);
    default:
      return false;
  }
}

/** Whether a value is a JSON value all the way down. */
export function isJson(value: unknown, depth: number = 0): boolean {
  if (typeof value !== "object" || value === null) return isJsonType(value);
  // QEMU's parser goes no deeper either.
  if (depth === 1024) return false;
  if (isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      if (!isJson(value[i], depth + 1)) return false;
    }
    return true;
  }
  if (!isObject(value) || !isPlain(value)) return false;
  for (const name in value) {
    const part = value[name];
    if (part !== undefined && !isJson(part, depth + 1)) {
      // What has been added to Object.prototype is no part of the value.
      if (Object.hasOwn(value, name)) return false;
    }
  }
  return true;
}`;

/** Which bigints JSON may have where anything goes. */
const BIGINTS: Readonly<Record<Int64Mode, string>> = {
  mixed: `\
function isJsonBigint(value: bigint): boolean {
  return isInt64(value) || isUint64(value);
}`,
  bigint: `\
function isJsonBigint(value: bigint): boolean {
  return isInt64(value) || isUint64(value);
}`,
  number: `\
/** This output has 64-bit integers as numbers only. */
function isJsonBigint(_: bigint): boolean {
  return false;
}`,
};

const OBJECTS = `\
/** Whether a value is the event called name, of which the data is left out. */
export function isEvent(value: unknown, name: string): value is JsonObject {
  return (
    isObject(value) &&
    value["event"] === name &&
    isTimestamp(value["timestamp"])
  );
}

/** The data of the event called name; undefined for what is not that event. */
export function dataOf(value: unknown, name: string): unknown {
  return isEvent(value, name) ? value["data"] : undefined;
}

export function isTimestamp(value: unknown): boolean {
  return (
    isObject(value) &&
    Number.isSafeInteger(value["seconds"]) &&
    Number.isSafeInteger(value["microseconds"])
  );
}

/** Whether JSON has all members of an object: it leaves out inherited ones. */
export function isPlain(value: object): boolean {
  const prototype: object | null = Object.getPrototypeOf(value);
  return (
    prototype === Object.prototype ||
    prototype === null ||
    // The same of another realm.
    (Object.getPrototypeOf(prototype) === null &&
      Object.hasOwn(prototype, "isPrototypeOf"))
  );
}`;

const LISTS = `\
// Lists: each has a loop of its own, which is what makes it fast.`;

function optional(name: string): string {
  return `\
export function isOptional${name}(value: unknown): boolean {
  return value === undefined || is${name}(value);
}`;
}

function list(name: string): string {
  return `\
export function isListOf${name}(value: unknown): boolean {
  if (!isArray(value)) return false;
  for (let i = 0; i < value.length; i++) {
    if (!is${name}(value[i])) return false;
  }
  return true;
}`;
}
