/**
 * The types emitter: enums, structs, unions and alternates, as what their values are on the wire.
 */
import {
  Q_TYPES,
  type Alternate,
  type Alternative,
  type Branch,
  type Definition,
  type Enum,
  type Member,
  type Schema,
  type Struct,
  type Type,
  type Union,
} from "../schema/schema.js";
import {
  aliasDeclaration,
  comment,
  constantDeclaration,
  defineEmitter,
  type Emitter,
  flatType,
  type GeneratedFile,
  hasNoMembers,
  interfaceDeclaration,
  intersectionDeclaration,
  LINE_WIDTH,
  linkTo,
  literalKey,
  NO_GLOBALS,
  type Output,
  propertyKey,
  propertyLines,
  stringLiteral,
  typeExpression,
  unionDeclaration,
} from "../emit/index.js";

/** Emits `types/`. */
export const types: Emitter = defineEmitter({
  name: "types",
  emit(schema, out) {
    for (const module of schema.modules) {
      const f = out.file(out.path("types", module), { globals: NO_GLOBALS });
      for (const definition of module.definitions) emitDefinition(definition, f, out);
    }
    if (usesQType(schema)) emitQType(out);
    out.index("types");
  },
});

/** The declarations of one definition; nothing for commands and events. */
function emitDefinition(definition: Definition, f: GeneratedFile, out: Output): void {
  switch (definition.kind) {
    case "enum":
      return emitEnum(definition, f, out);
    case "struct":
      return emitStruct(definition, f, out);
    case "union":
      return emitUnion(definition, f, out);
    case "alternate":
      return emitAlternate(definition, f, out);
    case "command":
    case "event":
      return;
  }
}

/** A constant with the values, and the union of them under the same name. */
function emitEnum(node: Enum, f: GeneratedFile, out: Output): void {
  const { identifier } = out.names.of(node, "type");
  let entries = "";
  for (const value of node.values) {
    const entry = `  ${literalKey(value.name)}: ${stringLiteral(value.name)},\n`;
    entries += out.doc(value, 1) + (entry.length - 1 <= LINE_WIDTH ? entry : entry.replace(": ", ":\n    "));
  }
  const constant = constantDeclaration(identifier, entries);
  f.statement(`${out.doc(node, 0, "type")}${constant}\n${valuesDeclaration(identifier, node.values.length)}`);
}

function valuesDeclaration(identifier: string, count: number): string {
  return aliasDeclaration(identifier, count === 0 ? "never" : `(typeof ${identifier})[keyof typeof ${identifier}]`);
}

function emitStruct(node: Struct, f: GeneratedFile, out: Output): void {
  const { identifier } = out.names.of(node, "type");
  const bases = node.base === undefined || hasNoMembers(node.base) ? [] : [f.type(out.names.of(node.base, "type"))];
  const body = hasNoMembers(node) ? NO_MEMBERS : propertyLines(node.members, f, out);
  f.statement(out.doc(node, 0, "type") + interfaceDeclaration(identifier, bases, body));
}

/** An interface for each branch, and the union of them. */
function emitUnion(node: Union, f: GeneratedFile, out: Output): void {
  const { identifier } = out.names.of(node, "type");
  if (node.base.kind === "anonymous") {
    const body = propertyLines(node.base.members, f, out);
    const doc = out.options.docs === "none" ? "" : `${comment(`What all of ${linkTo(identifier)} have.`)}\n`;
    f.statement(`${doc}${interfaceDeclaration(out.names.of(node, "base").identifier, [], body)}`);
  }
  const base = f.type(node.base.kind === "anonymous" ? out.names.of(node, "base") : out.names.of(node.base, "type"));
  const members: string[] = [];
  for (const branch of node.branches) {
    emitBranch(branch, base, f, out);
    members.push(out.names.of(branch, "type").identifier);
  }
  if (members.length === 0) members.push("never");
  f.statement(out.doc(node, 0, "type") + unionDeclaration(identifier, members));
}

function emitBranch(branch: Branch, base: string, f: GeneratedFile, out: Output): void {
  const { identifier } = out.names.of(branch, "type");
  const { type, parent, name } = branch;
  const tag = `${propertyKey(parent.discriminator.name)}: ${stringLiteral(name)}`;
  const bases = [base];
  if (type !== undefined && !hasNoMembers(type)) bases.push(f.type(out.names.of(type, "type")));
  const declaration =
    type?.kind === "union"
      ? intersectionDeclaration(identifier, bases, [tag])
      : interfaceDeclaration(identifier, bases, `  ${tag};\n`);
  f.statement(out.doc(branch, 0, "type") + declaration);
}

function emitAlternate(node: Alternate, f: GeneratedFile, out: Output): void {
  const members = new Set<string>();
  for (const { type } of node.alternatives) {
    const layout = typeExpression(type, f, out);
    if (typeof layout === "string" || layout.suffix !== "") members.add(flatType(layout));
    else for (const member of layout.members) members.add(member);
  }
  if (members.size === 0) members.add("never");
  const declaration = unionDeclaration(out.names.of(node, "type").identifier, [...members]);
  f.statement(out.doc(node, 0, "type") + declaration);
}

function emitQType(out: Output): void {
  const { identifier, path } = out.common("QType");
  const f = out.file(path, { globals: NO_GLOBALS });
  const entries = Q_TYPES.map((name) => `  ${name}: "${name}",\n`).join("");
  f.statement(comment("The types of JSON values, as QEMU names them."));
  f.print`${constantDeclaration(identifier, entries)}\n${valuesDeclaration(identifier, Q_TYPES.length)}`;
}

/** An object type without members: without this, TypeScript would take a number for one. */
const NO_MEMBERS = "  [name: string]: never;\n";

/** Whether values can be of the built-in enumeration, so that the output has to declare it. */
export function usesQType({ structs, unions, alternates, commands, events }: Schema): boolean {
  for (const { members } of structs) if (haveQType(members)) return true;
  for (const { base } of unions) if (base.kind === "anonymous" && haveQType(base.members)) return true;
  for (const { alternatives } of alternates) if (haveQType(alternatives)) return true;
  for (const { arguments: data } of events) if (data?.kind === "anonymous" && haveQType(data.members)) return true;
  for (const { arguments: data, returns } of commands) {
    if (data?.kind === "anonymous" && haveQType(data.members)) return true;
    if (returns !== undefined && isQType(returns)) return true;
  }
  return false;
}

function haveQType(parts: readonly (Member | Alternative)[]): boolean {
  for (const { type } of parts) if (isQType(type)) return true;
  return false;
}

function isQType(type: Type): boolean {
  return type.kind === "list" ? isQType(type.element) : type.kind === "builtin" && type.name === "QType";
}
