/** What a schema needs pragmas for, so that QEMU's compiler of today takes it. */
import type { Command, Definition, Schema, Type } from "./schema.js";

/** The settings of the pragmas that a schema needs, by their names. */
export function neededPragmas({ definitions, commands }: Schema): ReadonlyMap<string, true | readonly string[]> {
  const exceptions: readonly (readonly [string, readonly Definition[]])[] = [
    ["command-name-exceptions", commands.filter(({ name }) => isOddName(name))],
    ["command-returns-exceptions", commands.filter(returnsNoObject)],
    ["documentation-exceptions", definitions.filter(isPartlyDescribed)],
    ["member-name-exceptions", definitions.filter(hasOddNames)],
  ];
  const settings = new Map<string, true | readonly string[]>();
  if (definitions.length > 0 && definitions.every(({ doc }) => doc !== undefined)) settings.set("doc-required", true);
  for (const [pragma, needed] of exceptions) {
    if (needed.length > 0)
      settings.set(
        pragma,
        needed.map(({ name }) => name),
      );
  }
  return settings;
}

/** Whether there are capitals or '_' in a name, but for the prefix of a vendor, which may have them. */
function isOddName(name: string): boolean {
  return /[A-Z_]/.test(name.replace(/^__[A-Za-z0-9.-]+_/, ""));
}

function returnsNoObject({ returns }: Command): boolean {
  return returns !== undefined && !isObject(returns.kind === "list" ? returns.element : returns);
}

function isObject({ kind }: Type): boolean {
  return kind === "struct" || kind === "union";
}

function hasOddNames(definition: Definition): boolean {
  // There is no exception for alternates, nor for what is written in place in commands and events.
  if (definition.kind === "alternate" || definition.kind === "command" || definition.kind === "event") return false;
  return partsOf(definition).some(({ name }) => isOddName(name));
}

function isPartlyDescribed(definition: Definition): boolean {
  return definition.doc !== undefined && partsOf(definition).some(({ doc }) => doc === undefined);
}

/** What a definition itself writes that has a name: members, values, alternatives. */
function partsOf(definition: Definition): readonly { readonly name: string; readonly doc?: unknown }[] {
  switch (definition.kind) {
    case "enum":
      return definition.values;
    case "struct":
      return definition.members;
    case "union":
      return definition.base.kind === "anonymous" ? definition.base.members : [];
    case "alternate":
      return definition.alternatives;
    case "command":
    case "event":
      return definition.arguments?.kind === "anonymous" ? definition.arguments.members : [];
  }
}
