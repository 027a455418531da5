/** Whole messages on the wire: events, and what commands take and return. */
import { wireCases } from "../../support/wire-cases.js";

const AT = '"timestamp": { "seconds": 1750000000, "microseconds": 5 }';

wireCases({
  events: {
    schema: `
      { 'enum': 'Kind', 'data': ['a', 'b'] }
      { 'struct': 'S', 'data': { 'x': 'int' } }
      { 'union': 'U', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'a': 'S' } }
      { 'event': 'BARE' }
      { 'event': 'IN_PLACE', 'data': { 'x': 'int', '*kind': 'Kind' } }
      { 'event': 'OPTIONAL', 'data': { '*x': 'int' } }
      { 'event': 'NAMED', 'data': 'S' }
      { 'event': 'BOXED', 'boxed': true, 'data': 'U' }`,
    values: {
      "event BARE": {
        right: [`{ "event": "BARE", ${AT} }`],
        wrong: [
          ...[
            '{ "event": "BARE" }',
            '{ "event": "BARE", "timestamp": {} }',
            `{ ${AT} }`,
            `{ "event": "NAMED", ${AT} }`,
          ],
          ...['{ "event": "BARE", "timestamp": { "seconds": 1, "microseconds": "2" } }', "null", "[]"],
        ],
        refused: ['{ "event": "BARE", "timestamp": { "seconds": 1.5, "microseconds": 2 } }'],
        newer: [`{ "event": "BARE", "data": {}, ${AT} }`, `{ "event": "BARE", ${AT}, "new": 1 }`],
      },
      "event IN_PLACE": {
        right: [`{ "event": "IN_PLACE", "data": { "x": 1, "kind": "a" }, ${AT} }`],
        wrong: [
          ...[`{ "event": "IN_PLACE", ${AT} }`, `{ "event": "IN_PLACE", "data": {}, ${AT} }`],
          ...[`{ "event": "IN_PLACE", "data": null, ${AT} }`, `{ "event": "IN_PLACE", "x": 1, ${AT} }`],
        ],
        newer: [
          `{ "event": "IN_PLACE", "data": { "x": 1, "kind": "c" }, ${AT} }`,
          `{ "event": "IN_PLACE", "data": { "x": 1, "new": 2 }, ${AT} }`,
        ],
      },
      // QEMU sends the data of an event whenever the event can have some.
      "event OPTIONAL": {
        right: [`{ "event": "OPTIONAL", "data": {}, ${AT} }`],
        wrong: [`{ "event": "OPTIONAL", ${AT} }`, `{ "event": "OPTIONAL", "data": [], ${AT} }`],
      },
      "event NAMED": {
        right: [`{ "event": "NAMED", "data": { "x": 1 }, ${AT} }`],
        wrong: [
          `{ "event": "NAMED", "data": { "x": "1" }, ${AT} }`,
          `{ "event": "NAMED", "data": { "S": { "x": 1 } }, ${AT} }`,
        ],
      },
      "event BOXED": {
        right: [
          `{ "event": "BOXED", "data": { "kind": "a", "x": 1 }, ${AT} }`,
          `{ "event": "BOXED", "data": { "kind": "b" }, ${AT} }`,
        ],
        wrong: [`{ "event": "BOXED", "data": { "kind": "a" }, ${AT} }`],
        newer: [`{ "event": "BOXED", "data": { "kind": "c" }, ${AT} }`],
      },
    },
    code: `
      export function x(event: q.QmpEvent): unknown {
        switch (event.event) {
          case "BARE":
            // @ts-expect-error: it has no data
            return event.data;
          case "BOXED":
            return event.data.kind === "a" ? event.data.x : undefined;
          default:
            return event.data.x;
        }
      }`,
  },
  "arguments in place, by name and boxed": {
    schema: `
      { 'enum': 'Kind', 'data': ['a', 'b'] }
      { 'struct': 'S', 'data': { '*x': 'int' } }
      { 'union': 'U', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'a': 'S' } }
      { 'command': 'bare' }
      { 'command': 'in-place', 'data': { 's': 'S', '*kind': 'Kind' } }
      { 'command': 'named', 'data': 'S' }
      { 'command': 'boxed', 'boxed': true, 'data': 'U' }
      { 'command': 'boxed-struct', 'boxed': true, 'data': 'S' }`,
    values: {
      "arguments bare": { right: ["{}"], wrong: ['{ "x": 1 }', "null", "[]"] },
      "arguments in-place": {
        right: ['{ "s": {} }', '{ "s": { "x": 1 }, "kind": "b" }'],
        wrong: [
          ...[
            "{}",
            '{ "s": {}, "kind": "c" }',
            '{ "s": { "y": 1 } }',
            '{ "s": {}, "y": 1 }',
            '{ "s": {}, "kind": null }',
          ],
        ],
      },
      "arguments named": {
        right: ["{}", '{ "x": 1 }'],
        wrong: ['{ "y": 1 }', '{ "x": null }', '{ "data": { "x": 1 } }'],
      },
      "arguments boxed": {
        right: ['{ "kind": "a" }', '{ "kind": "a", "x": 1 }', '{ "kind": "b" }'],
        wrong: ["{}", '{ "data": { "kind": "a" } }', '{ "kind": "b", "x": 1 }', '{ "kind": "c" }'],
      },
      "arguments boxed-struct": { right: ["{}", '{ "x": 1 }'], wrong: ['{ "y": 1 }'] },
    },
    code: `
      export async function all(qmp: q.Executor): Promise<void> {
        await q.bare(qmp);
        await q.bare(qmp, { timeout: 1 });
        await q.named(qmp);
        await q.boxedStruct(qmp, { x: 1 });
        await qmp.execute("boxed", { kind: "b" });
        await qmp.execute("named");
        // @ts-expect-error: which one?
        await q.boxed(qmp);
        // @ts-expect-error: which one?
        await qmp.execute("boxed");
        // @ts-expect-error: there is one that must be given
        await q.inPlace(qmp);
        // @ts-expect-error: it takes none
        await qmp.execute("bare", { x: 1 });
      }`,
  },
  "what commands return": {
    schema: `
      { 'pragma': { 'command-returns-exceptions': ['x-int', 'x-str', 'x-strs', 'x-bool', 'x-enum', 'x-alt', 'x-any'] } }
      { 'enum': 'Kind', 'data': ['a', 'b'] }
      { 'struct': 'S', 'data': { 'x': 'int', '*kind': 'Kind' } }
      { 'alternate': 'Alt', 'data': { 's': 'S', 'n': 'null' } }
      { 'command': 'nothing' }
      { 'command': 'struct', 'returns': 'S' }
      { 'command': 'structs', 'returns': ['S'] }
      { 'command': 'x-int', 'returns': 'int' }
      { 'command': 'x-str', 'returns': 'str' }
      { 'command': 'x-strs', 'returns': ['str'] }
      { 'command': 'x-bool', 'returns': 'bool' }
      { 'command': 'x-enum', 'returns': 'Kind' }
      { 'command': 'x-alt', 'returns': 'Alt' }
      { 'command': 'x-any', 'returns': 'any' }`,
    values: {
      "returns nothing": { right: ["{}"], wrong: ["null", "[]", '""'], newer: ['{ "new": 1 }'] },
      "returns struct": {
        right: ['{ "x": 1 }'],
        wrong: ["{}", '[{ "x": 1 }]'],
        newer: ['{ "x": 1, "kind": "c", "new": 1 }'],
      },
      "returns structs": {
        right: ["[]", '[{ "x": 1 }]'],
        wrong: ["{}", "null", "[{}]"],
        newer: ['[{ "x": 1, "new": 1 }]'],
      },
      "returns x-int": { right: ["-1", "9007199254740993n"], wrong: ['"1"', "{}", "null"], refused: ["0.5"] },
      "returns x-str": { right: ['""'], wrong: ["1", "{}"] },
      "returns x-strs": { right: ['["x"]'], wrong: ['"x"', "[1]"] },
      "returns x-bool": { right: ["true"], wrong: ["1", "{}"] },
      "returns x-enum": { right: ['"a"'], wrong: ["1"], newer: ['"c"'] },
      "returns x-alt": { right: ["null", '{ "x": 1 }'], wrong: ["1", "{}"] },
      "returns x-any": { right: ["null", "1", "{}", '[{ "x": [] }]', "18446744073709551615n"] },
    },
    code: `
      export async function all(qmp: q.Executor): Promise<void> {
        const int: number | bigint = await q.xInt(qmp);
        const strs: readonly string[] = await qmp.execute("x-strs");
        // @ts-expect-error: nothing is known of what it is
        const any: object = await q.xAny(qmp);
        const nothing: q.Empty = await q.nothing(qmp);
        console.log(int, strs, any, nothing);
      }
      declare const console: { log(...values: readonly unknown[]): void };`,
  },
  "commands whose arguments QEMU does not check": {
    schema: `
      { 'struct': 'S', 'data': { 'driver': 'str', '*id': 'str' } }
      { 'enum': 'Kind', 'data': ['a', 'b'] }
      { 'struct': 'X', 'data': { 'x': 'int' } }
      { 'union': 'U', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'a': 'X' } }
      { 'struct': 'AllOptional', 'data': { '*id': 'str' } }
      { 'command': 'in-place', 'gen': false, 'data': { 'driver': 'str', '*id': 'str' } }
      { 'command': 'named', 'gen': false, 'data': 'S' }
      { 'command': 'boxed', 'gen': false, 'boxed': true, 'data': 'U' }
      { 'command': 'all-optional', 'gen': false, 'data': 'AllOptional' }
      { 'command': 'checked', 'data': 'S' }`,
    values: {
      "arguments in-place": {
        right: ['{ "driver": "e1000" }', '{ "driver": "e1000", "mac": "x", "rom": { "bar": 0 }, "new": null }'],
        wrong: ['{ "mac": "x" }', '{ "driver": 1 }', '{ "driver": "e1000", "id": 1 }'],
      },
      "arguments named": {
        right: ['{ "driver": "e1000" }', '{ "driver": "e1000", "mac": "x", "new": [1] }'],
        wrong: ['{ "mac": "x" }', '{ "driver": 1, "mac": "x" }', '{ "driver": "e1000", "id": null }'],
      },
      "arguments boxed": {
        right: ['{ "kind": "a", "x": 1, "new": 1 }', '{ "kind": "b", "x": "y" }'],
        wrong: ['{ "kind": "a", "new": 1 }', '{ "kind": "c" }', "{}"],
      },
      "arguments all-optional": { right: ["{}", '{ "new": 1 }', '{ "id": "x" }'], wrong: ['{ "id": 1 }', "1"] },
      "arguments checked": { right: ['{ "driver": "e1000" }'], wrong: ['{ "driver": "e1000", "mac": "x" }'] },
      // The type itself stays as it is.
      S: { right: ['{ "driver": "e1000" }'], newer: ['{ "driver": "e1000", "mac": "x" }'] },
    },
    code: `
      export async function all(qmp: q.Executor): Promise<void> {
        await q.inPlace(qmp, { driver: "e1000", netdev: "net0" });
        await q.named(qmp, { driver: "e1000", netdev: "net0" });
        await q.allOptional(qmp);
        await qmp.execute("named", { driver: "e1000", netdev: "net0" });
        // @ts-expect-error: this one is checked
        await q.checked(qmp, { driver: "e1000", netdev: "net0" });
        const s: q.S = { driver: "e1000" };
        await q.named(qmp, { ...s });
      }`,
  },
  "commands without a reply": {
    schema: `
      { 'command': 'gone', 'success-response': false }
      { 'command': 'gone-with', 'data': { 'x': 'int' }, 'success-response': false }
      { 'command': 'here' }`,
    values: { "arguments gone": { right: ["{}"] }, "arguments gone-with": { right: ['{ "x": 1 }'], wrong: ["{}"] } },
    code: `
      export async function all(qmp: q.Executor): Promise<void> {
        const reply: undefined = await q.gone(qmp);
        // @ts-expect-error: nothing comes back
        const empty: q.Empty = await q.goneWith(qmp, { x: 1 });
        const none: q.Commands["gone"]["successResponse"] = false;
        // @ts-expect-error: this one has a reply, as most have
        const some: q.Commands["here"]["successResponse"] = true;
        void [reply, empty, none, some];
      }
      // @ts-expect-error: there is nothing to validate
      export const validate: unknown = q.isGoneReturns;`,
  },
  "commands that may be executed out of band, or early": {
    schema: `
      { 'command': 'oob', 'allow-oob': true, 'data': { '*x': 'int' } }
      { 'command': 'early', 'allow-preconfig': true }
      { 'command': 'co', 'coroutine': true }
      { 'command': 'plain' }`,
    code: `
      export async function all(qmp: q.Executor): Promise<void> {
        await q.oob(qmp, { x: 1 }, { oob: true });
        await qmp.execute("oob", undefined, { oob: true });
        // @ts-expect-error: not out of band
        await q.plain(qmp, { oob: true });
        // @ts-expect-error: not out of band
        await qmp.execute("co", undefined, { oob: true });
        const both: q.Commands["oob"]["oob"] & q.Commands["early"]["preconfig"] = true;
        void both;
      }`,
  },
  "the maps, by any name": {
    schema: `
      { 'event': '__com.proto_x', 'data': { 'x': 'int' } }
      { 'event': 'constructor' }
      { 'command': '__com.proto_c', 'data': { 'x': 'int' }, 'returns': ['str'] }
      { 'command': 'toString' }
      { 'command': 'class' }
      { 'command': '2fast' }`,
    values: {
      "event __com.proto_x": {
        right: [`{ "event": "__com.proto_x", "data": { "x": 1 }, ${AT} }`],
        wrong: [`{ "event": "__com.proto_x", ${AT} }`],
      },
      "event constructor": { right: [`{ "event": "constructor", ${AT} }`], wrong: ["{}"] },
      "arguments __com.proto_c": { right: ['{ "x": 1 }'], wrong: ["{}"] },
      "returns __com.proto_c": { right: ['["x"]'], wrong: ["{}"] },
    },
    code: `
      export async function all(qmp: q.Executor): Promise<void> {
        const strings: readonly string[] = await qmp.execute("__com.proto_c", { x: 1 });
        await qmp.execute("toString");
        await qmp.execute("2fast");
        await q.class_(qmp);
        await q._2fast(qmp);
        void strings;
      }
      // @ts-expect-error: what objects inherit are no commands
      export const none = (qmp: q.Executor): unknown => qmp.execute("valueOf");`,
  },
});
