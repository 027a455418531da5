/** What stands in definitions and has a name there. */
import type { CaseNode, DefinitionNode, EnumValueNode, MemberNode, MembersNode, TypeNode } from "./ast.js";

/**
 * The values of an enum, the alternatives of an alternate, the members that any other definition writes out itself. Not those of
 * a named type, and not the branches of a union, which are called like the values of its discriminator.
 */
export function partsOf(node: DefinitionNode): readonly (EnumValueNode | CaseNode | MemberNode)[] {
  switch (node.kind) {
    case "enum":
      return node.values;
    case "struct":
      return node.members;
    case "union":
      return membersOf(node.base);
    case "alternate":
      return node.alternatives;
    case "command":
    case "event":
      return membersOf(node.arguments);
  }
}

/** What {@link partsOf} returns may have features, but for alternatives. */
export function featuresOf(part: EnumValueNode | CaseNode | MemberNode): EnumValueNode["features"] {
  return "features" in part ? part.features : [];
}

function membersOf(node: TypeNode | MembersNode | undefined): readonly MemberNode[] {
  return node?.kind === "members" ? node.members : [];
}
