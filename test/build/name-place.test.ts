import { describe, expect, it } from "vitest";
import { namePlace } from "../../src/build/name-place.js";
import type { Branch, Definition, EnumValue, Member, Schema } from "../../src/schema/schema.js";
import { fixtureFiles, okRoots } from "../support/fixtures.js";
import { schemaOf } from "../support/harness.js";

type Place = Definition | Member | EnumValue | Branch;

/** Everything in a schema that has a name, where it is declared. */
function placesOf(schema: Schema): readonly Place[] {
  return schema.definitions.flatMap((node): readonly Place[] => {
    switch (node.kind) {
      case "enum":
        return [node, ...node.values];
      case "struct":
        return [node, ...node.members];
      case "union":
        return [node, ...node.allMembers, ...node.branches];
      case "alternate":
        return [node];
      case "command":
      case "event":
        return [node, ...(node.arguments?.kind === "struct" ? node.arguments.members : [])];
    }
  });
}

/** The line of a place, with its name in «». */
function shown(node: Place): string {
  const { source, start, end } = namePlace(node);
  const { line, column } = source.position(start);
  const text = source.line(line);
  const from = column - 1;
  const to = from + end - start;
  return `${text.slice(0, from)}«${text.slice(from, to)}»${text.slice(to)}`;
}

function find(text: string, kind: Place["kind"], name: string): string {
  const node = placesOf(schemaOf(text)).find((place) => place.kind === kind && place.name === name);
  if (node === undefined) throw new Error(`there is no ${kind} ${name}`);
  return shown(node);
}

describe("the place of the name", () => {
  it("of a definition is not its keyword", () => {
    expect(find("{ 'command': 'command' }", "command", "command")).toBe("{ 'command': '«command»' }");
  });

  it("of an optional member is behind its asterisk", () => {
    const text = "{ 'struct': 'S', 'data': { '*first': 'int', '*str': 'str' } }";
    expect(find(text, "member", "str")).toBe("{ 'struct': 'S', 'data': { '*first': 'int', '*«str»': 'str' } }");
  });

  it("of a member is not the type of the same name", () => {
    const text = "{ 'struct': 'S', 'data': { '*type': { 'type': 'str' }, 'str': 'str' } }";
    expect(find(text, "member", "type")).toBe(
      "{ 'struct': 'S', 'data': { '*«type»': { 'type': 'str' }, 'str': 'str' } }",
    );
    expect(find(text, "member", "str")).toBe(
      "{ 'struct': 'S', 'data': { '*type': { 'type': 'str' }, '«str»': 'str' } }",
    );
  });

  it.each([
    "'«name»'",
    "{ 'name': '«name»' }",
    "{ 'if': 'name', 'name': '«name»' }",
    "{ 'name' : '«name»', 'if': 'A' }",
  ])("of a value is its own: %s", (value) => {
    const line = `{ 'enum': 'E', 'data': [ 'first', ${value} ] }`;
    expect(find(line.replaceAll(/[«»]/g, ""), "enumValue", "name")).toBe(line);
  });

  it("of a branch that is not written is that of the value", () => {
    const text = `{ 'enum': 'E', 'data': [ 'a', 'b' ] }
      { 'union': 'U', 'base': { 'e': 'E' }, 'discriminator': 'e', 'data': { 'b': 'S' } }
      { 'struct': 'S', 'data': {} }`;
    expect(find(text, "branch", "a")).toBe("{ 'enum': 'E', 'data': [ '«a»', 'b' ] }");
    expect(find(text, "branch", "b")).toContain("'data': { '«b»': 'S' } }");
  });

  it("of the member that an old union has without a word is where it is declared", () => {
    const text = "{ 'union': 'U', 'data': { 'one': 'str' } }";
    expect(find(text, "branch", "one")).toBe("{ 'union': 'U', 'data': { '«one»': 'str' } }");
    expect(find(text, "member", "type")).toContain("«»");
  });
});

const FIXTURES: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ...okRoots.map((root) => [`ok/${root}`, fixtureFiles("ok", root)] as const),
  ["net", fixtureFiles("net")],
];

it.each(FIXTURES)("names are where they are written in fixtures/%s", (_, files) => {
  const places = placesOf(schemaOf(files));
  const wrong = places.filter((node) => !shown(node).includes(`«${node.name}»'`));
  expect(wrong.map((node) => `${node.kind} ${node.name}: ${shown(node)}`)).toEqual([]);
});

/** What old spellings leave without a name, which is made up. */
const MADE_UP = /^(?:enum \w+Kind|struct (?:\w+Wrapper|NamedLampBase|PowerInfoLimits)|member (?:data|type)): .*«»/;

it.each(["1.0", "2.0", "5.2"])("names are where they are written in fixtures/old/%s.json, if they are", (name) => {
  const places = placesOf(schemaOf(fixtureFiles("old", `${name}.json`)));
  const wrong = places.filter((node) => !shown(node).includes(`«${node.name}»'`));
  const lines = wrong.map((node) => `${node.kind} ${node.name}: ${shown(node)}`);
  expect(lines.filter((line) => !MADE_UP.test(line))).toEqual([]);
});
