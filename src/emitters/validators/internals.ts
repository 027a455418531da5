/**
 * The names of what only validators use, which no index re-exports: the quick checks of types, and the descriptions of them.
 * They are in the folder `shapes/`, by the modules of what they are for.
 */
import type { Alternate, Command, Enum, Module, Struct, Type, Union } from "../../schema/schema.js";
import type { Name, Output } from "../../emit/index.js";

/** A definition that values can be of. */
export type DefinedType = Enum | Composite;

/** A type whose values have parts. */
export type Composite = Struct | Union | Alternate;

/** A check of lists, and what is in them. */
export interface ListCheck {
  readonly name: Name;
  readonly element: Type;
}

/** Hands out those names, each when it is first asked for. */
export class Internals {
  readonly #out: Output;
  readonly #root: Module | undefined;
  readonly #checks = new Map<Composite | Command, Name>();
  readonly #shapes = new Map<DefinedType | Command, Name>();
  readonly #lists = new Map<string, ListCheck>();

  /** @param root - The module for what is in no module. */
  constructor(out: Output, root: Module | undefined) {
    this.#out = out;
    this.#root = root;
  }

  /** The quick check of a type, or of the arguments of a command: `fitsNetdev`. */
  check(node: Composite | Command): Name {
    let name = this.#checks.get(node);
    if (name === undefined) {
      name = this.#add(`fits${this.#stemOf(node)}`, node.module);
      this.#checks.set(node, name);
    }
    return name;
  }

  /** The description of a type, or of the arguments of a command: `NetdevShape`. */
  shape(node: DefinedType | Command): Name {
    let name = this.#shapes.get(node);
    if (name === undefined) {
      name = this.#add(`${this.#stemOf(node)}Shape`, node.module);
      this.#shapes.set(node, name);
    }
    return name;
  }

  /** The check of lists of a type: `fitsNetdevList`. A loop of its own for each type is what makes it fast. */
  listCheck(element: Type): Name {
    const stem = this.#stemOf(element);
    let list = this.#lists.get(stem);
    if (list === undefined) {
      list = { name: this.#add(`fits${stem}List`, moduleOf(element)), element };
      this.#lists.set(stem, list);
    }
    return list.name;
  }

  /** The checks of lists that were asked for; while they are gone through, more may be. */
  get listChecks(): Iterable<ListCheck> {
    return this.#lists.values();
  }

  #stemOf(node: Type | Command): string {
    if (node.kind === "list") return `${this.#stemOf(node.element)}List`;
    if (node.kind === "builtin") return node.name;
    return this.#out.names.of(node, node.kind === "command" ? "arguments" : "type").identifier;
  }

  #add(wanted: string, module = this.#root): Name {
    if (module === undefined) throw new Error(`there is no module for ${wanted}`);
    return this.#out.names.add(wanted, this.#out.path(FOLDER, module));
  }
}

/** The folder of what is internal. */
export const FOLDER = "shapes";

/** The module that a type is declared in; absent for built-in ones. */
function moduleOf(type: Type): Module | undefined {
  if (type.kind === "list") return moduleOf(type.element);
  return type.kind === "builtin" ? undefined : type.module;
}
