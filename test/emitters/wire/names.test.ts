/** Names: those on the wire are never changed, identifiers are made from them that TypeScript allows and that never clash. */
import { wireCases } from "../../support/wire-cases.js";

wireCases({
  "downstream names, with dots": {
    schema: `
      { 'enum': '__com.example_Kind', 'data': ['__com.example_fast', 'slow'] }
      { 'struct': '__com.example_Options', 'data': { '__com.example_speed': '__com.example_Kind', '*bus-id': 'str' } }
      { 'struct': 'Slow', 'data': { '*__com.example_delay': 'int' } }
      { 'union': 'U', 'base': { 'kind': '__com.example_Kind' }, 'discriminator': 'kind',
        'data': { '__com.example_fast': '__com.example_Options', 'slow': 'Slow' } }
      { 'command': '__com.example_drive-mirror', 'data': { '__com.example_x': 'int' }, 'returns': '__com.example_Options' }
      { 'event': '__com.example_HAPPENED', 'data': '__com.example_Options' }`,
    values: {
      "__com.example_Options": {
        right: ['{ "__com.example_speed": "__com.example_fast", "bus-id": "x" }'],
        wrong: ['{ "comExampleSpeed": "slow" }', '{ "__com.example_speed": "slow", "bus-id": 1 }'],
        newer: ['{ "__com.example_speed": "fast" }', '{ "__com.example_speed": "slow", "busId": "x" }'],
      },
      U: {
        right: ['{ "kind": "__com.example_fast", "__com.example_speed": "slow" }', '{ "kind": "slow" }'],
        wrong: ['{ "kind": "__com.example_fast" }'],
        newer: ['{ "kind": "fast" }'],
      },
      "arguments __com.example_drive-mirror": { right: ['{ "__com.example_x": 1 }'], wrong: ['{ "x": 1 }'] },
      "returns __com.example_drive-mirror": { right: ['{ "__com.example_speed": "slow" }'], wrong: ["{}"] },
      "event __com.example_HAPPENED": {
        right: [
          '{ "event": "__com.example_HAPPENED", "data": { "__com.example_speed": "slow" }, "timestamp": { "seconds": 1, "microseconds": 1 } }',
        ],
        wrong: ['{ "event": "HAPPENED" }'],
      },
    },
    code: `
      export const kind: q.ComExampleKind = q.ComExampleKind["__com.example_fast"];
      export const mirror = (qmp: q.Executor): Promise<q.ComExampleOptions> =>
        q.comExampleDriveMirror(qmp, { "__com.example_x": 1 });
      export const happened = (event: q.ComExampleHappenedEvent): string => event.data["__com.example_speed"];`,
  },
  "names that begin with digits": {
    schema: `
      { 'enum': 'Level', 'data': ['2_5', '3des', '25', '0'] }
      { 'struct': 'S', 'data': { '9p': 'str', '*10': 'Level' } }
      { 'union': 'Cipher', 'base': { 'level': 'Level' }, 'discriminator': 'level', 'data': { '3des': 'S', '2_5': 'S' } }
      { 'command': '9p-mount', 'data': { '2nd': 'bool' } }
      { 'event': '9P_DONE' }`,
    values: {
      Level: { right: ['"2_5"', '"3des"', '"25"', '"0"'], wrong: ["25", "0"], newer: ['"2.5"', '"_3des"'] },
      S: {
        right: ['{ "9p": "x", "10": "25" }'],
        wrong: ['{ "9p": "x", "10": 25 }', "{}"],
        newer: ['{ "9p": "x", "10": "1" }'],
      },
      Cipher: { right: ['{ "level": "3des", "9p": "x" }', '{ "level": "25" }'], wrong: ['{ "level": "2_5" }'] },
      "arguments 9p-mount": { right: ['{ "2nd": true }'], wrong: ['{ "_2nd": true }'] },
    },
    code: `
      export const level: q.Level = q.Level["2_5"];
      export const cipher: q.Cipher3des | q.Cipher2_5 = { level: "3des", "9p": "" };
      export const mount = (qmp: q.Executor): Promise<q.Empty> => q._9pMount(qmp, { "2nd": true });
      export const done = (event: q._9pDoneEvent): "9P_DONE" => event.event;`,
  },
  "words of the language": {
    schema: `
      { 'enum': 'default', 'data': ['new', 'class', 'null', 'true'] }
      { 'struct': 'interface', 'data': { 'in': 'int', '*delete': 'default', '*this': 'any' } }
      { 'struct': 'string', 'data': { 'function': 'interface' } }
      { 'alternate': 'any-', 'data': { 's': 'string', 'n': 'null' } }
      { 'command': 'delete', 'data': { 'for': 'string' }, 'returns': 'interface' }
      { 'command': 'await', 'data': 'interface' }
      { 'event': 'VOID', 'data': { 'while': 'default' } }`,
    values: {
      default: { right: ['"new"', '"null"', '"true"'], wrong: ["null", "true"], newer: ['"default"'] },
      interface: { right: ['{ "in": 1, "delete": "class", "this": null }'], wrong: ["{}"] },
      string: { right: ['{ "function": { "in": 1 } }'], wrong: ['"x"'] },
      "any-": { right: ['{ "function": { "in": 1 } }', "null"], wrong: ['"x"', "1"] },
      "arguments delete": { right: ['{ "for": { "function": { "in": 1 } } }'], wrong: ["{}"] },
      "returns delete": { right: ['{ "in": 1 }'], wrong: ["{}"] },
    },
    code: `
      export const all: readonly q.default_[] = [q.default_.new, q.default_.class, q.default_.null];
      export async function both(qmp: q.Executor): Promise<void> {
        await q.await_(qmp, await q.delete_(qmp, { for: { function: { in: 1 } } }));
        await qmp.execute("await", { in: 1, delete: "new" });
      }
      export const word = (event: q.VoidEvent): q.default_ => event.data.while;`,
  },
  globals: {
    schema: `
      { 'struct': 'String', 'data': { 'str': 'str', '*list': ['String'] } }
      { 'struct': 'Array', 'data': { 'length': 'int' } }
      { 'struct': 'Promise', 'data': { 'then': 'str' } }
      { 'struct': 'Number', 'data': { '*n': 'number' } }
      { 'enum': 'Object', 'data': ['object', 'keys'] }
      { 'enum': 'Symbol', 'data': ['a'] }
      { 'enum': 'globalThis', 'data': ['window'] }
      { 'enum': 'Infinity', 'data': ['x'] }
      { 'enum': 'NaN', 'data': ['x'] }
      { 'enum': 'Set', 'data': ['x'] }
      { 'struct': 'Map', 'data': { 'o': 'Object' } }
      { 'struct': 'BigInt', 'data': { 'i': 'int' } }
      { 'union': 'Error', 'base': { 'kind': 'Object' }, 'discriminator': 'kind', 'data': { 'keys': 'Map' } }
      { 'command': 'string', 'data': { 's': 'String', '*a': ['Array'], '*g': 'globalThis', '*n': 'NaN', '*i': 'Infinity' },
        'returns': ['Promise'] }
      { 'command': 'eval', 'data': 'Error', 'boxed': true, 'returns': 'Number' }
      { 'command': 'undefined', 'data': { 'm': ['Map'], 'b': 'BigInt', 'set': ['Set'] }, 'returns': 'String' }
      { 'event': 'ERROR', 'data': { 'error': 'Error', 'symbol': 'Symbol' } }`,
    values: {
      String: { right: ['{ "str": "x", "list": [{ "str": "y" }] }'], wrong: ['"x"', "{}"] },
      Array: { right: ['{ "length": 1 }'], wrong: ['{ "length": "x" }', "1"], refused: ["[]"] },
      globalThis: { right: ['"window"'], wrong: ["1"], newer: ['"globalThis"'] },
      Error: { right: ['{ "kind": "keys", "o": "keys" }', '{ "kind": "object" }'], wrong: ['{ "kind": "keys" }'] },
      "arguments string": {
        right: ['{ "s": { "str": "" }, "a": [{ "length": 1 }], "g": "window", "n": "x" }'],
        wrong: ["{}"],
      },
      "returns string": { right: ['[{ "then": "" }]'], wrong: ["[{}]"] },
      "returns eval": { right: ["{}", '{ "n": 0.5 }'], wrong: ["0.5"] },
      "arguments undefined": {
        right: ['{ "m": [{ "o": "keys" }], "b": { "i": 5n }, "set": ["x"] }'],
        wrong: ['{ "m": [], "b": 5n, "set": [] }'],
      },
    },
    code: `
      export async function stubs(qmp: q.Executor): Promise<readonly q.Promise[]> {
        const text: q.String = await q.undefined_(qmp, { m: [], b: { i: 1 }, set: [] });
        return await q.string_(qmp, { s: text });
      }`,
  },
  "names that are made up, and are there already": {
    schema: `
      { 'enum': 'Kind', 'data': ['stream', 'base', 'b-c', 'b_c'] }
      { 'struct': 'NetStream', 'data': { 'x': 'int' } }
      { 'struct': 'NetBase', 'data': { 'y': 'int' } }
      { 'struct': 'NetHub', 'data': { 'z': 'int' } }
      { 'struct': 'AddArguments', 'data': { 'w': 'int' } }
      { 'struct': 'addEvent', 'data': {} }
      { 'struct': 'AddEvent', 'data': { 'v': 'int' } }
      { 'struct': 'Events', 'data': { 'u': 'int' } }
      { 'struct': 'Commands', 'data': { 't': 'int' } }
      { 'union': 'Net', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',
        'data': { 'stream': 'NetStream', 'base': 'NetBase', 'b-c': 'NetHub' } }
      { 'command': 'add', 'data': { 'net': 'Net', '*a': 'AddArguments' }, 'returns': 'AddEvent' }
      { 'command': 'ADD-', 'data': { 'x': 'Events' } }
      { 'event': 'ADD', 'data': { 'net': 'Net' } }`,
    values: {
      Net: {
        right: [
          '{ "kind": "stream", "x": 1 }',
          '{ "kind": "base", "y": 1 }',
          '{ "kind": "b-c", "z": 1 }',
          '{ "kind": "b_c" }',
        ],
        wrong: ['{ "kind": "stream" }', '{ "kind": "b-c" }'],
        newer: ['{ "kind": "b_c", "z": 1 }'],
      },
      NetStream: { right: ['{ "x": 1 }'], newer: ['{ "x": 1, "kind": "stream" }'] },
      NetHub: { right: ['{ "z": 1 }'], wrong: ["{}"] },
      AddArguments: { right: ['{ "w": 1 }'], newer: ['{ "w": 1, "net": 1 }'] },
      Events: { right: ['{ "u": 1 }'], wrong: ["{}"] },
      "arguments add": { right: ['{ "net": { "kind": "b_c" }, "a": { "w": 1 } }'], wrong: ["{}"] },
      "arguments ADD-": { right: ['{ "x": { "u": 1 } }'], wrong: ['{ "u": 1 }'] },
      "event ADD": {
        right: [
          '{ "event": "ADD", "data": { "net": { "kind": "b_c" } }, "timestamp": { "seconds": 1, "microseconds": 1 } }',
        ],
      },
    },
    code: `
      export const stream: q.NetStream_ = { kind: "stream", x: 1 };
      export const event = ({ data }: q.AddEvent_): q.Net => data.net;
      export const args: q.AddArguments_ = { net: stream, a: { w: 1 } };`,
    comments: { "export interface NetStream_ ": "Named `NetStream_` since `NetStream` is taken or reserved." },
  },
});
