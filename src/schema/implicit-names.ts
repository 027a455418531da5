/**
 * The names that QEMU's compiler gives types that are not defined: `q_empty`, `FooList` for an array that is used somewhere,
 * `q_obj_foo-arg` and `q_obj_Foo-base` for members that are written in place. They are meant for C, but it takes them from
 * schemas as well.
 */
import type { DefinitionNode, MembersNode, TypeNode } from "../syntax/ast.js";
import { partsOf } from "../syntax/parts.js";
import type { Span } from "../syntax/source.js";
import { builtins } from "./builtin.js";
import { definitionNodes } from "./definition-nodes.js";
import type { ImplicitStructs } from "./implicit.js";
import type { Tree } from "./load.js";
import type { Module, Struct } from "./schema.js";

/** Finds what implicit names stand for. */
export class ImplicitNames {
  readonly #tree: Tree;
  readonly #modules: readonly Module[];
  readonly #implicit: ImplicitStructs;
  #arrays: ReadonlySet<string> | undefined;

  /** @param modules - All modules; filled before the first name is looked up. */
  constructor(tree: Tree, modules: readonly Module[], implicit: ImplicitStructs) {
    this.#tree = tree;
    this.#modules = modules;
    this.#implicit = implicit;
  }

  /** The name of the element of the array that `name` stands for; undefined when it stands for none. */
  element(name: string): string | undefined {
    if (!name.endsWith("List")) return undefined;
    const element = name.slice(0, -"List".length);
    // The list of QType is there only if something uses it.
    if (builtins.has(element) && element !== "QType") return element;
    this.#arrays ??= new Set(elementsOf(this.#tree));
    return this.#arrays.has(element) ? element : undefined;
  }

  /** The struct that `name`, which stands at `span`, means. */
  struct(name: string, span: Span): Struct | undefined {
    if (!name.startsWith("q_")) return undefined;
    const module = this.#modules.find((candidate) => candidate.span.source === span.source) ?? this.#modules[0];
    const node = name === "q_empty" ? { kind: "members" as const, members: [], span } : this.#inPlace(name);
    return node && module && this.#implicit.struct({ ...node, name }, name, undefined, module);
  }

  #inPlace(name: string): MembersNode | undefined {
    const match = /^q_obj_(.+)-(arg|base)$/.exec(name);
    if (match === null) return undefined;
    for (const node of definitionNodes(this.#tree)) {
      if (node.name.text !== match[1]) continue;
      const members = match[2] === "arg" ? argumentsOf(node) : node.kind === "union" ? node.base : undefined;
      if (members?.kind === "members" && members.members.length > 0) return members;
    }
    return undefined;
  }
}

/** The elements of all arrays that the tree mentions. */
function* elementsOf(tree: Tree): Iterable<string> {
  for (const node of definitionNodes(tree)) {
    for (const part of partsOf(node)) {
      if ("type" in part && part.type.kind === "type" && part.type.list) yield part.type.name;
    }
    if (node.kind === "command" && node.returns?.list === true) yield node.returns.name;
  }
}

function argumentsOf(node: DefinitionNode): TypeNode | MembersNode | undefined {
  return node.kind === "command" || node.kind === "event" ? node.arguments : undefined;
}
