/**
 * What can be said to a server: its commands, and what they take, by its own account or a schema's.
 */
import type { EnumInfo, MemberInfo, ObjectInfo, TypeInfo } from "../../runtime/introspection/entry.js";
import { Introspection } from "../../runtime/introspection/introspection.js";
import type { Schema } from "../../schema/schema.js";
import { type JsonKind, valueOf } from "./request.js";

/** What a line gives already: values as they are written, by names with dots. */
export type Given = ReadonlyMap<string, string>;

/** What there is to say. What it knows comes from a server that is not trusted. */
export class Vocabulary {
  readonly commands: readonly string[];
  readonly events: readonly string[];
  /** Where the documentation is; absent where nobody has it. */
  readonly schema: Schema | undefined;
  readonly #introspection: Introspection;

  /** @param answer - What `query-qmp-schema` returns. @throws ProtocolError when it is not understood. */
  constructor(answer: unknown, schema?: Schema) {
    this.#introspection = new Introspection(answer);
    this.schema = schema;
    const entities = this.#introspection.entities();
    const names = (kind: string): readonly string[] =>
      entities
        .filter((entity) => entity.kind === kind)
        .map(({ name }) => name)
        .sort();
    this.commands = names("command");
    this.events = names("event");
  }

  entity(name: string): ReturnType<Introspection["entity"]> {
    return this.#introspection.entity(name);
  }

  type(name: string): TypeInfo {
    return this.#introspection.type(name);
  }

  /**
   * The types that a value can have where a path leads, alternates as their alternatives; none if it leads nowhere that is known.
   *
   * @param given - Chooses the branches of unions.
   */
  typesAt(command: string, path: readonly string[], given: Given): readonly TypeInfo[] {
    const entity = this.entity(command);
    if (entity?.kind !== "command") return [];
    let types = this.alternatives(entity.argument);
    for (const [index, name] of path.entries()) {
      const before = path.slice(0, index);
      types = types.flatMap((type) => {
        if (type.kind === "array") return /^[0-9]+$/.test(name) ? this.alternatives(type.element) : [];
        const member = type.kind === "object" ? this.members(type, before, given).get(name) : undefined;
        return member === undefined ? [] : this.alternatives(member.type);
      });
    }
    return types;
  }

  /** The members of an object, with those of the branches that were chosen. */
  members(type: ObjectInfo, path: readonly string[] = [], given: Given = new Map()): ReadonlyMap<string, MemberInfo> {
    const members = new Map<string, MemberInfo>();
    const seen = new Set<ObjectInfo>();
    let next: ObjectInfo | undefined = type;
    while (next !== undefined && !seen.has(next)) {
      seen.add(next);
      for (const [name, member] of next.members) if (!members.has(name)) members.set(name, member);
      next = this.#branch(next, path, given);
    }
    return members;
  }

  /** A type by its name, or of an alternate the types that it can be. */
  alternatives(name: string): readonly TypeInfo[] {
    const type = this.type(name);
    // Alternates do not nest.
    return type.kind === "alternate" ? type.types.map((one) => this.type(one)) : [type];
  }

  /** Whether a command takes a value of a JSON type where a path leads; true where that is not known. */
  takes(command: string, path: readonly string[], given: Given, kind: JsonKind): boolean {
    const types = this.typesAt(command, path, given);
    return types.length === 0 || types.some((type) => takesKind(type, kind));
  }

  #branch(type: ObjectInfo, path: readonly string[], given: Given): ObjectInfo | undefined {
    if (type.tag === undefined) return undefined;
    const text = given.get([...path, type.tag].join("."));
    if (text === undefined) return undefined;
    const name = type.variants.get(textOf(text));
    const branch = name === undefined ? undefined : this.type(name);
    return branch?.kind === "object" ? branch : undefined;
  }
}

/** A value of an enumeration, as it is meant. */
function textOf(text: string): string {
  try {
    return String(valueOf(text, (kind) => kind === "string"));
  } catch {
    return text; // Not finished yet.
  }
}

function takesKind(type: TypeInfo, kind: JsonKind): boolean {
  switch (type.kind) {
    case "builtin": {
      if (type.jsonType === "value") return true;
      return (type.jsonType === "int" ? "number" : type.jsonType) === kind;
    }
    case "enum":
      return kind === "string";
    case "array":
    case "object":
      return type.kind === kind;
    case "alternate":
    case "unknown":
      return true;
  }
}

/** The values that a type can have, if they are few. */
export function valuesOf(type: TypeInfo): readonly string[] {
  if (type.kind === "enum") return enumValues(type);
  if (type.kind !== "builtin") return [];
  if (type.jsonType === "boolean") return ["true", "false"];
  return type.jsonType === "null" ? ["null"] : [];
}

function enumValues({ values }: EnumInfo): readonly string[] {
  return [...values.keys()];
}
