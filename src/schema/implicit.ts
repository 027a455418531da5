/** Structs that a schema does not write as such, but whose members stand where the name of one would. */
import type { MembersNode, StructNode } from "../syntax/ast.js";
import { builtins } from "./builtin.js";
import { type Declared, declareStruct } from "./declare.js";
import type { Mutable } from "./mutable.js";
import type { Resolver } from "./resolver.js";
import type { Definition, Module, Struct } from "./schema.js";

/** Makes implicit structs, each with a name that no other definition has. */
export class ImplicitStructs {
  readonly #byName: Map<string, Definition>;
  readonly #resolver: Resolver;
  readonly #declared: Declared[];
  /** Those that have a name of their own choice: the same members under the same name are the same struct. */
  readonly #shared = new Map<string, Struct>();
  readonly #byOwner = new Map<string, Struct[]>();
  /** Those that stand in no definition. */
  readonly #byModule = new Map<Module, Struct[]>();

  /**
   * @param byName - All definitions by name; gets the implicit ones.
   * @param declared - All declarations that are to be completed; gets those of the implicit ones.
   */
  constructor(byName: Map<string, Definition>, resolver: Resolver, declared: Declared[]) {
    this.#byName = byName;
    this.#resolver = resolver;
    this.#declared = declared;
  }

  /**
   * The struct of members that stand in the definition `owner`, if in any.
   *
   * @param name - What it is called if the members do not say and nothing else has the name.
   */
  struct(node: MembersNode, name: string, owner: string | undefined, module: Module): Struct {
    const key = node.name === undefined || node.base !== undefined ? undefined : JSON.stringify(plain(node));
    const known = key === undefined ? undefined : this.#shared.get(key);
    if (known !== undefined) return known;
    const struct: StructNode = {
      kind: "struct",
      name: { text: this.#free(node.name ?? name), span: node.span },
      ...(node.base !== undefined && { base: node.base }),
      members: node.members,
      features: [],
      implicit: true,
      span: node.span,
    };
    const declaration = declareStruct(struct, { module, resolver: this.#resolver, implicit: this });
    const { definition } = declaration;
    this.#byName.set(definition.name, definition);
    this.#declared.push(declaration);
    if (key !== undefined) this.#shared.set(key, definition);
    if (owner === undefined) add(this.#byModule, module, definition);
    else add(this.#byOwner, owner, definition);
    return definition;
  }

  #free(name: string): string {
    let free = name;
    while (this.#byName.has(free) || builtins.has(free)) free += "_";
    return free;
  }

  /** Puts the implicit structs of a module in front of the definitions that they stand in, or at the end. */
  putInto(module: Mutable<Module>): void {
    const own = this.#byModule.get(module) ?? [];
    if (this.#byOwner.size === 0 && own.length === 0) return;
    module.definitions = [...module.definitions, ...own].flatMap((definition) => this.#with(definition));
  }

  #with(definition: Definition): readonly Definition[] {
    const own = this.#byOwner.get(definition.name);
    return own === undefined ? [definition] : [...own.flatMap((struct) => this.#with(struct)), definition];
  }
}

function add<K>(lists: Map<K, Struct[]>, key: K, struct: Struct): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [struct]);
  else list.push(struct);
}

/** What makes members the same: their names, types and whether they are optional. */
function plain({ name, members }: MembersNode): unknown {
  return [
    name,
    members.map(({ name: { text }, optional, type }) => [
      text,
      optional,
      type.kind === "type" ? [type.name, type.list] : plain(type),
    ]),
  ];
}
