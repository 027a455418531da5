/**
 * The eight forms of the language, and the keys of each: from an object as the grammar reads it to a node of the syntax
 * tree. Keys come in any order. The law is QEMU's "How to use the QAPI code generator", section "Schema syntax".
 */
import type { Diagnostic } from "../diagnostic.js";
import type { Condition } from "../schema/condition.js";
import type {
  AlternateNode,
  CommandNode,
  DefinitionNode,
  EnumNode,
  EventNode,
  FeatureNode,
  IncludeNode,
  MembersNode,
  NameNode,
  ObjectNode,
  PragmaNode,
  StringNode,
  StructNode,
  TypeNode,
  UnionNode,
  ValueNode,
} from "./ast.js";
import {
  readCases,
  readEnumValues,
  readFeatures,
  readMembers,
  readMembersOrName,
  readType,
  readTypeName,
} from "./members.js";
import { readAnonymousUnion, readSimpleUnion } from "./old-union.js";
import { readCondition, withCondition } from "./read-condition.js";
import { article, quoteList, Reader, type Shape } from "./reader.js";
import { suggestion } from "./suggestion.js";

/** What every definition's reader gets: the form's own keys are in `values`, what all definitions have is read already. */
export interface Context {
  readonly reader: Reader;
  readonly values: ReadonlyMap<string, ValueNode>;
  readonly common: {
    readonly name: NameNode;
    readonly if?: Condition;
    readonly features: readonly FeatureNode[];
    readonly span: ObjectNode["span"];
  };
  /** For messages: `struct 'Foo'`. */
  readonly what: string;
}

interface Form extends Shape {
  /** Undefined when something essential is missing, which has been reported then. */
  read(context: Context): DefinitionNode | undefined;
}

/** The forms that define something, each by the key that makes it one. */
const FORMS = {
  enum: { required: ["data"], optional: ["prefix", "if", "features"], read: readEnum },
  struct: { required: ["data"], optional: ["base", "if", "features"], read: readStruct },
  union: { required: ["data"], optional: ["base", "discriminator", "if", "features"], read: readUnion },
  alternate: { required: ["data"], optional: ["if", "features"], read: readAlternate },
  command: {
    required: [],
    optional: [
      "data",
      "returns",
      "boxed",
      "gen",
      "success-response",
      "allow-oob",
      "allow-preconfig",
      "coroutine",
      "defaults",
      "if",
      "features",
    ],
    read: readCommand,
  },
  event: { required: [], optional: ["data", "boxed", "if", "features"], read: readEvent },
} as const satisfies Record<string, Form>;

const DIRECTIVES = ["include", "pragma"] as const;
const FORM_NAMES: readonly string[] = [...DIRECTIVES, ...Object.keys(FORMS)];

/** What 'struct' was called before 2.4. */
const OLD_STRUCT = "type";

/** Reads a top-level object; reports to `diagnostics` and returns undefined when it makes no sense. */
export function readForm(
  object: ObjectNode,
  diagnostics: Diagnostic[],
  notes: Diagnostic[],
): IncludeNode | PragmaNode | DefinitionNode | undefined {
  const keys = object.properties.map(({ key }) => key).filter(({ text }) => isFormName(text));
  // Directives are about reading files, and what is wrong with them is found while files are read.
  const hasDirective = keys.some(({ text }) => isDirective(text));
  const reader = new Reader(diagnostics, notes, hasDirective ? { code: "invalid-directive" } : undefined);
  if (keys.length === 0 && isOldStruct(object)) return readOldStruct(object, reader);
  const form = formOf(object, keys, reader);
  if (form === undefined) return undefined;
  const node = isDirective(form) ? readDirective(object, form, reader) : readDefinition(object, form, reader);
  return reader.ok ? node : undefined;
}

function isOldStruct({ properties }: ObjectNode): boolean {
  return (
    properties.some(({ key, value }) => key.text === OLD_STRUCT && value.kind === "string") &&
    properties.some(({ key }) => key.text === "data")
  );
}

// Struct, before 2.4: { 'type': NAME, 'data': Members, *'base': NAME }
function readOldStruct(object: ObjectNode, reader: Reader): DefinitionNode | undefined {
  const renamed = object.properties.map(({ key, value }) => {
    if (key.text !== OLD_STRUCT) return { key, value };
    const hint = "since 2.4 it is 'struct'";
    reader.note({
      code: "old-struct-keyword",
      message: "'type' is what 'struct' was called once",
      span: key.span,
      hint,
    });
    return { key: { ...key, text: "struct" }, value };
  });
  const node = readDefinition({ ...object, properties: renamed }, "struct", reader);
  return reader.ok ? node : undefined;
}

/** Which form it is: the one that the only one of `keys` says, those that are forms' names. */
function formOf(object: ObjectNode, keys: readonly StringNode[], reader: Reader): FormName | undefined {
  const [first, second] = keys;
  if (first !== undefined && (second === undefined || second.text === first.text)) {
    return isFormName(first.text) ? first.text : undefined;
  }
  reader.properties(object, "this entry");
  if (first !== undefined && second !== undefined) {
    return reader.report({
      code: "ambiguous-form",
      message: `this is ${article(first.text)} and ${article(second.text)} at once`,
      span: second.span,
      related: [{ span: first.span, message: "the other key" }],
      hint: "a definition has one key that says what it is; make two definitions of it",
    });
  }
  const key = object.properties[0]?.key;
  const similar = key === undefined ? undefined : suggestion(key.text, FORM_NAMES);
  const { source, start } = object.span;
  return reader.report({
    code: "unknown-form",
    message: "no key says what this defines",
    span: key?.span ?? { source, start, end: start + 1 },
    hint: similar === undefined ? missingForm(object) : `did you mean '${similar}'?`,
  });
}

function missingForm({ properties }: ObjectNode): string {
  const isProposal = properties.length > 1 && properties.every(({ key, value }) => isProposalType(key, value));
  return isProposal
    ? "each of these types has braces of its own: { 'NAME': ... }"
    : `one of ${quoteList(FORM_NAMES)} must be there`;
}

/** Whether it would define a type in the notation of the proposal of 2011 if it were alone. */
function isProposalType({ text }: StringNode, { kind }: ValueNode): boolean {
  return /^[A-Z]/.test(text) && (kind === "object" || kind === "list");
}

type FormName = keyof typeof FORMS | (typeof DIRECTIVES)[number];

function isFormName(text: string): text is FormName {
  return FORM_NAMES.includes(text);
}

function isDirective(text: string): text is (typeof DIRECTIVES)[number] {
  return text === "include" || text === "pragma";
}

// Include: { 'include': STRING }
// Pragma: { 'pragma': { ... } }
function readDirective(
  object: ObjectNode,
  form: "include" | "pragma",
  reader: Reader,
): IncludeNode | PragmaNode | undefined {
  const values = reader.shape(object, form === "include" ? "this include" : "this pragma", {
    required: [form],
    optional: [],
  });
  const value = values.get(form);
  if (value === undefined) return undefined;
  if (form === "include") {
    const path = reader.string(value, "the file to include");
    if (path?.text === "") return reader.wrong("the file to include", "a path", path);
    return path && { kind: "include", path: { text: path.text, span: path.span }, span: object.span };
  }
  if (value.kind !== "object") return reader.wrong("a pragma's value", "an object", value);
  reader.properties(value, "this pragma");
  return { kind: "pragma", settings: value.properties, span: object.span };
}

function readDefinition(object: ObjectNode, form: keyof typeof FORMS, reader: Reader): DefinitionNode | undefined {
  const value = object.properties.find(({ key }) => key.text === form)?.value;
  if (value === undefined) return undefined;
  const name = reader.name(value, article(form));
  if (name === undefined) return undefined;
  const what = `${form} '${name.text}'`;
  const { required, optional, read } = FORMS[form];
  const values = reader.shape(object, what, { required: [form, ...required], optional });
  const condition = readCondition(values.get("if"), what, reader);
  const features = readFeatures(values.get("features"), what, reader);
  const common = withCondition({ name, features, span: object.span }, condition);
  return read({ reader, values, common, what });
}

// Enum: { 'enum': NAME, 'data': [ EnumValue, ... ], *'prefix': STRING, *'if', *'features' }
function readEnum({ reader, values, common, what }: Context): EnumNode | undefined {
  const data = values.get("data");
  if (data === undefined) return undefined;
  const prefix = values.get("prefix");
  const prefixText = prefix === undefined ? undefined : reader.string(prefix, `the prefix of ${what}`)?.text;
  return {
    kind: "enum",
    ...common,
    values: readEnumValues(data, what, reader),
    ...(prefixText === undefined ? {} : { prefix: prefixText }),
  };
}

// Struct: { 'struct': NAME, 'data': Members, *'base': NAME, *'if', *'features' }
function readStruct({ reader, values, common, what }: Context): StructNode | undefined {
  const data = values.get("data");
  if (data === undefined) return undefined;
  const base = present(values.get("base"));
  const baseType = base === undefined ? undefined : readTypeName(base, `the base of ${what}`, reader);
  return {
    kind: "struct",
    ...common,
    members: readMembers(data, what, reader)?.members ?? [],
    ...(baseType === undefined ? {} : { base: baseType }),
  };
}

// Union: { 'union': NAME, 'base': Members | NAME, 'discriminator': NAME, 'data': Cases, *'if', *'features' }
// before 6.1 and 2.4, see old-union.ts: without 'discriminator', and with { }
function readUnion(context: Context): UnionNode | AlternateNode | undefined {
  const { reader, values, common, what } = context;
  const base = values.get("base");
  const discriminator = values.get("discriminator");
  const data = values.get("data");
  if (data === undefined) return undefined;
  if (discriminator === undefined && base?.kind !== "object") return readSimpleUnion(data, base, context);
  if (discriminator?.kind === "object" && discriminator.properties.length === 0) {
    return readAnonymousUnion(data, discriminator, context);
  }
  const baseNode = base === undefined ? undefined : readMembersOrName(base, `the base of ${what}`, what, reader);
  const discriminatorName =
    discriminator === undefined ? undefined : reader.name(discriminator, `the discriminator of ${what}`);
  const branches = readCases(data, "branch", what, reader);
  if (base === undefined) reader.missingKey(common.span, what, "base");
  if (discriminator === undefined) reader.missingKey(common.span, what, "discriminator");
  if (baseNode === undefined || discriminatorName === undefined) return undefined;
  return { kind: "union", ...common, base: baseNode, discriminator: discriminatorName, branches };
}

// Alternate: { 'alternate': NAME, 'data': Cases, *'if', *'features' }
function readAlternate({ reader, values, common, what }: Context): AlternateNode | undefined {
  const data = values.get("data");
  if (data === undefined) return undefined;
  return { kind: "alternate", ...common, alternatives: readCases(data, "alternative", what, reader) };
}

// Command: { 'command': NAME, *'data': Members | NAME, *'returns': Type, *'boxed', *'gen', *'success-response',
//            *'allow-oob', *'allow-preconfig', *'coroutine', *'if', *'features' }
function readCommand({ reader, values, common, what }: Context): CommandNode {
  const returns = present(values.get("returns"));
  const data = readArguments(values, what, reader);
  const result = returns === undefined ? undefined : readType(returns, `what ${what} returns`, reader);
  const flag = (key: string, otherwise: boolean): boolean => readFlag(key, otherwise, values, what, reader);
  const defaults = values.get("defaults");
  if (defaults !== undefined) {
    const hint = "remove it; document the default of an argument where it is described";
    const message = `${what} has defaults, which never had an effect`;
    reader.note({ code: "old-defaults", message, span: defaults.span, hint });
  }
  return {
    kind: "command",
    ...common,
    ...(data === undefined ? {} : { arguments: data }),
    ...(result === undefined ? {} : { returns: result }),
    boxed: flag("boxed", false),
    gen: flag("gen", true),
    successResponse: flag("success-response", true),
    allowOob: flag("allow-oob", false),
    allowPreconfig: flag("allow-preconfig", false),
    coroutine: flag("coroutine", false),
  };
}

// Event: { 'event': NAME, *'data': Members | NAME, *'boxed', *'if', *'features' }
function readEvent({ reader, values, common, what }: Context): EventNode {
  const data = readArguments(values, what, reader);
  return {
    kind: "event",
    ...common,
    ...(data === undefined ? {} : { arguments: data }),
    boxed: readFlag("boxed", false, values, what, reader),
  };
}

/** The value of a key that may be missing; QEMU's compiler takes the empty string for that. */
function present(value: ValueNode | undefined): ValueNode | undefined {
  return value?.kind === "string" && value.text === "" ? undefined : value;
}

/** A flag, which is only worth writing when it is not what it is anyway. Before 2.4 some were 'no' instead of false. */
function readFlag(
  key: string,
  otherwise: boolean,
  values: ReadonlyMap<string, ValueNode>,
  what: string,
  reader: Reader,
): boolean {
  const value = values.get(key);
  if (value === undefined) return otherwise;
  if (value.kind === "string" && value.text === "no" && otherwise) {
    const hint = "since 2.4 it is the value false, without quotes";
    reader.note({ code: "old-flag", message: `'${key}' of ${what} is a string`, span: value.span, hint });
    return false;
  }
  const flag = reader.boolean(value, `'${key}' of ${what}`)?.value ?? otherwise;
  if (value.kind === "boolean" && flag === otherwise) {
    const message = `'${key}' of ${what} is ${String(otherwise)} anyway`;
    reader.note({ code: "useless-flag", message, span: value.span, hint: `remove '${key}'` });
  }
  return flag;
}

/** The `data` of a command or an event, which may be missing. */
function readArguments(
  values: ReadonlyMap<string, ValueNode>,
  what: string,
  reader: Reader,
): TypeNode | MembersNode | undefined {
  const data = present(values.get("data"));
  return data === undefined ? undefined : readMembersOrName(data, `'data' of ${what}`, what, reader);
}
