/**
 * Makes bigints of the numbers that are of a 64-bit type, for schemas that hold all of those as bigints: what reads JSON does
 * not know the types, so that it gives bigints for what a number cannot hold, and numbers for all else.
 */
import type { OpenShape, Shape, StructShape } from "./shape.js";

/**
 * Makes bigints of the safe integers that are of a 64-bit type, and of nothing else: at `any`, and where a value is not as the
 * schema says, all stays as it is. What is below 1024 levels does, too; QEMU has no deeper values.
 *
 * @param value - Parsed JSON. Objects and arrays in it are changed in place.
 * @param shape - Its type: of a command's reply, or of a whole event.
 * @returns The value, which is another one only where it is a number itself.
 */
export function widen(value: unknown, shape: Shape): unknown {
  return isWide(shape) ? widened(value, shape, 0) : value;
}

const MAX_DEPTH = 1024;

function widened(value: unknown, shape: Shape, depth: number): unknown {
  switch (shape.kind) {
    case "simple":
      return isInteger64(shape) && isSafeInteger(value) ? BigInt(value) : value;
    case "json":
    case "enum":
      break;
    case "alternate": {
      const type = shape.types()[jsonTypeOf(value)];
      return type === undefined ? value : widened(value, type, depth);
    }
    case "list":
      if (Array.isArray(value) && depth < MAX_DEPTH && isWide(shape.element)) {
        widenElements(value, shape.element, depth + 1);
      }
      break;
    case "struct":
    case "open":
      if (isRecord(value) && depth < MAX_DEPTH) widenMembers(value, shape, depth + 1);
      break;
  }
  return value;
}

function widenElements(list: unknown[], element: Shape, depth: number): void {
  for (let i = 0; i < list.length; i++) list[i] = widened(list[i], element, depth);
}

function widenMembers(object: Record<string, unknown>, shape: StructShape | OpenShape, depth: number): void {
  let type = shape.kind === "open" ? shape.type() : shape;
  for (;;) {
    const { members, tag, branches } = wideParts(type);
    for (const [name, member] of members) {
      // Its own only: what it inherits is not in the JSON, and to set `__proto__` then would not set a member.
      if (Object.hasOwn(object, name)) object[name] = widened(object[name], member, depth);
    }
    // No object inherits a string, which is all that chooses a branch.
    const branch = tag === undefined ? undefined : branches.get(object[tag]);
    if (branch === undefined) return;
    type = branch;
  }
}

/** What of an object may have 64-bit integers in it. */
interface WideParts {
  readonly members: readonly (readonly [name: string, type: Shape])[];
  readonly tag: string | undefined;
  readonly branches: ReadonlyMap<unknown, StructShape>;
}

const parts = new WeakMap<StructShape, WideParts>();

function wideParts(type: StructShape): WideParts {
  let found = parts.get(type);
  if (found === undefined) {
    const members = Object.entries(type.describe()).filter(([, member]) => isWide(member));
    const branches = Object.entries(type.branches?.() ?? {}).filter(([, branch]) => isWide(branch));
    found = {
      members: members.map(([key, member]) => [key.startsWith("*") ? key.slice(1) : key, member]),
      tag: branches.length === 0 ? undefined : type.tag?.(),
      branches: new Map(branches),
    };
    parts.set(type, found);
  }
  return found;
}

const wide = new WeakMap<Shape, boolean>();

/** Whether there can be a 64-bit integer in values of a type. */
function isWide(shape: Shape): boolean {
  const known = wide.get(shape);
  if (known !== undefined) return known;
  // Types may be recursive: each is looked at once. A set takes what is added to it while it is gone through.
  const reached = new Set<Shape>([shape]);
  for (const type of reached) {
    if (isInteger64(type) || wide.get(type) === true) {
      wide.set(shape, true);
      return true;
    }
    if (wide.get(type) === undefined) for (const part of partsOf(type)) reached.add(part);
  }
  // What none of all these has in it, none of them has.
  for (const type of reached) wide.set(type, false);
  return false;
}

function isInteger64(shape: Shape): boolean {
  return shape.kind === "simple" && (shape.name === "int64" || shape.name === "uint64");
}

/** The types that a type is made of. */
function partsOf(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case "simple":
    case "json":
    case "enum":
      return [];
    case "list":
      return [shape.element];
    case "alternate":
      return Object.values(shape.types());
    case "struct":
      return [...Object.values(shape.describe()), ...Object.values(shape.branches?.() ?? {})];
    case "open":
      return [shape.type()];
  }
}

/** The JSON type of a value, as alternates call it; a bigint is one already. */
function jsonTypeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

function isSafeInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
