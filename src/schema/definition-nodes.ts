/** The definitions of a schema as they are written, for rules that need more than the model has. */
import type { DefinitionNode } from "../syntax/ast.js";
import type { Tree } from "./load.js";
import type { Definition, Schema } from "./schema.js";

const KNOWN = new WeakMap<Tree, readonly DefinitionNode[]>();

/** All that files define themselves, file by file. Many rules ask, so the list is made once for a tree. */
export function definitionNodes(tree: Tree): readonly DefinitionNode[] {
  const known = KNOWN.get(tree);
  if (known !== undefined) return known;
  const nodes: DefinitionNode[] = [];
  for (const { node } of tree.files) {
    for (const entry of node.entries) if ("name" in entry && entry.implicit !== true) nodes.push(entry);
  }
  KNOWN.set(tree, nodes);
  return nodes;
}

/** What a node became in the model; undefined for the second definition of a name, which is not in it. */
export function definitionOf(node: DefinitionNode, schema: Schema): Definition | undefined {
  const definition = schema.byName.get(node.name.text);
  return definition?.nameSpan === node.name.span ? definition : undefined;
}
