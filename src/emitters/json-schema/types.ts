/**
 * The schemas of types: what their values are on the wire.
 */
import {
  Q_TYPES,
  type Alternate,
  type BuiltinName,
  type Definition,
  type Enum,
  type Feature,
  type Member,
  type Module,
  type Struct,
  type Type,
  type Union,
} from "../../schema/schema.js";
import { isOptional } from "../../emit/index.js";
import type { Json, JsonObject } from "./json.js";
import { summary } from "./summary.js";

/**
 * What to do with what the schema does not know: strict, for what is sent, refuses it; tolerant, for what is received, lets it
 * pass, since a newer QEMU may have it.
 */
export type Mode = "strict" | "tolerant";

/** What a document is written with. */
export interface Scope {
  readonly mode: Mode;
  /** Whether descriptions are to be in it. */
  readonly hasDescriptions: boolean;
  /**
   * Types whose objects are also a part of larger ones, those of a union for example, or may have whatever else a command takes.
   * Only in strict mode does that matter: there they have a second schema that lets other members pass.
   */
  readonly parts: ReadonlySet<Type>;
  /** How the document refers to that of a module; empty for itself. */
  address(module: Module): string;
}

/** A type with a name. */
export type DefinedType = Enum | Struct | Union | Alternate;

/** The schema of a value: anything where it is `true`. */
export type ValueSchema = JsonObject | true;

/** Behind the name of a type: its schema that lets other members pass. No name has a colon. */
const OPEN = ":open";

/** Refuses whatever it is. */
const NEVER: JsonObject = { not: {} };

/** The integers, by name: the least and the greatest. */
const INT64: JsonObject = integer(-(2n ** 63n), 2n ** 63n - 1n);
const UINT64: JsonObject = integer(0n, 2n ** 64n - 1n);

const BUILTINS: Readonly<Record<Exclude<BuiltinName, "QType">, ValueSchema>> = {
  str: { type: "string" },
  number: { type: "number" },
  int: INT64,
  int8: integer(-(2n ** 7n), 2n ** 7n - 1n),
  int16: integer(-(2n ** 15n), 2n ** 15n - 1n),
  int32: integer(-(2n ** 31n), 2n ** 31n - 1n),
  int64: INT64,
  uint8: integer(0n, 2n ** 8n - 1n),
  uint16: integer(0n, 2n ** 16n - 1n),
  uint32: integer(0n, 2n ** 32n - 1n),
  uint64: UINT64,
  size: UINT64,
  bool: { type: "boolean" },
  any: true,
  null: { type: "null" },
};

function integer(minimum: bigint, maximum: bigint): JsonObject {
  return { type: "integer", minimum, maximum };
}

/** Adds the schemas of a type to those of a document. */
export function addType(type: DefinedType, definitions: Map<string, Json>, scope: Scope): void {
  const about = annotations(type, scope);
  const isObject = type.kind === "struct" || type.kind === "union";
  if (!isObject || !hasOpen(type, scope)) {
    definitions.set(type.name, { ...about, ...bodyOf(type, scope) });
    return;
  }
  const $ref = pointer(type.name + OPEN);
  definitions.set(type.name, { ...about, type: "object", $ref, unevaluatedProperties: false });
  definitions.set(type.name + OPEN, objectSchema(type, scope, true));
}

/** The schema of a value of a type, which may be defined elsewhere. */
export function typeSchema(type: Type, scope: Scope): ValueSchema {
  switch (type.kind) {
    case "builtin":
      return type.name === "QType" ? stringSchema(Q_TYPES, scope) : BUILTINS[type.name];
    case "list":
      return { type: "array", items: typeSchema(type.element, scope) };
    default:
      return reference(type, scope);
  }
}

/** A reference to the schema of a type. */
export function reference(type: DefinedType, scope: Scope): JsonObject {
  return { $ref: scope.address(type.module) + pointer(type.name) };
}

/** A reference to the schema of a type that lets other members pass. */
export function openReference(type: Struct | Union, scope: Scope): JsonObject {
  return { $ref: scope.address(type.module) + pointer(hasOpen(type, scope) ? type.name + OPEN : type.name) };
}

/** The schema of an object with these members. */
export function membersSchema(
  members: readonly Member[],
  scope: Scope,
  open: boolean = scope.mode === "tolerant",
): JsonObject {
  const properties = new Map<string, Json>();
  for (const member of members) properties.set(member.name, memberSchema(member, scope));
  const required = members.filter((member) => !isOptional(member)).map(({ name }) => name);
  return {
    type: "object",
    ...(properties.size > 0 && { properties }),
    ...(required.length > 0 && { required }),
    ...(!open && { additionalProperties: false }),
  };
}

/** What a schema says of itself: nothing that matters to a value. */
export function annotations(node: Definition | Member, scope: Scope, description: string = summary(node)): JsonObject {
  return {
    ...(scope.hasDescriptions && description !== "" && { description }),
    ...(isDeprecated(node.features) && { deprecated: true }),
  };
}

function memberSchema(member: Member, scope: Scope): ValueSchema {
  return annotated(annotations(member, scope), typeSchema(member.type, scope));
}

/** A schema with annotations before it. */
export function annotated(about: JsonObject, schema: ValueSchema): ValueSchema {
  if (Object.keys(about).length === 0) return schema;
  return schema === true ? about : { ...about, ...schema };
}

function bodyOf(type: DefinedType, scope: Scope): JsonObject {
  switch (type.kind) {
    case "enum":
      return enumSchema(type, scope);
    case "alternate":
      return alternateSchema(type, scope);
    case "struct":
    case "union":
      return objectSchema(type, scope, scope.mode === "tolerant");
  }
}

function enumSchema({ values }: Enum, scope: Scope): JsonObject {
  const deprecated = values.filter(({ features }) => isDeprecated(features));
  if (deprecated.length === 0 || scope.mode === "tolerant") {
    return stringSchema(
      values.map(({ name }) => name),
      scope,
    );
  }
  const others = values.filter((value) => !deprecated.includes(value)).map(({ name }) => name);
  return {
    anyOf: [
      ...(others.length > 0 ? [{ enum: others }] : []),
      ...deprecated.map(({ name }) => ({ const: name, deprecated: true })),
    ],
  };
}

/** A string, one of `values` unless QEMU may have others by now. */
function stringSchema(values: readonly string[], scope: Scope): JsonObject {
  if (scope.mode === "tolerant") return { type: "string" };
  return values.length === 0 ? NEVER : { enum: values };
}

/** No two alternatives have the same JSON type, so one of them matches at most. */
function alternateSchema({ alternatives }: Alternate, scope: Scope): JsonObject {
  if (alternatives.length === 0) return NEVER;
  return { anyOf: alternatives.map(({ type }) => typeSchema(type, scope)) };
}

/** The schema of an object of a type, or of one that has its members and perhaps others. */
function objectSchema(type: Struct | Union, scope: Scope, open: boolean): JsonObject {
  if (type.kind === "struct") return membersSchema(type.allMembers, scope, open);
  const branches = branchSchemas(type, scope);
  return {
    ...membersSchema(type.allMembers, scope, true),
    ...(branches.length > 0 && { allOf: branches }),
    ...(!open && { unevaluatedProperties: false }),
  };
}

/** For each type of a branch what decides that it is that branch, and the members that it has. */
function branchSchemas({ branches, discriminator }: Union, scope: Scope): readonly JsonObject[] {
  const byType = new Map<Struct | Union, string[]>();
  for (const { type, name } of branches) {
    if (type === undefined) continue;
    const known = byType.get(type);
    if (known === undefined) byType.set(type, [name]);
    else known.push(name);
  }
  return [...byType].map(([type, names]) => {
    const [name = ""] = names;
    const tag: JsonObject = names.length === 1 ? { const: name } : { enum: names };
    return {
      if: { properties: new Map([[discriminator.name, tag]]), required: [discriminator.name] },
      then: openReference(type, scope),
    };
  });
}

function isDeprecated(features: readonly Feature[]): boolean {
  return features.some(({ name }) => name === "deprecated");
}

function hasOpen(type: Type, scope: Scope): boolean {
  return scope.mode === "strict" && scope.parts.has(type);
}

/** The place of a schema in its document. Names have no characters that would have to be escaped. */
function pointer(name: string): string {
  return `#/$defs/${name}`;
}
