/** A part of a schema: some definitions by their names, and all that these cannot do without. */
import type { Diagnostic } from "../diagnostic.js";
import { suggestion } from "../syntax/suggestion.js";
import { definitionsOf } from "./build.js";
import { definitionCalled, namesOf } from "./definition-called.js";
import type { Mutable } from "./mutable.js";
import { ownMembersOf } from "./parts.js";
import type { Anonymous, Definition, List, Module, Schema, Type } from "./schema.js";

/** What {@link select} returns. */
export type Selection = { readonly schema: Schema } | { readonly diagnostics: readonly [Diagnostic, ...Diagnostic[]] };

/**
 * The definitions whose names match one of `patterns`, and what they reach: the types of members, bases, tags, branches,
 * alternatives, arguments and results. A signal goes by the name of its accessor, too, and its event and its two commands only go
 * together: each of the commands reaches all three.
 *
 * The definitions are those of `schema`, and their modules lose what is left out; so `schema` itself is of no use any more,
 * but for its {@link Schema.whole | names}. All its modules stay, also those that have nothing left.
 *
 * @param patterns - Names; `*` stands for any text.
 * @returns Diagnostics when a pattern matches nothing: one for each that does not.
 */
export function select(schema: Schema, patterns: readonly string[]): Selection {
  const { chosen, unmatched } = choose(schema, patterns);
  const [first, ...others] = unmatched.map((pattern) => noMatch(pattern, schema));
  if (first !== undefined) return { diagnostics: [first, ...others] };
  const reached = reach(chosen);
  const modules = schema.modules.map((module: Mutable<Module>): Module => {
    module.definitions = module.definitions.filter((definition) => reached.has(definition));
    // Of a file that nothing is taken from, nothing is told.
    if (module.definitions.length === 0) module.docs = [];
    return module;
  });
  return { schema: { kind: "schema", modules, ...definitionsOf(modules), whole: schema.whole ?? schema } };
}

function choose(
  schema: Schema,
  patterns: readonly string[],
): { readonly chosen: ReadonlySet<Definition>; readonly unmatched: readonly string[] } {
  const chosen = new Set<Definition>();
  const unmatched: string[] = [];
  for (const pattern of patterns) {
    const one = definitionCalled(pattern, schema);
    const found = one === undefined ? matching(pattern, schema) : [one];
    if (found.length === 0) unmatched.push(pattern);
    for (const definition of found) chosen.add(definition);
  }
  return { chosen, unmatched };
}

function matching(pattern: string, { definitions }: Schema): readonly Definition[] {
  const parts = pattern.split("*");
  if (parts.length === 1) return [];
  return definitions.filter((definition) => namesOf(definition).some((name) => matches(name, parts)));
}

/** Whether `name` consists of the parts of a pattern, in their order, with any text in between. */
function matches(name: string, [first = "", ...rest]: readonly string[]): boolean {
  const last = rest.pop() ?? "";
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - at >= last.length && name.endsWith(last);
}

function noMatch(pattern: string, { definitions }: Schema): Diagnostic {
  const similar = suggestion(pattern.replaceAll("*", ""), definitions.flatMap(namesOf));
  const message = pattern.includes("*")
    ? `no definition of the schema has a name like '${pattern}'`
    : `the schema defines no '${pattern}'`;
  return { code: "unmatched-selection", message, ...(similar !== undefined && { hint: `did you mean '${similar}'?` }) };
}

/** `chosen`, and all that they refer to, directly or by way of others. */
function reach(chosen: ReadonlySet<Definition>): ReadonlySet<Definition> {
  const reached = new Set(chosen);
  // It grows while it is gone through, which sets allow.
  for (const definition of reached) {
    for (const type of typesOf(definition)) {
      const target = elementOf(type);
      if (target.kind !== "builtin") reached.add(target);
    }
    if (definition.kind === "command" && definition.signal !== undefined) {
      const { event, connect, disconnect } = definition.signal;
      reached.add(event).add(connect).add(disconnect);
    }
  }
  return reached;
}

/** The types that a definition names. The enum of a union's discriminator is among them: that is a member of the base. */
function typesOf(definition: Definition): readonly Type[] {
  const types = ownMembersOf(definition).map(({ type }) => type);
  const add = (type: Type | Anonymous | undefined): void => {
    if (type !== undefined && type.kind !== "anonymous") types.push(type);
  };
  switch (definition.kind) {
    case "enum":
      break;
    case "struct":
      add(definition.base);
      break;
    case "union":
      add(definition.base);
      for (const { type } of definition.branches) add(type);
      break;
    case "alternate":
      for (const { type } of definition.alternatives) add(type);
      break;
    case "command":
      add(definition.arguments);
      add(definition.returns);
      break;
    case "event":
      add(definition.arguments);
      break;
  }
  return types;
}

function elementOf(type: Type): Exclude<Type, List> {
  return type.kind === "list" ? elementOf(type.element) : type;
}
