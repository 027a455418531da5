/** What a schema needs pragmas for, so that QEMU's compiler of today takes it. */
import { partsOf } from "./parts.js";
import { brokenLaw } from "./rules/names/judge.js";
import { isExtensible } from "./rules/returns-object.js";
import type { Definition, Schema } from "./schema.js";

/** The settings of the pragmas that a schema needs, by their names. */
export function neededPragmas({ definitions, commands }: Schema): ReadonlyMap<string, true | readonly string[]> {
  const exceptions: readonly (readonly [string, readonly Definition[]])[] = [
    ["command-name-exceptions", commands.filter(({ name }) => brokenLaw(name, "command") === "command-name-case")],
    ["command-returns-exceptions", commands.filter(({ returns }) => returns !== undefined && !isExtensible(returns))],
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

function hasOddNames(definition: Definition): boolean {
  // There is no exception for alternates, nor for what is written in place in commands and events.
  if (definition.kind === "alternate" || definition.kind === "command" || definition.kind === "event") return false;
  return partsOf(definition).some(({ name, kind }) => {
    return brokenLaw(name, kind === "enumValue" ? "value" : "member") === "member-name-case";
  });
}

function isPartlyDescribed(definition: Definition): boolean {
  return definition.doc !== undefined && partsOf(definition).some(({ doc }) => doc === undefined);
}
