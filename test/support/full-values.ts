/** Values on the wire that have all that they can have, made in turns until all of a type has been seen. */
import type { Int64Mode } from "../../src/emit/options.js";
import {
  Q_TYPES,
  type Alternate,
  type Alternative,
  type Branch,
  type BuiltinName,
  type EnumValue,
  type Member,
  type ObjectType,
  type Type,
  type Union,
} from "../../src/schema/schema.js";

/** What types are made of. */
export type Part = Member | Branch | Alternative | EnumValue;

/** Makes right values. Each time that a union, an alternate or an enum comes up, it is the turn of the next of its parts. */
export class FullValues {
  readonly #builtins: Readonly<Record<BuiltinName, readonly unknown[]>>;
  readonly #turns = new Map<object, number>();
  readonly #seen: Set<Part>;
  readonly #tried = new Set<Part>();
  #progress = 0;

  /** @param seen - Gets the parts of types that are in values. */
  constructor(int64: Int64Mode, seen: Set<Part>) {
    this.#builtins = { ...BUILTINS, ...INTEGERS[int64] };
    this.#seen = seen;
  }

  /** Counts the branches and alternatives that have had their turn; a value that does not add to it shows nothing new. */
  get progress(): number {
    return this.#progress;
  }

  /** A value of a type. Below `depth` objects in each other it is as small as can be. */
  of(type: Type, depth: number): unknown {
    if (depth < LOWEST) throw new Error("every value of the type contains another one");
    switch (type.kind) {
      case "builtin":
        return this.#take(type, this.#builtins[type.name]);
      case "list": {
        const length = depth <= 0 || hasNoValues(type.element) ? 0 : 2;
        return Array.from({ length }, () => this.of(type.element, depth));
      }
      case "enum":
        return this.#take(type, type.values).name;
      case "alternate":
        return this.of(this.#next(type, depth > 0 ? type.alternatives : smallestAlternatives(type)).type, depth);
      case "struct":
      case "union":
        return this.ofObjectType(type, depth);
    }
  }

  /** The same for a type of objects. */
  ofObjectType(type: ObjectType, depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (const member of type.allMembers) {
      if (member.optional && (depth <= 0 || hasNoValues(member.type))) continue;
      this.#seen.add(member);
      object[member.name] = this.of(member.type, depth - 1);
    }
    if (type.kind !== "union") return object;
    const branch = this.#next(type, depth > 0 ? type.branches : smallestBranches(type));
    this.#seen.add(branch.value);
    object[type.discriminator.name] = branch.name;
    return branch.type === undefined ? object : { ...object, ...this.ofObjectType(branch.type, depth) };
  }

  /** The branch or the alternative that has its turn. */
  #next<T extends Branch | Alternative>(of: object, parts: readonly T[]): T {
    const part = this.#take(of, parts);
    if (!this.#tried.has(part)) this.#progress++;
    this.#tried.add(part);
    this.#seen.add(part);
    return part;
  }

  #take<T>(of: object, parts: readonly T[]): T {
    const turn = this.#turns.get(of) ?? 0;
    this.#turns.set(of, turn + 1);
    for (const part of parts.slice(turn % parts.length)) return part;
    throw new Error("there is nothing to choose from");
  }
}

/** How deep required members can nest where nothing smaller is to be had. */
const LOWEST = -20;

/** Of the parts of a type those that end soonest; all, where none is known to. */
function smallestAlternatives({ alternatives }: Alternate): readonly Alternative[] {
  const small = alternatives.filter(({ jsonType }) => jsonType !== "object");
  return small.length === 0 ? alternatives : small;
}

function smallestBranches({ branches }: Union): readonly Branch[] {
  const small = branches.filter(({ type }) => type === undefined || isFlat(type));
  return small.length === 0 ? branches : small;
}

/** Whether no member that an object must have is an object. */
function isFlat(type: ObjectType): boolean {
  return type.kind !== "union" && type.allMembers.every(({ optional, type }) => optional || isSimple(type));
}

function isSimple({ kind }: Type): boolean {
  return kind === "builtin" || kind === "enum" || kind === "list";
}

function hasNoValues(type: Type): boolean {
  return type.kind === "enum" && type.values.length === 0;
}

const BUILTINS: Readonly<Record<BuiltinName, readonly unknown[]>> = {
  str: ["x", "", "constructor"],
  number: [0.5, -1, 1e300],
  int: [],
  int8: [0, -128, 127],
  int16: [0, -32768, 32767],
  int32: [0, -(2 ** 31), 2 ** 31 - 1],
  int64: [],
  uint8: [0, 255],
  uint16: [0, 65535],
  uint32: [0, 2 ** 32 - 1],
  uint64: [],
  size: [],
  bool: [true, false],
  any: [0, "x", { x: [null] }, [], null, true],
  null: [null],
  QType: Q_TYPES,
};

const SAFE = Number.MAX_SAFE_INTEGER;
const NUMBERS = { signed: [0, -SAFE, SAFE], unsigned: [0, SAFE] };
const BIGINTS = { signed: [0n, -(2n ** 63n), 2n ** 63n - 1n], unsigned: [0n, 2n ** 64n - 1n] };

const INTEGERS: Readonly<Record<Int64Mode, Partial<Record<BuiltinName, readonly unknown[]>>>> = {
  mixed: integers([...NUMBERS.signed, ...BIGINTS.signed], [...NUMBERS.unsigned, ...BIGINTS.unsigned]),
  bigint: integers(BIGINTS.signed, BIGINTS.unsigned),
  number: integers(NUMBERS.signed, NUMBERS.unsigned),
};

function integers(
  signed: readonly unknown[],
  unsigned: readonly unknown[],
): Partial<Record<BuiltinName, readonly unknown[]>> {
  return { int: signed, int64: signed, uint64: unsigned, size: unsigned };
}
