/** Numbers on the wire: 64-bit integers in three modes, smaller ones with their ranges, and those that need not be integers. */
import { wireCases } from "../../support/wire-cases.js";

const LARGE = `
  { 'struct': 'L', 'data': { '*i': 'int', '*i64': 'int64', '*u': 'uint64', '*s': 'size', '*l': ['int'] } }
  { 'struct': 'A', 'data': { 'a': 'any' } }
  { 'struct': 'N', 'data': { 'n': 'number', '*u8': 'uint8' } }
  { 'alternate': 'Alt', 'data': { 'i': 'int', 's': 'str' } }
  { 'event': 'E', 'data': { 'pos': 'int' } }
  { 'command': 'c', 'data': { '*at': 'size' }, 'returns': 'uint64' }
  { 'command': 'set', 'data': { 'value': 'any' }, 'returns': 'any' }`;

wireCases({
  "64-bit integers, a number or a bigint": {
    schema: LARGE,
    values: {
      L: {
        right: [
          '{ "i": 0, "i64": -1, "u": 1, "s": 9007199254740991, "l": [1, 2n] }',
          '{ "i": 5n, "i64": -9223372036854775808n, "u": 18446744073709551615n, "s": 0n }',
          '{ "i": 9223372036854775807n, "l": [-9007199254740991] }',
        ],
        wrong: ['{ "i": "5" }', '{ "u": null }', '{ "l": [true] }', '{ "l": 1 }', '{ "s": "1G" }'],
        refused: [
          '{ "i": 9223372036854775808n }',
          '{ "i64": -9223372036854775809n }',
          '{ "u": -1 }',
          '{ "u": -1n }',
          '{ "s": 18446744073709551616n }',
          '{ "i": 0.5 }',
          '{ "l": [1, 2.5] }',
          '{ "i": 1e300 }',
        ],
      },
      Alt: { right: ["5", "5n", '"x"'], wrong: ["true", "null", "[5]"], refused: ["5.5", "9223372036854775808n"] },
      "event E": {
        right: [
          '{ "event": "E", "data": { "pos": 9007199254740993n }, "timestamp": { "seconds": 1, "microseconds": 2 } }',
        ],
        wrong: ['{ "event": "E", "data": { "pos": "1" }, "timestamp": { "seconds": 1, "microseconds": 2 } }'],
      },
      "arguments c": { right: ["{}", '{ "at": 4096 }', '{ "at": 4096n }'], refused: ['{ "at": -1 }'] },
      "returns c": { right: ["0", "18446744073709551615n"], wrong: ['"0"', "{}"], refused: ["-1", "0.5"] },
    },
    code: `
      export function sum(l: q.L): bigint {
        // @ts-expect-error: it may be a bigint
        const n: number | undefined = l.i;
        return BigInt(n ?? 0) + BigInt(l.u ?? 0);
      }`,
  },
  "64-bit integers, always a bigint": {
    schema: LARGE,
    options: { int64: "bigint" },
    values: {
      L: {
        right: [
          '{ "i": 0n, "i64": -9223372036854775808n, "u": 18446744073709551615n, "s": 9007199254740993n }',
          '{ "l": [1n, -2n] }',
        ],
        wrong: ['{ "i": 0 }', '{ "i64": -1 }', '{ "u": 1 }', '{ "s": 1 }', '{ "l": [1n, 2] }', '{ "i": "5" }'],
        refused: ['{ "i": 9223372036854775808n }', '{ "u": -1n }', '{ "s": 18446744073709551616n }'],
      },
      Alt: { right: ["5n", '"x"'], wrong: ["5", "5.5", "null"], refused: ["-9223372036854775809n"] },
      N: { right: ['{ "n": 5 }', '{ "n": 0.5, "u8": 255 }'], wrong: ['{ "n": 5n }', '{ "n": 5, "u8": 255n }'] },
      "event E": {
        right: ['{ "event": "E", "data": { "pos": 1n }, "timestamp": { "seconds": 1, "microseconds": 2 } }'],
        wrong: ['{ "event": "E", "data": { "pos": 1 }, "timestamp": { "seconds": 1, "microseconds": 2 } }'],
      },
      "arguments c": { right: ["{}", '{ "at": 4096n }'], wrong: ['{ "at": 4096 }'] },
      "returns c": { right: ["0n"], wrong: ["0"], refused: ["-1n"] },
    },
    code: "export const sum = (l: q.L): bigint => (l.i ?? 0n) + (l.u ?? 0n) + (l.s ?? 0n);\n",
  },
  "64-bit integers, always a number": {
    schema: LARGE,
    options: { int64: "number" },
    values: {
      L: {
        right: ['{ "i": 9007199254740991, "i64": -9007199254740991, "u": 0, "s": 1, "l": [1, 2] }'],
        wrong: ['{ "i": 0n }', '{ "u": 18446744073709551615n }', '{ "l": [1n] }', '{ "i": "5" }'],
        refused: ['{ "u": -1 }', '{ "i": 0.5 }', '{ "s": 1e300 }'],
      },
      Alt: { right: ["5", '"x"'], wrong: ["5n", "null"], refused: ["5.5"] },
      "event E": {
        right: ['{ "event": "E", "data": { "pos": 1 }, "timestamp": { "seconds": 1, "microseconds": 2 } }'],
        wrong: [
          '{ "event": "E", "data": { "pos": 9007199254740993n }, "timestamp": { "seconds": 1, "microseconds": 2 } }',
        ],
      },
      "arguments c": { right: ["{}", '{ "at": 4096 }'], wrong: ['{ "at": 4096n }'] },
      "returns c": { right: ["0"], wrong: ["0n"] },
    },
    code: "export const sum = (l: q.L): number => (l.i ?? 0) + (l.u ?? 0) + (l.s ?? 0);\n",
  },
  "any, with integers of 64 bits": {
    schema: LARGE,
    values: {
      A: {
        right: ['{ "a": 1 }', '{ "a": 18446744073709551615n }', '{ "a": null }', '{ "a": [{ "x": [1n, 0.5] }] }'],
        wrong: ["[]", '"a"', "null"],
        refused: ['{ "a": 18446744073709551616n }', '{ "a": -9223372036854775809n }'],
        newer: ['{ "a": 1, "new": 2 }'],
      },
    },
    code: `
      // @ts-expect-error: it may not be left out
      export const none: q.A = {};`,
  },
  "any, as a number or as a bigint": {
    schema: LARGE,
    values: {
      "arguments set": {
        right: ['{ "value": [{ "x": [1n, 0.5, 18446744073709551615n] }] }', '{ "value": -9223372036854775808n }'],
        refused: ['{ "value": [{ "x": 18446744073709551616n }] }'],
      },
      "returns set": { right: ["0", "9007199254740993n", "0.5"], refused: ["18446744073709551616n"] },
    },
  },
  "any, where 64-bit integers are bigints": {
    schema: LARGE,
    options: { int64: "bigint" },
    values: {
      // Nothing says which of its numbers are integers of 64 bits.
      "arguments set": { right: ['{ "value": [0, 0.5, 1n] }'], refused: ['{ "value": [18446744073709551616n] }'] },
      "returns set": { right: ["0", "0n", "0.5"] },
    },
  },
  "any, where 64-bit integers are numbers": {
    schema: LARGE,
    options: { int64: "number" },
    values: {
      "arguments set": { right: ['{ "value": [0, 0.5] }'], refused: ['{ "value": [0n] }', '{ "value": 0n }'] },
      "returns set": { right: ["0", "0.5"], refused: ["0n"] },
    },
  },
  "smaller integers": {
    schema: `{ 'struct': 'S', 'data': {
      '*i8': 'int8', '*i16': 'int16', '*i32': 'int32', '*u8': 'uint8', '*u16': 'uint16', '*u32': 'uint32' } }`,
    values: {
      S: {
        right: [
          '{ "i8": -128, "i16": -32768, "i32": -2147483648, "u8": 0, "u16": 0, "u32": 0 }',
          '{ "i8": 127, "i16": 32767, "i32": 2147483647, "u8": 255, "u16": 65535, "u32": 4294967295 }',
        ],
        wrong: ['{ "i8": 1n }', '{ "u32": 1n }', '{ "u8": "1" }', '{ "i32": null }'],
        refused: [
          ...['{ "i8": -129 }', '{ "i8": 128 }', '{ "i16": -32769 }', '{ "i16": 32768 }', '{ "i32": -2147483649 }'],
          ...['{ "i32": 2147483648 }', '{ "u8": -1 }', '{ "u8": 256 }', '{ "u16": -1 }', '{ "u16": 65536 }'],
          ...['{ "u32": -1 }', '{ "u32": 4294967296 }', '{ "i8": 0.5 }', '{ "u16": 1.5 }', '{ "u32": 1e10 }'],
        ],
      },
    },
  },
  "numbers that need not be integers, and integers that are written as if they were none": {
    schema: "{ 'struct': 'S', 'data': { '*n': 'number', '*i': 'int', '*u8': 'uint8' } }",
    values: {
      S: {
        // In JSON's own terms 3.0 and 3 are one number, and JavaScript sends both as 3, which QEMU takes for an integer.
        right: ['{ "n": 0.1 }', '{ "n": 3 }', '{ "n": 1e300 }', '{ "i": 3.0 }', '{ "u8": 3e1 }', '{ "n": -0.0 }'],
        wrong: ['{ "n": "0.1" }', '{ "n": null }', '{ "n": 3n }'],
        refused: ['{ "i": 3.5 }', '{ "u8": 0.1 }', '{ "n": 1e999 }'],
      },
    },
  },
});
