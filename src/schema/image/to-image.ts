/** From the model to an image. */
import type { Span } from "../../syntax/source.js";
import type { Condition } from "../condition.js";
import { conditionJson } from "../condition-json.js";
import type {
  Branch,
  Command,
  Definition,
  Doc,
  DocSection,
  Event,
  Feature,
  Member,
  ObjectType,
  Schema,
  Signal,
  Type,
} from "../schema.js";
import { entriesOf } from "../entries.js";
import { IMAGE_KEY, IMAGE_VERSION, VERSION_WITHOUT_SIGNALS } from "./format.js";
import { versionOnly } from "./versions.js";

/** What {@link toImage} can be told. */
export interface ImageOptions {
  /** Whether documentation is in the image; `versions`: only which version definitions and members came with. Default: yes. */
  readonly docs?: ImageDocs;
}

/** How much documentation is in an image. */
export type ImageDocs = boolean | "versions";

/**
 * The image of a schema: a JSON document that can be read as a schema is, with a line for each definition.
 *
 * It depends on nothing but the model, and not on the order of its modules.
 *
 * @example
 * ```ts
 * import { check, load, memoryHost, toImage } from "qapi-codegen";
 *
 * const { schema } = check(load("a.json", memoryHost({ "a.json": "{ 'event': 'STOP' }" })));
 * if (schema === undefined) throw new Error("the schema is wrong");
 * const image = toImage(schema);
 *
 * // Whatever reads a schema reads an image.
 * const again = check(load("image.json", memoryHost({ "image.json": image })));
 * again.schema?.events.map(({ name }) => name); // => ["STOP"]
 * ```
 */
export function toImage(schema: Schema, { docs = true }: ImageOptions = {}): string {
  const modules = [...schema.modules].sort(
    (a, b) => Number(b.isRoot) - Number(a.isRoot) || (a.name < b.name ? -1 : Number(a.name > b.name)),
  );
  const texts = modules.map((module) => {
    const all = entriesOf(docs === true ? module : { ...module, docs: [] });
    const entries = all.map((entry) => JSON.stringify(new EntryWriter(docs).entry(entry)));
    const root = module.isRoot ? '"root":true,' : "";
    return `{"name":${JSON.stringify(module.name)},${root}"entries":[\n${entries.join(",\n")}\n]}`;
  });
  const version = schema.commands.some(connectsTo) ? IMAGE_VERSION : VERSION_WITHOUT_SIGNALS;
  return `{"${IMAGE_KEY}":${String(version)},"modules":[\n${texts.join(",\n")}\n]}\n`;
}

/** Undefined properties are not written. */
type Json = string | number | boolean | undefined | readonly Json[] | { readonly [key: string]: Json };
type JsonObject = Readonly<Record<string, Json>>;

/** Writes one entry. Its places go into one list, so all that has one is written in the order in which it is read. */
class EntryWriter {
  readonly #docs: ImageDocs;
  /** Line and column in turn; each line as the difference to the one before. */
  readonly #places: number[] = [];
  #line = 0;

  constructor(docs: ImageDocs) {
    this.#docs = docs;
  }

  entry(entry: Definition | Doc): JsonObject {
    const json = entry.kind === "doc" ? this.#freeDoc(entry) : this.#definition(entry);
    return { ...json, at: this.#places };
  }

  #place({ source, start }: Span): void {
    const { line, column } = source.position(start);
    this.#places.push(line - this.#line, column);
    this.#line = line;
  }

  #freeDoc(doc: Doc): JsonObject {
    this.#place(doc.span);
    return { symbol: doc.symbol, doc: sectionsJson(doc.sections) };
  }

  #definition(definition: Definition): JsonObject {
    this.#place(definition.span);
    this.#place(definition.nameSpan);
    return {
      [definition.kind]: definition.name,
      ...this.#body(definition),
      ...this.#common(definition),
      implicit: definition.implicit,
      doc: definition.doc && this.#doc(definition.doc),
    };
  }

  #doc(doc: Doc): Json {
    if (this.#docs === true) return sectionsJson(doc.sections);
    const versions = this.#docs === "versions" ? doc.sections.flatMap((section) => versionOnly(section) ?? []) : [];
    return versions.length === 0 ? undefined : sectionsJson(versions);
  }

  #body(definition: Definition): JsonObject {
    switch (definition.kind) {
      case "enum":
        return { data: definition.values.map((value) => this.#named(value)), prefix: definition.prefix };
      case "struct":
        return { base: definition.base?.name, data: this.#members(definition.members) };
      case "union":
        return {
          base: this.#object(definition.base),
          discriminator: definition.discriminator.name,
          data: definition.branches.flatMap((branch) => this.#branch(branch)),
        };
      case "alternate":
        return { data: definition.alternatives.map((item) => this.#typed(item, item.name, item.type)) };
      case "command":
        return {
          data: definition.arguments && this.#object(definition.arguments),
          returns: definition.returns && typeName(definition.returns),
          ...flags(definition),
          signal: connectsTo(definition)?.event.name,
        };
      case "event":
        return { data: definition.arguments && this.#object(definition.arguments), ...flags(definition) };
    }
  }

  /** Members in place, or the name of the type that has them. */
  #object(type: ObjectType): Json {
    return type.kind === "anonymous" ? this.#members(type.members) : type.name;
  }

  #members(members: readonly Member[]): Json {
    return members.map((member) =>
      this.#typed(member, (member.optional ? "*" : "") + member.name, member.type, member.features),
    );
  }

  /** What an implied branch is, follows from the enumeration. */
  #branch(branch: Branch): readonly Json[] {
    return branch.implied || branch.type === undefined ? [] : [this.#typed(branch, branch.name, branch.type)];
  }

  #typed(node: Part, name: string, type: Type, features: readonly Feature[] = []): Json {
    this.#place(node.span);
    const more = this.#common({ ...node, features });
    return isEmpty(more) ? [name, typeName(type)] : [name, typeName(type), more];
  }

  /** A value of an enumeration, or a feature. */
  #named(node: Part & { readonly name: string; readonly features?: readonly Feature[] }): Json {
    this.#place(node.span);
    const more = this.#common(node);
    return isEmpty(more) ? node.name : { name: node.name, ...more };
  }

  #common({ if: condition, features = [] }: Common): JsonObject {
    return {
      if: condition && conditionJson(condition),
      features: features.length === 0 ? undefined : features.map((feature) => this.#named(feature)),
    };
  }
}

interface Common {
  readonly if?: Condition;
  readonly features?: readonly Feature[];
}

interface Part extends Common {
  readonly span: Span;
}

function sectionsJson(sections: readonly DocSection[]): Json {
  return sections.map(({ kind, name, text }) => {
    if (name !== undefined) return [kind, text, name];
    return kind === "text" ? text : [kind, text];
  });
}

function isEmpty(json: JsonObject): boolean {
  return Object.values(json).every((value) => value === undefined);
}

function typeName(type: Type): Json {
  return type.kind === "list" ? [typeName(type.element)] : type.name;
}

/** The signal that slots are connected to by a command; the command that disconnects them follows from it. */
function connectsTo(command: Command): Signal | undefined {
  return command.signal?.connect === command ? command.signal : undefined;
}

/** The flags that are not as they are when nothing is said of them. */
function flags(definition: Command | Event): JsonObject {
  if (definition.kind === "event") return { boxed: definition.boxed || undefined };
  const { boxed, gen, successResponse, allowOob, allowPreconfig, coroutine } = definition;
  return {
    boxed: boxed || undefined,
    gen: gen && undefined,
    "success-response": successResponse && undefined,
    "allow-oob": allowOob || undefined,
    "allow-preconfig": allowPreconfig || undefined,
    coroutine: coroutine || undefined,
  };
}
