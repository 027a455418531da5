/** Definitions of a schema in the notation of `net-json.ts`. */
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
import type { Fact } from "./net-json.js";

/** The name of what is defined. */
export function nameOf({ definition }: Fact): string {
  return definition.split(" ")[1] ?? "";
}

/** What a schema says of a definition, in the notation of the facts. */
export function factOf({ byName }: Schema, name: string): Fact {
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
