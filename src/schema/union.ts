/** Unions: what tells their branches apart, and what each branch is. */
import type { BranchNode, UnionNode } from "../syntax/ast.js";
import { annotate } from "./annotate.js";
import { describeType, UNKNOWN } from "./builtin.js";
import { type Declared, type DeclareContext, resolveAnonymous, resolveBase, resolveType } from "./declare.js";
import type { Mutable } from "./mutable.js";
import {
  type Anonymous,
  type Branch,
  type Builtin,
  type Enum,
  type Member,
  Q_TYPES,
  type Struct,
  type Type,
  type Union,
} from "./schema.js";

export function declareUnion(node: UnionNode, context: DeclareContext): Declared {
  // The placeholders are replaced, or what stood in the way has been reported.
  const tag: Enum = { kind: "enum", ...context.base, values: [] };
  const noBase: Mutable<Struct> = { kind: "struct", ...context.base, members: [], allMembers: [] };
  const discriminator: Member = {
    kind: "member",
    name: node.discriminator.text,
    type: tag,
    optional: false,
    parent: noBase,
    features: [],
    span: node.discriminator.span,
  };
  const definition: Mutable<Union> = {
    kind: "union",
    ...context.base,
    base: noBase,
    allMembers: [],
    discriminator,
    tag,
    branches: [],
  };
  const types = new Map<BranchNode, Type>();
  return {
    definition,
    resolve() {
      const base = resolveUnionBase(node, definition, context);
      if (base !== undefined) definition.base = base;
      for (const branch of node.branches) {
        const name = branch.name.text;
        const type = resolveType(branch.type, `branch '${name}' of ${context.what}`, name, context);
        types.set(branch, type);
        // A list is none, whichever branches there should be.
        if (type.kind === "list") reportBranchType(branch, type, context);
      }
    },
    resolveBranches() {
      if (definition.base === noBase) return;
      definition.allMembers = definition.base.allMembers;
      const found = resolveDiscriminator(definition, node, context);
      const tag = found && tagOf(found.type, context);
      if (found === undefined || tag === undefined) return;
      definition.discriminator = found;
      definition.tag = tag;
      definition.branches = resolveBranches(definition, node, types, context);
    },
  };
}

function resolveUnionBase(node: UnionNode, definition: Union, context: DeclareContext): Struct | Anonymous | undefined {
  const { base } = node;
  if (base.kind === "type") return resolveBase(base, context);
  if (base.base === undefined) return resolveAnonymous(base, definition, context);
  return context.implicit.struct(base, `${node.name.text}Base`, node.name.text, context.module);
}

/** The member that tells the branches apart; reports what makes it unfit for that. */
function resolveDiscriminator(
  definition: Union,
  node: UnionNode,
  { what, resolver }: DeclareContext,
): Member | undefined {
  const { text, span } = node.discriminator;
  const discriminator = definition.allMembers.find((member) => member.name === text);
  if (discriminator === undefined) {
    const similar = resolver.suggest(
      text,
      definition.allMembers.map((member) => member.name),
    );
    resolver.report({
      code: "invalid-discriminator",
      message: `the base of ${what} has no member '${text}' to tell its branches apart`,
      span,
      ...(similar === undefined ? {} : { hint: `did you mean '${similar}'?` }),
    });
    return undefined;
  }
  const wrong = whyNoDiscriminator(discriminator);
  if (wrong !== undefined && discriminator.type !== UNKNOWN) {
    resolver.report({
      code: "invalid-discriminator",
      message: `the discriminator '${text}' of ${what} must be ${wrong}`,
      span,
      related: [{ span: discriminator.span, message: "the member is declared here" }],
    });
  }
  return discriminator;
}

function whyNoDiscriminator({ type, optional, if: condition }: Member): string | undefined {
  if (type.kind !== "enum" && !isQType(type)) return `of an enum type, not of ${describeType(type)}`;
  if (optional) return "required, not optional";
  return condition === undefined ? undefined : "there in every build, not conditional";
}

/** The enum that a discriminator's type is. */
function tagOf(type: Type, { base }: DeclareContext): Enum | undefined {
  if (type.kind === "enum") return type;
  if (!isQType(type)) return undefined;
  const tag: Mutable<Enum> = { kind: "enum", ...base, name: type.name, features: [], implicit: true, values: [] };
  const { nameSpan: span } = base;
  tag.values = Q_TYPES.map((name) => ({ kind: "enumValue", name, parent: tag, features: [], span }));
  return tag;
}

function isQType(type: Type): type is Builtin {
  return type.kind === "builtin" && type.name === "QType";
}

/** The branches as written, then one for each value that none is written for. */
function resolveBranches(
  parent: Union,
  node: UnionNode,
  types: ReadonlyMap<BranchNode, Type>,
  context: DeclareContext,
): readonly Branch[] {
  const { what, docs, resolver } = context;
  const { tag } = parent;
  const open = new Map(tag.values.map((value) => [value.name, value]));
  const branches: Branch[] = [];
  for (const branch of resolver.unique(node.branches, "duplicate-member", `${what} has the branch`)) {
    const name = branch.name.text;
    const value = open.get(name);
    if (value === undefined) {
      const similar = resolver.suggest(name, open.keys());
      resolver.report({
        code: "invalid-branch",
        message: `branch '${name}' of ${what} is not a value of enum '${tag.name}'`,
        span: branch.name.span,
        related: [{ span: tag.nameSpan, message: `enum '${tag.name}' is defined here` }],
        ...(similar === undefined ? {} : { hint: `did you mean '${similar}'?` }),
      });
      continue;
    }
    open.delete(name);
    const type = types.get(branch) ?? UNKNOWN;
    if (type.kind === "struct" || type.kind === "union") {
      const written: Branch = { kind: "branch", name, value, type, implied: false, parent, span: branch.span };
      branches.push(annotate(written, branch.if, docs.member(name)));
    } else if (type !== UNKNOWN && type.kind !== "list") {
      reportBranchType(branch, type, context);
    }
  }
  for (const value of open.values()) {
    const { name } = value;
    const implied: Branch = { kind: "branch", name, value, implied: true, parent, span: node.name.span };
    branches.push(annotate(implied, value.if, docs.member(name)));
  }
  return branches;
}

function reportBranchType({ name, type: node }: BranchNode, type: Type, { what, resolver }: DeclareContext): void {
  if (node.kind !== "type") return;
  resolver.wrongType("invalid-branch", `branch '${name.text}' of ${what} must be a struct or a union`, type, node);
}
