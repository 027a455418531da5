/** What stands in definitions of the model and has a name there: {@link partsOf} of syntax trees, resolved. */
import type { Alternative, Definition, EnumValue, Member, ObjectType } from "./schema.js";

/** The values of an enum, the alternatives of an alternate, the {@link ownMembersOf} any other definition. */
export function partsOf(definition: Definition): readonly (EnumValue | Alternative | Member)[] {
  if (definition.kind === "enum") return definition.values;
  return definition.kind === "alternate" ? definition.alternatives : ownMembersOf(definition);
}

/** The members that a definition writes out itself; not those of a base or of a type that it names. */
export function ownMembersOf(definition: Definition): readonly Member[] {
  switch (definition.kind) {
    case "struct":
      return definition.members;
    case "union":
      return inPlace(definition.base);
    case "command":
    case "event":
      return inPlace(definition.arguments);
    case "enum":
    case "alternate":
      return [];
  }
}

function inPlace(type: ObjectType | undefined): readonly Member[] {
  return type?.kind === "anonymous" ? type.members : [];
}
