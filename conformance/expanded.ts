/** A tree as QEMU's compiler goes through it: an included file is read in where it is first included. */
import { directoryOf, resolvePath } from "../src/schema/path.js";
import type { LoadedFile, Tree } from "../src/schema/load.js";
import type { DefinitionNode } from "../src/syntax/ast.js";
import type { Source, Span } from "../src/syntax/source.js";
import { type Item, itemsOf } from "./text-layout.js";

/** An item of a file. */
export interface Place {
  readonly file: LoadedFile;
  readonly item: Item;
}

export interface Expanded {
  /** All items of all files in the order in which they are read. */
  readonly places: readonly Place[];
  /** Definitions that could be understood, in this order. */
  readonly definitions: readonly DefinitionNode[];
  /** The place in {@link Expanded.places} that a span begins in. */
  indexOf(span: Span): number | undefined;
  /** The definition that is the place with this index. */
  nodeAt(index: number): DefinitionNode | undefined;
  /** The path of offsets to a file: those of the includes that lead to it, each where it is carried out. */
  wayTo(source: Source): readonly number[] | undefined;
}

/** A directive is carried out when the token behind it has been read, and before it is used. */
export const DIRECTIVE = -0.5;

export function expand(tree: Tree): Expanded {
  const places: Place[] = [];
  const definitions: DefinitionNode[] = [];
  const byIndex = new Map<number, DefinitionNode>();
  const ways = new Map<Source, readonly number[]>();
  const starts = new Map<Source, { readonly start: number; readonly index: number }[]>();
  const byPath = new Map(tree.files.map((file) => [file.path, file]));
  const [root] = tree.files;
  if (root !== undefined) enter(root, []);
  // Behind an entry that has no end, QEMU's compiler does not come to the includes that we see.
  for (const file of tree.files) if (!ways.has(file.node.span.source)) enter(file, [Infinity]);
  return {
    places,
    definitions,
    indexOf: ({ source, start }) => starts.get(source)?.findLast((item) => item.start <= start)?.index,
    nodeAt: (index) => byIndex.get(index),
    wayTo: (source) => ways.get(source),
  };

  function enter(file: LoadedFile, way: readonly number[]): void {
    const { source } = file.node.span;
    ways.set(source, way);
    const items: { start: number; index: number }[] = [];
    starts.set(source, items);
    const nodes = new Map(file.node.entries.map((entry) => [entry.span.start, entry]));
    for (const item of itemsOf(source.text)) {
      items.push({ start: item.start, index: places.length });
      places.push({ file, item });
      const node = nodes.get(item.start);
      if (node === undefined || node.kind === "doc" || node.kind === "pragma") continue;
      if (node.kind !== "include") {
        definitions.push(node);
        byIndex.set(places.length - 1, node);
        continue;
      }
      const included = byPath.get(resolvePath(directoryOf(file.path), node.path.text));
      if (included !== undefined && !ways.has(included.node.span.source)) {
        enter(included, [...way, item.next + DIRECTIVE]);
      }
    }
  }
}
