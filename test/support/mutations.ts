/** All changes of a right value at one point, each with the verdict that the schema demands. */
import type { Int64Mode } from "../../src/emit/options.js";
import { jsonTypeOf } from "../../src/schema/builtin.js";
import type { BuiltinName, EnumValue, JsonType, Member, ObjectType, Type } from "../../src/schema/schema.js";
import type { Mode } from "./run-validators.js";

/** A change, while it lasts. */
export interface Mutation {
  /** What was changed, and how: `.addrs[]<inet>.port: 65536 is out of range`. All elements of a list go by one name. */
  readonly what: string;
  /** Whether the changed value is right. */
  readonly isRight: Readonly<Record<Mode, boolean>>;
  /** The other value of an enum that there is now. */
  readonly value?: EnumValue;
}

/** What has a value in it that is changed in place, and changed back. */
type Holder = Record<string | number, unknown>;

/** Calls `visit` for each change, while `holder[key]`, a value of a type, has it. */
export class Mutations {
  readonly #int64: Int64Mode;
  readonly #visit: (mutation: Mutation) => void;

  constructor(int64: Int64Mode, visit: (mutation: Mutation) => void) {
    this.#int64 = int64;
    this.#visit = visit;
  }

  /**
   * The changes of a value that is there.
   *
   * @param isTag - Whether it is a discriminator.
   */
  ofValue(holder: Holder, key: string | number, type: Type, path: string, isTag = false): void {
    for (const [name, value] of JSON_VALUES) {
      if (!jsonTypesOf(type).has(name)) this.#replace(holder, key, value, WRONG, `${path}: ${name} instead`);
    }
    this.#inside(holder, key, type, path, isTag);
  }

  /** The same for a type of objects; see {@link Mutations.ofObject}. */
  ofObjectValue(holder: Holder, key: string | number, type: ObjectType, path: string, open = false): void {
    const object = holder[key];
    for (const [name, value] of JSON_VALUES) {
      if (name !== "object") this.#replace(holder, key, value, WRONG, `${path}: ${name} instead`);
    }
    if (isHolder(object)) this.ofObject(object, type, path, open);
  }

  /**
   * The changes of an object that do not replace it.
   *
   * @param open - Whether it may have any members besides its own, whatever the mode.
   */
  ofObject(object: Holder, type: ObjectType, path: string, open = false): void {
    const place = path + branchesOf(object, type);
    const members = membersOf(object, type);
    const names = new Set(members.map(({ name }) => name));
    const tags = tagsOf(object, type);
    for (const member of members) this.#member(object, member, `${place}.${member.name}`, tags.has(member));
    const others = ["no-such-member", ...membersElsewhere(object, type).filter((name) => !names.has(name))];
    for (const name of others) {
      for (const value of [0, null])
        this.#add(object, name, value, open ? RIGHT : NEWER, `${place}.${name}: not known`);
    }
  }

  #member(object: Holder, { name, type, optional, if: condition }: Member, path: string, isTag: boolean): void {
    const mayLack = optional || condition !== undefined;
    if (!Object.hasOwn(object, name)) {
      this.#add(object, name, null, jsonTypesOf(type).has("null") ? RIGHT : WRONG, `${path}: null for nothing`);
      return;
    }
    const value = object[name];
    Reflect.deleteProperty(object, name);
    this.#visit({ what: `${path}: missing`, isRight: mayLack ? RIGHT : WRONG });
    object[name] = value;
    this.ofValue(object, name, type, path, isTag);
  }

  /** The changes of a value that leave its JSON type as it is. */
  #inside(holder: Holder, key: string | number, type: Type, path: string, isTag = false): void {
    const value = holder[key];
    switch (type.kind) {
      case "builtin":
        if (type.name === "QType") this.#replace(holder, key, "no such value", NEWER, `${path}: not of the enum`);
        for (const wrong of outOfRange(type.name, this.#int64)) {
          this.#replace(holder, key, wrong, WRONG, `${path}: ${String(wrong)} is out of range`);
        }
        return;
      case "enum":
        this.#replace(holder, key, "no such value", NEWER, `${path}: not of the enum`);
        // Another value of a discriminator would ask for another branch.
        if (isTag) return;
        for (const other of type.values) this.#replace(holder, key, other.name, RIGHT, `${path}: ${other.name}`, other);
        return;
      case "list":
        if (isHolder(value)) {
          for (const index of Object.keys(value)) this.ofValue(value, index, type.element, `${path}[]`);
        }
        return;
      case "alternate": {
        const alternative = type.alternatives.find(({ jsonType }) => jsonType === jsonTypeOfValue(value));
        if (alternative !== undefined) this.#inside(holder, key, alternative.type, path);
        return;
      }
      case "struct":
      case "union":
        if (isHolder(value)) this.ofObject(value, type, path);
    }
  }

  #add(object: Holder, name: string, value: unknown, isRight: Mutation["isRight"], what: string): void {
    object[name] = value;
    this.#visit({ what, isRight });
    Reflect.deleteProperty(object, name);
  }

  #replace(
    holder: Holder,
    key: string | number,
    value: unknown,
    isRight: Mutation["isRight"],
    what: string,
    enumValue?: EnumValue,
  ): void {
    const before = holder[key];
    holder[key] = value;
    this.#visit({ what, isRight, ...(enumValue !== undefined && { value: enumValue }) });
    holder[key] = before;
  }
}

const RIGHT: Mutation["isRight"] = { strict: true, tolerant: true };
const WRONG: Mutation["isRight"] = { strict: false, tolerant: false };
/** What a newer QEMU may send. */
const NEWER: Mutation["isRight"] = { strict: false, tolerant: true };

/** A value of each JSON type. */
const JSON_VALUES: readonly (readonly [JsonType, unknown])[] = [
  ["null", null],
  ["boolean", true],
  ["number", 0],
  ["string", "x"],
  ["array", []],
  ["object", {}],
];

/** The JSON types that values of a type have. */
function jsonTypesOf(type: Type): ReadonlySet<JsonType> {
  const known = JSON_TYPES.get(type);
  if (known !== undefined) return known;
  const jsonType = jsonTypeOf(type);
  let types = new Set(JSON_VALUES.map(([name]) => name));
  if (type.kind === "alternate") types = new Set(type.alternatives.map(({ jsonType }) => jsonType));
  else if (jsonType !== undefined) types = new Set([jsonType]);
  JSON_TYPES.set(type, types);
  return types;
}

const JSON_TYPES = new WeakMap<Type, ReadonlySet<JsonType>>();

function jsonTypeOfValue(value: unknown): JsonType {
  switch (typeof value) {
    case "string":
      return "string";
    case "boolean":
      return "boolean";
    case "number":
    case "bigint":
      return "number";
    default:
      if (value === null) return "null";
      return Array.isArray(value) ? "array" : "object";
  }
}

const SAFE = Number.MAX_SAFE_INTEGER;

/** Values with the JSON type of a built-in type that are none of it all the same. */
function outOfRange(name: BuiltinName, int64: Int64Mode): readonly unknown[] {
  switch (name) {
    case "number":
      return [Number.NaN, Infinity, 1n];
    case "int8":
    case "int16":
    case "int32": {
      const limit = 2 ** (Number(name.slice("int".length)) - 1);
      return [-limit - 1, limit, 0.5, 0n];
    }
    case "uint8":
    case "uint16":
    case "uint32":
      return [-1, 2 ** Number(name.slice("uint".length)), 0.5, 0n];
    case "int":
    case "int64":
      return int64 === "number" ? [-SAFE - 1, SAFE + 1, 0.5, 0n] : [-(2n ** 63n) - 1n, 2n ** 63n, ...rounded(int64)];
    case "uint64":
    case "size":
      return int64 === "number" ? [-1, SAFE + 1, 0.5, 0n] : [-1n, 2n ** 64n, -1, ...rounded(int64)];
    default:
      return [];
  }
}

/** Numbers that are no 64-bit integers: where those are bigints, none is. */
function rounded(int64: Int64Mode): readonly number[] {
  return int64 === "bigint" ? [0, 1] : [SAFE + 1, 0.5, Number.NaN];
}

/** All members that an object has, as its discriminators have it. */
function membersOf(object: Holder, type: ObjectType): readonly Member[] {
  if (type.kind !== "union") return type.allMembers;
  const branch = type.branches.find(({ name }) => name === object[type.discriminator.name]);
  return branch?.type === undefined ? type.allMembers : [...type.allMembers, ...membersOf(object, branch.type)];
}

/** The discriminators of an object. */
function tagsOf(object: Holder, type: ObjectType): ReadonlySet<Member> {
  if (type.kind !== "union") return new Set();
  const branch = type.branches.find(({ name }) => name === object[type.discriminator.name]);
  return new Set([type.discriminator, ...(branch?.type === undefined ? [] : tagsOf(object, branch.type))]);
}

/** The values of an object's discriminators, so that what branches have in the same place has names of its own. */
function branchesOf(object: Holder, type: ObjectType): string {
  if (type.kind !== "union") return "";
  const branch = type.branches.find(({ name }) => name === object[type.discriminator.name]);
  if (branch === undefined) return "";
  return `<${branch.name}>${branch.type === undefined ? "" : branchesOf(object, branch.type)}`;
}

/** Names of members that an object has only if it is of another branch; one for each. */
function membersElsewhere(object: Holder, type: ObjectType): readonly string[] {
  if (type.kind !== "union") return [];
  const own = object[type.discriminator.name];
  const others = type.branches.filter(({ name }) => name !== own);
  return [...new Set(others.flatMap(({ type }) => type?.allMembers.slice(-1).map(({ name }) => name) ?? []))];
}

function isHolder(value: unknown): value is Holder {
  return typeof value === "object" && value !== null;
}
