/** What a command takes and returns, what an event tells, what a type is, and what the documentation says of it. */
import { printable } from "../../printable.js";
import type { Entity, MemberInfo, ObjectInfo, TypeInfo } from "../../runtime/introspection/entry.js";
import type { Anonymous, Definition, DocSection, Schema } from "../../schema/schema.js";
import { givenIn } from "./complete.js";
import { plainText } from "./plain-text.js";
import type { Given, Vocabulary } from "./vocabulary.js";

/** How many values of an enumeration are listed, and how many branches. */
const MOST = 100;

export const SHELL_HELP = `COMMAND [NAME=VALUE ...]     executes a command, with what it takes
COMMAND {"NAME": VALUE, ...} the same, in JSON
{"execute": "COMMAND", ...}  the same, as QEMU gets it
help NAME [NAME=VALUE ...]   tells of a command or an event; values choose what unions have
exit                         leaves, as Ctrl-D does; QEMU stays ('quit' ends QEMU)

What is JSON is read as JSON, all else is text: up=false, size=1024, id=disk0. Quotes make text of
anything: id='5'. Dots lead into objects, and numbers into lists: server.type=inet, list.0=1.
Ctrl-C clears the line, or stops waiting for a reply.
`;

/**
 * Tells of a command, an event or a type.
 *
 * @param words - Pairs that choose the branches of unions.
 * @returns undefined when there is no such thing.
 */
export function helpOf(name: string, words: readonly string[], vocabulary: Vocabulary): string | undefined {
  const given = givenIn(words);
  const definition = vocabulary.schema?.byName.get(name);
  const entity = vocabulary.entity(name);
  const body = entity === undefined ? typeBody(name, given, vocabulary) : entityBody(entity, given, vocabulary);
  if (body === undefined) return undefined;
  const kind = entity?.kind ?? definition?.kind ?? "type";
  const paragraphs = [`${printable(name)} (${kind})\n`, ...body, ...documentation(definition)];
  return paragraphs.join("\n");
}

function entityBody(entity: Entity, given: Given, vocabulary: Vocabulary): readonly string[] {
  const takes = vocabulary.type(entity.argument);
  const isCommand = entity.kind === "command";
  const paragraphs: string[] = [];
  if (takes.kind === "object") {
    const text = membersText(entity.argument, takes, given, vocabulary, entity.name);
    const verb = isCommand ? "Takes" : "Tells";
    paragraphs.push(text === "" ? `${verb} nothing\n` : `${verb}:\n${text}`);
  }
  if (entity.returns !== undefined) paragraphs.push(returnsText(entity.returns, vocabulary));
  if (entity.features.length > 0) paragraphs.push(`Features: ${printable(entity.features.join(", "))}\n`);
  return paragraphs;
}

function returnsText(name: string, vocabulary: Vocabulary): string {
  const type = vocabulary.type(name);
  if (type.kind === "unknown") return "";
  if (type.kind === "object" && type.members.size === 0 && type.variants.size === 0) return "Returns nothing\n";
  const element = type.kind === "array" ? vocabulary.type(type.element) : type;
  const elementName = type.kind === "array" ? type.element : name;
  const members = element.kind === "object" ? membersText(elementName, element, new Map(), vocabulary) : "";
  return `Returns ${inWords(name, vocabulary)}${members === "" ? "\n" : `:\n${members}`}`;
}

/** Of a type by its name, which a running QEMU does not tell. */
function typeBody(name: string, given: Given, vocabulary: Vocabulary): readonly string[] | undefined {
  if (isMasked(name)) return undefined;
  const type = vocabulary.type(name);
  if (type.kind === "unknown") return undefined;
  if (type.kind === "object") return [membersText(name, type, given, vocabulary, name)];
  if (type.kind !== "enum") return [`${inWords(name, vocabulary)}\n`];
  const docs = docsOf(name, vocabulary.schema);
  return [[...type.values.keys()].map((value) => row(printable(value), docs.get(value))).join("")];
}

function membersText(
  typeName: string,
  type: ObjectInfo,
  given: Given,
  vocabulary: Vocabulary,
  subject?: string,
): string {
  const docs = docsOf(subject ?? typeName, vocabulary.schema, typeName, given);
  const rows = [...vocabulary.members(type, [], given)].map(([name, member]) =>
    row(memberText(name, member, vocabulary), docs.get(name)),
  );
  const { tag } = type;
  if (tag !== undefined && type.variants.size > 0 && !given.has(tag)) {
    const hint = subject === undefined ? "" : `: help ${subject} ${tag}=VALUE`;
    rows.push(`  and more, by the value of ${printable(tag + hint)}\n`);
  }
  return rows.join("");
}

function memberText(name: string, { type, optional, features }: MemberInfo, vocabulary: Vocabulary): string {
  const marks = [...(optional ? ["optional"] : []), ...features].map((mark) => ` (${mark})`).join("");
  return `${printable(name)}${printable(marks)}: ${inWords(type, vocabulary)}`;
}

function row(text: string, doc: string | undefined): string {
  return `  ${text}\n${doc === undefined ? "" : plainText(doc, "      ")}`;
}

const BUILTINS: Readonly<Record<string, string>> = {
  int: "an integer",
  number: "a number",
  string: "text",
  boolean: "true or false",
  null: "null",
  value: "any value",
};

/** A type in words. Names that QEMU makes up are not told. */
function inWords(name: string, vocabulary: Vocabulary): string {
  const type = vocabulary.type(name);
  switch (type.kind) {
    case "builtin":
      return Object.hasOwn(BUILTINS, type.jsonType) ? (BUILTINS[type.jsonType] ?? "") : printable(type.jsonType);
    case "enum": {
      const values = [...type.values.keys()];
      const shown = values.slice(0, MOST).join(", ");
      return printable(`one of ${shown}${values.length > MOST ? ", and more" : ""}`);
    }
    case "array":
      return `a list: ${elementInWords(type.element, vocabulary)}`;
    case "object":
      return `an object${nameIfTold(name)}`;
    case "alternate":
      return alternativesInWords(type.types, vocabulary);
    case "unknown":
      return "something that is not told";
  }
}

function elementInWords(name: string, vocabulary: Vocabulary): string {
  // A server may say that a list is one of itself.
  return vocabulary.type(name).kind === "array" ? "of lists" : `each ${inWords(name, vocabulary)}`;
}

function alternativesInWords(names: readonly string[], vocabulary: Vocabulary): string {
  const isSimple = (type: TypeInfo): boolean => type.kind !== "alternate" && type.kind !== "array";
  return names.map((name) => (isSimple(vocabulary.type(name)) ? inWords(name, vocabulary) : "a list")).join(", or ");
}

function nameIfTold(name: string): string {
  return isMasked(name) || name.startsWith("q_obj_") ? "" : `, ${printable(name)}`;
}

/** QEMU gives types numbers instead of names. */
function isMasked(name: string): boolean {
  return /^\[?[0-9]+\]?$/.test(name);
}

/** What the documentation says of the members of a type, or the values of an enumeration. */
function docsOf(
  subject: string,
  schema: Schema | undefined,
  typeName: string = subject,
  given: Given = new Map(),
): ReadonlyMap<string, string> {
  const docs = new Map<string, string>();
  const add = (name: string, doc: DocSection | undefined): void => {
    if (doc !== undefined && doc.text !== "") docs.set(name, doc.text);
  };
  let next = schema?.byName.get(typeName) ?? schema?.byName.get(subject);
  while (next !== undefined) {
    if (next.kind === "enum") for (const { name, doc } of next.values) add(name, doc);
    const object: Definition | Anonymous | undefined =
      next.kind === "command" || next.kind === "event" ? next.arguments : next;
    if (object === undefined || !("allMembers" in object)) break;
    for (const { name, doc } of object.allMembers) add(name, doc);
    if (object.kind !== "union") break;
    const value = given.get(object.discriminator.name);
    next = object.branches.find(({ name }) => name === value)?.type;
  }
  return docs;
}

const HEADINGS: Readonly<Partial<Record<DocSection["kind"], string>>> = {
  text: "",
  note: "Note",
  returns: "Returns",
  errors: "Errors",
  since: "Since",
  example: "Example",
};

/** What the documentation says of a definition as a whole. */
function documentation(definition: Definition | undefined): readonly string[] {
  const sections = definition?.doc?.sections ?? [];
  return sections.flatMap(({ kind, text }) => {
    const heading = HEADINGS[kind];
    if (heading === undefined || text === "") return [];
    if (heading === "") return [plainText(text, "")];
    return [/\n|^[-*] /.test(text) ? `${heading}:\n${plainText(text, "  ")}` : `${heading}: ${plainText(text, "")}`];
  });
}
