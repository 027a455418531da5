/** What we understood of a schema, in the format of the dumps of QEMU's compiler. */
import { ownMembersOf } from "../src/schema/parts.js";
import type { LoadedFile, Tree } from "../src/schema/load.js";
import type {
  Anonymous,
  Branch,
  Definition,
  EnumValue,
  Feature,
  Member,
  Schema,
  Struct,
  Type,
  Union,
} from "../src/schema/schema.js";
import type { Span } from "../src/syntax/source.js";
import type { Condition } from "../src/schema/condition.js";
import { conditionJson } from "../src/schema/condition-json.js";
import { docJson } from "./dump-doc.js";
import { inReadingOrder } from "../src/schema/reading-order.js";
import { fileNames, type FileNames } from "./file-names.js";
import type { Json, JsonObject } from "./json.js";
import { pragmaJson } from "./dump-pragma.js";

/** @param release - The release of QEMU whose compiler made the dump to compare with: `10.2`. */
export function dump(tree: Tree, schema: Schema, release: string): JsonObject {
  const arrays = arraysOf(schema);
  const names = fileNames(tree);
  const modules = [...names.modules].map(([name, file]) => {
    const module = schema.modules[file === undefined ? -1 : tree.files.indexOf(file)];
    return {
      name,
      entities: file === undefined ? [] : entitiesOf(file, names, schema),
      arrays: arrays.filter((array) => array.module === module).map((array) => arrayJson(array)),
    };
  });
  return {
    format: 1,
    root: schema.modules[0]?.name ?? null,
    pragma: schema.definitions.length === 0 ? null : pragmaJson(tree, release),
    modules,
    docs: [...inReadingOrder(tree)].flatMap(({ file, entry }) => {
      const doc = entry.kind === "doc" ? entry : "doc" in entry ? entry.doc : undefined;
      if (doc === undefined) return [];
      if (doc.symbol === undefined) return [docJson(doc, names.of(file), undefined)];
      return [{ symbol: doc.symbol.text, file: names.of(file), line: lineOf(doc.span) }];
    }),
  };
}

/** Includes and what is defined explicitly, in source order. */
function entitiesOf(file: LoadedFile, names: FileNames, schema: Schema): readonly Json[] {
  const entities: Json[] = [];
  for (const entry of file.node.entries) {
    if (entry.kind === "include") {
      entities.push({ kind: "include", module: names.moduleOf(file, entry), line: lineOf(entry.span) });
    } else if (entry.kind !== "pragma" && entry.kind !== "doc") {
      const definition = schema.byName.get(entry.name.text);
      if (definition === undefined) continue;
      const doc = entry.doc === undefined ? null : docJson(entry.doc, names.of(file), definition);
      entities.push({ ...definitionJson(definition), doc });
    }
  }
  return entities;
}

function definitionJson(definition: Definition): JsonObject {
  const common = {
    kind: definition.kind,
    name: definition.name,
    line: lineOf(definition.span),
    if: ifOf(definition.if),
    features: featuresJson(definition.features),
  };
  switch (definition.kind) {
    case "enum":
      return { ...common, prefix: definition.prefix ?? null, members: definition.values.map(valueJson) };
    case "struct":
      return {
        ...common,
        base: objectJson(definition.base),
        members: definition.members.map(memberJson),
        flat_members: definition.allMembers.map(({ name }) => name),
      };
    case "union":
      return { ...common, ...unionJson(definition) };
    case "alternate":
      return {
        ...common,
        members: definition.alternatives.map(({ name, type, if: condition, jsonType }) => ({
          name,
          type: typeJson(type),
          if: ifOf(condition),
          qtype: Q_TYPE[jsonType],
        })),
      };
    case "command":
      return {
        ...common,
        arg: objectJson(definition.arguments),
        ret: definition.returns === undefined ? null : typeJson(definition.returns),
        gen: definition.gen,
        success_response: definition.successResponse,
        boxed: definition.boxed,
        allow_oob: definition.allowOob,
        allow_preconfig: definition.allowPreconfig,
        coroutine: definition.coroutine,
      };
    case "event":
      return { ...common, arg: objectJson(definition.arguments), boxed: definition.boxed };
  }
}

const Q_TYPE = {
  null: "QTYPE_QNULL",
  number: "QTYPE_QNUM",
  string: "QTYPE_QSTRING",
  boolean: "QTYPE_QBOOL",
  object: "QTYPE_QDICT",
  array: "QTYPE_QLIST",
} as const;

function unionJson(union: Union): JsonObject {
  const { tag } = union;
  const simple = tag.implicit === true;
  return {
    base: simple ? null : objectJson(union.base),
    discriminator: union.discriminator.name,
    tag_enum: simple ? { anonymous: tag.name, if: ifOf(tag.if), members: tag.values.map(valueJson) } : tag.name,
    branches: union.branches.map(branchJson),
    flat_members: union.allMembers.map(({ name }) => name),
    simple,
  };
}

function branchJson({ name, type, if: condition, implied, parent }: Branch): JsonObject {
  return {
    name,
    type: branchTypeJson(type, parent),
    if: ifOf(condition),
    implicit: implied,
  };
}

function branchTypeJson(type: Branch["type"], { tag }: Union): Json {
  if (type === undefined) return null;
  return tag.implicit === true && type.kind === "struct" ? wrapperJson(type) : typeJson(type);
}

/** The object around what a branch of a simple union holds, which has the name and the condition of that. */
function wrapperJson({ members }: Struct): JsonObject {
  const held = members[0]?.type;
  const element = held?.kind === "list" ? held.element : held;
  return {
    anonymous: `q_obj_${held === undefined ? "" : nameOf(held)}-wrapper`,
    if: ifOf(element !== undefined && "if" in element ? element.if : undefined),
    members: members.map(memberJson),
  };
}

function valueJson({ name, if: condition, features }: EnumValue): JsonObject {
  return { name, if: ifOf(condition), features: featuresJson(features) };
}

function memberJson({ name, type, optional, if: condition, features }: Member): JsonObject {
  return { name, type: typeJson(type), optional, if: ifOf(condition), features: featuresJson(features) };
}

function featuresJson(features: readonly Feature[]): readonly JsonObject[] {
  return features.map(({ name, if: condition }) => ({ name, if: ifOf(condition) }));
}

function objectJson(type: Struct | Union | Anonymous | undefined): Json {
  if (type === undefined) return null;
  if (type.kind !== "anonymous") return typeJson(type);
  if (type.members.length === 0) return null;
  const { parent } = type;
  return {
    anonymous: `q_obj_${parent.name}-${parent.kind === "union" ? "base" : "arg"}`,
    if: ifOf(parent.if),
    members: type.members.map(memberJson),
  };
}

function typeJson(type: Type): Json {
  if (type.kind === "list") return [typeJson(type.element)];
  // What is written in place can be referred to by the name that QEMU's compiler has for it.
  if (type.kind !== "struct" || type.implicit !== true || !type.name.startsWith("q_obj_")) return type.name;
  return { anonymous: type.name, if: ifOf(type.if), members: type.members.map(memberJson) };
}

/** The name of a type; of an array the one that QEMU's compiler gives it. */
function nameOf(type: Type): string {
  return type.kind === "list" ? `${nameOf(type.element)}List` : type.name;
}

function arrayJson({ name, if: condition }: Definition): JsonObject {
  return { element: name, if: ifOf(condition) };
}

/** The types that there are arrays of, sorted by name. */
function arraysOf({ definitions }: Schema): readonly Definition[] {
  const elements = new Set<Definition>();
  const add = (type: Type | undefined): void => {
    if (type?.kind !== "list") return;
    const { element } = type;
    if (element.kind !== "list" && element.kind !== "builtin" && element.name !== "q_empty") elements.add(element);
  };
  for (const definition of definitions) {
    for (const member of ownMembersOf(definition)) add(member.type);
    if (definition.kind === "alternate") for (const { type } of definition.alternatives) add(type);
    if (definition.kind === "command") add(definition.returns);
  }
  return [...elements].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function lineOf({ source, start }: Span): number {
  return source.position(start).line;
}

/** What the key `if` has: null where there is no condition. */
function ifOf(condition: Condition | undefined): Json {
  return condition === undefined ? null : conditionJson(condition);
}
