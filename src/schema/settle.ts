/** Fills in what is known of build options: what is not in such a build goes, what is in it loses its condition. */
import type {
  BranchNode,
  CaseNode,
  DefinitionNode,
  EntryNode,
  EnumNode,
  FeatureNode,
  MembersNode,
  MemberNode,
  TypeNode,
  UnionNode,
} from "../syntax/ast.js";
import { type Condition, type DefinesLookup, settle } from "./condition.js";
import type { Mutable } from "./mutable.js";
import type { Tree } from "./load.js";

/** The part of the tree that is in builds with `defines`; what is open stays, with what is left of its condition. */
export function settleTree(tree: Tree, defines: DefinesLookup): Tree {
  return {
    ...tree,
    files: tree.files.map((file) => ({
      ...file,
      node: { ...file.node, entries: file.node.entries.flatMap((entry) => settleEntry(entry, defines)) },
    })),
  };
}

/** The build options that conditions of the tree name. */
export function optionsOf(tree: Tree): ReadonlySet<string> {
  const names = new Set<string>();
  // As long as nothing is known, settling has to ask for every option.
  settleTree(tree, {
    get(name) {
      names.add(name);
      return undefined;
    },
  });
  return names;
}

function settleEntry(entry: EntryNode, defines: DefinesLookup): readonly EntryNode[] {
  switch (entry.kind) {
    case "include":
    case "pragma":
    case "doc":
      return [entry];
    default:
      return kept([entry], defines).map((definition) => settleDefinition(definition, defines));
  }
}

function settleDefinition(node: DefinitionNode, defines: DefinesLookup): DefinitionNode {
  const features = kept(node.features, defines);
  switch (node.kind) {
    case "enum":
      return { ...node, features, values: withFeatures(node.values, defines) };
    case "struct":
      return { ...node, features, members: settleMemberList(node.members, defines) };
    case "union":
      return {
        ...node,
        features,
        base: settleMembers(node.base, defines),
        ...settleTag(node, defines),
        branches: kept<BranchNode>(node.branches, defines),
      };
    case "alternate":
      return { ...node, features, alternatives: kept<CaseNode>(node.alternatives, defines) };
    case "command":
    case "event":
      return {
        ...node,
        features,
        ...(node.arguments === undefined ? {} : { arguments: settleMembers(node.arguments, defines) }),
      };
  }
}

function settleMembers(node: MembersNode | TypeNode, defines: DefinesLookup): MembersNode | TypeNode {
  return node.kind === "type" ? node : { ...node, members: settleMemberList(node.members, defines) };
}

function settleMemberList(members: readonly MemberNode[], defines: DefinesLookup): readonly MemberNode[] {
  return withFeatures<MemberNode>(members, defines).map((member) =>
    member.type.kind === "type" ? member : { ...member, type: settleMembers(member.type, defines) },
  );
}

/** The implicit enum of a union, which is there when the union is. */
function settleTag({ tag }: UnionNode, defines: DefinesLookup): { readonly tag?: EnumNode } {
  const [settled] = tag === undefined ? [] : kept([tag], defines);
  return settled === undefined ? {} : { tag: { ...settled, values: kept(settled.values, defines) } };
}

interface Conditional {
  readonly if?: Condition;
}

function withFeatures<N extends { readonly if?: Condition; readonly features: readonly FeatureNode[] }>(
  nodes: readonly N[],
  defines: DefinesLookup,
): readonly N[] {
  return kept(nodes, defines).map((node) => ({ ...node, features: kept(node.features, defines) }));
}

function kept<N extends Conditional>(nodes: readonly N[], defines: DefinesLookup): readonly N[] {
  return nodes.flatMap((node) => {
    if (node.if === undefined) return [node];
    const settled = settle(node.if, defines);
    if (settled === false) return [];
    if (settled !== true) return [{ ...node, if: settled }];
    const unconditional: Mutable<N> = { ...node };
    delete unconditional.if;
    return [unconditional];
  });
}
