/**
 * Whether a value is right for a type, told by a walk over the model: slow, simple, and without a line of what is emitted.
 */
import type { BuiltinName, Command, Event, JsonType, Member, ObjectType, Type } from "../../src/schema/schema.js";
import { Q_TYPES } from "../../src/schema/schema.js";
import type { Int64Mode } from "../../src/emit/options.js";
import type { Mode } from "./run-validators.js";

/** Whether `value` is of a type. */
export function isOfType(value: unknown, type: Type, mode: Mode, int64: Int64Mode = "mixed"): boolean {
  return isValueOf(value, type, { mode, int64 });
}

/** Whether `value` is a whole event, perhaps of a newer QEMU. */
export function isOfEvent(value: unknown, event: Event, int64: Int64Mode = "mixed"): boolean {
  if (!isObject(value) || value["event"] !== event.name || !isTimestamp(value["timestamp"])) return false;
  const { arguments: data } = event;
  const taken: Taken = { mode: "tolerant", int64 };
  return data === undefined || takesNothing(data) || isOfObjectType(value["data"], data, taken, false);
}

/** Whether `value` can be sent as the arguments of a command. */
export function isOfArguments(
  value: unknown,
  { arguments: type, gen }: Command,
  mode: Mode = "strict",
  int64: Int64Mode = "mixed",
): boolean {
  const taken: Taken = { mode, int64 };
  if (type === undefined || takesNothing(type)) return isObject(value) && hasOnly(value, [], taken, false);
  return isOfObjectType(value, type, taken, !gen);
}

/** Whether `value` is what a command can return, perhaps in a newer QEMU. */
export function isOfReturns(value: unknown, { returns }: Command, int64: Int64Mode = "mixed"): boolean {
  return returns === undefined ? isObject(value) : isOfType(value, returns, "tolerant", int64);
}

/** How values are to be taken. */
interface Taken {
  readonly mode: Mode;
  /** How 64-bit integers are held. */
  readonly int64: Int64Mode;
}

function isValueOf(value: unknown, type: Type, taken: Taken): boolean {
  switch (type.kind) {
    case "builtin":
      return isOfBuiltin(value, type.name, taken);
    case "list":
      return Array.isArray(value) && Array.from(value, (item) => isValueOf(item, type.element, taken)).every(Boolean);
    case "enum":
      return typeof value === "string" && (taken.mode === "tolerant" || type.values.some(({ name }) => name === value));
    case "alternate": {
      const alternative = type.alternatives.find(({ jsonType }) => jsonType === jsonTypeOf(value));
      return alternative !== undefined && isValueOf(value, alternative.type, taken);
    }
    case "struct":
    case "union":
      return isOfObjectType(value, type, taken, false);
  }
}

/** @param open - Whether there may be any others besides the members of the type. */
function isOfObjectType(value: unknown, type: ObjectType, taken: Taken, open: boolean): boolean {
  if (!isObject(value)) return false;
  const members = membersOf(value, type);
  for (const member of members) {
    const part = Object.hasOwn(value, member.name) ? value[member.name] : undefined;
    const isAbsent = part === undefined;
    if (isAbsent ? !member.optional && member.if === undefined : !isValueOf(part, member.type, taken)) return false;
  }
  return hasOnly(value, members, taken, open);
}

/** All members that an object may have, those of its branches too. */
function membersOf(value: JsonObject, type: ObjectType): readonly Member[] {
  if (type.kind !== "union") return type.allMembers;
  const branch = type.branches.find(({ name }) => name === value[type.discriminator.name]);
  return branch?.type === undefined ? type.allMembers : [...type.allMembers, ...membersOf(value, branch.type)];
}

function hasOnly(value: JsonObject, members: readonly Member[], taken: Taken, open: boolean): boolean {
  if (taken.mode === "tolerant") return true;
  const others = Object.keys(value).filter((name) => !members.some((member) => member.name === name));
  return others.every((name) => value[name] === undefined || (open && isOfBuiltin(value[name], "any", taken)));
}

/** The least and the greatest integer of a type, and whether it has more than a number holds. */
const INTEGERS: Partial<Record<BuiltinName, readonly [bigint, bigint]>> = {
  int: [-(2n ** 63n), 2n ** 63n - 1n],
  int8: [-(2n ** 7n), 2n ** 7n - 1n],
  int16: [-(2n ** 15n), 2n ** 15n - 1n],
  int32: [-(2n ** 31n), 2n ** 31n - 1n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0n, 2n ** 8n - 1n],
  uint16: [0n, 2n ** 16n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  size: [0n, 2n ** 64n - 1n],
};

function isOfBuiltin(value: unknown, name: BuiltinName, { mode, int64 }: Taken): boolean {
  const range = INTEGERS[name];
  if (range !== undefined) {
    const [least, greatest] = range;
    const isWide = greatest > 2n ** 32n;
    if (typeof value === "bigint") return isWide && int64 !== "number" && value >= least && value <= greatest;
    if ((isWide && int64 === "bigint") || !Number.isSafeInteger(value)) return false;
    return BigInt(Number(value)) >= least && BigInt(Number(value)) <= greatest;
  }
  const jsonType = jsonTypeOf(value);
  if (name === "any") return mode === "strict" ? isJson(value, int64) : isShallowJson(value, int64);
  if (name === "str") return jsonType === "string";
  if (name === "bool") return jsonType === "boolean";
  if (name === "null") return jsonType === "null";
  if (name === "number") return jsonType === "number" && typeof value === "number";
  return typeof value === "string" && (mode === "tolerant" || Q_TYPES.includes(value));
}

function isShallowJson(value: unknown, int64: Int64Mode): boolean {
  if (typeof value === "bigint") return int64 !== "number" && value >= -(2n ** 63n) && value < 2n ** 64n;
  return jsonTypeOf(value) !== undefined;
}

function isJson(value: unknown, int64: Int64Mode): boolean {
  if (!isShallowJson(value, int64)) return false;
  if (Array.isArray(value)) return Array.from(value, (item: unknown) => isJson(item, int64)).every(Boolean);
  return !isObject(value) || Object.values(value).every((part) => part === undefined || isJson(part, int64));
}

function isTimestamp(value: unknown): boolean {
  return isObject(value) && Number.isSafeInteger(value["seconds"]) && Number.isSafeInteger(value["microseconds"]);
}

function takesNothing(type: ObjectType): boolean {
  return type.kind !== "union" && type.allMembers.length === 0;
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return jsonTypeOf(value) === "object";
}

/** The JSON type of a value; absent for what JSON does not have. */
function jsonTypeOf(value: unknown): JsonType | undefined {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isFinite(value) ? "number" : undefined;
  if (typeof value === "bigint") return "number";
  return typeof value === "string" || typeof value === "boolean" || typeof value === "object"
    ? typeOf(value)
    : undefined;
}

function typeOf(value: string | boolean | object): JsonType {
  if (typeof value === "string") return "string";
  return typeof value === "boolean" ? "boolean" : "object";
}
