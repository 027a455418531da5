/**
 * Whether the data of an event can have what the arguments of its accessor ask for. What they never have is a mistake of the client,
 * which would wait for ever.
 */
import { isJsonObject, type JsonObject } from "../message.js";
import type { Validator } from "../schema.js";
import type { EnumShape, Shape, SimpleName, SimpleShape, StructShape } from "../shape.js";
import { CommandError } from "./command-error.js";

/**
 * @param args - Members of the event's data, at any depth.
 * @param validator - That of the event. Without one, nothing is known of it and all passes.
 * @throws CommandError that says what the data have.
 */
export function checkAccessor(event: string, args: JsonObject, validator: Validator | undefined): void {
  if (validator?.shape.kind !== "struct") return;
  const { data, "*data": optional = data } = validator.shape.describe();
  const problem = problemOf(args, optional === undefined ? NOTHING : [optional], []);
  if (problem === undefined) return;
  const { path, expected } = problem;
  throw new CommandError("GenericError", `arguments: ${path.join(".")}: expected ${expected}, as ${event} has it`);
}

interface Problem {
  readonly path: Path;
  /** In words. */
  readonly expected: string;
}

type Path = readonly (string | number)[];

/** The data of an event that has none. */
const NOTHING: readonly Shape[] = [{ kind: "struct", describe: () => ({}) }];

/**
 * What is wrong first.
 *
 * @param types - Those that a value at this place may have: of several branches of a union, say. All are looked at together, so that
 * it takes no longer the deeper the value is.
 */
function problemOf(value: unknown, types: Iterable<Shape>, path: Path): Problem | undefined {
  const possible = [...withoutAlternates(types)];
  if (possible.some(takesAnything)) return undefined;
  if (Array.isArray(value)) {
    const elements = possible.flatMap((type) => (type.kind === "list" ? [type.element] : []));
    if (elements.length > 0) return firstProblem(value.entries(), () => elements, path);
  } else if (isJsonObject(value)) {
    const structs = possible.filter((type) => type.kind === "struct");
    const members = membersOf(structs);
    const noMember = { path, expected: oneOf([...members.keys()]) };
    if (structs.length > 0) return firstProblem(Object.entries(value), (name) => members.get(name), path, noMember);
  } else if (possible.some((type) => takesScalar(type, value))) {
    return undefined;
  }
  return { path, expected: oneOf(possible.map(inWords)) };
}

function firstProblem<Key extends string | number>(
  parts: Iterable<readonly [Key, unknown]>,
  typesOf: (key: Key) => Iterable<Shape> | undefined,
  path: Path,
  { expected }: Pick<Problem, "expected"> = { expected: "" },
): Problem | undefined {
  for (const [key, part] of parts) {
    const types = typesOf(key);
    const here = [...path, key];
    const problem = types === undefined ? { path: here, expected } : problemOf(part, types, here);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function withoutAlternates(types: Iterable<Shape>): ReadonlySet<Shape> {
  const reached = new Set(types);
  // A set takes what is added to it while it is gone through.
  for (const type of reached) {
    if (type.kind !== "alternate") continue;
    reached.delete(type);
    for (const one of Object.values(type.types())) reached.add(one);
  }
  return reached;
}

/** The members of some types, those of all their branches included: the arguments need not say which branch is meant. */
function membersOf(structs: readonly StructShape[]): ReadonlyMap<string, ReadonlySet<Shape>> {
  const members = new Map<string, Set<Shape>>();
  const reached = new Set(structs);
  for (const type of reached) {
    for (const [key, member] of Object.entries(type.describe())) {
      const name = key.startsWith("*") ? key.slice(1) : key;
      const types = members.get(name) ?? new Set();
      members.set(name, types.add(member));
    }
    for (const branch of Object.values(type.branches?.() ?? {})) reached.add(branch);
  }
  return members;
}

function takesAnything({ kind }: Shape): boolean {
  return kind === "json" || kind === "open";
}

function takesScalar(type: Shape, value: unknown): boolean {
  if (type.kind === "enum") return type.values().has(value);
  return type.kind === "simple" && SIMPLE[type.name].takes(value);
}

function inWords(type: Shape): string {
  switch (type.kind) {
    case "simple":
      return simpleInWords(type);
    case "enum":
      return enumInWords(type);
    case "list":
      return "an array";
    case "struct":
    case "open":
      return "an object";
    case "alternate":
    case "json":
      return "a value";
  }
}

function simpleInWords({ name }: SimpleShape): string {
  return SIMPLE[name].words;
}

function enumInWords({ values }: EnumShape): string {
  return oneOf([...values()].map((value) => `'${String(value)}'`));
}

function oneOf(words: readonly string[]): string {
  const last = words.at(-1) ?? "nothing";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} or ${last}`;
}

interface Simple {
  readonly words: string;
  readonly takes: (value: unknown) => boolean;
}

const INTEGER: Simple = {
  words: "an integer",
  takes: (value) => typeof value === "bigint" || Number.isInteger(value),
};
const STRING: Simple = { words: "a string", takes: (value) => typeof value === "string" };
const ANY: Simple = { words: "a value", takes: () => true };

const SIMPLE: Readonly<Record<SimpleName, Simple>> = {
  str: STRING,
  bool: { words: "true or false", takes: (value) => typeof value === "boolean" },
  null: { words: "null", takes: (value) => value === null },
  number: { words: "a number", takes: (value) => typeof value === "number" || typeof value === "bigint" },
  int8: INTEGER,
  int16: INTEGER,
  int32: INTEGER,
  int64: INTEGER,
  uint8: INTEGER,
  uint16: INTEGER,
  uint32: INTEGER,
  uint64: INTEGER,
  literal: ANY,
  timestamp: ANY,
};
