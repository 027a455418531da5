/**
 * What generated code knows of a schema at run time, made of the model without generating anything: an oracle for code that
 * reads shapes. Its validators find everything right.
 */
import { isOptional } from "../../src/emit/members.js";
import type { CommandValidators, SchemaValidators, Validator } from "../../src/runtime/schema.js";
import type { Shape, SimpleName, StructShape } from "../../src/runtime/shape.js";
import {
  type Alternate,
  type BuiltinName,
  type Member,
  type ObjectType,
  Q_TYPES,
  type Schema,
  type Type,
} from "../../src/schema/schema.js";

/** The validators of a schema, with the shapes that generated ones have. */
export function modelValidators({ definitions }: Schema): SchemaValidators {
  const shapes = new Map<Type | ObjectType, Shape>();
  const commands = new Map<string, CommandValidators>();
  const events = new Map<string, Validator>();
  for (const definition of definitions) {
    if (definition.kind === "command") {
      const type = objectShape(definition.arguments, shapes);
      const shape: Shape = definition.gen ? type : { kind: "open", type: () => type };
      const returns = definition.returns === undefined ? NO_MEMBERS : shapeOf(definition.returns, shapes);
      commands.set(definition.name, { arguments: validator(shape), returns: validator(returns) });
    }
    if (definition.kind === "event") {
      const data = definition.arguments && { data: objectShape(definition.arguments, shapes) };
      const describe = (): Readonly<Record<string, Shape>> => ({
        event: simple("literal"),
        ...data,
        timestamp: simple("timestamp"),
      });
      events.set(definition.name, validator({ kind: "struct", describe }));
    }
  }
  return { commands, events };
}

const NO_MEMBERS: StructShape = { kind: "struct", describe: () => ({}) };

function validator(shape: Shape): Validator {
  return Object.assign(() => ({}), { shape });
}

function simple(name: SimpleName): Shape {
  return { kind: "simple", name };
}

function shapeOf(type: Type, shapes: Map<Type | ObjectType, Shape>): Shape {
  switch (type.kind) {
    case "builtin":
      return builtin(type.name);
    case "list":
      return { kind: "list", element: shapeOf(type.element, shapes) };
    case "struct":
    case "union":
      return objectShape(type, shapes);
    case "enum":
    case "alternate":
      return remembered(type, shapes, () =>
        type.kind === "enum"
          ? { kind: "enum", values: () => new Set(type.values.map(({ name }) => name)) }
          : { kind: "alternate", types: () => alternatives(type, shapes) },
      );
  }
}

function objectShape(type: ObjectType | undefined, shapes: Map<Type | ObjectType, Shape>): StructShape {
  if (type === undefined) return NO_MEMBERS;
  return remembered(type, shapes, () => {
    const describe = (): Readonly<Record<string, Shape>> => described(type.allMembers, shapes);
    if (type.kind !== "union") return { kind: "struct", describe };
    const branches = (): Readonly<Record<string, StructShape>> =>
      Object.fromEntries(
        type.branches.flatMap((branch) => (branch.type ? [[branch.name, objectShape(branch.type, shapes)]] : [])),
      );
    return { kind: "struct", describe, tag: () => type.discriminator.name, branches };
  });
}

function described(members: readonly Member[], shapes: Map<Type | ObjectType, Shape>): Readonly<Record<string, Shape>> {
  return Object.fromEntries(
    members.map((member) => [(isOptional(member) ? "*" : "") + member.name, shapeOf(member.type, shapes)]),
  );
}

function alternatives(type: Alternate, shapes: Map<Type | ObjectType, Shape>): Readonly<Record<string, Shape>> {
  return Object.fromEntries(type.alternatives.map((item) => [item.jsonType, shapeOf(item.type, shapes)]));
}

function builtin(name: BuiltinName): Shape {
  switch (name) {
    case "any":
      return { kind: "json" };
    case "QType":
      return { kind: "enum", values: () => new Set(Q_TYPES) };
    case "int":
      return simple("int64");
    case "size":
      return simple("uint64");
    default:
      return simple(name);
  }
}

/** The one shape of a type. */
function remembered<S extends Shape>(type: Type | ObjectType, shapes: Map<Type | ObjectType, Shape>, make: () => S): S {
  const known = shapes.get(type);
  if (known !== undefined) return known as S;
  const shape = make();
  shapes.set(type, shape);
  return shape;
}
