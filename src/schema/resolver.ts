/** Finds what names stand for, and reports those that stand for nothing. */
import type { CaseNode, EnumValueNode, FeatureNode, MemberNode, NameNode, TypeNode } from "../syntax/ast.js";
import { article } from "../syntax/reader.js";
import { suggestion } from "../syntax/suggestion.js";
import { annotate } from "./annotate.js";
import { builtins, describeType, listFactory, UNKNOWN } from "./builtin.js";
import type { ImplicitNames } from "./implicit-names.js";
import type { DocIndex } from "./doc-index.js";
import type { Report } from "./report.js";
import type { BuiltinName, Command, Definition, Event, Feature, Type } from "./schema.js";

/** What other languages call the built-in types. */
const FOREIGN_NAMES: ReadonlyMap<string, BuiltinName> = new Map([
  ["string", "str"],
  ["boolean", "bool"],
  ["integer", "int"],
  ["float", "number"],
  ["double", "number"],
  ["uint", "uint64"],
  ["object", "any"],
]);

/** What says in the notation of the proposal of 2011 that a command returns nothing. */
const NOTHING = "none";

/** All definitions; filled before the first name is looked up. */
export interface Known {
  readonly byName: ReadonlyMap<string, Definition>;
  /** Those that the schema calls otherwise, by how it calls them. */
  readonly byWritten: ReadonlyMap<string, Definition>;
}

export class Resolver {
  readonly report: Report;
  readonly #byName: ReadonlyMap<string, Definition>;
  readonly #byWritten: ReadonlyMap<string, Definition>;
  /** What has been reported; the two commands of a signal have nodes in common. */
  readonly #reported = new WeakSet<object>();
  readonly #mayExist: (name: string) => boolean;
  readonly #implicit: () => ImplicitNames;
  readonly #list = listFactory();
  #suggestionsLeft = 100;

  /**
   * @param mayExist - Whether a name that is not there may be that of a definition that could not be understood, which
   * is reported already.
   * @param implicit - Knows the names of types that are not defined.
   */
  constructor(
    { byName, byWritten }: Known,
    mayExist: (name: string) => boolean,
    implicit: () => ImplicitNames,
    report: Report,
  ) {
    this.#byName = byName;
    this.#byWritten = byWritten;
    this.#mayExist = mayExist;
    this.#implicit = implicit;
    this.report = report;
  }

  /** The type that is meant; `UNKNOWN` when there is none, which is reported then. `what` is for the message. */
  type(node: TypeNode, what: string): Type {
    const type = this.#named(node, what);
    return node.list && type !== UNKNOWN ? this.#list(type) : type;
  }

  /** The event that is meant; undefined when there is none, which is reported then. */
  event({ text, written = text, span }: NameNode, what: string): Event | undefined {
    const definition = this.#byName.get(text);
    if (definition?.kind === "event") return definition;
    if (definition === undefined && this.#mayExist(text)) return undefined;
    const other = definition ?? this.#byName.get(written);
    const similar = other === undefined ? this.suggest(written, this.#eventNames()) : undefined;
    this.report({
      code: "invalid-signal",
      message:
        other === undefined
          ? `${what}: there is no event '${written}'${written === text ? "" : `, which is '${text}' on the wire`}`
          : `${what}: '${written}' is ${article(other.kind)}, not an event`,
      span,
      ...(other !== undefined && { related: [{ span: other.nameSpan, message: "defined here" }] }),
      ...(other !== undefined
        ? { hint: "what ends in 'Event' is one here; write the command as { 'command': NAME, 'returns': TYPE }" }
        : similar !== undefined && { hint: `did you mean '${similar}'?` }),
    });
    return undefined;
  }

  *#eventNames(): Iterable<string> {
    for (const [written, { kind }] of this.#byWritten) if (kind === "event") yield written;
    for (const { kind, name } of this.#byName.values()) if (kind === "event") yield name;
  }

  /** The command of that name. */
  command(name: string): Command | undefined {
    const definition = this.#byName.get(name);
    return definition?.kind === "command" ? definition : undefined;
  }

  #named(node: TypeNode, what: string): Type {
    const { name, list, span } = node;
    const builtin = builtins.get(name);
    if (builtin !== undefined) return builtin;
    const definition = this.#byName.get(name) ?? this.#byWritten.get(name);
    if (definition !== undefined && definition.kind !== "command" && definition.kind !== "event") return definition;
    if (this.#reported.has(node) || (definition === undefined && this.#mayExist(name))) return UNKNOWN;
    if (definition !== undefined) {
      this.#reported.add(node);
      this.report({
        code: "undefined-type",
        message: `${what}: '${name}' is ${article(definition.kind)}, not a type`,
        span,
        related: [{ span: definition.nameSpan, message: "defined here" }],
        ...(definition.kind === "event" && { hint: "an event is sent; it cannot be a value, or a part of one" }),
      });
      return UNKNOWN;
    }
    const element = list ? undefined : this.#implicit().element(name);
    if (element !== undefined) return this.#list(this.#named({ kind: "type", name: element, list: true, span }, what));
    const struct = this.#implicit().struct(name, span);
    if (struct !== undefined) return struct;
    this.#reported.add(node);
    const similar = FOREIGN_NAMES.get(name) ?? this.suggest(name, this.#typeNames());
    this.report({
      code: "undefined-type",
      message: `${what}: there is no type '${name}'`,
      span,
      ...hintFor(name, similar),
    });
    return UNKNOWN;
  }

  /** See {@link suggestion}; gives up after many, since each takes a look at all that is known. */
  suggest(name: string, known: Iterable<string>): string | undefined {
    return this.#suggestionsLeft-- > 0 ? suggestion(name, known) : undefined;
  }

  *#typeNames(): Iterable<string> {
    yield* builtins.keys();
    for (const { kind, name } of this.#byName.values()) if (kind !== "command" && kind !== "event") yield name;
  }

  features(nodes: readonly FeatureNode[], docs: DocIndex, owner: string): readonly Feature[] {
    if (nodes.length === 0) return [];
    const unique = this.unique(nodes, "duplicate-feature", `${owner} has the feature`);
    return unique.map((node) => featureOf(node, docs));
  }

  /** The same of an enum's value, where QEMU's compiler does not mind a feature that is there twice. */
  featuresOfValue(nodes: readonly FeatureNode[], docs: DocIndex): readonly Feature[] {
    return nodes.map((node) => featureOf(node, docs));
  }

  /** The nodes without those that have the name of an earlier one, which are reported. */
  unique<N extends MemberNode | CaseNode | FeatureNode | EnumValueNode>(
    nodes: readonly N[],
    code: string,
    what: string,
  ): readonly N[] {
    if (nodes.length < 2) return nodes;
    const seen = new Map<string, N>();
    return nodes.filter((node) => {
      const name = node.name.text;
      const first = seen.get(name);
      if (first === undefined) {
        seen.set(name, node);
      } else if (!this.#reported.has(node.name)) {
        this.#reported.add(node.name);
        this.report({
          code,
          message: `${what} '${name}' twice`,
          span: node.name.span,
          related: [{ span: first.name.span, message: "first here" }],
        });
      }
      return first === undefined;
    });
  }

  /** Reports that `type`, which `node` names, cannot be there. */
  wrongType(code: string, message: string, type: Type, node: TypeNode): void {
    const definition = type.kind === "builtin" || type.kind === "list" ? undefined : type;
    this.report({
      code,
      message: `${message}, not ${describeType(type)}`,
      span: node.span,
      ...(definition === undefined ? {} : { related: [{ span: definition.nameSpan, message: "defined here" }] }),
    });
  }
}

function hintFor(name: string, similar: string | undefined): { readonly hint?: string } {
  if (name === NOTHING) return { hint: "'none' is no type, but the result of a command that returns nothing" };
  return similar === undefined ? {} : { hint: `did you mean '${similar}'?` };
}

function featureOf(node: FeatureNode, docs: DocIndex): Feature {
  const name = node.name.text;
  return annotate<Feature>({ kind: "feature", name, span: node.span }, node.if, docs.feature(name));
}
