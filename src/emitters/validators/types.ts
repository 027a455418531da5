/**
 * The validators of types. Of each there are two: a function that checks, which is all that runs while values are right,
 * and a validator that also says what is wrong, from a description.
 */
import type { Alternate, Member, Struct, Union } from "../../schema/schema.js";
import {
  type Layout,
  functionHeader,
  ifHeader,
  logicalAnd,
  logicalOr,
  returnStatement,
  stringLiteral,
} from "../../emit/index.js";
import type { DefinedType } from "./analysis.js";
import {
  access,
  callOf,
  either,
  memberCheck,
  returned,
  support,
  supportType,
  typeCheck,
  type ModeText,
  type Scope,
} from "./check.js";
import {
  alternativesDescription,
  membersDescription,
  unionDescription,
  validatorDeclaration,
  valuesDescription,
  type Description,
} from "./description.js";

/** Both validators of a type, as statements. */
export function typeValidators(type: DefinedType, scope: Scope): readonly [is: string, validate: string] {
  return [checkDeclaration(type, scope), typeValidator(type, scope)];
}

/** `export function isNetdev(value: unknown, mode: ValidationMode = "strict"): value is Netdev { ... }` */
function checkDeclaration(type: DefinedType, scope: Scope): string {
  const { f, out, analysis } = scope;
  const mode = usesMode(type) ? "mode" : "_mode";
  const parameters = ["value: unknown", `${mode}?: ${f.type(out.common("ValidationMode"))}`];
  // Whether the members are only a part of what the object may have: the caller looks at the others.
  const isPart = analysis.parts.has(type);
  if (isPart) parameters.push("part?: boolean");
  const predicate = `value is ${f.type(out.names.of(type, "type"))}`;
  const header = functionHeader(f.value(out.names.of(type, "is")), parameters, predicate);
  if (!analysis.recursive.has(type)) return `${header}\n${body(type, 1, scope)}\n}`;
  // Values may be nested deeper than the stack is.
  return `${header}\n  try {\n${body(type, 2, scope)}\n  } catch {\n    return false;\n  }\n}`;
}

/** Whether the check of a type depends on the mode: only alternates of built-in types do without. */
function usesMode(type: DefinedType): boolean {
  if (type.kind !== "alternate") return true;
  return type.alternatives.some(({ type }) => {
    let element = type;
    while (element.kind === "list") element = element.element;
    return element.kind !== "builtin" || element.name === "QType";
  });
}

function body(type: DefinedType, steps: number, scope: Scope): string {
  switch (type.kind) {
    case "enum": {
      const call = callOf(support("isOneOf", scope, "shape"), ["value", "mode", validatorName(type, scope)]);
      return returned(call, steps);
    }
    case "alternate":
      return alternateBody(type, steps, scope);
    case "struct":
      return returnStatement(logicalAnd(objectChecks(type, type.allMembers, scope)), steps);
    case "union":
      return unionBody(type, steps, scope);
  }
}

/** Each check begins with the JSON type, and no two have the same, so at most one looks further than that. */
function alternateBody(type: Alternate, steps: number, scope: Scope): string {
  const checks = type.alternatives.map((alternative) => typeCheck(alternative.type, "value", "mode", scope));
  const [only] = checks;
  if (only === undefined) return returned("false", steps);
  return checks.length === 1 ? returned(only, steps) : returnStatement(logicalOr(checks), steps);
}

function unionBody(type: Union, steps: number, scope: Scope): string {
  const common = type.allMembers.filter((member) => member !== type.discriminator);
  const checks = logicalAnd(objectChecks(type, common, scope));
  const tag = access(type.discriminator.name, "value", scope);
  const otherwise = typeCheck(type.discriminator.type, tag, "mode", scope);
  const branches = branchChecks(type, scope);
  if (branches.length === 0) return returnStatement(logicalAnd([...checks.operands, otherwise]), steps);
  const margin = "  ".repeat(steps);
  let text = `${ifHeader(checks, steps)}\n${margin}  switch (${tag}) {\n`;
  for (const { names, check } of branches) {
    for (const name of names) text += `${margin}    case ${stringLiteral(name)}:\n`;
    text += `${returned(check, steps + 3)}\n`;
  }
  // What has no members of its own, and in tolerant mode what is not known.
  text += `${margin}    default:\n${returned(otherwise, steps + 3)}\n${margin}  }\n${margin}}\n`;
  return `${text}${returned("false", steps)}`;
}

/** The checks of a union's branches, each with the values of the discriminator that it is for. */
function branchChecks(
  union: Union,
  scope: Scope,
): readonly { readonly names: readonly string[]; readonly check: Layout }[] {
  const names = new Map<Struct | Union, string[]>();
  for (const { type, name } of union.branches) {
    if (type === undefined) continue;
    const known = names.get(type);
    if (known === undefined) names.set(type, [name]);
    else known.push(name);
  }
  return [...names].map(([type, names]) => {
    const is = scope.f.value(scope.out.names.of(type, "is"));
    return { names, check: callOf(is, ["value", "mode", "true"]) };
  });
}

/** The checks that `value` is an object of a type with these members. */
function objectChecks(type: Struct | Union, members: readonly Member[], scope: Scope): readonly Layout[] {
  const checks = membersChecks(members, "value", "mode", scope);
  checks.push(onlyCheck(type, scope));
  return checks;
}

/** The checks that `object`, a variable, is an object with these members. */
export function membersChecks(members: readonly Member[], object: string, mode: ModeText, scope: Scope): Layout[] {
  const checks: Layout[] = [callOf(support("isObject", scope), [object])];
  for (const member of members) checks.push(memberCheck(member, object, mode, scope));
  return checks;
}

/** The check that an object that is to be sent has no other members. */
function onlyCheck(type: Struct | Union, scope: Scope): Layout {
  const only = callOf(support("hasOnly", scope, "shape"), ["value", "mode", validatorName(type, scope)]);
  return scope.analysis.parts.has(type) ? either("part", only) : only;
}

function validatorName(type: DefinedType, { f, out }: Scope): string {
  return f.value(out.names.of(type, "validate"));
}

/** `export const validateNetdev: Validator<Netdev> = objectValidator(isNetdev, () => ({ ... }));` */
function typeValidator(type: DefinedType, scope: Scope): string {
  const { f, out } = scope;
  const [maker, description] = makerOf(type, scope);
  return validatorDeclaration(
    validatorName(type, scope),
    `${supportType("Validator", scope)}<${f.type(out.names.of(type, "type"))}>`,
    support(maker, scope, "validator"),
    [f.value(out.names.of(type, "is"))],
    description,
  );
}

/** The function that makes the validator of a type, and the description of the type for it. */
function makerOf(type: DefinedType, scope: Scope): readonly [maker: string, description: Description] {
  switch (type.kind) {
    case "enum":
      return ["enumValidator", valuesDescription(type.values)];
    case "struct":
      return ["objectValidator", membersDescription(type.allMembers, scope)];
    case "union":
      return ["unionValidator", unionDescription(type, scope)];
    case "alternate":
      return ["alternateValidator", alternativesDescription(type, scope)];
  }
}
