/**
 * Builds the model: declares every definition, then resolves what they say of each other.
 *
 * Definitions are objects from the start, so that others can refer to them before they are complete. What cannot be
 * resolved is reported and left out, or stands in as `any`; the model is then of no use but to find further mistakes.
 */
import type { DefinitionNode } from "../syntax/ast.js";
import { article } from "../syntax/reader.js";
import { builtins } from "./builtin.js";
import { declare, type Declared, docOf } from "./declare.js";
import { flatten } from "./flatten.js";
import { ImplicitNames } from "./implicit-names.js";
import { ImplicitStructs } from "./implicit.js";
import type { LoadedFile, Tree } from "./load.js";
import type { Mutable } from "./mutable.js";
import type { Report } from "./report.js";
import { Resolver } from "./resolver.js";
import type { Definition, Definitions, Doc, Module, Schema } from "./schema.js";

/** Makes the model of a tree; it is whole only if nothing is reported. */
export function buildSchema(tree: Tree, report: Report): Schema {
  const byName = new Map<string, Definition>();
  const byWritten = new Map<string, Definition>();
  const declared: Declared[] = [];
  const broken = new Set(tree.files.flatMap(({ node }) => node.broken));
  const resolver: Resolver = new Resolver(
    { byName, byWritten },
    (name) => tree.isPartial || broken.has(name),
    () => names,
    report,
  );
  const implicit = new ImplicitStructs(byName, resolver, declared);

  const modules = tree.files.map((file) => declareFile(file));
  const names = new ImplicitNames(tree, modules, implicit);
  // Grows while it is gone through: structs that are written in place are declared when they are come upon.
  for (const { resolve } of declared) resolve?.();
  for (const module of modules) implicit.putInto(module);
  flatten(
    [...byName.values()].filter((definition) => definition.kind === "struct"),
    report,
  );
  for (const { resolveBranches } of declared) resolveBranches?.();
  return { kind: "schema", modules, ...definitionsOf(modules) };

  function declareFile({ name, isRoot, node }: LoadedFile): Mutable<Module> {
    const definitions: Definition[] = [];
    const docs: Doc[] = [];
    const module: Mutable<Module> = { kind: "module", name, isRoot, definitions, docs, span: node.span };
    for (const entry of node.entries) {
      if (entry.kind === "doc") docs.push(docOf(entry));
      else if (entry.kind !== "include" && entry.kind !== "pragma") {
        if (entry.kind === "union" && entry.tag !== undefined) add(entry.tag);
        add(entry);
      }
    }
    return module;

    function add(node: DefinitionNode): void {
      if (!isNew(node)) return;
      const declaration = declare(node, { module, resolver, implicit });
      definitions.push(declaration.definition);
      byName.set(node.name.text, declaration.definition);
      if (node.name.written !== undefined) byWritten.set(node.name.written, declaration.definition);
      declared.push(declaration);
    }
  }

  function isNew({ kind, name, implicit }: DefinitionNode): boolean {
    const known = byName.get(name.text);
    if (known !== undefined) {
      // One entry may define two commands; that it is there twice is said once.
      if (implicit === true && name.written !== undefined && byWritten.get(name.written)?.nameSpan !== name.span) {
        return false;
      }
      const what =
        name.written === undefined ? `'${name.text}'` : `'${name.written}' means ${kind} '${name.text}', which`;
      report({
        code: "duplicate-definition",
        message: `${what} is defined already`,
        span: name.span,
        related: [{ span: known.nameSpan, message: `as ${article(known.kind)} here` }],
      });
    } else if (builtins.has(name.text)) {
      report({ code: "duplicate-definition", message: `'${name.text}' is a built-in type`, span: name.span });
    } else {
      return true;
    }
    return false;
  }
}

/** What modules define, all together and by kind. */
export function definitionsOf(modules: readonly Module[]): Definitions {
  const definitions = modules.flatMap((module) => module.definitions);
  return {
    definitions,
    enums: definitions.filter((definition) => definition.kind === "enum"),
    structs: definitions.filter((definition) => definition.kind === "struct"),
    unions: definitions.filter((definition) => definition.kind === "union"),
    alternates: definitions.filter((definition) => definition.kind === "alternate"),
    commands: definitions.filter((definition) => definition.kind === "command"),
    events: definitions.filter((definition) => definition.kind === "event"),
    byName: new Map(definitions.map((definition) => [definition.name, definition])),
  };
}
