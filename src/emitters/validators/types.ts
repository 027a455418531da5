/**
 * What there is for each type: a function for a quick check, which is all that runs while values are right, a description, and
 * the check and the validator that people see, which are made of those.
 */
import type { Alternate, Member, Union } from "../../schema/schema.js";
import {
  type Layout,
  flatText,
  functionHeader,
  ifHeader,
  logicalAnd,
  logicalOr,
  returnStatement,
  stringLiteral,
} from "../../emit/index.js";
import {
  access,
  callOf,
  checkFunction,
  memberCheck,
  returned,
  support,
  supportType,
  typeCheck,
  type Scope,
} from "./check.js";
import {
  alternativesDescription,
  madeConstant,
  membersDescription,
  unionDescription,
  valuesDescription,
  type Description,
} from "./description.js";
import type { Composite, DefinedType } from "./internals.js";

/**
 * `export function fitsNetdev(value: unknown): boolean { ... }`: whether a value is right but for what the schema does not
 * know. It throws where reading the value does, and where that is nested deeper than the stack is.
 */
export function quickCheck(type: Composite, scope: Scope): string {
  const header = functionHeader(scope.f.value(scope.internals.check(type)), ["value: unknown"], "boolean");
  return `${header}\n${quickCheckBody(type, scope)}\n}`;
}

function quickCheckBody(type: Composite, scope: Scope): string {
  switch (type.kind) {
    case "alternate":
      return alternateBody(type, scope);
    case "struct":
      return returnedAll(membersChecks(type.allMembers, "value", scope));
    case "union":
      return unionBody(type, scope);
  }
}

/** The checks that `object`, a variable, is an object with these members. */
export function membersChecks(members: readonly Member[], object: string, scope: Scope): readonly Layout[] {
  const checks: Layout[] = [callOf(support("isObject", scope), [object])];
  for (const member of members) checks.push(memberCheck(member, object, scope));
  return checks;
}

/** `return a && b;` */
export function returnedAll(checks: readonly Layout[], steps = 1): string {
  const [only = "true"] = checks;
  return checks.length <= 1 ? returned(only, steps) : returnStatement(logicalAnd(checks), steps);
}

/** Each check begins with the JSON type, and no two have the same, so at most one looks further than that. */
function alternateBody(type: Alternate, scope: Scope): string {
  const checks = type.alternatives.map((alternative) => typeCheck(alternative.type, "value", scope));
  const [only = "false"] = checks;
  return checks.length <= 1 ? returned(only) : returnStatement(logicalOr(checks));
}

function unionBody(type: Union, scope: Scope): string {
  const common = type.allMembers.filter((member) => member !== type.discriminator);
  const checks = membersChecks(common, "value", scope);
  const tag = access(type.discriminator.name, "value", scope);
  const otherwise = typeCheck(type.discriminator.type, tag, scope);
  const branches = branchNames(type);
  if (branches.size === 0) return returnedAll([...checks, otherwise]);
  const isBare = checks.length === 1;
  let text = isBare ? `  if (!${checks.map(flatText).join("")}) return false;\n` : `${ifHeader(logicalAnd(checks))}\n`;
  const steps = isBare ? 1 : 2;
  const margin = "  ".repeat(steps);
  text += `${margin}switch (${tag}) {\n`;
  for (const [branch, names] of branches) {
    for (const name of names) text += `${margin}  case ${stringLiteral(name)}:\n`;
    text += `${returned(callOf(checkFunction(branch, scope), ["value"]), steps + 2)}\n`;
  }
  // What has no members of its own, and what is not known.
  text += `${margin}  default:\n${returned(otherwise, steps + 2)}\n${margin}}`;
  return isBare ? text : `${text}\n  }\n  return false;`;
}

/** The types of a union's branches, with the values of the discriminator that each is for. */
function branchNames({ branches }: Union): ReadonlyMap<Composite, readonly string[]> {
  const names = new Map<Composite, string[]>();
  for (const { type, name } of branches) {
    if (type === undefined) continue;
    const known = names.get(type);
    if (known === undefined) names.set(type, [name]);
    else known.push(name);
  }
  return names;
}

/** `export const NetdevShape: Struct = union(fitsNetdev, () => ({ ... }));` */
export function typeShape(type: DefinedType, scope: Scope): string {
  const { f, internals } = scope;
  const [shapeType, maker, description] = shapeParts(type, scope);
  return madeConstant(
    f.value(internals.shape(type)),
    supportType(shapeType, scope, "shape"),
    support(maker, scope, "shape"),
    type.kind === "enum" ? [] : [f.value(internals.check(type))],
    description,
  );
}

/** The type of a description, the function that makes it, and what it is made of. */
function shapeParts(type: DefinedType, scope: Scope): readonly [type: string, maker: string, Description] {
  switch (type.kind) {
    case "enum":
      return ["Enum", "oneOf", valuesDescription(type.values)];
    case "struct":
      return ["Struct", "struct", membersDescription(type.allMembers, scope)];
    case "union":
      return ["Struct", "union", unionDescription(type, scope)];
    case "alternate":
      return ["Alternate", "alternate", alternativesDescription(type, scope)];
  }
}

/** `export const isNetdev: Check<Netdev> = check(NetdevShape);` */
export function typeCheckConstant(type: DefinedType, scope: Scope): string {
  const { f, out, internals } = scope;
  return madeConstant(
    f.value(out.names.of(type, "is")),
    { name: f.type(out.common("Check")), argument: f.type(out.names.of(type, "type")) },
    support("check", scope, "validator"),
    [f.value(internals.shape(type))],
  );
}

/** `export const validateNetdev: Validator<Netdev> = validator(isNetdev, NetdevShape);` */
export function typeValidator(type: DefinedType, scope: Scope): string {
  const { f, out, internals } = scope;
  return madeConstant(
    f.value(out.names.of(type, "validate")),
    { name: f.type(out.common("Validator")), argument: f.type(out.names.of(type, "type")) },
    support("validator", scope, "validator"),
    [f.value(out.names.of(type, "is")), f.value(internals.shape(type))],
  );
}
