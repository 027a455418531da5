/**
 * The validators emitter: for each type, event and command, functions that tell whether a value is right and what is wrong
 * with it. Strict for what is sent, tolerant for what is received.
 */
import type { Definition, Event, Module, Schema } from "../../schema/schema.js";
import {
  comment,
  defineEmitter,
  type Emitter,
  exportDeclaration,
  type GeneratedFile,
  LINE_WIDTH,
  LONG_NAME,
  type Name,
  type Output,
} from "../../emit/index.js";
import { types } from "../types.js";
import { analyze, type Analysis, type DefinedType } from "./analysis.js";
import { Lists, SUPPORT, support, supportSpecifiers, type Scope } from "./check.js";
import { addCommandValidators, eventValidators, type Alias } from "./messages.js";
import { CHECKS } from "./support-checks.js";
import { FAILURE } from "./support-failure.js";
import { SHAPE } from "./support-shape.js";
import { EMPTY, VALIDATION, VALIDATOR } from "./support.js";
import { typeValidators } from "./types.js";

/**
 * Emits `validators/`: for types always, for events and commands where `events/` and `commands/` are emitted too, since the
 * types that their validators tell are declared there.
 */
export const validators: Emitter = defineEmitter({
  name: "validators",
  requires: [types],
  emit(schema, out) {
    const analysis = analyze(schema);
    const options = { hasLongNames: hasLongNames(schema) };
    for (const module of schema.modules)
      emitModule(module, out.file(out.path("validators", module), options), analysis, out);
    out.file(out.common("Result").path).print`${VALIDATION}`;
    out.file(SUPPORT.checks).print`${CHECKS}`;
    out.file(SUPPORT.shape).print`${SHAPE}`;
    out.file(SUPPORT.failure).print`${FAILURE}`;
    out.file(SUPPORT.validator).print`${VALIDATOR}`;
    if (out.emitters.has("commands")) out.file(SUPPORT.empty).print`${EMPTY}`;
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

function emitModule(module: Module, f: GeneratedFile, analysis: Analysis, out: Output): void {
  const lists = new Lists((identifier) => out.names.has(identifier));
  const scope: Scope = { f, out, analysis, lists, specifiers: supportSpecifiers(f) };
  const aliases: Alias[] = [];
  for (const definition of module.definitions) emitDefinition(definition, scope, aliases);
  for (const list of lists.functions) f.statement(listFunction(list, scope));
  exportAliases(aliases, f);
}

function emitDefinition(definition: Definition, scope: Scope, aliases: Alias[]): void {
  switch (definition.kind) {
    case "event":
      if (scope.out.emitters.has("events")) printPair(eventValidators(definition, scope), definition, scope);
      return;
    case "command":
      if (scope.out.emitters.has("commands")) addCommandValidators(definition, scope, aliases);
      return;
    default:
      printPair(typeValidators(definition, scope), definition, scope);
  }
}

/** Both validators of a type or an event, with a comment where they do not have the names that people would expect. */
function printPair([is, validate]: readonly [string, string], node: DefinedType | Event, { f, out }: Scope): void {
  f.statement(renamed(out.names.of(node, "is")) + is);
  f.statement(renamed(out.names.of(node, "validate")) + validate);
}

function renamed({ identifier, insteadOf }: Name): string {
  if (insteadOf === undefined) return "";
  return `${comment(`Named \`${identifier}\` since \`${insteadOf}\` is taken or reserved.`)}\n`;
}

/** `function isStringList(value: unknown): boolean { ... }` */
function listFunction({ element, name, hasMode }: Lists["functions"][number], scope: Scope): string {
  const parameters = ["value: unknown"];
  if (hasMode) parameters.push(`mode?: ${scope.f.type(scope.out.common("ValidationMode"))}`);
  const flat = `function ${name}(${parameters.join(", ")}): boolean {`;
  const broken = `function ${name}(\n${parameters.map((parameter) => `  ${parameter},\n`).join("")}): boolean {`;
  const test = `    if (!${element}(value[i]${hasMode ? ", mode" : ""}))`;
  const separator = test.length + " return false;".length <= LINE_WIDTH ? " " : "\n      ";
  return `${flat.length <= LINE_WIDTH ? flat : broken}
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
