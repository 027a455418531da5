/**
 * JSON whose 64-bit integers are exact: what JSON.parse would round is read as bigint, and bigints are written as integers.
 *
 * Both ways, each number beyond what doubles hold exactly, of whatever kind, goes through JSON.parse or JSON.stringify as a
 * stand-in: an integer from 2 ** 53 on that tells its place in a list. Since *all* such numbers are in the list, nothing that
 * a peer sends, in strings or as numbers, can be taken for a stand-in.
 */
import { replaceLargeNumbers, UNSAFE_DIGITS } from "./json-numbers.js";

/**
 * No integer that doubles do not hold exactly has fewer digits. Without them, a text is left to JSON.parse. Written out, V8
 * looks at every eighth character only; a count, as in `[0-9]{16}`, makes it look at all of them.
 */
const MANY_DIGITS = new RegExp("[0-9]".repeat(UNSAFE_DIGITS));
/** No 64-bit integer has more characters: a sign and 19 digits, or 20 digits. */
const INT64_LENGTH = 20;
const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;
const INTEGER = /^-?(?:0|[1-9]\d*)$/;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/** The first stand-in. The next ones follow with a distance of 2, which is that of doubles of their size. */
const FIRST_STAND_IN = 2 ** 53;

/**
 * Parses JSON like JSON.parse, but integers beyond ±(2 ** 53 - 1) that are 64-bit integers, signed or unsigned, become
 * bigints. Others become the nearest doubles, as QEMU reads them itself (`parse_literal` in its `qobject/json-parser.c`), and so
 * do all numbers with a fraction or an exponent.
 *
 * It takes linear time, and no stack however deep the text nests. A member `__proto__` is a member like others.
 *
 * @throws SyntaxError, which JSON.parse throws.
 *
 * @example
 * ```ts
 * import { parseJson } from "qapi-codegen/qmp/core";
 *
 * parseJson('[9007199254740991, 9007199254740993]'); // => [9007199254740991, 9007199254740993n]
 * ```
 */
export function parseJson(text: string): unknown {
  return MANY_DIGITS.test(text) ? parseExactly(text) : JSON.parse(text);
}

function parseExactly(text: string): unknown {
  const values = new StandIns<bigint | number>();
  const replaced = replaceLargeNumbers(text, (number) => {
    // What is no number must stay for JSON.parse to refuse it.
    if (!NUMBER.test(number)) return number;
    const value = exact(number);
    if (typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return number;
    return String(values.add(value));
  });
  if (values.size === 0) return JSON.parse(text);
  let parsed: unknown;
  try {
    parsed = JSON.parse(replaced);
  } catch {
    // A number in place of a number makes no difference to the grammar, so this throws as well: of the text as it came.
    return JSON.parse(text);
  }
  return restored(parsed, values);
}

/** A number of JSON: a bigint if it is a 64-bit integer that doubles do not hold exactly. */
function exact(number: string): bigint | number {
  const nearest = Number(number);
  if (Number.isSafeInteger(nearest) || number.length > INT64_LENGTH || !INTEGER.test(number)) return nearest;
  const integer = BigInt(number);
  return integer >= INT64_MIN && integer <= UINT64_MAX ? integer : nearest;
}

/** Puts the values back in the place of their stand-ins. */
function restored(parsed: unknown, values: StandIns<bigint | number>): unknown {
  const root = [parsed];
  const holders: object[] = [root];
  for (let holder = holders.pop(); holder !== undefined; holder = holders.pop()) {
    if (Array.isArray(holder)) restoreElements(holder, values, holders);
    else restoreMembers(holder as Record<string, unknown>, values, holders);
  }
  return root[0];
}

function restoreElements(array: unknown[], values: StandIns<bigint | number>, holders: object[]): void {
  for (const [index, value] of array.entries()) {
    if (typeof value === "object") {
      if (value !== null) holders.push(value);
    } else if (typeof value === "number" && value > Number.MAX_SAFE_INTEGER) {
      array[index] = values.get(value);
    }
  }
}

function restoreMembers(object: Record<string, unknown>, values: StandIns<bigint | number>, holders: object[]): void {
  for (const name of Object.keys(object)) {
    const value = object[name];
    if (typeof value === "object") {
      if (value !== null) holders.push(value);
    } else if (typeof value === "number" && value > Number.MAX_SAFE_INTEGER) {
      // JSON.parse has made this member, even `__proto__`: this gives it another value and reaches no prototype.
      object[name] = values.get(value);
    }
  }
}

/**
 * Writes JSON like JSON.stringify, but bigints become integers. Whoever gives bigints a method `toJSON` changes nothing here.
 * Methods `toJSON` of other values may be called twice when there are bigints.
 *
 * @throws TypeError for cycles, and for what has no JSON at all, such as undefined; RangeError for what nests too deeply, as
 * JSON.stringify does; what a method `toJSON` or a getter throws.
 *
 * @example
 * ```ts
 * import { stringifyJson } from "qapi-codegen/qmp/core";
 *
 * stringifyJson({ size: 9007199254740993n }); // => '{"size":9007199254740993}'
 * ```
 */
export function stringifyJson(value: unknown): string {
  // Of BigInt.prototype, on which some define it, or of what it inherits from.
  if (!("toJSON" in BigInt.prototype)) {
    try {
      return orThrow(JSON.stringify(value));
    } catch (error) {
      // Perhaps for a bigint. If not, it is thrown again below.
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return stringifyExactly(value);
}

function stringifyExactly(value: unknown): string {
  const numbers = new StandIns<string>();
  const mayBeDisguised = "toJSON" in BigInt.prototype;
  const json: unknown = JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key, made: unknown) {
    if (typeof made === "bigint") return numbers.add(String(made));
    if (mayBeDisguised) {
      // `made` is what a method `toJSON` has made of this.
      const original = this[key];
      if (typeof original === "bigint") return numbers.add(String(original));
    }
    const number = isBoxedNumber(made) ? Number(made) : made;
    if (typeof number !== "number" || !Number.isFinite(number)) return number;
    return Math.abs(number) > Number.MAX_SAFE_INTEGER ? numbers.add(String(number)) : number;
  });
  return replaceLargeNumbers(orThrow(json), (number) => {
    const standIn = Number(number);
    return standIn > Number.MAX_SAFE_INTEGER ? numbers.get(standIn) : number;
  });
}

/** Whether the value is an object made by `new Number`, here or in another realm, which JSON.stringify writes as a number. */
function isBoxedNumber(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return false;
  try {
    Number.prototype.valueOf.call(value);
    return true;
  } catch {
    return false;
  }
}

function orThrow(json: unknown): string {
  if (typeof json !== "string") throw new TypeError("the value has no JSON");
  return json;
}

/** Values, and the numbers that stand for them. */
class StandIns<T> {
  readonly #values: T[] = [];

  get size(): number {
    return this.#values.length;
  }

  /** @returns What stands for the value. */
  add(value: T): number {
    return FIRST_STAND_IN + 2 * (this.#values.push(value) - 1);
  }

  get(standIn: number): T {
    const index = (standIn - FIRST_STAND_IN) / 2;
    const value = this.#values[index];
    if (value === undefined) throw new RangeError(`nothing stands at ${index}`);
    return value;
  }
}
