/** From JSON to an {@link Answer}: looks at the shape of everything, since anybody may have written it. */
import { parseCCondition } from "../../syntax/c-condition.js";
import { NAME } from "../../syntax/reader.js";
import type { Condition } from "../condition.js";
import { readConditionJson } from "../condition-json.js";
import type { JsonValue } from "../json-text.js";
import { type BuiltinName, Q_TYPES } from "../schema.js";
import type {
  AlternativePart,
  Answer,
  Entry,
  FeaturedPart,
  MemberPart,
  NamedPart,
  Part,
  TypeEntry,
  VariantPart,
} from "./answer.js";

/** The built-in types by their JSON types, which is all that an answer says of them. */
const BUILTINS: ReadonlyMap<string, BuiltinName> = new Map([
  ["string", "str"],
  ["number", "number"],
  ["int", "int"],
  ["boolean", "bool"],
  ["null", "null"],
  ["value", "any"],
]);

/**
 * Reads a list of `SchemaInfo`, with conditions around its parts or without.
 *
 * @throws JsonError at the first thing that is not as it should be.
 */
export function readAnswer(list: JsonValue): Answer {
  const values = list.list();
  const entries = values.map((value, index) => readEntry(value, index));
  const types = new Map<string, TypeEntry>();
  for (const entry of entries) {
    if (entry.kind === "command" || entry.kind === "event") continue;
    if (types.has(entry.name)) values[entry.index]?.fail(`describes the type '${entry.name}' a second time`);
    types.set(entry.name, entry);
  }
  for (const entry of entries) {
    for (const name of typesOf(entry)) {
      const type = types.get(name);
      const value = values[entry.index];
      if (type === undefined) value?.fail(`refers to the type '${name}', which the answer does not have`);
      if (type?.kind === "array" && entry.kind === "array") value?.fail("is an array of arrays", NEWER);
    }
  }
  return { entries, types };
}

const NEWER = "if it is the answer of a QEMU that is newer than this qapi-codegen, update qapi-codegen";

/** The names of the types that an entry refers to. */
function typesOf(entry: Entry): readonly string[] {
  switch (entry.kind) {
    case "builtin":
    case "enum":
      return [];
    case "array":
      return [entry.element];
    case "object":
      return [...entry.members, ...entry.variants].map(({ type }) => type);
    case "alternate":
      return entry.alternatives.map(({ type }) => type);
    case "command":
      return [entry.argument, entry.result];
    case "event":
      return [entry.argument];
  }
}

/** An object of the answer, its condition taken off. */
interface Opened extends Part {
  readonly value: JsonValue;
  readonly properties: ReadonlyMap<string, JsonValue>;
}

function readEntry(wrapped: JsonValue, index: number): Entry {
  const opened = open(wrapped);
  const { value, properties } = opened;
  const metaType = required(opened, "meta-type");
  const kind = metaType.string();
  const nameValue = required(opened, "name");
  const name = nameValue.string();
  // Arrays are called by their elements, `[str]`, and never defined.
  if (kind !== "array" && !NAME.test(name)) nameValue.wrong("a name of the schema language");
  const base = { index, name, features: readFeatures(properties), ...conditional(opened) };
  switch (kind) {
    case "builtin": {
      const jsonType = required(opened, "json-type");
      const builtin = BUILTINS.get(jsonType.string());
      return builtin === undefined ? jsonType.wrong("a JSON type of a built-in type") : { kind, ...base, builtin };
    }
    case "array":
      return { kind, ...base, element: required(opened, "element-type").string() };
    case "enum": {
      const values = (properties.get("members") ?? required(opened, "values")).list().map(readValue);
      // The only built-in type that is an enumeration.
      const isQType = values.length === Q_TYPES.length && values.every((item, at) => item.name === Q_TYPES[at]);
      return isQType ? { ...base, kind: "builtin", builtin: "QType" } : { kind, ...base, values };
    }
    case "object": {
      const members = required(opened, "members").list().map(readMember);
      const tag = properties.get("tag")?.string();
      const variants = properties.get("variants")?.list().map(readVariant) ?? [];
      if (tag === undefined && variants.length > 0) value.fail("has variants, but no tag to tell them apart");
      return { kind, ...base, members, ...(tag !== undefined && { tag }), variants };
    }
    case "alternate":
      return { kind, ...base, alternatives: required(opened, "members").list().map(readAlternative) };
    case "command": {
      const allowOob = properties.get("allow-oob")?.boolean() ?? false;
      return { kind, ...base, argument: typeName(opened, "arg-type"), result: typeName(opened, "ret-type"), allowOob };
    }
    case "event":
      return { kind, ...base, argument: typeName(opened, "arg-type") };
    default:
      return metaType.fail(`is '${kind}', which no QEMU knew when this was written`, NEWER);
  }
}

/** A value of an enum: since 6.2 with features, before only its name. */
function readValue(wrapped: JsonValue): FeaturedPart {
  const { value, ...condition } = unwrap(wrapped);
  if (typeof value.raw === "string") return { name: checkedName(value), features: [], ...conditional(condition) };
  const properties = value.properties();
  const name = checkedName(required({ value, properties }, "name"));
  return { name, features: readFeatures(properties), ...conditional(condition) };
}

function readMember(wrapped: JsonValue): MemberPart {
  const opened = open(wrapped);
  const { properties } = opened;
  return {
    name: checkedName(required(opened, "name")),
    type: typeName(opened, "type"),
    optional: properties.has("default"),
    features: readFeatures(properties),
    ...conditional(opened),
  };
}

function readVariant(wrapped: JsonValue): VariantPart {
  const opened = open(wrapped);
  return { name: checkedName(required(opened, "case")), type: typeName(opened, "type"), ...conditional(opened) };
}

function readAlternative(wrapped: JsonValue): AlternativePart {
  const opened = open(wrapped);
  return { type: typeName(opened, "type"), ...conditional(opened) };
}

function readFeatures(properties: ReadonlyMap<string, JsonValue>): readonly NamedPart[] {
  const features = properties.get("features")?.list() ?? [];
  return features.map((wrapped) => {
    const { value, ...condition } = unwrap(wrapped);
    return { name: checkedName(value), ...conditional(condition) };
  });
}

function typeName(opened: Opened, key: string): string {
  return required(opened, key).string();
}

function checkedName(value: JsonValue): string {
  const name = value.string();
  return NAME.test(name) ? name : value.wrong("a name of the schema language");
}

function required({ value, properties }: Pick<Opened, "value" | "properties">, key: string): JsonValue {
  return properties.get(key) ?? value.fail(`has no '${key}'`);
}

function open(wrapped: JsonValue): Opened {
  const { value, ...condition } = unwrap(wrapped);
  return { value, properties: value.properties(), ...conditional(condition) };
}

function conditional({ if: condition }: Part): Part {
  return condition === undefined ? {} : { if: condition };
}

/** Takes the condition off a value: `{ "$if": CONDITION, "$value": VALUE }`. */
function unwrap(value: JsonValue): Part & { readonly value: JsonValue } {
  const { raw } = value;
  if (typeof raw !== "object" || raw === null || !Object.hasOwn(raw, "$if")) return { value };
  const properties = value.properties();
  const inner = required({ value, properties }, "$value");
  return { value: inner, if: readCondition(required({ value, properties }, "$if")) };
}

/** A condition of today, or of QEMU before 6.2, which had texts of C. */
function readCondition(value: JsonValue): Condition {
  if (typeof value.raw === "string") return parseTexts([value.raw]);
  return value.isList() ? parseTexts(value.list().map((text) => text.string())) : readConditionJson(value);
}

/** Names of build options or, of old releases, text of C; all must hold. */
function parseTexts(texts: readonly string[]): Condition {
  const operands = texts.map((text): Condition =>
    /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) ? { kind: "defined", name: text } : parseCCondition(text),
  );
  const [first] = operands;
  return first !== undefined && operands.length === 1 ? first : { kind: "all", operands };
}
