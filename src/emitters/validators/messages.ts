/**
 * The validators of what goes over the wire as a whole: events, and the arguments and results of commands. Arguments are
 * sent, so they are checked strictly; events and results are received, so a newer QEMU may say more than the schema.
 */
import type { Command, Event, ObjectType, Type } from "../../schema/schema.js";
import {
  type Exported,
  functionHeader,
  logicalAnd,
  returnStatement,
  stringLiteral,
  typeExpression,
  typeText,
} from "../../emit/index.js";
import {
  SUPPORT,
  callOf,
  constant,
  returned,
  returnedChoice,
  support,
  supportType,
  typeCheck,
  type Scope,
} from "./check.js";
import { membersDescription, typeDescription, validatorDeclaration, type Description } from "./description.js";
import { membersChecks } from "./types.js";

/** `isXEvent` and `validateXEvent`: the whole event as it is on the wire. */
export function eventValidators(event: Event, scope: Scope): readonly [is: string, validate: string] {
  const { f, out } = scope;
  const is = f.value(out.names.of(event, "is"));
  const type = f.type(out.names.of(event, "event"));
  const name = stringLiteral(event.name);
  const header = functionHeader(is, ["value: unknown"], `value is ${type}`);
  const { arguments: data } = event;
  let body: string;
  let maker = "eventValidator";
  let description: Description | undefined;
  if (data === undefined || hasNoMembers(data)) {
    body = returned(callOf(support("isEvent", scope), ["value", name]));
  } else {
    body = `${constant("data", callOf(support("dataOf", scope), ["value", name]))}\n`;
    if (data.kind === "anonymous") {
      body += returnStatement(logicalAnd(membersChecks(data.members, "data", '"tolerant"', scope)));
      description = membersDescription(data.members, scope);
    } else {
      body += returned(typeCheck(data, "data", '"tolerant"', scope));
      maker = "typedEventValidator";
      description = typeDescription(data, scope);
    }
  }
  return [
    `${header}\n${body}\n}`,
    validatorDeclaration(
      f.value(out.names.of(event, "validate")),
      `${supportType("FixedValidator", scope)}<${type}>`,
      support(maker, scope, "validator"),
      [is, name],
      description,
    ),
  ];
}

/** What a file exports under another name than its own: many commands share what they take or return. */
export interface Alias {
  readonly target: Exported;
  readonly identifier: string;
}

/**
 * Adds the validators of a command's arguments and of what it returns to the file, or where they exist already, names for
 * them to `aliases`: `isXArguments`, `validateXArguments`, `isXReturns` and `validateXReturns`; without the last two when no
 * reply comes.
 */
export function addCommandValidators(command: Command, scope: Scope, aliases: Alias[]): void {
  addArgumentsValidators(command, scope, aliases);
  addReturnsValidators(command, scope, aliases);
}

function addArgumentsValidators(command: Command, scope: Scope, aliases: Alias[]): void {
  const { out, f } = scope;
  const { arguments: type, gen } = command;
  const is = out.names.of(command, "isArguments").identifier;
  const validate = out.names.of(command, "validateArguments").identifier;
  if (type === undefined || hasNoMembers(type)) {
    aliases.push({ target: NO_ARGUMENTS.is, identifier: is }, { target: NO_ARGUMENTS.validate, identifier: validate });
    return;
  }
  if (type.kind !== "anonymous" && gen) {
    aliases.push({ target: out.names.of(type, "is"), identifier: is });
    aliases.push({ target: out.names.of(type, "validate"), identifier: validate });
    return;
  }
  const named = type.kind === "anonymous" ? out.names.of(command, "arguments") : out.names.of(type, "type");
  const header = functionHeader(is, ["value: unknown"], `value is ${f.type(named)}`);
  const [maker, body, description] = argumentsParts(type, gen, validate, scope);
  const declaration = validatorDeclaration(
    validate,
    `${supportType("FixedValidator", scope)}<${f.type(named)}>`,
    support(maker, scope, "validator"),
    [is],
    description,
  );
  f.statement(`${header}\n${body}\n}`);
  f.statement(declaration);
}

/** What makes the validator of arguments, the body of the check, and the description of the type. */
function argumentsParts(
  type: ObjectType,
  gen: boolean,
  validate: string,
  scope: Scope,
): readonly [maker: string, body: string, description: Description] {
  if (type.kind !== "anonymous") {
    const body = returned(callOf(scope.f.value(scope.out.names.of(type, "is")), ["value", '"strict"', "true"]));
    return ["openTypeValidator", body, typeDescription(type, scope)];
  }
  const checks = membersChecks(type.members, "value", '"strict"', scope);
  const description = membersDescription(type.members, scope);
  if (gen) checks.push(callOf(support("hasOnly", scope, "shape"), ["value", '"strict"', validate]));
  const body = returnStatement(logicalAnd(checks));
  return [gen ? "argumentsValidator" : "openArgumentsValidator", body, description];
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
  f.statement(returnsCheck(is, type, scope));
  f.statement(returnsValidator(validate, is, type, scope));
}

function returnsCheck(is: string, type: Type, scope: Scope): string {
  const predicate = `value is ${typeText(type, scope.f, scope.out)}`;
  const header = functionHeader(is, ["value: unknown"], predicate);
  return `${header}\n${returned(typeCheck(type, "value", '"tolerant"', scope))}\n}`;
}

/** Not a constant as other validators are, since nothing else asks for its description. */
function returnsValidator(validate: string, is: string, type: Type, scope: Scope): string {
  const { f, out } = scope;
  const result = { name: f.type(out.common("Result")), argument: typeExpression(type, f, out) };
  const header = functionHeader(validate, ["value: unknown"], result);
  const check = callOf(is, ["value"]);
  const failure = callOf(support("failure", scope, "failure"), ["value", typeDescription(type, scope)]);
  return `${header}\n${returnedChoice(check, "{ value }", failure)}\n}`;
}

function hasNoMembers(type: ObjectType): boolean {
  return type.kind !== "union" && type.allMembers.length === 0;
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
