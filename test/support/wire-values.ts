/** Random values on the wire: right ones, and right ones with one change, from a seed. */
import type { Int64Mode } from "../../src/emit/options.js";
import type { BuiltinName, Member, ObjectType, Type } from "../../src/schema/schema.js";

/** Where a part of a value is. */
export type Path = readonly (string | number)[];

/** A value in which one part was changed, added or taken away; often it is still right. */
export interface Changed {
  readonly value: unknown;
  /** The part. */
  readonly path: Path;
}

/** Makes values; the same ones for the same seed. */
export class WireValues {
  #state: number;

  readonly #int64: Int64Mode;

  /** @param int64 - How 64-bit integers are held. */
  constructor(seed: number, int64: Int64Mode = "mixed") {
    this.#state = seed;
    this.#int64 = int64;
  }

  /** A right value of a type. Objects are nested `depth` deep at most where optional members allow it. */
  of(type: Type, depth = 4): unknown {
    switch (type.kind) {
      case "builtin":
        return this.#held(this.#pick(BUILTINS[type.name]), type.name);
      case "list": {
        const length = depth > 0 && !hasNoValues(type.element) ? this.#below(3) : 0;
        return Array.from({ length }, () => this.of(type.element, depth - 1));
      }
      case "enum":
        return this.#pick(type.values).name;
      case "alternate":
        // The last ones tend to be the simple ones.
        return this.of((depth > 0 ? this.#pick(type.alternatives) : this.#last(type.alternatives)).type, depth - 1);
      case "struct":
      case "union":
        return this.ofObjectType(type, depth);
    }
  }

  /** A right value of a type of objects. */
  ofObjectType(type: ObjectType, depth = 4): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (const member of type.allMembers) this.#fill(object, member, depth);
    if (type.kind !== "union") return object;
    const branch = this.#pick(type.branches);
    object[type.discriminator.name] = branch.name;
    return branch.type === undefined ? object : { ...object, ...this.ofObjectType(branch.type, depth) };
  }

  /** A copy of a value with one change. */
  changed(value: unknown): Changed {
    const places = placesIn(value);
    const path = this.#pick(places);
    const change = this.#below(4);
    if (change === 0 && path.length > 0) return { value: copy(value, path, REMOVE), path };
    if (change === 1) {
      const added = [...path, this.#pick(["new", "constructor", "type", "id"])];
      return { value: copy(value, added, this.#pick(JUNK)), path: added };
    }
    return { value: copy(value, path, this.#pick(JUNK)), path };
  }

  #fill(object: Record<string, unknown>, member: Member, depth: number): void {
    const isOptional = member.optional || member.if !== undefined;
    if (isOptional && (depth <= 0 || this.#below(2) === 0)) return;
    object[member.name] = this.of(member.type, depth - 1);
  }

  /** A right value of a built-in type, held as the mode has it. */
  #held(value: unknown, type: BuiltinName): unknown {
    if (this.#int64 === "number" && typeof value === "bigint") return 1;
    const isWide = WIDE.has(type) && typeof value === "number";
    return this.#int64 === "bigint" && isWide ? BigInt(value) : value;
  }

  #pick<T>(list: readonly T[]): T {
    const index = this.#below(list.length);
    for (const item of list.slice(index, index + 1)) return item;
    throw new Error("there is nothing to pick from");
  }

  #last<T>(list: readonly T[]): T {
    return this.#pick(list.slice(-1));
  }

  /** A whole number from 0 to `limit` - 1, by mulberry32. */
  #below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) % limit) | 0;
  }
}

function hasNoValues(type: Type): boolean {
  return type.kind === "enum" && type.values.length === 0;
}

/** Right values of the built-in types, those at the ends of their ranges among them. */
const BUILTINS: Readonly<Record<BuiltinName, readonly unknown[]>> = {
  str: ["", "x", "constructor"],
  number: [0, -0.5, 1e300],
  int: [0, -1, 2 ** 53 - 1, -(2n ** 63n), 2n ** 63n - 1n],
  int8: [0, -128, 127],
  int16: [0, -32768, 32767],
  int32: [0, -(2 ** 31), 2 ** 31 - 1],
  int64: [0, -1, -(2n ** 63n), 2n ** 63n - 1n],
  uint8: [0, 255],
  uint16: [0, 65535],
  uint32: [0, 2 ** 32 - 1],
  uint64: [0, 2 ** 53 - 1, 2n ** 64n - 1n],
  size: [0, 2n ** 64n - 1n],
  bool: [true, false],
  any: [null, 0, "x", [], {}, { x: [1, { y: undefined }] }],
  null: [null],
  QType: ["none", "qdict"],
};

/** The types that a number does not hold all of. */
const WIDE: ReadonlySet<BuiltinName> = new Set(["int", "int64", "uint64", "size"]);

/** What changed values have somewhere: right in some places, wrong in others. */
const JUNK: readonly unknown[] = [
  null,
  undefined,
  true,
  "",
  "x",
  "no such value",
  0,
  -1,
  256,
  0.5,
  -129,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  0n,
  -1n,
  2n ** 63n,
  2n ** 64n,
  Number.NaN,
  Infinity,
  [],
  [null],
  new Array<unknown>(1),
  {},
  { x: 1 },
  { x: [{ y: Number.NaN }] },
];

/** The places of a value and of all of its parts. */
function placesIn(value: unknown, path: Path = [], places: Path[] = []): readonly Path[] {
  places.push(path);
  if (Array.isArray(value)) for (const [index, item] of value.entries()) placesIn(item, [...path, index], places);
  else if (isObject(value)) for (const [key, part] of Object.entries(value)) placesIn(part, [...path, key], places);
  return places;
}

/** In place of a part: there is none. */
const REMOVE = Symbol("remove");

/** A copy of a value with another part at `path`. */
function copy(value: unknown, path: Path, part: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return part;
  if (Array.isArray(value) && typeof key === "number") {
    const items = value.map((item: unknown, index) => (index === key ? copy(item, rest, part) : item));
    return items.filter((item) => item !== REMOVE);
  }
  const object = isObject(value) ? value : {};
  const entries = Object.entries({ ...object, [key]: copy(object[key], rest, part) });
  return Object.fromEntries(entries.filter(([, part]) => part !== REMOVE));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
