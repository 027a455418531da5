/** The built-in types, for when a value is wrong. */
import { type Int64Mode, LINE_WIDTH } from "../../../emit/index.js";
import { Q_TYPES } from "../../../schema/schema.js";
import { SUPPORT, type SupportFile } from "./support-file.js";

export const BUILTINS: SupportFile = {
  path: SUPPORT.builtins,
  imports: {
    [SUPPORT.checks]:
      "isArray, isBoolean, isInt16, isInt32, isInt64, isInt8, isJsonType, isNull, isNumber, isObject, isString, " +
      "isTimestamp, isUint16, isUint32, isUint64, isUint8",
    [SUPPORT.shape]:
      "type Enum, type Fits, type Json, type Members, type Open, type Shape, type Struct, list, oneOf, simple, struct",
  },
  text: ({ int64 }) => [HEAD, ...simpleTypes(int64), TAIL].join("\n\n"),
};

const HEAD = `\
// The types of the schema language itself, and what is the same in all schemas.`;

/** The words for 64-bit integers. */
const INTEGERS: Readonly<Record<Int64Mode, { readonly int64: string; readonly uint64: string }>> = {
  mixed: {
    int64: "an integer from -2^63 to 2^63 - 1, not rounded",
    uint64: "an integer from 0 to 2^64 - 1, not rounded",
  },
  bigint: {
    int64: "a bigint from -2^63 to 2^63 - 1",
    uint64: "a bigint from 0 to 2^64 - 1",
  },
  number: {
    int64: "an integer from -(2^53 - 1) to 2^53 - 1",
    uint64: "an integer from 0 to 2^53 - 1",
  },
};

function simpleTypes(mode: Int64Mode): readonly string[] {
  const { int64, uint64 } = INTEGERS[mode];
  return [
    simpleType("str", "a string", "isString"),
    simpleType("bool", "true or false", "isBoolean"),
    simpleType("nil", "null", "isNull", "null"),
    simpleType("num", "a finite number", "isNumber", "number"),
    simpleType("int8", "an integer from -128 to 127", "isInt8"),
    simpleType("int16", "an integer from -32768 to 32767", "isInt16"),
    simpleType("int32", "an integer from -2147483648 to 2147483647", "isInt32"),
    simpleType("int64", int64, "isInt64"),
    simpleType("uint8", "an integer from 0 to 255", "isUint8"),
    simpleType("uint16", "an integer from 0 to 65535", "isUint16"),
    simpleType("uint32", "an integer from 0 to 4294967295", "isUint32"),
    simpleType("uint64", uint64, "isUint64"),
    simpleType("timestamp", "seconds and microseconds", "isTimestamp"),
  ];
}

function simpleType(identifier: string, expected: string, is: string, name = identifier): string {
  const head = `export const ${identifier}: Shape = /* @__PURE__ */ simple(`;
  const flat = `${head}"${name}", "${expected}", ${is});`;
  return flat.length <= LINE_WIDTH ? flat : `${head}\n  "${name}",\n  "${expected}",\n  ${is},\n);`;
}

const TAIL = `\
/** The type whose only value is this string. */
export function literal(value: string): Shape {
  return simple("literal", \`"\${value}"\`, (other) => other === value);
}

/** Any JSON value. */
export const json: Json = {
  kind: "json",
  expected: () => "a JSON value",
  fits: isJsonType,
  explain(value, report) {
    if (!isJsonType(value)) report.add(this, value);
    else if (report.strictly === undefined) return;
    else if (isArray(value)) list(json).explain(value, report);
    else if (isObject(value)) anyMembers().explain(value, report, json);
  },
};

function anyMembers(): Struct {
  return struct(undefined, () => ({}));
}

/** Objects that take any other members besides these. */
export function openStruct(fits: Fits, members: () => Members): Open {
  const type = struct(fits, members);
  return open(() => type);
}

/** The same of a type that has a description. */
export function open(type: () => Struct): Open {
  return {
    kind: "open",
    type,
    others: json,
    expected: () => "an object",
    fits: (value) => type().fits?.(value) === true,
    explain: (value, report) => type().explain(value, report, json),
  };
}

/** The JSON types, as QEMU names them. */
export const qType: Enum = /* @__PURE__ */ oneOf(() => [
${Q_TYPES.map((name) => `  "${name}",\n`).join("")}]);`;
