/** Replies that are wrong, or meant to do harm. */
import { describe, expect, test } from "vitest";
import { ProtocolError } from "../../../src/runtime/errors.js";
import { compare } from "../../../src/runtime/introspection/compare.js";
import { Introspection } from "../../../src/runtime/introspection/introspection.js";
import { schemaOf } from "../../support/harness.js";
import { modelValidators } from "../../support/model-shapes.js";

const COMMAND = { name: "c", "meta-type": "command", "arg-type": "0", "ret-type": "0" };

describe("what is no reply to query-qmp-schema", () => {
  test.each([
    ["it is no list", undefined],
    ["it is no list", null],
    ["it is no list", "[]"],
    ["it is no list", { return: [] }],
    ["an entry of it has no name, or no meta-type", [null]],
    ["an entry of it has no name, or no meta-type", [[]]],
    ["an entry of it has no name, or no meta-type", [{ name: 5, "meta-type": "builtin" }]],
    ["an entry of it has no name, or no meta-type", [{ name: "c" }]],
    ["an entry of it has no name, or no meta-type", [Object.create(COMMAND)]],
    ["'arg-type' in 'c' is no string", [{ name: "c", "meta-type": "command" }]],
    ["'ret-type' in 'c' is no string", [{ ...COMMAND, "ret-type": 5 }]],
    ["'features' of 'c' is no list", [{ ...COMMAND, features: "unstable" }]],
    ["'features' of 'c' is no list of strings", [{ ...COMMAND, features: [{}] }]],
    ["'members' of '0' is no list", [COMMAND, { name: "0", "meta-type": "object" }]],
    ["'name' in '0' is no string", [COMMAND, { name: "0", "meta-type": "object", members: [5] }]],
    ["'type' in '0' is no string", [COMMAND, { name: "0", "meta-type": "object", members: [{ name: "a" }] }]],
    ["'tag' in '0' is no string", [COMMAND, { name: "0", "meta-type": "object", members: [], tag: 5 }]],
    ["'variants' of '0' is no list", [COMMAND, { name: "0", "meta-type": "object", members: [], variants: {} }]],
    ["'values' of '0' is no list", [COMMAND, { name: "0", "meta-type": "enum" }]],
    ["'element-type' in '0' is no string", [COMMAND, { name: "0", "meta-type": "array" }]],
    ["'members' of '0' is no list", [COMMAND, { name: "0", "meta-type": "alternate", members: {} }]],
    ["'json-type' in '0' is no string", [COMMAND, { name: "0", "meta-type": "builtin", "json-type": {} }]],
  ])("%s: %j", (problem, reply) => {
    const introspection = new Introspection(reply);
    expect(() => introspection.supports("c/arg-type/a")).toThrow(ProtocolError);
    expect(() => introspection.supports("c/arg-type/a")).toThrow(
      `the reply to query-qmp-schema is not understood: ${problem}`,
    );
  });

  test("what nobody asks for is not looked at", () => {
    const introspection = new Introspection([COMMAND, { name: "0", "meta-type": "object" }]);
    expect(introspection.supports("c")).toBe(true);
    expect(introspection.supports("d/arg-type/a")).toBe(false);
  });
});

describe("what is odd", () => {
  function introspection(...types: readonly object[]): Introspection {
    return new Introspection([COMMAND, ...types]);
  }
  function object(name: string, members: Readonly<Record<string, string>>, more: object = {}): object {
    const list = Object.entries(members).map(([member, type]) => ({ name: member, type }));
    return { name, "meta-type": "object", members: list, ...more };
  }
  const validators = modelValidators(
    schemaOf(`
      { 'struct': 'S', 'data': { 'a': [ 'S' ], '*b': 'A', '*c': 'U' } }
      { 'alternate': 'A', 'data': { 's': 'S', 't': 'str' } }
      { 'union': 'U', 'base': { 't': 'E' }, 'discriminator': 't', 'data': { 'x': 'S', 'y': 'U2' } }
      { 'union': 'U2', 'base': { 't2': 'E' }, 'discriminator': 't2', 'data': { 'x': 'S' } }
      { 'enum': 'E', 'data': [ 'x', 'y' ] }
      { 'command': 'c', 'data': 'S', 'returns': 'S' }`),
  );

  test("types that are not there", () => {
    const odd = introspection(object("0", { a: "1" }));
    expect(odd.supports("c/arg-type/a")).toBe(true);
    expect(odd.supports("c/arg-type/a/b")).toBe(false);
    expect(compare(validators, odd)).toEqual({
      missing: ["c/arg-type/b", "c/arg-type/c"],
      added: [],
      changed: [{ path: "c/arg-type/a", schema: "an array", qemu: "what it does not tell" }],
    });
  });

  test("kinds of types that are not known", () => {
    const odd = introspection({ name: "0", "meta-type": "future", members: 5 });
    expect(odd.supports("c/arg-type/a")).toBe(false);
    expect(compare(validators, odd).changed).toEqual([
      { path: "c/arg-type", schema: "an object", qemu: "what it does not tell" },
      { path: "c/ret-type", schema: "an object", qemu: "what it does not tell" },
    ]);
  });

  test("names that are there twice: the first counts", () => {
    const odd = introspection({ ...COMMAND, "arg-type": "1" }, object("0", { a: "str" }), object("0", { b: "str" }));
    expect(odd.supports("c/arg-type/a")).toBe(true);
    expect(odd.supports("c/arg-type/b")).toBe(false);
  });

  test("a command that is called like a type", () => {
    const odd = introspection({ ...COMMAND, name: "0" }, object("0", { a: "str" }));
    expect(odd.supports("0/arg-type/a")).toBe(true);
  });

  test("arrays of themselves, and alternates of themselves", () => {
    const odd = introspection(
      object("0", { a: "1", b: "2" }),
      { name: "1", "meta-type": "array", "element-type": "1" },
      { name: "2", "meta-type": "alternate", members: [{ type: "2" }, { type: "1" }, { type: "1" }] },
    );
    expect(odd.supports("c/arg-type/a/!array")).toBe(true);
    expect(odd.supports("c/arg-type/a/b")).toBe(false);
    expect(odd.supports("c/arg-type/b/!alternate")).toBe(true);
    expect(odd.supports("c/arg-type/b/b")).toBe(false);
    expect(compare(validators, odd)).toEqual({
      missing: ["c/arg-type/c"],
      added: [],
      changed: [
        { path: "c/arg-type/b", schema: "optional", qemu: "required" },
        { path: "c/arg-type/a", schema: "an object", qemu: "an array" },
        { path: "c/arg-type/b", schema: "an object or a string", qemu: "one of several types or an array" },
      ],
    });
  });

  test("a tag that is no member, and branches that are no objects", () => {
    const variants = [
      { case: "x", type: "0" },
      { case: "y", type: "9" },
    ];
    const odd = introspection(object("0", { a: "1" }, { tag: "t", variants }));
    expect(odd.supports("c/arg-type/+x/+x/+x/a")).toBe(true);
    expect(odd.supports("c/arg-type/t=x")).toBe(false);
    expect(odd.supports("c/arg-type/+y/a")).toBe(true);
    expect(compare(validators, odd).missing).toEqual(["c/arg-type/b", "c/arg-type/c"]);
  });

  test("a branch for what is no value of the tag", () => {
    const odd = introspection(
      object("0", { c: "1" }),
      object("1", { t: "2" }, { tag: "t", variants: [{ case: "x", type: "0" }] }),
      { name: "2", "meta-type": "enum", values: [] },
    );
    expect(odd.supports("c/arg-type/c/t=x")).toBe(false);
    expect(compare(validators, odd).missing).toEqual([
      "c/arg-type/a",
      "c/arg-type/b",
      "c/arg-type/c/t=x",
      "c/arg-type/c/t=y",
    ]);
  });

  test("names of what all objects inherit", () => {
    const reply: unknown = JSON.parse(
      `[{"name":"__proto__","meta-type":"command","arg-type":"constructor","ret-type":"constructor"},
        {"name":"constructor","meta-type":"object","members":[{"name":"__proto__","type":"str"}],
         "__proto__":{"tag":"polluted","features":["polluted"]}}]`,
    );
    const odd = new Introspection(reply);
    expect(odd.supports("__proto__/arg-type/__proto__")).toBe(true);
    expect(odd.supports("__proto__/arg-type/$polluted")).toBe(false);
    expect(odd.supports("toString")).toBe(false);
  });

  test("types without end: each like the one before, and another", () => {
    const types = Array.from({ length: 20_000 }, (_, i) => [
      object(String(2 * i), { a: String(2 * i + 1) }),
      { name: String(2 * i + 1), "meta-type": "array", "element-type": String(2 * i + 2) },
    ]).flat();
    expect(() => compare(validators, introspection(...types))).toThrow(ProtocolError);
  });

  test("more types, and wider ones, than any QEMU has", () => {
    const tree = modelValidators(
      schemaOf(`{ 'struct': 'T', 'data': { 'l': 'T', 'r': 'T' } } { 'command': 'c', 'data': 'T', 'returns': 'T' }`),
    );
    const others = Array.from({ length: 2000 }, (_, i) => ({ name: `m${String(i)}`, type: "str" }));
    const types = Array.from({ length: 1000 }, (_, i) => {
      const members = [...others, { name: "l", type: String(2 * i + 1) }, { name: "r", type: String(2 * i + 2) }];
      return { name: String(i), "meta-type": "object", members };
    });
    expect(compare(tree, introspection(...types.slice(0, 10))).added).toHaveLength(20_000);
    expect(() => compare(tree, introspection(...types))).toThrow("it is greater than any schema of QEMU by far");
  });
});
