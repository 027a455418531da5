/** `fixtures/ok` has every part of the language at least once, so that what is tested with it is tested with all of it. */
import { describe, expect, test } from "vitest";
import { diskHost } from "../src/build/disk-host.js";
import { check } from "../src/schema/check.js";
import type { Condition } from "../src/schema/condition.js";
import { load } from "../src/schema/load.js";
import type { BuiltinName, Schema, Type } from "../src/schema/schema.js";

const schema = schemaOfFixtures();
const members = schema.definitions.flatMap((definition) => {
  if (definition.kind === "struct") return definition.members;
  if (definition.kind === "union") return definition.base.kind === "anonymous" ? definition.base.members : [];
  if (definition.kind !== "command" && definition.kind !== "event") return [];
  return definition.arguments?.kind === "anonymous" ? definition.arguments.members : [];
});
const branches = schema.unions.flatMap((union) => union.branches);
const values = schema.enums.flatMap((definition) => definition.values);
const alternatives = schema.alternates.flatMap((alternate) => alternate.alternatives);

function schemaOfFixtures(): Schema {
  const { schema, diagnostics } = check(load("fixtures/ok/qapi-schema.json", diskHost));
  if (schema === undefined) throw new Error(`${String(diagnostics.length)} mistakes`);
  return schema;
}

/** The distinct results, sorted. */
function distinct<T, R>(items: readonly T[], of: (item: T) => R): readonly R[] {
  return [...new Set(items.map(of))].sort();
}

function typeKind(type: Type | undefined): string {
  if (type === undefined) return "nothing";
  return type.kind === "list" ? `list of ${typeKind(type.element)}` : type.kind;
}

const YES_AND_NO = [false, true];
const EVERY_TYPE = ["alternate", "builtin", "enum", "struct", "union"];

test("definitions: every kind, with and without condition, features, documentation", () => {
  for (const kind of ["alternate", "command", "enum", "event", "struct", "union"]) {
    const definitions = schema.definitions.filter((definition) => definition.kind === kind);
    expect(
      distinct(definitions, ({ if: condition }) => condition !== undefined),
      kind,
    ).toEqual(YES_AND_NO);
    expect(
      distinct(definitions, ({ doc }) => doc !== undefined),
      kind,
    ).toEqual(YES_AND_NO);
    expect(
      distinct(definitions, ({ features }) => features.length > 0),
      kind,
    ).toEqual(YES_AND_NO);
  }
});

describe("members", () => {
  test("have every built-in type, alone and in a list", () => {
    const every: Readonly<Record<BuiltinName, true>> = {
      str: true,
      number: true,
      int: true,
      int8: true,
      int16: true,
      int32: true,
      int64: true,
      uint8: true,
      uint16: true,
      uint32: true,
      uint64: true,
      size: true,
      bool: true,
      any: true,
      null: true,
      QType: true,
    };
    const names = members.flatMap(({ type }) => (type.kind === "builtin" ? [type.name] : []));
    expect(distinct(names, (name) => name)).toEqual(Object.keys(every).sort());
  });

  test("have every kind of type, alone and in a list", () => {
    const kinds = distinct(members, ({ type }) => typeKind(type));
    expect(kinds).toEqual([...EVERY_TYPE, ...EVERY_TYPE.map((kind) => `list of ${kind}`)].sort());
  });

  test.each(["optional", "conditional", "with features", "documented"])("are %s and not", (what) => {
    const answers = distinct(members, (member) => {
      if (what === "optional") return member.optional;
      if (what === "conditional") return member.if !== undefined;
      if (what === "with features") return member.features.length > 0;
      return member.doc !== undefined;
    });
    expect(answers).toEqual(YES_AND_NO);
  });
});

test("enum values: conditional, with features, in an enum with a prefix, and not; an enum without values", () => {
  expect(distinct(values, (value) => value.if !== undefined)).toEqual(YES_AND_NO);
  expect(distinct(values, ({ features }) => features.length > 0)).toEqual(YES_AND_NO);
  expect(distinct(schema.enums, ({ prefix }) => prefix !== undefined)).toEqual(YES_AND_NO);
  expect(distinct(schema.enums, (definition) => definition.values.length > 0)).toEqual(YES_AND_NO);
});

test("structs: with and without base, with and without members", () => {
  expect(distinct(schema.structs, ({ base }) => base !== undefined)).toEqual(YES_AND_NO);
  expect(distinct(schema.structs, (struct) => struct.members.length > 0)).toEqual(YES_AND_NO);
});

test("unions: both kinds of base, every kind of branch", () => {
  expect(distinct(schema.unions, ({ base }) => base.kind)).toEqual(["anonymous", "struct"]);
  expect(distinct(branches, ({ type }) => typeKind(type))).toEqual(["nothing", "struct", "union"]);
  expect(
    distinct(branches, ({ implied, ...branch }) => `${implied ? "implied" : "written"} ${String("if" in branch)}`),
  ).toEqual(["implied false", "implied true", "written false", "written true"]);
});

test("alternates: every pair of JSON types, conditional and not", () => {
  const jsonTypes = distinct(alternatives, ({ jsonType }) => jsonType);
  expect(jsonTypes).toEqual(["array", "boolean", "null", "number", "object", "string"]);
  const sets = new Set(
    schema.alternates.map((alternate) => distinct(alternate.alternatives, (one) => one.jsonType).join()),
  );
  for (const [index, one] of jsonTypes.entries()) {
    for (const other of jsonTypes.slice(index + 1)) expect(sets).toContain(`${one},${other}`);
  }
  expect(sets).toContain(jsonTypes.join());
  expect(distinct(alternatives, (alternative) => alternative.if !== undefined)).toEqual(YES_AND_NO);
});

test("commands: every flag both ways, every kind of arguments and of result", () => {
  for (const flag of ["boxed", "gen", "successResponse", "allowOob", "allowPreconfig", "coroutine"] as const) {
    expect(
      distinct(schema.commands, (command) => command[flag]),
      flag,
    ).toEqual(YES_AND_NO);
  }
  expect(distinct(schema.commands, (command) => command.arguments?.kind ?? "nothing")).toEqual([
    "anonymous",
    "nothing",
    "struct",
    "union",
  ]);
  expect(distinct(schema.commands, ({ returns }) => typeKind(returns))).toEqual(
    ["nothing", ...EVERY_TYPE, "list of builtin", "list of enum", "list of struct", "list of union"].sort(),
  );
});

test("events: boxed and not, every kind of data", () => {
  expect(distinct(schema.events, ({ boxed }) => boxed)).toEqual(YES_AND_NO);
  expect(distinct(schema.events, (event) => event.arguments?.kind ?? "nothing")).toEqual([
    "anonymous",
    "nothing",
    "struct",
    "union",
  ]);
});

test("conditions: every kind", () => {
  const kinds = new Set<string>();
  const visit = (condition: Condition): void => {
    kinds.add(condition.kind);
    if (condition.kind === "not") visit(condition.operand);
    if (condition.kind === "all" || condition.kind === "any") condition.operands.forEach(visit);
  };
  for (const definition of schema.definitions) if (definition.if !== undefined) visit(definition.if);
  expect([...kinds].sort()).toEqual(["all", "any", "defined", "not"]);
});

test("documentation: every kind of section of today's language, and free-form documentation", () => {
  const sections = schema.definitions.flatMap(({ doc }) => doc?.sections ?? []);
  // Notes and examples are directives in text by now.
  const today = ["errors", "feature", "member", "returns", "since", "text", "todo"];
  expect(distinct(sections, ({ kind }) => kind)).toEqual(today);
  expect(schema.modules.flatMap(({ docs }) => docs).length).toBeGreaterThan(0);
});

test("modules: a file in a folder, a file in a folder in it, each once", () => {
  const names = schema.modules.map(({ name }) => name);
  expect(names).toContain("include/first.json");
  expect(names).toContain("include/deep/third.json");
  expect(new Set(names).size).toBe(names.length);
});
