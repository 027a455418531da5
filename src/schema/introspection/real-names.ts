/**
 * Gives types whose names QEMU masks their real names back, from a schema that has them.
 *
 * The types of both are paired by use: what a command takes, what a member is of. A name is given only where no use speaks
 * against it: the type is paired with one type of the schema, which is paired with no other, and their own parts agree. So
 * a schema of another version names what is the same in both.
 */
import type { AlternateEntry, Answer, EnumEntry, NamedPart, TypeEntry } from "./answer.js";
import { isMasked } from "./known-name.js";

/** A type that is paired with more than this many others gets no name anyway. */
const MAXIMUM_PAIRS = 3;

/**
 * The real names of the masked types of `answer`, by their numbers.
 *
 * @param schema - What the schema would answer with no name masked and every condition kept.
 */
export function realNamesOf(answer: Answer, schema: Answer): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const pairs = new Pairs(answer, schema);
  for (const [name, partners] of pairs.partners) {
    const [partner] = partners;
    if (partner === undefined || partners.size !== 1 || pairs.users.get(partner)?.size !== 1 || !isMasked(name))
      continue;
    const type = answer.types.get(name);
    const real = schema.types.get(partner);
    if (type !== undefined && real !== undefined && agree(type, real, answer, schema)) names.set(name, partner);
  }
  return names;
}

class Pairs {
  /** The types of the schema that each type of the answer is used like. */
  readonly partners = new Map<string, Set<string>>();
  /** The other way round. */
  readonly users = new Map<string, Set<string>>();
  readonly #answer: Answer;
  readonly #schema: Answer;
  readonly #queue: (readonly [TypeEntry, TypeEntry])[] = [];

  constructor(answer: Answer, schema: Answer) {
    this.#answer = answer;
    this.#schema = schema;
    const known = new Map(schema.entries.map((entry) => [`${entry.kind} ${entry.name}`, entry]));
    for (const entry of answer.entries) {
      const real = known.get(`${entry.kind} ${entry.name}`);
      if (entry.kind === "command" && real?.kind === "command") {
        this.#pair(entry.argument, real.argument);
        this.#pair(entry.result, real.result);
      }
      if (entry.kind === "event" && real?.kind === "event") this.#pair(entry.argument, real.argument);
    }
    // The queue grows while it is walked.
    for (const [type, real] of this.#queue) this.#pairParts(type, real);
  }

  #pairParts(type: TypeEntry, real: TypeEntry): void {
    if (type.kind === "object" && real.kind === "object") {
      this.#pairNamed(type.members, real.members);
      this.#pairNamed(type.variants, real.variants);
    }
    if (type.kind === "array" && real.kind === "array") this.#pair(type.element, real.element);
    if (type.kind === "alternate" && real.kind === "alternate") {
      const byKind = new Map(real.alternatives.map((item) => [kindOf(item.type, this.#schema), item.type]));
      for (const item of type.alternatives) {
        const partner = byKind.get(kindOf(item.type, this.#answer));
        if (partner !== undefined) this.#pair(item.type, partner);
      }
    }
  }

  #pairNamed(parts: readonly Typed[], real: readonly Typed[]): void {
    const byName = new Map(real.map((part) => [part.name, part.type]));
    for (const { name, type } of parts) {
      const partner = byName.get(name);
      if (partner !== undefined) this.#pair(type, partner);
    }
  }

  #pair(name: string, realName: string): void {
    const type = this.#answer.types.get(name);
    const real = this.#schema.types.get(realName);
    if (type === undefined || real === undefined) return;
    const partners = setOf(this.partners, name);
    if (partners.has(realName) || partners.size > MAXIMUM_PAIRS) return;
    partners.add(realName);
    setOf(this.users, realName).add(name);
    this.#queue.push([type, real]);
  }
}

interface Typed extends NamedPart {
  readonly type: string;
}

function setOf(map: Map<string, Set<string>>, key: string): Set<string> {
  let set = map.get(key);
  if (set === undefined) {
    set = new Set();
    map.set(key, set);
  }
  return set;
}

/** Whether `type` can be `real` in some build, as far as their own parts tell. */
function agree(type: TypeEntry, real: TypeEntry, answer: Answer, schema: Answer): boolean {
  const sameKind = (name: string, realName: string): boolean => kindOf(name, answer) === kindOf(realName, schema);
  switch (type.kind) {
    case "enum":
      return real.kind === "enum" && agreeOnParts(valuesOf(type), valuesOf(real), () => true);
    case "object":
      return (
        real.kind === "object" &&
        type.tag === real.tag &&
        agreeOnParts(type.members, real.members, (a, b) => a.optional === b.optional && sameKind(a.type, b.type)) &&
        agreeOnParts(type.variants, real.variants, (a, b) => sameKind(a.type, b.type))
      );
    case "alternate": {
      if (real.kind !== "alternate") return false;
      return agreeOnParts(alternativesOf(type, answer), alternativesOf(real, schema), () => true);
    }
    case "array":
    case "builtin":
      return false; // They have names of their own.
  }
}

function valuesOf({ values }: EnumEntry): readonly NamedPart[] {
  return values;
}

/** The alternatives of an alternate, with what tells them apart for a name. */
function alternativesOf({ alternatives }: AlternateEntry, answer: Answer): readonly NamedPart[] {
  return alternatives.map((item) => ({ ...item, name: kindOf(item.type, answer) }));
}

/** Whether all parts are parts of `real`, which has no others but such as are not in every build. */
function agreeOnParts<P extends NamedPart>(
  parts: readonly P[],
  real: readonly P[],
  isSame: (part: P, real: P) => boolean,
): boolean {
  const byName = new Map(real.map((part) => [part.name, part]));
  for (const part of parts) {
    const partner = byName.get(part.name);
    if (partner === undefined || !isSame(part, partner)) return false;
    byName.delete(part.name);
  }
  return [...byName.values()].every((part) => part.if !== undefined);
}

/** What sort of type a name stands for, as far as it can be told without names: `array of object`. */
function kindOf(name: string, { types }: Answer): string {
  const type = types.get(name);
  if (type === undefined) return "";
  if (type.kind === "builtin") return type.builtin;
  if (type.kind !== "array") return type.kind;
  const element = types.get(type.element);
  return `array of ${element?.kind === "builtin" ? element.builtin : (element?.kind ?? "")}`;
}
