/**
 * What a schema and a running QEMU do not share.
 */
import type { Change, Comparison } from "../client-api.js";
import type { ProtocolError } from "../errors.js";
import type { SchemaValidators } from "../schema.js";
import type { AlternateShape, EnumShape, Shape, StructShape } from "../shape.js";
import {
  type AlternateInfo,
  type EnumInfo,
  malformed,
  type MemberInfo,
  type ObjectInfo,
  type TypeInfo,
} from "./entry.js";
import type { Introspection } from "./introspection.js";
import { infoInWords, isAlike, jsonTypeOf, shapeInWords } from "./type-words.js";

/**
 * Compares what a schema has with what a QEMU has. The paths in the answer are those of {@link Introspection.supports}: those
 * in `missing` are not supported, those in `added` and `changed` are.
 *
 * - What is missing, or added, is one entry as a whole: a command without its arguments, a branch without its members.
 * - Types are compared once, where they are come upon first: command by command and event by event, as the schema has them,
 *   and in each what is less deep before what is deeper. A difference in a type that ten commands use has one path.
 *   Only what is in different types is told for each, and members of a common base are in each type that is made of it.
 * - A branch without members is no branch, but a value of the enumeration.
 * - All integers are alike, since QEMU tells them apart no more. The names of types are not compared, nor are features.
 * - Members that are in some builds only are optional in the schema: in a build where they are required, that is a change.
 *
 * @throws ProtocolError when the reply is not understood, or greater than any schema of QEMU by far.
 */
export function compare(validators: SchemaValidators, introspection: Introspection): Comparison {
  return new Comparing(validators, introspection).run();
}

/** Types and members that are looked at: 11 000 for QEMU 10.2. Types that contain others in ever new pairs could have any number. */
const MAXIMUM_EFFORT = 1_000_000;
/** Steps from a command or an event: 7 for QEMU 10.2, where each type is reached by its shortest way. */
const MAXIMUM_DEPTH = 200;

/** Two types to be compared. */
interface Pair {
  readonly shape: Shape;
  /** The name of the type in the reply. Absent: an object without members. */
  readonly type: string | undefined;
  readonly path: string;
  /** Whether the path ends with a member, so that `=value` may follow. */
  readonly isMember: boolean;
  readonly depth: number;
  /** If they are of a branch: the objects that it is a part of. */
  readonly around: { readonly shapes: readonly StructShape[]; readonly infos: readonly ObjectInfo[] };
}

interface Member {
  readonly shape: Shape;
  readonly optional: boolean;
}

const NO_SHAPE: StructShape = { kind: "struct", describe: () => ({}) };
const NO_INFO: ObjectInfo = {
  kind: "object",
  members: new Map(),
  tag: undefined,
  variants: new Map(),
  features: [],
};
const NOTHING_AROUND: Pair["around"] = { shapes: [], infos: [] };

class Comparing {
  readonly #validators: SchemaValidators;
  readonly #introspection: Introspection;
  readonly #missing = new Set<string>();
  readonly #added = new Set<string>();
  readonly #changed: Change[] = [];
  readonly #members = new Map<StructShape, ReadonlyMap<string, Member>>();
  readonly #compared = new Map<Shape, Set<string | undefined>>();
  #queue: Pair[] = [];
  #effort = 0;

  constructor(validators: SchemaValidators, introspection: Introspection) {
    this.#validators = validators;
    this.#introspection = introspection;
  }

  run(): Comparison {
    const { commands, events } = this.#validators;
    for (const [name, validators] of commands) {
      const entity = this.#introspection.entity(name);
      if (entity?.kind === "command") {
        this.#walk(validators.arguments.shape, entity.argument, `${name}/arg-type`);
        this.#walk(validators.returns.shape, entity.returns, `${name}/ret-type`);
      } else this.#missing.add(name);
    }
    for (const [name, { shape }] of events) {
      const entity = this.#introspection.entity(name);
      if (entity?.kind === "event") this.#walk(this.#dataOf(shape), entity.argument, `${name}/arg-type`);
      else this.#missing.add(name);
    }
    for (const { name, kind } of this.#introspection.entities()) {
      if (!(kind === "command" ? commands : events).has(name)) this.#added.add(name);
    }
    return { missing: [...this.#missing], added: [...this.#added], changed: this.#changed };
  }

  /** An event has its data among its members; nothing, if it has no data. */
  #dataOf(event: Shape): Shape {
    return (event.kind === "struct" ? this.#membersOf(event).get("data")?.shape : undefined) ?? NO_SHAPE;
  }

  /** Compares two types and all that is in them. */
  #walk(shape: Shape, type: string | undefined, path: string): void {
    this.#queue = [{ shape, type, path, isMember: false, depth: 0, around: NOTHING_AROUND }];
    // The queue grows while it is walked.
    for (const pair of this.#queue) this.#compare(pair);
  }

  #compare(pair: Pair): void {
    if (pair.depth > MAXIMUM_DEPTH) throw tooMuch();
    this.#spend(1);
    const shape = pair.shape.kind === "open" ? pair.shape.type() : pair.shape;
    const info = this.#infoOf(pair.type);
    if (!isAlike(shape, info)) {
      this.#changed.push({ path: pair.path, schema: shapeInWords(shape), qemu: this.#inWords(info) });
    } else if (shape.kind === "list" && info.kind === "array") {
      // At once, since it is no step of the path. Shapes of arrays may be made anew whenever they are asked for.
      this.#compare({ ...pair, shape: shape.element, type: info.element });
    } else if (this.#isFirst(shape, pair.type)) {
      if (shape.kind === "struct" && info.kind === "object") this.#compareObjects(pair, shape, info);
      if (shape.kind === "enum" && info.kind === "enum") this.#compareEnums(pair, shape, info);
      if (shape.kind === "alternate" && info.kind === "alternate") this.#compareAlternates(pair, shape, info);
    }
  }

  /** Whether two types have not been compared yet. */
  #isFirst(shape: Shape, type: string | undefined): boolean {
    let types = this.#compared.get(shape);
    if (types === undefined) {
      types = new Set();
      this.#compared.set(shape, types);
    }
    if (types.has(type)) return false;
    types.add(type);
    return true;
  }

  #compareObjects(pair: Pair, shape: StructShape, info: ObjectInfo): void {
    const { path, around } = pair;
    const members = this.#membersOf(shape);
    this.#spend(members.size + info.members.size + info.variants.size);
    for (const [name, member] of members) {
      // It may have moved from the branches to what they have in common; below the other way round.
      const found = [info, ...around.infos].find((object) => object.members.has(name))?.members.get(name);
      if (found === undefined) this.#missing.add(`${path}/${name}`);
      else this.#compareMembers(pair, name, member, found);
    }
    for (const name of info.members.keys()) {
      const isKnown = [shape, ...around.shapes].some((object) => this.#membersOf(object).has(name));
      if (!isKnown) this.#added.add(`${path}/${name}`);
    }
    this.#compareBranches(pair, shape, info);
    this.#compareVariants(pair, shape, info);
  }

  #compareMembers(pair: Pair, name: string, { shape, optional }: Member, info: MemberInfo): void {
    const path = `${pair.path}/${name}`;
    if (optional !== info.optional) {
      this.#changed.push({ path, schema: optionality(optional), qemu: optionality(info.optional) });
    }
    const depth = pair.depth + 1;
    this.#queue.push({ shape, type: info.type, path, isMember: true, depth, around: NOTHING_AROUND });
  }

  /** The branches that have members in the schema. */
  #compareBranches(pair: Pair, shape: StructShape, info: ObjectInfo): void {
    const tag = shape.tag?.();
    if (tag === undefined) return;
    const values = this.#infoOf(info.members.get(tag)?.type);
    for (const [value, branch] of Object.entries(shape.branches?.() ?? {})) {
      const type = tag === info.tag ? info.variants.get(value) : undefined;
      if (values.kind === "enum" && values.values.has(value))
        this.#compareBranch(pair, `${tag}=${value}`, [branch, type], [shape, info]);
      else this.#missing.add(`${pair.path}/${tag}=${value}`);
    }
  }

  /** The branches that have members only in the QEMU. */
  #compareVariants(pair: Pair, shape: StructShape, info: ObjectInfo): void {
    const { tag, variants } = info;
    if (tag === undefined) return;
    const isTag = shape.tag?.() === tag;
    const branches = isTag ? new Set(Object.keys(shape.branches?.() ?? {})) : new Set();
    const values = this.#membersOf(shape).get(tag)?.shape;
    for (const [value, type] of variants) {
      if (branches.has(value)) continue;
      const isThere = values?.kind === "enum" && values.values().has(value);
      if (isThere) this.#compareBranch(pair, `${tag}=${value}`, [NO_SHAPE, type], [shape, info]);
      else if (hasMembers(this.#infoOf(type))) this.#added.add(`${pair.path}/${tag}=${value}`);
    }
  }

  #compareBranch(
    pair: Pair,
    step: string,
    [shape, type]: readonly [Shape, string | undefined],
    [shapeAround, infoAround]: readonly [StructShape, ObjectInfo],
  ): void {
    const { shapes, infos } = pair.around;
    const around = { shapes: [shapeAround, ...shapes], infos: [infoAround, ...infos] };
    const path = `${pair.path}/${step}`;
    this.#queue.push({ shape, type, path, isMember: false, depth: pair.depth + 1, around });
  }

  #compareEnums({ path, isMember }: Pair, shape: EnumShape, info: EnumInfo): void {
    const values = shape.values();
    this.#spend(values.size + info.values.size);
    const prefix = isMember ? `${path}=` : `${path}/^`;
    for (const value of values) {
      if (typeof value === "string" && !info.values.has(value)) this.#missing.add(prefix + value);
    }
    for (const value of info.values.keys()) {
      if (!values.has(value)) this.#added.add(prefix + value);
    }
  }

  /** Alternatives are told apart by their JSON types. */
  #compareAlternates(pair: Pair, shape: AlternateShape, info: AlternateInfo): void {
    const shapes = new Map(Object.entries(shape.types()));
    this.#spend(info.types.length);
    const types = new Map(info.types.map((type) => [jsonTypeOf(this.#infoOf(type)), type] as const));
    if (shapes.size !== types.size || [...shapes.keys()].some((jsonType) => !types.has(jsonType))) {
      this.#changed.push({ path: pair.path, schema: shapeInWords(shape), qemu: this.#inWords(info) });
    }
    for (const [jsonType, alternative] of shapes) {
      const type = types.get(jsonType);
      if (type !== undefined) this.#queue.push({ ...pair, shape: alternative, type, depth: pair.depth + 1 });
    }
  }

  #membersOf(shape: StructShape): ReadonlyMap<string, Member> {
    let members = this.#members.get(shape);
    if (members === undefined) {
      const described = Object.entries(shape.describe());
      members = new Map(
        described.map(([key, member]) => {
          const optional = key.startsWith("*");
          return [optional ? key.slice(1) : key, { shape: member, optional }];
        }),
      );
      this.#members.set(shape, members);
    }
    return members;
  }

  #inWords(info: TypeInfo): string {
    if (info.kind === "alternate") this.#spend(info.types.length);
    return infoInWords(info, (name) => this.#infoOf(name));
  }

  #infoOf(name: string | undefined): TypeInfo {
    return name === undefined ? NO_INFO : this.#introspection.type(name);
  }

  #spend(effort: number): void {
    this.#effort += effort;
    if (this.#effort > MAXIMUM_EFFORT) throw tooMuch();
  }
}

function hasMembers(info: TypeInfo): boolean {
  return info.kind === "object" && (info.members.size > 0 || info.variants.size > 0);
}

function optionality(optional: boolean): string {
  return optional ? "optional" : "required";
}

function tooMuch(): ProtocolError {
  return malformed("it is greater than any schema of QEMU by far", "");
}
