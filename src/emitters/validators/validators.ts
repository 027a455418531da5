/**
 * The validators emitter: for each type, event and command, functions that tell whether a value is right and what is wrong
 * with it. Strict for what is sent, tolerant for what is received.
 */
import type { Definition, Enum, Event, Module, Schema } from "../../schema/schema.js";
import {
  comment,
  defineEmitter,
  type Emitter,
  exportDeclaration,
  flatText,
  functionHeader,
  type GeneratedFile,
  LINE_WIDTH,
  LONG_NAME,
  type Name,
  type Output,
} from "../../emit/index.js";
import { types, usesQType } from "../types.js";
import { support, typeCheck, type Scope } from "./check.js";
import { FOLDER, Internals, type DefinedType, type ListCheck } from "./internals.js";
import { addCommandValidators, eventValidators, type Alias } from "./messages.js";
import { BUILTINS } from "./support/builtins.js";
import { CHECKS } from "./support/checks.js";
import { EMPTY } from "./support/empty.js";
import { REPORT } from "./support/report.js";
import { SHAPE } from "./support/shape.js";
import { STRICT } from "./support/strict.js";
import { SUPPORT, emitSupportFile } from "./support/support-file.js";
import { VALIDATION } from "./support/validation.js";
import { VALIDATOR } from "./support/validator.js";
import { quickCheck, typeCheckConstant, typeShape, typeValidator } from "./types.js";

/**
 * Emits `validators/`: for types always, for events and commands where `events/` and `commands/` are emitted too, since the
 * types that their validators tell are declared there.
 */
export const validators: Emitter = defineEmitter({
  name: "validators",
  requires: [types],
  emit(schema, out) {
    const options = { hasLongNames: hasLongNames(schema) };
    const internals = new Internals(out, schema.modules[0]);
    const scopeOf = (folder: string, module: Module): Scope => {
      const f = out.file(out.path(folder, module), options);
      return { f, out, internals };
    };
    const shapes = new Map<string, Scope>();
    for (const module of schema.modules) {
      const scope = scopeOf(FOLDER, module);
      shapes.set(scope.f.path, scope);
      emitModule(module, scopeOf("validators", module), scope);
    }
    for (const list of internals.listChecks) {
      const scope = shapes.get(list.name.path);
      scope?.f.statement(listCheckFunction(list, scope));
    }
    for (const file of [VALIDATION, CHECKS, SHAPE, BUILTINS, REPORT, STRICT, VALIDATOR]) emitSupportFile(file, out);
    if (out.emitters.has("commands")) emitSupportFile(EMPTY, out);
    if (usesQType(schema)) emitKnownQType(out);
    out.index("validators");
  },
});

/** Whether anything has a long name, or may get one here. */
function hasLongNames({ definitions, structs, unions, enums, commands, events }: Schema): boolean {
  const isLong = ({ name }: { readonly name: string }): boolean => name.length >= LONG_NAME;
  return (
    // What is made of the name of a definition has a prefix and a suffix besides.
    definitions.some(({ name }) => name.length >= LONG_NAME - "validateArguments".length) ||
    structs.some(({ members }) => members.some(isLong)) ||
    unions.some(({ allMembers, branches }) => allMembers.some(isLong) || branches.some(isLong)) ||
    enums.some(({ values }) => values.some(isLong)) ||
    [...commands, ...events].some(({ arguments: type }) => type?.allMembers.some(isLong) ?? false)
  );
}

/** The validators of a module, and the descriptions that they use. */
function emitModule(module: Module, scope: Scope, shapes: Scope): void {
  const aliases: Alias[] = [];
  for (const definition of module.definitions) emitDefinition(definition, scope, shapes, aliases);
  exportAliases(aliases, scope.f);
}

function emitDefinition(definition: Definition, scope: Scope, shapes: Scope, aliases: Alias[]): void {
  switch (definition.kind) {
    case "event":
      if (scope.out.emitters.has("events")) printPair(eventValidators(definition, scope), definition, scope);
      return;
    case "command":
      if (scope.out.emitters.has("commands")) addCommandValidators(definition, scope, shapes, aliases);
      return;
    default:
      emitType(definition, scope, shapes);
  }
}

function emitType(type: DefinedType, scope: Scope, shapes: Scope): void {
  printPair([typeCheckConstant(type, scope), typeValidator(type, scope)], type, scope);
  if (type.kind === "enum") scope.f.statement(knownTest(type, scope));
  if (type.kind !== "enum") shapes.f.statement(quickCheck(type, shapes));
  shapes.f.statement(typeShape(type, shapes));
}

/** Both validators of a type or an event, with a comment where they do not have the names that people would expect. */
function printPair([is, validate]: readonly [string, string], node: DefinedType | Event, { f, out }: Scope): void {
  f.statement(renamed(out.names.of(node, "is"), out) + is);
  f.statement(renamed(out.names.of(node, "validate"), out) + validate);
}

function renamed({ identifier, insteadOf }: Name, out: Output): string {
  if (insteadOf === undefined || out.options.docs === "none") return "";
  return `${comment(`Named \`${identifier}\` since \`${insteadOf}\` is taken or reserved.`)}\n`;
}

/** `export const knownRxState: KnownTest<RxState> = isRxState;` */
function knownTest(type: Enum, { f, out }: Scope): string {
  const known = out.names.of(type, "known");
  const left = `export const ${known.identifier}: ${f.type(out.common("KnownTest"))}<${f.type(out.names.of(type, "type"))}> =`;
  const right = `${f.value(out.names.of(type, "is"))};`;
  const separator = left.length + 1 + right.length <= LINE_WIDTH ? " " : "\n  ";
  return renamed(known, out) + left + separator + right;
}

function emitKnownQType(out: Output): void {
  const { identifier, path } = out.common("knownQType");
  const f = out.file(path);
  const type = f.type(out.common("QType"));
  const shape = f.value({ identifier: "qType", path: SUPPORT.builtins });
  f.print`export function ${identifier}(value: string): value is ${type} {
  return ${shape}.values().has(value);
}`;
}

/** `export function fitsNetdevList(value: unknown): boolean { ... }` */
function listCheckFunction({ name, element }: ListCheck, scope: Scope): string {
  const test = `    if (!${flatText(typeCheck(element, "value[i]", scope))})`;
  const separator = test.length + " return false;".length <= LINE_WIDTH ? " " : "\n      ";
  return `${functionHeader(name.identifier, ["value: unknown"], "boolean")}
  if (!${support("isArray", scope)}(value)) return false;
  for (let i = 0; i < value.length; i++) {
${test}${separator}return false;
  }
  return true;
}`;
}

/** `export { isNetdev as isNetdevAddArguments } from "./net.js";`, one for each file that things come from. */
function exportAliases(aliases: readonly Alias[], f: GeneratedFile): void {
  const byPath = new Map<string, string[]>();
  for (const { target, identifier } of aliases) {
    const specifier = `${target.identifier} as ${identifier}`;
    const known = byPath.get(target.path);
    if (known === undefined) byPath.set(target.path, [specifier]);
    else known.push(specifier);
  }
  for (const [path, specifiers] of byPath) {
    f.statement(exportDeclaration(specifiers, path === f.path ? undefined : f.specifier(path)));
  }
}
