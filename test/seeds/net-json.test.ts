/** The definitions of the documents, against what the reader makes of `fixtures/net`. */
import { describe, expect, test } from "vitest";
import { describeCondition } from "../../src/schema/condition.js";
import type {
  Branch,
  Command,
  Definition,
  Doc,
  EnumValue,
  Event,
  Member,
  ObjectType,
  Schema,
  Struct,
  Type,
} from "../../src/schema/schema.js";
import { fixtureFiles } from "../support/fixtures.js";
import { schemaOf } from "../support/harness.js";
import { type Fact, NET_JSON, VHOST_USER_PATCH } from "./net-json.js";

const schema = schemaOf(fixtureFiles("net"));

describe("net.json of 2023", () => {
  test.each(NET_JSON)("$definition", (fact) => {
    expect(factOf(schema, nameOf(fact))).toEqual(fact);
  });

  test("is all of the fixture's net.json, in its order", () => {
    const module = schema.modules.find(({ name }) => name === "net.json");
    expect(module?.definitions.map(({ name }) => name)).toEqual(NET_JSON.map(nameOf));
  });

  test("includes common.json and sockets.json, where the types are that it does not define itself", () => {
    const from = (name: string): string | undefined => schema.byName.get(name)?.module.name;
    expect([from("String"), from("SocketAddress")]).toEqual(["common.json", "sockets.json"]);
    const text = fixtureFiles("net")["net.json"] ?? "";
    expect(text).toMatch(/^\{ 'include': 'common\.json' \}\n\{ 'include': 'sockets\.json' \}$/m);
  });
});

describe("the patch for vhost-user", () => {
  test.each(VHOST_USER_PATCH)("$definition", (fact) => {
    expect(factOf(schema, nameOf(fact))).toEqual(fact);
  });

  test("is at the end of char.json, where ChardevInfo is", () => {
    const module = schema.byName.get("ChardevInfo")?.module;
    expect(module?.name).toBe("char.json");
    expect(module?.definitions.slice(-2).map(({ name }) => name)).toEqual(VHOST_USER_PATCH.map(nameOf));
  });
});

function nameOf({ definition }: Fact): string {
  return definition.split(" ")[1] ?? "";
}

/** What a schema says of a definition, in the notation of the facts. */
function factOf({ byName }: Schema, name: string): Fact {
  const definition = byName.get(name);
  if (definition === undefined) throw new Error(`there is no ${name}`);
  const words = [definition.kind, name, ...conditionOf(definition), ...flagsOf(definition)];
  return { definition: `${words.join(" ")} (since ${sinceOf(definition.doc)})`, parts: partsOf(definition) };
}

function flagsOf(definition: Definition): readonly string[] {
  if (definition.kind !== "command") return [];
  const { boxed, allowPreconfig, returns } = definition;
  return [
    ...(boxed ? ["boxed"] : []),
    ...(allowPreconfig ? ["allow-preconfig"] : []),
    ...(returns === undefined ? [] : ["returns", typeName(returns)]),
  ];
}

function partsOf(definition: Definition): readonly string[] {
  switch (definition.kind) {
    case "enum":
      return definition.values.map((value) => [value.name, ...conditionOf(value), ...laterOf(value)].join(" "));
    case "union": {
      const { base, discriminator, branches } = definition;
      return [...membersOf(base), `by ${discriminator.name}`, ...branches.flatMap(branchOf)];
    }
    case "struct":
      return membersOf(definition);
    case "command":
    case "event":
      return argumentsOf(definition);
    case "alternate":
      throw new Error("there is none in the documents");
  }
}

function argumentsOf({ boxed, arguments: of }: Command | Event): readonly string[] {
  if (of === undefined) return [];
  return boxed || of.kind === "union" ? [`all of ${typeName(of)}`] : membersOf(of);
}

function membersOf({ members }: Struct | Extract<ObjectType, { members: unknown }>): readonly string[] {
  return members.map((member) =>
    [
      `${member.name}${member.optional ? "?" : ""}: ${typeName(member.type)}`,
      ...member.features.map(({ name }) => `[${name}]`),
      ...conditionOf(member),
      ...laterOf(member),
    ].join(" "),
  );
}

function branchOf(branch: Branch): readonly string[] {
  // A value without a branch of its own.
  if (branch.type === undefined) return [];
  return [[`${branch.name}: ${branch.type.name}`, ...conditionOf(branch)].join(" ")];
}

function typeName(type: Type | ObjectType): string {
  if (type.kind === "list") return `${typeName(type.element)}[]`;
  return type.kind === "anonymous" ? "an object" : type.name;
}

function conditionOf({ if: condition }: Definition | Member | Branch | EnumValue): readonly string[] {
  return condition === undefined ? [] : ["if", describeCondition(condition)];
}

/** A part may be of a later release than the whole. */
function laterOf({ doc }: Member | EnumValue): readonly string[] {
  return /\(since [\d.]+\)$/.exec(doc?.text ?? "") ?? [];
}

function sinceOf(doc: Doc | undefined): string {
  return doc?.sections.find(({ kind }) => kind === "since")?.text ?? "?";
}
