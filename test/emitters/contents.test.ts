/** What the output declares is what the schema has: read back with ts-morph, which knows nothing of the emitters. */
import { describe, expect, test } from "vitest";
import { defaultEmitters } from "../../src/emitters/index.js";
import type { Command, Event, Member, Schema } from "../../src/schema/schema.js";
import { emittedFiles } from "../support/emitted.js";
import { fixtureFiles, okRoots } from "../support/fixtures.js";
import { schemaOf, type SchemaText } from "../support/harness.js";
import { readOutput } from "../support/read-output.js";

function memberTexts(members: readonly Member[]): readonly string[] {
  return members.map(({ name, optional, if: condition }) => name + (optional || condition !== undefined ? "?" : ""));
}

function argumentText({ arguments: type }: Command | Event): string {
  if (type === undefined || (type.kind !== "union" && type.allMembers.length === 0)) return "";
  return type.kind === "anonymous" ? memberTexts(type.members).join(" ") : type.name;
}

function compare(text: SchemaText): Schema {
  const schema = schemaOf(text);
  const output = readOutput(emittedFiles(text, defaultEmitters));
  const entries = <T extends { readonly name: string }, V>(
    nodes: readonly T[],
    value: (node: T) => V,
  ): Record<string, V> => Object.fromEntries(nodes.map((node) => [node.name, value(node)]));
  const own = schema.enums.length > 0 ? output.enums : new Map<string, never>();
  expect(Object.fromEntries([...own].filter(([name]) => name !== "QType"))).toEqual(
    entries(schema.enums, (node) => node.values.map(({ name }) => name)),
  );
  expect(Object.fromEntries(output.interfaces)).toMatchObject(
    entries(schema.structs, (node) => memberTexts(node.members)),
  );
  expect(Object.fromEntries(output.commands)).toEqual(entries(schema.commands, argumentText));
  expect(Object.fromEntries(output.events)).toEqual(entries(schema.events, argumentText));
  for (const union of schema.unions) {
    expect(output.unions.get(union.name), union.name).toHaveLength(Math.max(union.branches.length, 1));
  }
  for (const alternate of schema.alternates) expect(output.unions.get(alternate.name), alternate.name).toBeDefined();
  return schema;
}

describe("the output has all of the schema", () => {
  test("fixtures/net", () => {
    const schema = compare(fixtureFiles("net"));
    expect(schema.events.map(({ name }) => name)).toContain("NETDEV_VHOST_USER_CONNECTED");
  });

  test.each(okRoots)("fixtures/ok/%s", (name) => {
    compare(fixtureFiles("ok", name));
  });

  test("fixtures/proposal", () => {
    const schema = compare(fixtureFiles("proposal"));
    expect(schema.commands.map(({ name }) => name)).toContain("block-device-event-disconnect");
  });

  test("names that give way to others, or that TypeScript reserves", () => {
    compare(`
      { 'struct': 'Events', 'data': { 'a': 'int' } }
      { 'struct': 'Commands', 'data': { 'b': 'int' } }
      { 'struct': 'string', 'data': { 'c': 'int' } }
      { 'enum': 'Foo-Bar', 'data': [ 'x' ] }
      { 'enum': 'FooBar', 'data': [ 'y' ] }
      { 'struct': '__com.example_Thing', 'data': { 'd': 'int' } }
      { 'command': 'delete' }
      { 'command': 'foo-bar', 'data': { 'e': 'int' } }
      { 'command': 'foo_bar', 'data': { 'f': 'int' } }
      { 'event': 'FOO_BAR', 'data': { 'g': 'int' } }
      { 'event': 'FOO__BAR', 'data': { 'h': 'int' } }`);
  });
});
