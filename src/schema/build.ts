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
import type { LoadedFile, Tree } from "./load.js";
import type { Report } from "./report.js";
import { Resolver } from "./resolver.js";
import type { Definition, Doc, Module, Schema } from "./schema.js";

/** Makes the model of a tree; it is whole only if nothing is reported. */
export function buildSchema(tree: Tree, report: Report): Schema {
  const byName = new Map<string, Definition>();
  const declared: Declared[] = [];
  const broken = new Set(tree.files.flatMap(({ node }) => node.broken));
  const resolver = new Resolver(byName, (name) => tree.isPartial || broken.has(name), report);

  const modules = tree.files.map((file) => declareFile(file));
  for (const { resolve } of declared) resolve?.();
  flatten(
    [...byName.values()].filter((definition) => definition.kind === "struct"),
    report,
  );
  for (const { resolveBranches } of declared) resolveBranches?.();
  return schemaOf(modules);

  function declareFile({ name, node }: LoadedFile): Module {
    const definitions: Definition[] = [];
    const docs: Doc[] = [];
    const module: Module = { kind: "module", name, definitions, docs, span: node.span };
    for (const entry of node.entries) {
      if (entry.kind === "doc") docs.push(docOf(entry));
      else if (entry.kind !== "include" && entry.kind !== "pragma" && isNew(entry)) {
        const declaration = declare(entry, module, resolver);
        definitions.push(declaration.definition);
        byName.set(entry.name.text, declaration.definition);
        declared.push(declaration);
      }
    }
    return module;
  }

  function isNew({ name }: DefinitionNode): boolean {
    const known = byName.get(name.text);
    if (known !== undefined) {
      report({
        code: "duplicate-definition",
        message: `'${name.text}' is defined already`,
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

/** The schema that consists of `modules`. */
function schemaOf(modules: readonly Module[]): Schema {
  const definitions = modules.flatMap((module) => module.definitions);
  return {
    kind: "schema",
    modules,
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
