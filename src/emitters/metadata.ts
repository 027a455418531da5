/**
 * The metadata emitter: what a schema says of its definitions that is no part of their types, for code that asks at run time.
 */
import type { Command, Definition, EnumValue, Feature, Member } from "../schema/schema.js";
import {
  comment,
  defineEmitter,
  type Emitter,
  group,
  hardline,
  ifBreak,
  indent,
  join,
  type Layout,
  line,
  printDocument,
  softline,
  stringLiteral,
} from "../emit/index.js";

/** Emits `metadata/`. */
export const metadata: Emitter = defineEmitter({
  name: "metadata",
  emit(schema, out) {
    const index = out.index("metadata");
    const entries: Layout[] = [];
    for (const definition of schema.definitions) {
      const properties = propertiesOf(definition);
      if (properties.length > 0) entries.push(list([stringLiteral(definition.name), object(properties)]));
    }
    // A map, since names are arbitrary: an object would have a `constructor` that no schema mentions.
    const { identifier } = out.common("metadata");
    const type = `ReadonlyMap<string, ${out.common("Metadata").identifier}>`;
    index.statement(METADATA);
    index.statement(
      `${comment("What the schema says of its definitions, by their names; of most there is nothing to say.")}\n` +
        printDocument([`export const ${identifier}: ${type} = `, map(entries), ";"]),
    );
  },
});

/** What is not the default, as properties of an object literal. */
function propertiesOf(definition: Definition): readonly Layout[] {
  const properties: Layout[] = [];
  const { features } = definition;
  if (features.length > 0) properties.push(["features: ", namesOf(features)]);
  const members = featuresOf(membersOf(definition));
  if (members.length > 0) properties.push(["members: ", map(members)]);
  const values = definition.kind === "enum" ? featuresOf(definition.values) : [];
  if (values.length > 0) properties.push(["values: ", map(values)]);
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

/** An entry of a map for each part that has features. */
function featuresOf(parts: readonly (Member | EnumValue)[]): readonly Layout[] {
  const entries: Layout[] = [];
  for (const { name, features } of parts) {
    if (features.length > 0) entries.push(list([stringLiteral(name), namesOf(features)]));
  }
  return entries;
}

function namesOf(features: readonly Feature[]): Layout {
  return list(features.map(({ name }) => stringLiteral(name)));
}

/** `new Map([[key, value]])`, which bundlers may leave out. Prettier keeps two entries on one line never. */
function map(entries: readonly Layout[]): Layout {
  const constructed = "/* @__PURE__ */ new Map(";
  if (entries.length === 0) return `${constructed})`;
  const end = entries.length > 1 ? hardline : softline;
  return group(`${constructed}[`, indent(end, join([",", line], entries)), ifBreak(","), end, "])");
}

function list(items: readonly Layout[]): Layout {
  return group("[", indent(softline, join([",", line], items)), ifBreak(","), softline, "]");
}

function object(properties: readonly Layout[]): Layout {
  return group("{", indent(line, join([",", line], properties)), ifBreak(","), line, "}");
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
  readonly allowOob?: true;
  /** Whether the command may be executed before the machine is configured. */
  readonly allowPreconfig?: true;
  /** Whether QEMU executes the command in a coroutine. */
  readonly coroutine?: true;
  /** False: no reply comes when the command succeeds. */
  readonly successResponse?: false;
  /** False: QEMU does not check the arguments, so there may be others besides. */
  readonly gen?: false;
}`;
