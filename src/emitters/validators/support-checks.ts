/**
 * The code that validators call while all is well, as it is emitted.
 */

/** `internal/checks.ts`: checks of built-in types. */
export const CHECKS = `\
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

/** Any JSON value, of which the inside is not looked at. */
export function isAny(value: unknown): boolean {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value);
    case "undefined":
    case "function":
    case "symbol":
      return false;
    default:
      return true;
  }
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
}

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
}

export function isOptionalString(value: unknown): boolean {
  return value === undefined || typeof value === "string";
}

export function isOptionalBoolean(value: unknown): boolean {
  return value === undefined || typeof value === "boolean";
}

export function isOptionalNull(value: unknown): boolean {
  return value === undefined || value === null;
}

export function isOptionalNumber(value: unknown): boolean {
  return value === undefined || isNumber(value);
}

export function isOptionalAny(value: unknown): boolean {
  return value === undefined || isAny(value);
}

export function isOptionalInt8(value: unknown): boolean {
  return value === undefined || isInt8(value);
}

export function isOptionalInt16(value: unknown): boolean {
  return value === undefined || isInt16(value);
}

export function isOptionalInt32(value: unknown): boolean {
  return value === undefined || isInt32(value);
}

export function isOptionalInt64(value: unknown): boolean {
  return value === undefined || isInt64(value);
}

export function isOptionalUint8(value: unknown): boolean {
  return value === undefined || isUint8(value);
}

export function isOptionalUint16(value: unknown): boolean {
  return value === undefined || isUint16(value);
}

export function isOptionalUint32(value: unknown): boolean {
  return value === undefined || isUint32(value);
}

export function isOptionalUint64(value: unknown): boolean {
  return value === undefined || isUint64(value);
}

// Lists: each has a loop of its own, which is what makes it fast.

export function isListOfString(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isString(value[i])) return false;
  return true;
}

export function isListOfBoolean(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isBoolean(value[i])) return false;
  return true;
}

export function isListOfNull(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isNull(value[i])) return false;
  return true;
}

export function isListOfNumber(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isNumber(value[i])) return false;
  return true;
}

export function isListOfAny(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isAny(value[i])) return false;
  return true;
}

export function isListOfInt8(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isInt8(value[i])) return false;
  return true;
}

export function isListOfInt16(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isInt16(value[i])) return false;
  return true;
}

export function isListOfInt32(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isInt32(value[i])) return false;
  return true;
}

export function isListOfInt64(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isInt64(value[i])) return false;
  return true;
}

export function isListOfUint8(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isUint8(value[i])) return false;
  return true;
}

export function isListOfUint16(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isUint16(value[i])) return false;
  return true;
}

export function isListOfUint32(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isUint32(value[i])) return false;
  return true;
}

export function isListOfUint64(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (let i = 0; i < value.length; i++) if (!isUint64(value[i])) return false;
  return true;
}

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
export function isPlain(value: JsonObject): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    prototype === Object.prototype ||
    prototype === null ||
    // The same of another realm.
    Object.getPrototypeOf(prototype) === null
  );
}`;
