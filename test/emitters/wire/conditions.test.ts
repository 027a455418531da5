/** Conditions: a build may lack what has one, so what has to be there elsewhere is optional here; values and branches stay. */
import { wireCases } from "../../support/wire-cases.js";

wireCases({
  "members that a build may lack": {
    schema: `
      { 'struct': 'Base', 'data': { 'b': { 'type': 'str', 'if': 'CONFIG_B' } } }
      { 'struct': 'S', 'base': 'Base', 'data': { 'a': 'int', 'c': { 'type': 'int', 'if': { 'not': 'CONFIG_C' } } } }
      { 'struct': 'Only', 'data': { 'x': { 'type': 'int', 'if': 'CONFIG_X' } } }
      { 'command': 'c', 'data': { 'x': { 'type': 'int', 'if': 'CONFIG_X' } }, 'returns': 'S' }
      { 'event': 'E', 'data': { 'x': { 'type': 'int', 'if': 'CONFIG_X' } } }`,
    values: {
      S: {
        right: ['{ "a": 1 }', '{ "a": 1, "b": "x", "c": 2 }'],
        wrong: ["{}", '{ "a": 1, "c": null }', '{ "a": 1, "b": 1 }'],
      },
      Only: { right: ["{}", '{ "x": 1 }'], wrong: ['{ "x": null }'], newer: ['{ "y": 1 }'] },
      "arguments c": { right: ["{}", '{ "x": 1 }'], wrong: ['{ "y": 1 }', '{ "x": "1" }'] },
      "returns c": { right: ['{ "a": 1, "b": "x" }'], wrong: ['{ "b": "x" }'] },
      "event E": {
        right: ['{ "event": "E", "data": {}, "timestamp": { "seconds": 1, "microseconds": 1 } }'],
        wrong: ['{ "event": "E", "data": { "x": null }, "timestamp": { "seconds": 1, "microseconds": 1 } }'],
      },
    },
    code: "export const c = (qmp: q.Executor): Promise<q.S> => q.c(qmp);\n",
    comments: { "c?: number | bigint;": "Only in builds without `CONFIG_C`." },
  },
  "values, branches and alternatives that a build may lack": {
    schema: `
      { 'enum': 'Kind', 'data': ['a', { 'name': 'b', 'if': 'CONFIG_B' }, { 'name': 'c', 'if': { 'all': ['X', { 'any': ['Y', 'Z'] }] } }] }
      { 'struct': 'A', 'data': { 'x': 'int' } }
      { 'struct': 'B', 'if': 'CONFIG_B', 'data': { 'y': 'int' } }
      { 'union': 'U', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',
        'data': { 'a': 'A', 'b': { 'type': 'B', 'if': 'CONFIG_B' }, 'c': { 'type': 'A', 'if': 'X' } } }
      { 'alternate': 'Alt', 'data': { 's': 'str', 'o': { 'type': 'B', 'if': 'CONFIG_B' } } }
      { 'struct': 'Has', 'data': { 'kinds': ['Kind'], '*b': { 'type': 'B', 'if': 'CONFIG_B' } } }`,
    values: {
      Kind: { right: ['"a"', '"b"', '"c"'], wrong: ["null"], newer: ['"d"'] },
      U: {
        right: ['{ "kind": "a", "x": 1 }', '{ "kind": "b", "y": 1 }', '{ "kind": "c", "x": 1 }'],
        wrong: ['{ "kind": "b" }', '{ "kind": "b", "x": 1 }', '{ "kind": "c" }'],
        newer: ['{ "kind": "d" }'],
      },
      Alt: { right: ['"x"', '{ "y": 1 }'], wrong: ["{}", "null"] },
      Has: { right: ['{ "kinds": ["a", "b"], "b": { "y": 1 } }'], wrong: ['{ "kinds": ["a"], "b": {} }'] },
    },
    code: `
      export function narrow(u: q.U): number | bigint {
        switch (u.kind) {
          case "b":
            // @ts-expect-error: another branch has it
            u.x;
            return u.y;
          case "a":
          case "c":
            return u.x;
          default: {
            const none: never = u;
            return none;
          }
        }
      }`,
    comments: {
      'c: "c",': "Only in builds with `X and (Y or Z)`.",
      "export interface UB ": "Only in builds with `CONFIG_B`.",
      "export interface B ": "Only in builds with `CONFIG_B`.",
    },
  },
  "commands, events and types that a build may lack": {
    schema: `
      { 'enum': 'Kind', 'if': 'CONFIG_K', 'data': ['a'] }
      { 'command': 'c', 'if': 'CONFIG_C', 'data': { 'x': 'int' } }
      { 'event': 'E', 'if': 'CONFIG_E', 'data': { 'x': 'int' } }`,
    values: {
      "arguments c": { right: ['{ "x": 1 }'], wrong: ["{}"] },
      "event E": {
        right: ['{ "event": "E", "data": { "x": 1 }, "timestamp": { "seconds": 1, "microseconds": 1 } }'],
        wrong: ["{}"],
      },
    },
    code: `
      export const c = (qmp: q.Executor): Promise<q.Empty> => qmp.execute("c", { x: 1 });
      export const names: readonly (keyof q.Events)[] = ["E"];`,
    comments: {
      "export function c(": "Only in builds with `CONFIG_C`.",
      "export interface EEvent ": "Only in builds with `CONFIG_E`.",
      "export const Kind ": "Only in builds with `CONFIG_K`.",
    },
  },
  "features of definitions, members and values": {
    schema: `
      { 'enum': 'Kind', 'features': ['unstable'], 'data': ['a', { 'name': 'b', 'features': ['deprecated'] }] }
      { 'struct': 'S', 'features': ['deprecated'],
        'data': { 'x': { 'type': 'int', 'features': ['deprecated'] }, '*y': { 'type': 'Kind', 'features': ['unstable'] } } }
      { 'union': 'U', 'features': ['unstable'], 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'b': 'S' } }
      { 'alternate': 'Alt', 'features': ['deprecated'], 'data': { 's': 'str', 'n': 'null' } }
      { 'command': 'c', 'features': ['deprecated', 'allow-hmp'], 'data': { '*z': { 'type': 'S', 'features': ['unstable'] } } }
      { 'event': 'E', 'features': ['unstable'], 'data': { 'w': { 'type': 'U', 'features': ['deprecated'] } } }`,
    values: {
      Kind: { right: ['"a"', '"b"'], newer: ['"c"'] },
      S: { right: ['{ "x": 1, "y": "b" }'], wrong: ["{}"] },
      "arguments c": { right: ["{}", '{ "z": { "x": 1 } }'], wrong: ['{ "z": null }'] },
    },
    comments: {
      "export const Kind ": "@experimental",
      'b: "b",': "@deprecated It may be removed from a later release of QEMU.",
      "export interface S ": "@deprecated",
      "x: number | bigint;": "@deprecated",
      "y?: Kind;": "@experimental",
      "export type U ": "@experimental",
      // The branch is there for a value.
      "export interface UB ": "@deprecated",
      "export type Alt ": "@deprecated",
      "export function c(": "@deprecated",
      "c: {": "@deprecated",
      "z?: S;": "@experimental",
      "export interface EEvent ": "@experimental",
      "w: U;": "@deprecated",
    },
  },
});
