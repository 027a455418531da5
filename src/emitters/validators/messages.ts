/**
 * The validators of what goes over the wire as a whole: events, and the arguments and results of commands. Arguments are
 * sent, so they are checked strictly; events and results are received, so a newer QEMU may say more than the schema.
 */
import type { Command, Event, ObjectType } from "../../schema/schema.js";
import {
  type Exported,
  functionHeader,
  hasNoMembers,
  stringLiteral,
  typeExpression,
  typeText,
} from "../../emit/index.js";
import { callOf, constant, returned, support, supportType, typeCheck, type Scope } from "./check.js";
import { madeConstant, membersDescription, typeDescription, type Description } from "./description.js";
import { SUPPORT } from "./support/support-file.js";
import { membersChecks, returnedAll } from "./types.js";

/** `isXEvent` and `validateXEvent`: the whole event as it is on the wire. */
export function eventValidators(event: Event, scope: Scope): readonly [is: string, validate: string] {
  const { f, out } = scope;
  const is = f.value(out.names.of(event, "is"));
  const type = f.type(out.names.of(event, "event"));
  const header = functionHeader(is, ["value: unknown"], `value is ${type}`);
  const [maker, args, description] = eventParts(event, scope);
  return [
    `${header}\n${eventCheckBody(event, scope)}\n}`,
    madeConstant(
      f.value(out.names.of(event, "validate")),
      { name: f.type(out.common("Validator")), argument: type },
      support(maker, scope, "validator"),
      [is, stringLiteral(event.name), ...args],
      description,
    ),
  ];
}

function eventCheckBody({ arguments: data, name }: Event, scope: Scope): string {
  const args = ["value", stringLiteral(name)];
  if (data === undefined || hasNoMembers(data)) return guarded(returned(callOf(support("isEvent", scope), args), 2));
  const lookup = constant("data", callOf(support("dataOf", scope), args), 2);
  const check =
    data.kind === "anonymous"
      ? returnedAll(membersChecks(data.members, "data", scope), 2)
      : returned(typeCheck(data, "data", scope), 2);
  return guarded(`${lookup}\n${check}`);
}

/** A body that says no where reading a value throws: there may be getters, or it is nested deeper than the stack is. */
function guarded(body: string): string {
  return `  try {\n${body}\n  } catch {\n    return false;\n  }`;
}

/** The function that makes the validator of an event, and what else it takes: a description of the data. */
function eventParts(
  { arguments: data }: Event,
  scope: Scope,
): readonly [maker: string, args: readonly string[], description?: Description] {
  if (data === undefined || hasNoMembers(data)) return ["eventValidator", []];
  if (data.kind !== "anonymous") return ["typedEventValidator", [typeDescription(data, scope)]];
  return ["eventValidator", [], membersDescription(data.members, scope)];
}

/** What a file exports under another name than its own: many commands share what they take or return. */
export interface Alias {
  readonly target: Exported;
  readonly identifier: string;
}

/**
 * Adds the validators of a command's arguments and of what it returns to the files, or where they exist already, names for
 * them to `aliases`: `isXArguments`, `validateXArguments`, `isXReturns` and `validateXReturns`; without the last two when no
 * reply comes.
 *
 * @param shapes - The file of descriptions.
 */
export function addCommandValidators(command: Command, scope: Scope, shapes: Scope, aliases: Alias[]): void {
  addArgumentsValidators(command, scope, shapes, aliases);
  addReturnsValidators(command, scope, aliases);
}

function addArgumentsValidators(command: Command, scope: Scope, shapes: Scope, aliases: Alias[]): void {
  const { out, f, internals } = scope;
  const { arguments: type, gen } = command;
  const is = out.names.of(command, "isArguments");
  const validate = out.names.of(command, "validateArguments").identifier;
  if (type === undefined || hasNoMembers(type)) {
    aliases.push({ target: NO_ARGUMENTS.is, identifier: is.identifier });
    aliases.push({ target: NO_ARGUMENTS.validate, identifier: validate });
    return;
  }
  if (type.kind !== "anonymous" && gen) {
    aliases.push({ target: out.names.of(type, "is"), identifier: is.identifier });
    aliases.push({ target: out.names.of(type, "validate"), identifier: validate });
    return;
  }
  const argument = f.type(out.names.of(command, "arguments"));
  const shape = f.value(internals.shape(command));
  const check = { name: f.type(out.common("Check")), argument };
  f.statement(madeConstant(is.identifier, check, support("check", scope, "validator"), [shape]));
  const validator = { name: f.type(out.common("Validator")), argument };
  f.statement(madeConstant(validate, validator, support("validator", scope, "validator"), [is.identifier, shape]));
  emitArgumentsShape(command, type, shapes);
}

/** The description of arguments that are written in place, or that others can be added to. */
function emitArgumentsShape(command: Command, type: ObjectType, scope: Scope): void {
  const { f, internals } = scope;
  const name = f.value(internals.shape(command));
  const shapeType = supportType("Shape", scope, "shape");
  if (type.kind !== "anonymous") {
    f.statement(madeConstant(name, shapeType, support("open", scope, "builtins"), [], typeDescription(type, scope)));
    return;
  }
  const check = f.value(internals.check(command));
  const body = returnedAll(membersChecks(type.members, "value", scope));
  f.statement(`${functionHeader(check, ["value: unknown"], "boolean")}\n${body}\n}`);
  const maker = command.gen ? support("struct", scope, "shape") : support("openStruct", scope, "builtins");
  f.statement(madeConstant(name, shapeType, maker, [check], membersDescription(type.members, scope)));
}

function addReturnsValidators(command: Command, scope: Scope, aliases: Alias[]): void {
  const { f, out } = scope;
  const { returns: type, successResponse } = command;
  if (!successResponse) return;
  const is = out.names.of(command, "isReturns").identifier;
  const validate = out.names.of(command, "validateReturns").identifier;
  if (type === undefined) {
    aliases.push({ target: NO_RETURNS.is, identifier: is }, { target: NO_RETURNS.validate, identifier: validate });
    return;
  }
  const header = functionHeader(is, ["value: unknown"], `value is ${typeText(type, f, out)}`);
  const isSimple = type.kind === "builtin" || type.kind === "enum";
  const check = returned(typeCheck(type, "value", scope), isSimple ? 1 : 2);
  f.statement(`${header}\n${isSimple ? check : guarded(check)}\n}`);
  const validator = { name: f.type(out.common("Validator")), argument: typeExpression(type, f, out) };
  const maker = support(type.kind === "list" ? "receivedListValidator" : "receivedValidator", scope, "validator");
  const shape = typeDescription(type.kind === "list" ? type.element : type, scope);
  f.statement(madeConstant(validate, validator, maker, type.kind === "list" ? [shape] : [is, shape]));
}

/** The validators of commands that take nothing, or return an empty object. */
const NO_ARGUMENTS = {
  is: { identifier: "isNoArguments", path: SUPPORT.empty },
  validate: { identifier: "validateNoArguments", path: SUPPORT.empty },
};
const NO_RETURNS = {
  is: { identifier: "isNoReturns", path: SUPPORT.empty },
  validate: { identifier: "validateNoReturns", path: SUPPORT.empty },
};
