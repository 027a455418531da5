/** What strict mode looks at besides: that nothing is in a value that the schema does not know. */
import { SUPPORT, type SupportFile } from "./support-file.js";

export const STRICT: SupportFile = {
  path: SUPPORT.strict,
  imports: {
    [SUPPORT.checks]: "type JsonObject, isArray, isJson, isObject, isPlain, own",
    [SUPPORT.report]: "type Report, type Strictness, passes",
    [SUPPORT.shape]: "type Member, type Shape, type Struct, membersOf, simple",
  },
  text: () => TEXT,
};

const TEXT = `\
// What is sent must have nothing in it that the schema does not know, and nothing
// that JSON does not have.

/** Strict mode. */
export const strictly: Strictness = { isKnown, explainOthers };

function isKnown(value: unknown, shape: Shape): boolean {
  switch (shape.kind) {
    case "simple":
      return true;
    case "json":
      return isJson(value);
    case "enum":
      return shape.values().has(value);
    case "list":
      return !isArray(value) || areKnown(value, shape.element);
    case "alternate": {
      const type = shape.typeOf(value);
      return type === undefined || isKnown(value, type);
    }
    case "struct":
      return !isObject(value) || isKnownObject(value, shape, undefined);
    case "open":
      return (
        !isObject(value) || isKnownObject(value, shape.type(), shape.others)
      );
  }
}

function areKnown(values: readonly unknown[], element: Shape): boolean {
  if (element.kind === "simple") return true;
  for (let i = 0; i < values.length; i++) {
    if (!isKnown(values[i], element)) return false;
  }
  return true;
}

function isKnownObject(
  value: JsonObject,
  type: Struct,
  others: Shape | undefined,
): boolean {
  if (!isPlain(value)) return false;
  const { members, required } = knownOf(value, type);
  let missing = required;
  for (const name in value) {
    const member = members.get(name);
    if (member === undefined) {
      const part = own(value, name);
      if (part === undefined) continue;
      if (others === undefined || !isKnown(part, others)) return false;
    } else {
      if (!member.optional) missing--;
      const { shape } = member;
      if (shape.kind === "simple") continue;
      const part = value[name];
      if (part !== undefined && !isKnown(part, shape)) return false;
    }
  }
  // What is there but not enumerable is not sent.
  return missing === 0;
}

/** What is known of an object's members, those by the value of another included. */
class Known {
  readonly members: ReadonlyMap<string, Member>;
  /** How many there must be. */
  readonly required: number;
  readonly #branches = new Map<Struct, Known>();

  constructor(members: readonly Member[]) {
    this.members = new Map(members.map((member) => [member.name, member]));
    this.required = members.filter(({ optional }) => !optional).length;
  }

  /** The same with the members of a branch. */
  with(branch: Struct): Known {
    let known = this.#branches.get(branch);
    if (known === undefined) {
      known = new Known([...this.members.values(), ...membersOf(branch)]);
      this.#branches.set(branch, known);
    }
    return known;
  }
}

const knownTypes: WeakMap<Struct, Known> = /* @__PURE__ */ new WeakMap();

function knownOf(value: JsonObject, type: Struct): Known {
  let known = knownTypes.get(type);
  if (known === undefined) {
    known = new Known(membersOf(type));
    knownTypes.set(type, known);
  }
  let branch = type.branch?.(value);
  while (branch !== undefined) {
    known = known.with(branch);
    branch = branch.branch?.(value);
  }
  return known;
}

function explainOthers(
  value: JsonObject,
  type: Struct,
  report: Report,
  others: Shape = nothing,
): void {
  if (!isPlain(value)) {
    report.say("a plain object", "an instance of a class");
  }
  // Which members there may be is not known where a tag is wrong.
  if (!hasKnownTags(value, type)) return;
  const { members } = knownOf(value, type);
  for (const name of Object.keys(value)) {
    if (report.isFull()) break;
    const part = value[name];
    if (part === undefined || members.has(name)) continue;
    report.explain(name, part, others);
  }
}

function hasKnownTags(value: JsonObject, type: Struct): boolean {
  const tag = type.tag?.();
  const shape = tag && knownOf(value, type).members.get(tag)?.shape;
  if (shape && !passes(own(value, tag), shape, strictly)) return false;
  const branch = type.branch?.(value);
  return branch === undefined || hasKnownTags(value, branch);
}

const nothing: Shape = /* @__PURE__ */ simple(
  "literal",
  "no member of this name",
  () => false,
);`;
