/**
 * The metadata emitter: what a schema says of its definitions that is no part of their types, for code that asks at run time.
 */
import type { Command, Definition, EnumValue, Feature, Member } from "../schema/schema.js";
import { comment, defineEmitter, type Emitter, type Layout, printDocument, stringLiteral } from "../emit/index.js";
import { array, emitMapOf, longMap, map, MAP_OF, object, property } from "./map-of.js";

/** Emits `metadata/`. */
export const metadata: Emitter = defineEmitter({
  name: "metadata",
  emit(schema, out) {
    const declared = out.common("metadata");
    const f = out.file(declared.path, { hasLongNames: true });
    out.index("metadata");
    f.value(MAP_OF);
    const definitions: Layout[] = [];
    for (const definition of schema.definitions) {
      const properties = propertiesOf(definition);
      if (properties.length > 0) definitions.push(property(definition.name, object(properties)));
    }
    const type = out.common("Metadata").identifier;
    f.statement(METADATA);
    f.statement(
      `${comment("What the schema says of its definitions, by their names; of most there is nothing to say.")}\n` +
        `export const ${declared.identifier}: ReadonlyMap<string, ${type}> =\n` +
        `  ${printDocument([longMap(type, definitions), ";"], 1)}`,
    );
    emitMapOf(out);
  },
});

/** What is not the default, as properties of an object literal. */
function propertiesOf(definition: Definition): readonly Layout[] {
  const properties: Layout[] = [];
  const { features } = definition;
  if (features.length > 0) properties.push(["features: ", namesOf(features)]);
  const members = featuresOf(membersOf(definition));
  if (members.length > 0) properties.push(["members: ", map("readonly string[]", members)]);
  const values = definition.kind === "enum" ? featuresOf(definition.values) : [];
  if (values.length > 0) properties.push(["values: ", map("readonly string[]", values)]);
  if (definition.kind === "command") properties.push(...commandProperties(definition));
  return properties;
}

function commandProperties(command: Command): readonly string[] {
  const properties: string[] = [];
  if (command.allowOob) properties.push("allowOob: true");
  if (command.allowPreconfig) properties.push("allowPreconfig: true");
  if (command.coroutine) properties.push("coroutine: true");
  if (!command.successResponse) properties.push("successResponse: false");
  if (!command.gen) properties.push("gen: false");
  return properties;
}

/** The members that a definition itself declares. */
function membersOf(definition: Definition): readonly Member[] {
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

/** A property of an object literal for each part that has features. */
function featuresOf(parts: readonly (Member | EnumValue)[]): readonly Layout[] {
  const properties: Layout[] = [];
  for (const { name, features } of parts) if (features.length > 0) properties.push(property(name, namesOf(features)));
  return properties;
}

function namesOf(features: readonly Feature[]): Layout {
  return array(features.map(({ name }) => stringLiteral(name)));
}

const METADATA = `\
/**
 * What a schema says of a definition besides its type. Only what is not as usual
 * is there.
 */
export interface Metadata {
  /** Its features: \`deprecated\`, \`unstable\` and those of its own. */
  readonly features?: readonly string[];
  /**
   * The features of its members, by their names. Those from a base are with the
   * base, those of a command that takes a named type with that type.
   */
  readonly members?: ReadonlyMap<string, readonly string[]>;
  /** The features of an enum's values, by the values. */
  readonly values?: ReadonlyMap<string, readonly string[]>;
  /** Whether the command may be executed out of band, ahead of those that wait. */
  readonly allowOob?: boolean;
  /** Whether the command may be executed before the machine is configured. */
  readonly allowPreconfig?: boolean;
  /** Whether QEMU executes the command in a coroutine. */
  readonly coroutine?: boolean;
  /** False: no reply comes when the command succeeds. */
  readonly successResponse?: boolean;
  /** False: QEMU does not check the arguments, so there may be others besides. */
  readonly gen?: boolean;
}`;
