import { describe, expect, it } from "vitest";
import { check } from "../../src/schema/check.js";
import { memoryHost } from "../../src/schema/host.js";
import { load } from "../../src/schema/load.js";
import { dump } from "../../conformance/dump.js";
import { isObject, type JsonObject, listAt, objectAt } from "../../conformance/json.js";

function dumpOf(text: string, release = "10.2"): JsonObject {
  const loaded = load("main.json", memoryHost({ "main.json": text }));
  const { schema, diagnostics } = check(loaded);
  expect(diagnostics).toEqual([]);
  return schema === undefined ? {} : dump(loaded.tree, schema, release);
}

/** The entity with the index in the first module. */
function entityOf(text: string, index = 0): JsonObject {
  const entity = listAt(listAt(dumpOf(text), "modules")[0], "entities")[index];
  return isObject(entity) ? entity : {};
}

function docOf(lines: readonly string[], definition: string): JsonObject {
  const comment = lines.map((line) => (line === "" ? "#" : `# ${line}`)).join("\n");
  return objectAt(entityOf(`##\n${comment}\n##\n${definition}\n`), "doc");
}

describe("documentation", () => {
  const STRUCT = "{ 'struct': 'Foo', 'data': { 'a': 'int', 'b': 'int' } }";

  it("has its lines as they stand there, and what is missing", () => {
    const doc = docOf(
      ["@Foo:", "", "What it is,", "  and more.", "", "", "Again.", "", "@a: One", "    two", ""],
      STRUCT,
    );
    expect(doc["body"]).toBe("What it is,\n  and more.\n\nAgain.");
    expect(doc["args"]).toEqual([
      { name: "a", text: "One\n    two", documented: true, line: 10 },
      { name: "b", text: "", documented: false },
    ]);
    expect(doc["order"]).toEqual(["Plain", "Member:a", "Member:b"]);
  });

  it("goes on in lines that begin with any white space, and takes blanks behind a tag for nothing", () => {
    const doc = docOf(["@Foo:", "", "@a: One", "\u2003two", "@b:\t", "\f four", "", "Since:\t", "  1.2"], STRUCT);
    expect(doc["args"]).toMatchObject([{ text: "One\n\u2003two" }, { text: "\f four" }]);
    expect(doc["sections"]).toEqual([{ tag: "Since", text: "  1.2", line: 9 }]);
  });

  it("takes for text what begins within a paragraph or has no colon", () => {
    const doc = docOf(["@Foo:", "", "Text.", "Returns: nothing", "", "@a: One", "@b: Two", "", "Since 1.2"], STRUCT);
    expect(doc["body"]).toBe("Text.\nReturns: nothing");
    expect(doc["sections"]).toEqual([{ tag: null, text: "Since 1.2", line: 10 }]);
  });

  it("ends a description where lines are indented less", () => {
    const doc = docOf(["@Foo:", "", "@a: One", "    two", "    three", "  text", "", "@b: Two"], STRUCT);
    expect(doc["args"]).toMatchObject([{ name: "a", text: "One\n    two\n    three" }, { name: "b" }]);
    expect(doc["order"]).toEqual(["Plain", "Member:a", "Plain", "Member:b"]);
  });

  it("puts what a command returns behind its arguments, or else before errors", () => {
    const command = (data: string): string => `{ 'command': 'foo', 'data': { ${data} }, 'returns': [ 'int' ] }`;
    const order = (lines: readonly string[], data: string): unknown =>
      docOf(["@foo:", "", ...lines], command(data))["order"];
    expect(order(["@a: One", "", "Since: 1"], "'a': 'int'")).toEqual(["Plain", "Member:a", "Returns", "Since"]);
    expect(order(["Since: 1", "", "Errors: none"], "")).toEqual(["Plain", "Since", "Returns", "Errors"]);
    expect(order(["Since: 1"], "")).toEqual(["Plain", "Returns", "Since"]);
  });
});

describe("definitions", () => {
  it("name what is written in place after where it stands", () => {
    expect(entityOf("{ 'command': 'foo', 'if': 'X', 'data': { '*a': [ 'str' ] } }\n")["arg"]).toEqual({
      anonymous: "q_obj_foo-arg",
      if: "X",
      members: [{ name: "a", type: ["str"], optional: true, if: null, features: [] }],
    });
    expect(entityOf("{ 'command': 'foo', 'data': {} }\n")["arg"]).toBeNull();
  });

  it("have arrays where their elements are", () => {
    const text =
      "{ 'enum': 'E', 'if': 'X', 'data': [] }\n{ 'struct': 'S', 'data': { 'a': [ 'E' ], 'b': [ 'str' ], 'c': [ 'q_empty' ] } }\n";
    expect(listAt(dumpOf(text), "modules")).toMatchObject([{ arrays: [{ element: "E", if: "X" }] }]);
  });

  it("show simple unions as such", () => {
    const union = entityOf("{ 'union': 'U', 'data': { 's': [ 'str' ] } }\n");
    expect(union).toMatchObject({ simple: true, base: null, discriminator: "type", tag_enum: { anonymous: "UKind" } });
    expect(union["branches"]).toMatchObject([{ name: "s", type: { anonymous: "q_obj_strList-wrapper" } }]);
  });

  it("come with the pragmas of their release", () => {
    const text = "{ 'pragma': { 'doc-required': false } }\n{ 'enum': 'E', 'data': [] }\n";
    expect(dumpOf(text, "5.2.0")["pragma"]).toEqual({
      "doc-required": false,
      "name-case-whitelist": [],
      "returns-whitelist": [],
    });
    expect(Object.keys(objectAt(dumpOf(text), "pragma"))).toHaveLength(5);
    expect(dumpOf("# nothing\n")["pragma"]).toBeNull();
  });
});
