/** Objects and what stands in their place on the wire: structs, unions, alternates. */
import { wireCases } from "../../support/wire-cases.js";

wireCases({
  "optional members": {
    schema: `
      { 'struct': 'S', 'data': { 'a': 'str', '*b': 'str', '*n': 'null', '*any': 'any', '*l': ['bool'] } }
      { 'struct': 'AllOptional', 'data': { '*b': 'str' } }`,
    values: {
      S: {
        right: ['{ "a": "" }', '{ "a": "x", "b": "y", "n": null, "any": null, "l": [] }'],
        wrong: [
          ...[
            '{ "b": "y" }',
            '{ "a": null }',
            '{ "a": "x", "b": null }',
            '{ "a": "x", "l": null }',
            "{}",
            "[]",
            "null",
          ],
          ...['{ "a": "x", "n": false }', '{ "a": "x", "l": [null] }'],
        ],
        newer: ['{ "a": "x", "new": null }'],
      },
      AllOptional: { right: ["{}", '{ "b": "" }'], wrong: ['"b"', "1", "true", "null"], newer: ['{ "new": 1 }'] },
    },
    code: `
      // @ts-expect-error: what is left out is left out, not undefined
      export const s: q.S = { a: "x", b: undefined };
      export const length = (s: q.S): number => s.b?.length ?? 0;`,
  },
  "members by names that objects have anyway": {
    schema: `
      { 'struct': 'S', 'data': { 'toString': 'str', 'constructor': 'int', '*length': 'int' } }
      { 'enum': 'E', 'data': ['constructor', 'toString', 'hasOwnProperty'] }
      { 'union': 'U', 'base': { 'valueOf': 'E' }, 'discriminator': 'valueOf', 'data': { 'constructor': 'S' } }`,
    values: {
      S: {
        right: ['{ "toString": "x", "constructor": 0 }', '{ "toString": "x", "constructor": 1, "length": 1 }'],
        wrong: ["{}", '{ "toString": 1, "constructor": 1 }', '{ "toString": "x" }', '{ "constructor": 0 }'],
        newer: ['{ "toString": "x", "constructor": 1, "hasOwnProperty": 1 }'],
      },
      E: { right: ['"constructor"', '"hasOwnProperty"'], wrong: ["1"], newer: ['"valueOf"', '"prototype"'] },
      U: {
        right: ['{ "valueOf": "constructor", "toString": "x", "constructor": 1 }', '{ "valueOf": "hasOwnProperty" }'],
        wrong: ['{ "valueOf": "constructor" }', "{}"],
        newer: ['{ "valueOf": "valueOf" }', '{ "valueOf": "toString", "toString": 1 }'],
      },
    },
    code: `
      export const values: readonly q.E[] = [q.E.constructor, q.E.toString, q.E.hasOwnProperty];
      export const text = (u: q.U): string => (u.valueOf === "constructor" ? u.toString : u.valueOf);`,
  },
  "structs without members": {
    schema: `
      { 'struct': 'Nothing', 'data': {} }
      { 'struct': 'Extends', 'base': 'Nothing', 'data': { 'a': 'int' } }
      { 'struct': 'Has', 'data': { 'nothing': 'Nothing', '*list': ['Nothing'] } }
      { 'alternate': 'Alt', 'data': { 'o': 'Nothing', 's': 'str' } }
      { 'enum': 'Kind', 'data': ['a', 'b'] }
      { 'union': 'U', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'a': 'Nothing', 'b': 'Extends' } }
      { 'command': 'take', 'data': 'Nothing', 'returns': 'Nothing' }
      { 'command': 'list', 'data': {}, 'returns': ['Nothing'] }
      { 'event': 'E', 'data': 'Nothing' }
      { 'event': 'F', 'data': {} }`,
    values: {
      Nothing: { right: ["{}"], wrong: ["1", '""', "null", "[]", "[1]"], newer: ['{ "new": 1 }'] },
      Extends: { right: ['{ "a": 1 }'], wrong: ["{}"], newer: ['{ "a": 1, "b": 2 }'] },
      Has: { right: ['{ "nothing": {}, "list": [{}, {}] }'], wrong: ['{ "nothing": null }', '{ "nothing": [] }'] },
      Alt: { right: ["{}", '""'], wrong: ["1", "null", "[]"] },
      U: {
        right: ['{ "kind": "a" }', '{ "kind": "b", "a": 1 }'],
        wrong: ['{ "kind": "b" }', "{}"],
        newer: ['{ "kind": "a", "a": 1 }', '{ "kind": "c" }'],
      },
      "arguments take": { right: ["{}"], wrong: ['{ "a": 1 }', "[]", "null"] },
      "arguments list": { right: ["{}"], wrong: ['{ "a": 1 }', "1"] },
      "returns take": { right: ["{}"], wrong: ["null", "[]", "0"], newer: ['{ "new": 1 }'] },
      "returns list": { right: ["[]", "[{}]"], wrong: ["{}", "[1]"], newer: ['[{ "new": 1 }]'] },
      "event E": {
        right: ['{ "event": "E", "timestamp": { "seconds": 1, "microseconds": 2 } }'],
        wrong: ['{ "event": "F", "timestamp": { "seconds": 1, "microseconds": 2 } }'],
        newer: ['{ "event": "E", "data": { "a": 1 }, "timestamp": { "seconds": 1, "microseconds": 2 } }'],
      },
      "event F": { right: ['{ "event": "F", "timestamp": { "seconds": -1, "microseconds": -1 } }'] },
    },
    code: `
      export const stubs = (qmp: q.Executor): readonly Promise<unknown>[] => [q.take(qmp), q.list(qmp)];`,
  },
  "enums without values": {
    schema: `
      { 'enum': 'None', 'data': [] }
      { 'struct': 'S', 'data': { '*e': 'None', '*l': ['None'] } }`,
    values: {
      S: {
        right: ["{}", '{ "l": [] }'],
        wrong: ['{ "e": 1 }', '{ "l": [null] }'],
        newer: ['{ "e": "x" }', '{ "l": ["x"] }'],
      },
    },
    code: `
      // @ts-expect-error: there is none
      export const e: q.None = "x";`,
  },
  "unions with a base in place or by name": {
    schema: `
      { 'enum': 'Kind', 'data': ['one', 'two', 'uno', 'none', 'implied'] }
      { 'struct': 'Grandparent', 'data': { 'kind': 'Kind', '*g': 'str' } }
      { 'struct': 'Parent', 'base': 'Grandparent', 'data': { 'p': 'int' } }
      { 'struct': 'One', 'data': { 'x': 'str' } }
      { 'struct': 'Two', 'base': 'One', 'data': { 'y': 'bool' } }
      { 'struct': 'Empty', 'data': {} }
      { 'union': 'InPlace', 'base': { 'kind': 'Kind', '*id': 'str' }, 'discriminator': 'kind',
        'data': { 'one': 'One', 'two': 'Two', 'uno': 'One', 'none': 'Empty' } }
      { 'union': 'Named', 'base': 'Parent', 'discriminator': 'kind', 'data': { 'one': 'One', 'two': 'Two' } }`,
    values: {
      InPlace: {
        right: [
          ...['{ "kind": "one", "x": "" }', '{ "kind": "two", "x": "", "y": true, "id": "i" }'],
          ...['{ "kind": "uno", "x": "" }', '{ "kind": "none" }', '{ "kind": "implied", "id": "i" }'],
        ],
        wrong: [
          ...['{ "kind": "one" }', '{ "kind": "two", "x": "" }', '{ "kind": "one", "x": 1 }', '{ "x": "" }'],
          ...['{ "kind": 1, "x": "" }', '{ "kind": null }', '{ "kind": "none", "id": 1 }', '"one"'],
        ],
        newer: [
          ...['{ "kind": "three" }', '{ "kind": "three", "x": 1 }', '{ "kind": "none", "new": 1 }'],
          // A member of another branch is as unknown as any other.
          ...['{ "kind": "one", "x": "", "y": true }', '{ "kind": "implied", "x": "" }'],
        ],
      },
      Named: {
        right: ['{ "kind": "one", "p": 1, "x": "" }', '{ "kind": "uno", "p": 1, "g": "" }'],
        wrong: ['{ "kind": "one", "x": "" }', '{ "kind": "uno" }', '{ "kind": "two", "p": 1, "x": "" }'],
        newer: ['{ "kind": "three", "p": 1 }', '{ "kind": "uno", "p": 1, "x": "" }'],
      },
    },
    code: `
      export function describe(u: q.InPlace, n: q.Named): string | undefined {
        // @ts-expect-error: not before it is known which one it is
        u.x;
        if (u.kind === "two") return String(u.y);
        if (u.kind === "implied" || u.kind === "none") {
          // @ts-expect-error: neither has it
          u.x;
          return u.id;
        }
        if (n.kind === "two" && n.y) return n.x + String(n.p) + (n.g ?? "");
        return u.x;
      }
      export const isNarrowed = (u: q.InPlace): q.InPlaceTwo | undefined => (u.kind === "two" ? u : undefined);`,
  },
  "a union as a branch, and without branches": {
    schema: `
      { 'enum': 'Outer', 'data': ['inner', 'plain'] }
      { 'enum': 'Deep', 'data': ['x', 'y'] }
      { 'enum': 'Deepest', 'data': ['z'] }
      { 'struct': 'X', 'data': { 'x': 'bool' } }
      { 'union': 'Innermost', 'base': { 'deepest': 'Deepest' }, 'discriminator': 'deepest', 'data': { 'z': 'X' } }
      { 'union': 'Inner', 'base': { 'deep': 'Deep' }, 'discriminator': 'deep', 'data': { 'x': 'Innermost' } }
      { 'union': 'U', 'base': { 'outer': 'Outer' }, 'discriminator': 'outer', 'data': { 'inner': 'Inner' } }
      { 'union': 'Bare', 'base': { 'deep': 'Deep', 'n': 'int' }, 'discriminator': 'deep', 'data': {} }`,
    values: {
      U: {
        right: [
          ...['{ "outer": "plain" }', '{ "outer": "inner", "deep": "y" }'],
          '{ "outer": "inner", "deep": "x", "deepest": "z", "x": true }',
        ],
        wrong: [
          ...['{ "outer": "inner" }', '{ "outer": "inner", "deep": "x" }'],
          ...['{ "outer": "inner", "deep": "x", "deepest": "z" }', '{ "deep": "y" }'],
        ],
        newer: ['{ "outer": "inner", "deep": "z" }', '{ "outer": "plain", "deep": "y" }', '{ "outer": "new" }'],
      },
      Bare: {
        right: ['{ "deep": "x", "n": 1 }'],
        wrong: ['{ "deep": "x" }', '{ "n": 1 }'],
        newer: ['{ "deep": "z", "n": 1 }'],
      },
    },
    code: `
      export function x(u: q.U): boolean {
        if (u.outer !== "inner") return false;
        // @ts-expect-error: not before it is known which one it is
        u.x;
        return u.deep === "x" && u.deepest === "z" && u.x;
      }`,
  },
  "unions by a built-in enumeration": {
    schema: `
      { 'struct': 'S', 'data': { 'x': 'int' } }
      { 'union': 'U', 'base': { 'type': 'QType' }, 'discriminator': 'type', 'data': { 'qnum': 'S' } }`,
    values: {
      U: {
        right: ['{ "type": "qnum", "x": 1 }', '{ "type": "qdict" }'],
        wrong: ['{ "type": "qnum" }'],
        newer: ['{ "type": "qfloat" }', '{ "type": "qdict", "x": 1 }'],
      },
    },
    code: "export const x = (u: q.U): unknown => (u.type === q.QType.qnum ? u.x : undefined);",
  },
  "simple unions, as they were before 6.1": {
    schema: `
      { 'struct': 'S', 'data': { 'x': 'int' } }
      { 'union': 'U', 'data': { 's': 'S', 'n': 'int', 'l': ['str'] } }`,
    values: {
      U: {
        right: ['{ "type": "s", "data": { "x": 1 } }', '{ "type": "n", "data": 1 }', '{ "type": "l", "data": ["x"] }'],
        wrong: [
          '{ "type": "s", "data": 1 }',
          '{ "type": "s", "x": 1 }',
          '{ "type": "l", "data": "x" }',
          '{ "type": "n" }',
        ],
        newer: ['{ "type": "new", "data": 1 }', '{ "type": "n", "data": 1, "new": 2 }'],
      },
    },
    code: "export const x = (u: q.U): unknown => (u.type === 's' ? u.data.x : u.type === 'l' ? u.data.length : u.data);",
  },
  "alternates, by their JSON type": {
    schema: `
      { 'enum': 'Level', 'data': ['low', 'high'] }
      { 'enum': 'Kind', 'data': ['a'] }
      { 'struct': 'S', 'data': { 'x': 'int' } }
      { 'union': 'U', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'a': 'S' } }
      { 'alternate': 'ObjectOrEnum', 'data': { 'o': 'S', 'e': 'Level' } }
      { 'alternate': 'StrOrNull', 'data': { 's': 'str', 'n': 'null' } }
      { 'alternate': 'All', 'data': { 'o': 'U', 's': 'str', 'n': 'null', 'b': 'bool', 'i': 'uint8', 'l': ['S'] } }
      { 'alternate': 'Number', 'data': { 'n': 'number', 'b': 'bool' } }
      { 'alternate': 'Lists', 'data': { 'one': 'S', 'many': ['Level'] } }
      { 'struct': 'Has', 'data': { '*a': 'StrOrNull', '*l': ['StrOrNull'] } }`,
    values: {
      ObjectOrEnum: {
        right: ['{ "x": 1 }', '"low"'],
        wrong: ["{}", "1", "null", '["low"]', '{ "x": "low" }'],
        newer: ['"medium"', '{ "x": 1, "new": 2 }'],
      },
      StrOrNull: { right: ['""', "null"], wrong: ["0", "false", "{}", "[]"] },
      All: {
        right: ['{ "kind": "a", "x": 1 }', '"x"', "null", "false", "255", '[{ "x": 1 }]', "[]"],
        wrong: ['{ "kind": "a" }', "{}", '{ "x": 1 }', "[{}]", "[null]", "1n"],
        refused: ["256", "-1", "0.5"],
        newer: ['{ "kind": "b" }', '[{ "x": 1, "new": 2 }]'],
      },
      Number: { right: ["0.5", "1", "true"], wrong: ['"1"', "null", "1n"] },
      Lists: { right: ['{ "x": 1 }', '["low", "high"]'], wrong: ['"low"', '[{ "x": 1 }]'], newer: ['["medium"]'] },
      Has: {
        right: ["{}", '{ "a": null, "l": [null, "x"] }'],
        wrong: ['{ "a": 1 }', '{ "l": null }', '{ "l": [1] }'],
      },
    },
    code: `
      export function all(a: q.All): unknown {
        if (a === null) return a;
        if (typeof a === "object") return Array.isArray(a) ? a.length : a.x;
        return typeof a === "string" ? a.length : a === true || a === 255;
      }`,
  },
  "alternates of one type, and within unions": {
    schema: `
      { 'alternate': 'One', 'data': { 's': 'str' } }
      { 'enum': 'Kind', 'data': ['a'] }
      { 'struct': 'S', 'data': { 'one': 'One' } }
      { 'union': 'U', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { 'a': 'S' } }
      { 'alternate': 'Ref', 'data': { 'definition': 'U', 'reference': 'str' } }
      { 'command': 'c', 'data': { 'ref': 'Ref' }, 'returns': ['Ref'] }`,
    values: {
      One: { right: ['""'], wrong: ["1", "null"] },
      "arguments c": {
        right: ['{ "ref": "x" }', '{ "ref": { "kind": "a", "one": "x" } }'],
        wrong: ['{ "ref": null }', '{ "ref": { "kind": "a" } }', '{ "ref": { "kind": "b" } }', "{}"],
      },
      "returns c": { right: ['["x", { "kind": "a", "one": "x" }]'], wrong: ["[[]]"], newer: ['[{ "kind": "b" }]'] },
    },
  },
});
