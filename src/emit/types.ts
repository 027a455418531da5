/**
 * The types emitter: enums, structs, unions and alternates, as what their values are on the wire.
 */
import {
  Q_TYPES,
  type Alternate,
  type Branch,
  type Definition,
  type Enum,
  type Schema,
  type Struct,
  type Type,
  type Union,
} from "../schema/schema.js";
import { defineEmitter, type Emitter, type Output } from "./emitter.js";
import { NO_GLOBALS, type GeneratedFile } from "./generated-file.js";
import {
  aliasDeclaration,
  constantDeclaration,
  flatType,
  indented,
  interfaceDeclaration,
  intersectionDeclaration,
  literalKey,
  propertyKey,
  stringLiteral,
  unionDeclaration,
} from "./layout.js";
import { propertyLines, typeExpression } from "./type-expression.js";
import { comment } from "./tsdoc.js";

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
    const doc = out.doc(value);
    if (doc !== "") entries += `${indented(doc)}\n`;
    entries += `  ${literalKey(value.name)}: ${stringLiteral(value.name)},\n`;
  }
  printStatement(f, out.doc(node, "type"), constantDeclaration(identifier, entries));
  f.print`${valuesDeclaration(identifier, node.values.length)}`;
}

function valuesDeclaration(identifier: string, count: number): string {
  return aliasDeclaration(identifier, count === 0 ? "never" : `(typeof ${identifier})[keyof typeof ${identifier}]`);
}

function emitStruct(node: Struct, f: GeneratedFile, out: Output): void {
  const { identifier } = out.names.of(node, "type");
  const bases = node.base === undefined || isEmpty(node.base) ? [] : [f.type(out.exported(node.base, "type"))];
  const body = isEmpty(node) ? NO_MEMBERS : propertyLines(node.members, f, out);
  printStatement(f, out.doc(node, "type"), interfaceDeclaration(identifier, bases, body));
}

/** An interface for each branch, and the union of them. */
function emitUnion(node: Union, f: GeneratedFile, out: Output): void {
  const { identifier } = out.names.of(node, "type");
  if (node.base.kind === "anonymous") {
    const body = propertyLines(node.base.members, f, out);
    const doc = comment(`What all of {@link ${identifier}} have.`);
    printStatement(f, doc, interfaceDeclaration(out.names.of(node, "base").identifier, [], body));
  }
  const base = f.type(node.base.kind === "anonymous" ? out.exported(node, "base") : out.exported(node.base, "type"));
  for (const branch of node.branches) emitBranch(branch, base, f, out);
  const branches = node.branches.map((branch) => f.type(out.exported(branch, "type")));
  const members = branches.length === 0 ? ["never"] : branches;
  printStatement(f, out.doc(node, "type"), unionDeclaration(identifier, members));
}

function emitBranch(branch: Branch, base: string, f: GeneratedFile, out: Output): void {
  const { identifier } = out.names.of(branch, "type");
  const { type, parent, name } = branch;
  const tag = `${propertyKey(parent.discriminator.name)}: ${stringLiteral(name)}`;
  const bases = [base];
  if (type !== undefined && !isEmpty(type)) bases.push(f.type(out.exported(type, "type")));
  printStatement(
    f,
    out.doc(branch, "type"),
    type?.kind === "union"
      ? intersectionDeclaration(identifier, bases, [tag])
      : interfaceDeclaration(identifier, bases, `  ${tag};\n`),
  );
}

function emitAlternate(node: Alternate, f: GeneratedFile, out: Output): void {
  const members = new Set<string>();
  for (const { type } of node.alternatives) {
    const layout = typeExpression(type, f, out);
    if (layout.kind === "union" && layout.suffix === "") for (const member of layout.members) members.add(member);
    else members.add(flatType(layout));
  }
  if (members.size === 0) members.add("never");
  printStatement(f, out.doc(node, "type"), unionDeclaration(out.names.of(node, "type").identifier, [...members]));
}

function emitQType(out: Output): void {
  const { identifier, path } = out.common("QType");
  const f = out.file(path, { globals: NO_GLOBALS });
  const entries = Q_TYPES.map((name) => `  ${name}: "${name}",\n`).join("");
  printStatement(f, comment("The types of JSON values, as QEMU names them."), constantDeclaration(identifier, entries));
  f.print`${valuesDeclaration(identifier, Q_TYPES.length)}`;
}

/** A statement with its documentation, a blank line before it. */
function printStatement(f: GeneratedFile, doc: string, statement: string): void {
  f.print`${f.isEmpty ? "" : "\n"}${doc === "" ? "" : `${doc}\n`}${statement}`;
}

/** An object type without members: without this, TypeScript would take a number for one. */
const NO_MEMBERS = "  [name: string]: never;\n";

/** Whether a type says nothing that an interface could extend. */
function isEmpty(type: Struct | Union): boolean {
  return type.kind === "struct" && type.allMembers.length === 0;
}

function usesQType(schema: Schema): boolean {
  const isQType = (type: Type | undefined): boolean =>
    type?.kind === "list" ? isQType(type.element) : type?.kind === "builtin" && type.name === "QType";
  const hasQType = (members: Struct["members"] | undefined): boolean =>
    members?.some((member) => isQType(member.type)) ?? false;
  return (
    schema.structs.some((struct) => hasQType(struct.members)) ||
    schema.unions.some((union) => hasQType(union.allMembers)) ||
    schema.events.some((event) => hasQType(event.arguments?.allMembers)) ||
    schema.commands.some((command) => hasQType(command.arguments?.allMembers) || isQType(command.returns)) ||
    schema.alternates.some((alternate) => alternate.alternatives.some(({ type }) => isQType(type)))
  );
}
