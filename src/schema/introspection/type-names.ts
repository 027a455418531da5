/**
 * Names for the types of an answer. QEMU masks them, so they are named after where they are used: on the shortest way from
 * a command or an event, the first one in the order of the answer. The same answer gives the same names.
 */
import { builtins } from "../builtin.js";
import type { Answer, TypeEntry } from "./answer.js";
import { knownName } from "./known-name.js";

/** Where a type is used, in words of its name. */
interface Use {
  /** The name that the type gets if it has none. */
  readonly name: string;
  /** What the names of types in it begin with. */
  readonly stem: string;
  /** The same, of the command or the event at the beginning of the way. */
  readonly root: string;
}

/** What {@link nameTypes} can be told. */
export interface TypeNameOptions {
  /** Names that are known, by those in the answer. */
  readonly realNames: ReadonlyMap<string, string>;
  /** Types that need no name, since they are written in place. */
  readonly inPlace: ReadonlySet<string>;
  /** Names that no type may get but by {@link TypeNameOptions.realNames}. */
  readonly reserved: Iterable<string>;
}

/** Names grow with the way to a type; longer ones than this are cut short. */
const MAXIMUM_LENGTH = 80;
const MAXIMUM_WORDS = 40;

/**
 * The names of the enums, objects and alternates of an answer that are not in place, by those in the answer. A masked type
 * that no command or event leads to gets none: that happens where what used it is not in the build.
 */
export function nameTypes(answer: Answer, options: TypeNameOptions): ReadonlyMap<string, string> {
  return new Naming(answer, options).run();
}

class Naming {
  readonly #answer: Answer;
  readonly #options: TypeNameOptions;
  readonly #names = new Map<string, string>();
  readonly #taken: Set<string>;
  readonly #counts = new Map<string, number>();
  readonly #reached = new Set<string>();
  readonly #queue: (readonly [TypeEntry, Use])[] = [];

  constructor(answer: Answer, options: TypeNameOptions) {
    this.#answer = answer;
    this.#options = options;
    this.#taken = new Set([...builtins.keys(), ...options.reserved, ...options.realNames.values()]);
    for (const entry of answer.entries)
      if (entry.kind === "command" || entry.kind === "event") this.#taken.add(entry.name);
  }

  run(): ReadonlyMap<string, string> {
    for (const entry of this.#answer.entries) {
      if (entry.kind !== "command" && entry.kind !== "event") continue;
      const stem = words(entry.name);
      const suffix = entry.kind === "command" ? "Options" : "Data";
      this.#reach(entry.argument, { name: stem + suffix, stem, root: stem });
      if (entry.kind === "command") this.#reachResult(entry.name, entry.result);
    }
    // The queue grows while it is walked.
    for (const [type, use] of this.#queue) this.#reachParts(type, use);
    for (const { name } of this.#answer.types.values()) {
      if (knownName(name, this.#options.realNames) !== undefined) this.#reach(name, { name, stem: name, root: name });
    }
    return this.#names;
  }

  /** QEMU's own names for what a command `query-foo` returns are like this, too: `FooInfo`. */
  #reachResult(command: string, result: string): void {
    const subject = /^query-(.+)$/.exec(command)?.[1];
    const isList = this.#answer.types.get(result)?.kind === "array";
    const what = words(isList && subject !== undefined ? singular(subject) : (subject ?? command));
    const name = what + (subject !== undefined ? "Info" : isList ? "Item" : "Result");
    this.#reach(result, { name, stem: name, root: name });
  }

  #reachParts(type: TypeEntry, { stem, root }: Use): void {
    if (type.kind === "object") {
      for (const member of type.members) {
        const isList = this.#answer.types.get(member.type)?.kind === "array";
        this.#reach(member.type, below(stem, root, words(isList ? singular(member.name) : member.name), ""));
      }
      for (const variant of type.variants) this.#reach(variant.type, below(stem, root, words(variant.name), "Branch"));
    }
    if (type.kind === "alternate") {
      for (const { type: name } of type.alternatives) {
        const part = ALTERNATIVES[this.#answer.types.get(name)?.kind ?? "builtin"];
        this.#reach(name, below(stem, root, part, ""));
      }
    }
  }

  #reach(name: string, use: Use): void {
    const found = this.#answer.types.get(name);
    const type = found?.kind === "array" ? this.#answer.types.get(found.element) : found;
    if (type === undefined || type.kind === "builtin" || type.kind === "array" || this.#reached.has(type.name)) return;
    this.#reached.add(type.name);
    if (this.#options.inPlace.has(type.name)) {
      this.#queue.push([type, use]);
      return;
    }
    const known = knownName(type.name, this.#options.realNames);
    const chosen = known ?? this.#free(use.name);
    this.#names.set(type.name, chosen);
    this.#queue.push([type, known === undefined ? use : { name: known, stem: known, root: known }]);
  }

  /** `wanted`, or what is like it if another type has that name. */
  #free(wanted: string): string {
    // For QEMU, such a name would be that of an array.
    const ending = wanted.endsWith("List") ? `${wanted}Type` : wanted;
    const base = /^[A-Z]/.test(ending) ? ending : `Type${ending}`;
    let name = base;
    let count = this.#counts.get(base) ?? 0;
    for (; this.#taken.has(name); count++) name = `${base}Other${count === 0 ? "" : String(count + 1)}`;
    this.#counts.set(base, count);
    this.#taken.add(name);
    return name;
  }
}

const ALTERNATIVES: Readonly<Record<TypeEntry["kind"], string>> = {
  builtin: "Value",
  array: "Item",
  enum: "Enum",
  object: "Object",
  alternate: "Alternate",
};

/** The use of a type in a part of another one. */
function below(stem: string, root: string, part: string, suffix: string): Use {
  const whole = stem.length + part.length > MAXIMUM_LENGTH ? root + part : stem + part;
  const inner = whole.length > MAXIMUM_LENGTH ? part : whole;
  return { name: inner + suffix, stem: inner, root };
}

/** `netdev_add`, `BLOCK_IO_ERROR`: `NetdevAdd`, `BlockIoError`. */
function words(name: string): string {
  const pascal = name
    .slice(0, MAXIMUM_WORDS)
    .split(/[^A-Za-z0-9]+/)
    .map(
      (word) =>
        word.charAt(0).toUpperCase() + (word === word.toUpperCase() ? word.slice(1).toLowerCase() : word.slice(1)),
    )
    .join("");
  return pascal;
}

/** What one element of `name` is: `devices`, `entries`: `device`, `entry`. */
function singular(name: string): string {
  if (name.endsWith("ies")) return `${name.slice(0, -3)}y`;
  return /[^su]s$/.test(name) ? name.slice(0, -1) : name;
}
