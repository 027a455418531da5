/** The six kinds of definitions: what of each is known at once, and what has to wait until all are declared. */
import type {
  AlternateNode,
  CommandNode,
  DefinitionNode,
  DocNode,
  EnumNode,
  EventNode,
  MemberNode,
  MembersNode,
  SignalNode,
  StructNode,
  TypeNode,
} from "../syntax/ast.js";
import { annotate } from "./annotate.js";
import { jsonTypeOf, UNKNOWN } from "./builtin.js";
import { DocIndex } from "./doc-index.js";
import type { Mutable } from "./mutable.js";
import type { Resolver } from "./resolver.js";
import type { ImplicitStructs } from "./implicit.js";
import type {
  Alternate,
  Alternative,
  Anonymous,
  Command,
  Definition,
  DefinitionBase,
  Doc,
  Enum,
  EnumValue,
  Event,
  Member,
  Module,
  ObjectType,
  Signal,
  Struct,
  Type,
  Union,
} from "./schema.js";
import { declareUnion } from "./union.js";

/** A definition, and the steps that complete it. */
export interface Declared {
  readonly definition: Definition;
  /** Finds the types that it names; all definitions must be declared. */
  readonly resolve?: () => void;
  /** Works out what needs all structs to be flat. */
  readonly resolveBranches?: () => void;
}

/** Where a definition is declared. */
export interface Surroundings {
  readonly module: Module;
  readonly resolver: Resolver;
  readonly implicit: ImplicitStructs;
}

/** What the declaration of each kind gets. */
export interface DeclareContext extends Surroundings {
  readonly base: DefinitionBase;
  readonly docs: DocIndex;
  /** For messages: `struct 'Foo'`. */
  readonly what: string;
}

function contextOf(node: DefinitionNode, surroundings: Surroundings): DeclareContext {
  const { module, resolver, implicit } = surroundings;
  const docs = new DocIndex(node.doc);
  const what = `${node.kind} '${node.name.written ?? node.name.text}'`;
  const base: DefinitionBase = {
    name: node.name.text,
    module,
    ...(node.if === undefined ? {} : { if: node.if }),
    features: resolver.features(node.features, docs, what),
    ...(node.doc === undefined ? {} : { doc: docOf(node.doc, node.name.text) }),
    ...(node.implicit === undefined ? {} : { implicit: true }),
    span: node.span,
    nameSpan: node.name.span,
  };
  return { module, resolver, implicit, base, docs, what };
}

export function declare(node: DefinitionNode, surroundings: Surroundings): Declared {
  if (node.kind === "struct") return declareStruct(node, surroundings);
  const context = contextOf(node, surroundings);
  switch (node.kind) {
    case "enum":
      return declareEnum(node, context);
    case "union":
      return declareUnion(node, context);
    case "alternate":
      return declareAlternate(node, context);
    case "command":
      return declareCommand(node, context);
    case "event":
      return declareEvent(node, context);
  }
}

/** Documentation as the model has it; of a definition, it is about that, whatever it says. */
export function docOf({ symbol, sections, span }: DocNode, definition: string | undefined = symbol?.text): Doc {
  return { kind: "doc", ...(definition === undefined ? {} : { symbol: definition }), sections, span };
}

function declareEnum(node: EnumNode, { base, docs, what, resolver }: DeclareContext): Declared {
  const definition: Mutable<Enum> = {
    kind: "enum",
    ...base,
    values: [],
    ...(node.prefix === undefined ? {} : { prefix: node.prefix }),
  };
  definition.values = resolver.unique(node.values, "duplicate-value", `${what} has the value`).map((value) => {
    const name = value.name.text;
    const features = resolver.featuresOfValue(value.features, docs);
    const result: EnumValue = { kind: "enumValue", name, parent: definition, features, span: value.span };
    return annotate(result, value.if, docs.member(name));
  });
  return { definition };
}

export function declareStruct(
  node: StructNode,
  surroundings: Surroundings,
): Declared & { readonly definition: Struct } {
  const context = contextOf(node, surroundings);
  const definition: Mutable<Struct> = { kind: "struct", ...context.base, members: [], allMembers: [] };
  return {
    definition,
    resolve() {
      const base = node.base === undefined ? undefined : resolveBase(node.base, context);
      if (base !== undefined) definition.base = base;
      definition.members = resolveMembers(node.members, definition, context);
    },
  };
}

function declareAlternate(node: AlternateNode, { base, docs, what, resolver }: DeclareContext): Declared {
  const definition: Mutable<Alternate> = { kind: "alternate", ...base, alternatives: [] };
  return {
    definition,
    resolve() {
      const alternatives: Alternative[] = [];
      for (const item of resolver.unique(node.alternatives, "duplicate-member", `${what} has the alternative`)) {
        const itemWhat = `alternative '${item.name.text}' of ${what}`;
        const type = resolver.type(item.type, itemWhat);
        const jsonType = jsonTypeOf(type);
        if (jsonType !== undefined && type !== UNKNOWN) {
          const name = item.name.text;
          const result: Alternative = {
            kind: "alternative",
            name,
            type,
            jsonType,
            parent: definition,
            span: item.span,
          };
          alternatives.push(annotate(result, item.if, docs.member(name)));
        } else if (type !== UNKNOWN) {
          resolver.wrongType("invalid-alternative", `${itemWhat} must have one JSON type`, type, item.type);
        }
      }
      definition.alternatives = alternatives;
    },
  };
}

function declareCommand(node: CommandNode, context: DeclareContext): Declared {
  const { boxed, gen, successResponse, allowOob, allowPreconfig, coroutine } = node;
  const flags = { boxed, gen, successResponse, allowOob, allowPreconfig, coroutine };
  const definition: Mutable<Command> = { kind: "command", ...context.base, ...flags };
  return {
    definition,
    resolve() {
      const data = resolveArguments(node.arguments, definition, context);
      if (data !== undefined) definition.arguments = data;
      if (node.returns !== undefined) {
        definition.returns = context.resolver.type(node.returns, `what ${context.what} returns`);
      }
      if (node.signal !== undefined) resolveSignal(node.signal, definition, context);
    },
  };
}

/** Gives the signal that `connect` connects clients to, to it and to the command that disconnects them. */
function resolveSignal(
  { name, event: eventNode, disconnect: disconnectName }: SignalNode,
  connect: Mutable<Command>,
  { resolver }: DeclareContext,
): void {
  const event = resolver.event(eventNode, `what signal accessor '${name}' returns`);
  const disconnect: Mutable<Command> | undefined = resolver.command(disconnectName);
  if (event === undefined || disconnect === undefined) return;
  const signal: Signal = { kind: "signal", name, event, connect, disconnect };
  connect.signal = signal;
  disconnect.signal = signal;
}

function declareEvent(node: EventNode, context: DeclareContext): Declared {
  const definition: Mutable<Event> = { kind: "event", ...context.base, boxed: node.boxed };
  return {
    definition,
    resolve() {
      const data = resolveArguments(node.arguments, definition, context);
      if (data !== undefined) definition.arguments = data;
    },
  };
}

/** The type that `node` names, or the struct of the members that are there instead, in the part `part` of the definition. */
export function resolveType(node: TypeNode | MembersNode, what: string, part: string, context: DeclareContext): Type {
  const { base, module, resolver, implicit } = context;
  if (node.kind === "type") return resolver.type(node, what);
  return implicit.struct(node, typeName(`${base.name}-${part}`), base.name, module);
}

/** `netdev-add_options` as the name of a type: `NetdevAddOptions`. */
function typeName(text: string): string {
  return text.replace(/(?:^|[-_.]+)([A-Za-z0-9]?)/g, (_, first: string) => first.toUpperCase());
}

/** The struct that `node` names; anything else is reported. */
export function resolveBase(node: TypeNode, { what, resolver }: DeclareContext): Struct | undefined {
  const base = resolver.type(node, `the base of ${what}`);
  if (base.kind === "struct") return base;
  if (base !== UNKNOWN) resolver.wrongType("invalid-base", `the base of ${what} must be a struct`, base, node);
  return undefined;
}

/** Members that are written in place. */
export function resolveAnonymous(
  node: MembersNode,
  parent: Command | Event | Union,
  context: DeclareContext,
): Anonymous {
  const anonymous: Mutable<Anonymous> = { kind: "anonymous", parent, members: [], allMembers: [] };
  anonymous.members = resolveMembers(node.members, anonymous, context);
  anonymous.allMembers = anonymous.members;
  return anonymous;
}

function resolveArguments(
  node: TypeNode | MembersNode | undefined,
  parent: Command | Event,
  context: DeclareContext,
): ObjectType | undefined {
  if (node === undefined) return undefined;
  if (node.kind === "members") {
    // An empty object says the same as no arguments at all.
    return node.members.length === 0 ? undefined : resolveAnonymous(node, parent, context);
  }
  const { what, resolver } = context;
  const type = resolver.type(node, `'data' of ${what}`);
  if (type.kind === "struct" || type.kind === "union") return type;
  if (type !== UNKNOWN) {
    resolver.wrongType("invalid-arguments", `'data' of ${what} must be a struct or a union`, type, node);
  }
  return undefined;
}

function resolveMembers(
  nodes: readonly MemberNode[],
  parent: Struct | Anonymous,
  context: DeclareContext,
): readonly Member[] {
  const { what, docs, resolver } = context;
  return resolver.unique(nodes, "duplicate-member", `${what} has the member`).map((node) => {
    const name = node.name.text;
    const memberWhat = `member '${name}' of ${what}`;
    const type = resolveType(node.type, memberWhat, name, context);
    const features = resolver.features(node.features, docs, memberWhat);
    const member: Member = { kind: "member", name, type, optional: node.optional, parent, features, span: node.span };
    return annotate(member, node.if, docs.member(name));
  });
}
