/** The definitions of a schema as they are written, for rules that need more than the model has. */
import type { DefinitionNode } from "../../syntax/ast.js";
import type { Tree } from "../load.js";
import type { Definition, Schema } from "../schema.js";

/** All that files define themselves, file by file. */
export function* definitionNodes({ files }: Tree): Iterable<DefinitionNode> {
  for (const { node } of files) {
    for (const entry of node.entries) {
      if (entry.kind !== "include" && entry.kind !== "pragma" && entry.kind !== "doc" && entry.implicit !== true)
        yield entry;
    }
  }
}

/** What a node became in the model; undefined for the second definition of a name, which is not in it. */
export function definitionOf(node: DefinitionNode, schema: Schema): Definition | undefined {
  const definition = schema.byName.get(node.name.text);
  return definition?.nameSpan === node.name.span ? definition : undefined;
}
