import type { Definition, Member } from "../src/schema/schema.js";

/** The members that a definition writes out itself. */
export function membersOf(definition: Definition): readonly Member[] {
  switch (definition.kind) {
    case "struct":
      return definition.members;
    case "union":
      return definition.base.kind === "anonymous" ? definition.base.members : [];
    case "command":
    case "event":
      return definition.arguments?.kind === "anonymous" ? definition.arguments.members : [];
    case "enum":
    case "alternate":
      return [];
  }
}
