/** What strict mode looks at besides: that nothing is in a value that the schema does not know. */
import { SUPPORT, type SupportFile } from "./support-file.js";

export const STRICT: SupportFile = {
  path: SUPPORT.strict,
  imports: {
    [SUPPORT.checks]: "type JsonObject, isArray, isJson, isObject, isPlain, own",
    [SUPPORT.report]: "type Report, type Strictness, passes",
    [SUPPORT.shape]: "type Shape, type Struct, simple",
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
  const { members, required } = membersOf(type);
  const branch = type.branch?.(value);
  let missing = required;
  for (let more = branch; more !== undefined; more = more.branch?.(value)) {
    missing += membersOf(more).required;
  }
  for (const name in value) {
    const part = value[name];
    if (part === undefined) continue;
    const member =
      members.get(name) ?? (branch && memberOf(name, value, branch));
    if (member === undefined) {
      if (!others || !isKnown(part, others)) {
        // What was added to Object.prototype is no member.
        if (Object.hasOwn(value, name)) return false;
      }
    } else {
      if (!member.optional) missing--;
      const { shape } = member;
      if (shape.kind !== "simple" && !isKnown(part, shape)) return false;
    }
  }
  // What is there but not enumerable is not sent.
  return missing === 0;
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
  for (const name of Object.keys(value)) {
    if (report.isFull()) return;
    const part = value[name];
    if (part === undefined || memberOf(name, value, type)) continue;
    report.explain(name, part, others);
  }
}

function hasKnownTags(value: JsonObject, type: Struct): boolean {
  const tag = type.tag?.();
  const shape = tag && membersOf(type).members.get(tag)?.shape;
  if (shape && !passes(own(value, tag), shape, strictly)) return false;
  const branch = type.branch?.(value);
  return branch === undefined || hasKnownTags(value, branch);
}

const nothing: Shape = /* @__PURE__ */ simple(
  "no member of this name",
  () => false,
);

/** What is known of the members of a type, those of branches aside. */
interface KnownMembers {
  readonly members: ReadonlyMap<string, Member>;
  /** How many there must be. */
  readonly required: number;
}

interface Member {
  readonly shape: Shape;
  readonly optional: boolean;
}

const known: WeakMap<Struct, KnownMembers> = /* @__PURE__ */ new WeakMap();

function membersOf(type: Struct): KnownMembers {
  let result = known.get(type);
  if (result === undefined) {
    const members = new Map<string, Member>();
    let required = 0;
    for (const [key, shape] of Object.entries(type.members())) {
      const name = key.replace("*", "");
      members.set(name, { shape, optional: name !== key });
      if (name === key) required++;
    }
    result = { members, required };
    known.set(type, result);
  }
  return result;
}

/** What is known of a member that an object has. */
function memberOf(
  name: string,
  value: JsonObject,
  type: Struct,
): Member | undefined {
  const member = membersOf(type).members.get(name);
  if (member !== undefined) return member;
  const branch = type.branch?.(value);
  return branch && memberOf(name, value, branch);
}`;
