/**
 * From what `query-qmp-schema` returns to the syntax tree of a schema that would have it returned.
 *
 * What an answer does not tell (bases, boxed arguments, the sizes of integers) is chosen so that values on the wire are
 * the same.
 */
import type {
  BranchNode,
  CaseNode,
  DefinitionNode,
  EnumValueNode,
  FeatureNode,
  FileNode,
  MemberNode,
  MembersNode,
  NameNode,
  TypeNode,
} from "../../syntax/ast.js";
import { Source, type Span } from "../../syntax/source.js";
import { JsonValue } from "../json-text.js";
import type { Schema } from "../schema.js";
import {
  type AlternateEntry,
  type AlternativePart,
  type Answer,
  type CommandEntry,
  emptyTypeOf,
  type Entry,
  type EventEntry,
  type FeaturedPart,
  type MemberPart,
  type NamedPart,
  type ObjectEntry,
  type Part,
  type VariantPart,
} from "./answer.js";
import { elementSpans, nameSpan } from "./entry-spans.js";
import { typesInPlace } from "./in-place.js";
import { introspect } from "./introspect.js";
import { readAnswer } from "./read-answer.js";
import { realNamesOf } from "./real-names.js";
import { nameTypes } from "./type-names.js";

/** What {@link readIntrospection} can be told. */
export interface ReadIntrospectionOptions {
  /** A schema that has the names of types that the answer masks; it need not be of the very same version. */
  readonly names?: Schema;
}

/**
 * Reads an answer.
 *
 * @param list - The list of `SchemaInfo`.
 * @throws JsonError when it is not as it should be.
 */
export function readIntrospection(list: JsonValue, { names }: ReadIntrospectionOptions = {}): FileNode {
  const answer = readAnswer(list);
  const schema = names === undefined ? undefined : unmaskedAnswer(names);
  const realNames = schema === undefined ? new Map<string, string>() : realNamesOf(answer, schema);
  const inPlace = typesInPlace(answer, realNames);
  const reserved = schema === undefined ? [] : schema.entries.map(({ name }) => name);
  const typeNames = nameTypes(answer, { realNames, inPlace, reserved });
  const { source, start } = list.span();
  const writer = new NodeWriter(answer, typeNames, inPlace, elementSpans(source, start));
  return {
    kind: "file",
    entries: answer.entries.flatMap((entry) => writer.definition(entry) ?? []),
    broken: [],
    isPartial: false,
    notes: [],
    hasNoStyle: true,
    span: { source, start: 0, end: source.text.length },
  };
}

function unmaskedAnswer(schema: Schema): Answer {
  const text = JSON.stringify(introspect(schema, { conditions: "keep" }));
  return readAnswer(JsonValue.parse(new Source("names", text)));
}

/** Writes definitions; all parts of one have the span of its entry in the answer. */
class NodeWriter {
  readonly #answer: Answer;
  readonly #names: ReadonlyMap<string, string>;
  readonly #inPlace: ReadonlySet<string>;
  readonly #spans: readonly Span[];
  readonly #empty: string | undefined;

  constructor(
    answer: Answer,
    names: ReadonlyMap<string, string>,
    inPlace: ReadonlySet<string>,
    spans: readonly Span[],
  ) {
    this.#answer = answer;
    this.#names = names;
    this.#inPlace = inPlace;
    this.#spans = spans;
    this.#empty = emptyTypeOf(answer);
  }

  /** The definition that an entry stands for; undefined where there is none to be written. */
  definition(entry: Entry): DefinitionNode | undefined {
    const span = this.#spans[entry.index];
    const isWritten = entry.kind === "command" || entry.kind === "event";
    const name = isWritten ? entry.name : this.#names.get(entry.name);
    if (span === undefined || name === undefined || (!isWritten && entry.name === this.#empty)) return undefined;
    const base = {
      name: { text: name, span: nameSpan(span, entry.name) },
      features: features(entry.features, span),
      span,
      ...conditional(entry),
    };
    switch (entry.kind) {
      case "builtin":
      case "array":
        return undefined;
      case "enum":
        return { kind: "enum", ...base, values: entry.values.map((value): EnumValueNode => featured(value, span)) };
      case "object":
        return this.#object(entry, base);
      case "alternate":
        return { kind: "alternate", ...base, alternatives: this.#alternatives(entry, span) };
      case "command": {
        const returns = entry.result === this.#empty ? {} : { returns: this.#type(entry.result, span) };
        const flags = { gen: true, successResponse: true, allowPreconfig: false, coroutine: false };
        return {
          kind: "command",
          ...base,
          ...this.#arguments(entry, span),
          ...returns,
          ...flags,
          allowOob: entry.allowOob,
        };
      }
      case "event":
        return { kind: "event", ...base, ...this.#arguments(entry, span) };
    }
  }

  #object(entry: ObjectEntry, base: Base): DefinitionNode {
    const { span } = base;
    const members = entry.members.map((member) => this.#member(member, span));
    if (entry.tag === undefined) return { kind: "struct", ...base, members };
    return {
      kind: "union",
      ...base,
      base: { kind: "members", members, span },
      discriminator: { text: entry.tag, span },
      // What has no members at all need not be written.
      branches: entry.variants
        .filter(({ type }) => type !== this.#empty)
        .map((variant): BranchNode => this.#branch(variant, span)),
    };
  }

  #member(part: MemberPart, span: Span): MemberNode {
    return { ...featured(part, span), optional: part.optional, type: this.#type(part.type, span) };
  }

  #branch(part: VariantPart, span: Span): CaseNode {
    return { name: { text: part.name, span }, type: this.#type(part.type, span), span, ...conditional(part) };
  }

  /** An answer has no names for alternatives, which are not on the wire; the types that they are of do. */
  #alternatives({ alternatives }: AlternateEntry, span: Span): readonly CaseNode[] {
    return alternatives.map((part: AlternativePart, index): CaseNode => {
      const type = this.#answer.types.get(part.type);
      const name = type?.kind === "builtin" ? type.builtin.toLowerCase() : (type?.kind ?? "any");
      const isDouble = alternatives
        .slice(0, index)
        .some((other) => this.#answer.types.get(other.type)?.kind === type?.kind);
      const text = isDouble && type?.kind !== "builtin" ? `${name}${String(index)}` : name;
      return { name: { text, span }, type: this.#type(part.type, span), span, ...conditional(part) };
    });
  }

  #arguments({ argument }: CommandEntry | EventEntry, span: Span): Arguments {
    if (argument === this.#empty) return { boxed: false };
    const type = this.#answer.types.get(argument);
    if (type?.kind === "object" && this.#inPlace.has(argument)) {
      const members = type.members.map((member) => this.#member(member, span));
      return { arguments: { kind: "members", members, span }, boxed: false };
    }
    return { arguments: this.#type(argument, span), boxed: type?.kind === "object" && type.tag !== undefined };
  }

  #type(name: string, span: Span): TypeNode {
    const type = this.#answer.types.get(name);
    const element = type?.kind === "array" ? this.#answer.types.get(type.element) : type;
    const text = element?.kind === "builtin" ? element.builtin : this.#names.get(element?.name ?? name);
    return { kind: "type", name: text ?? name, list: type?.kind === "array", span };
  }
}

/** What all definitions have. */
interface Base extends Part {
  readonly name: NameNode;
  readonly features: readonly FeatureNode[];
  readonly span: Span;
}

interface Arguments {
  readonly arguments?: TypeNode | MembersNode;
  readonly boxed: boolean;
}

function featured(part: FeaturedPart, span: Span): EnumValueNode {
  return { name: { text: part.name, span }, features: features(part.features, span), span, ...conditional(part) };
}

function features(parts: readonly NamedPart[], span: Span): readonly FeatureNode[] {
  return parts.map((part) => ({ name: { text: part.name, span }, span, ...conditional(part) }));
}

function conditional({ if: condition }: Part): Part {
  return condition === undefined ? {} : { if: condition };
}
