/** The QMP conversations in the documentation of a schema. */
import { allocateNames } from "../../src/emit/naming.js";
import type { Command, Definition, Doc, Schema } from "../../src/schema/schema.js";
import type { Validators } from "../support/run-validators.js";
import { parseWire } from "../support/wire-json.js";

/** One line of a conversation, from its arrow to the next. */
export interface ExampleMessage {
  /** Where it is: the definition or the file, which of its examples and which message of that, both from 1. */
  readonly place: string;
  /** Which example it is in: replies belong to commands of the same. */
  readonly example: string;
  readonly isSent: boolean;
  readonly text: string;
}

/** All messages in order: those of `.. qmp-example::` and, as it was done before 10.0, of sections called Example. */
export function exampleMessages(schema: Schema): readonly ExampleMessage[] {
  const documented = schema.definitions.filter((definition): definition is Definition & { readonly doc: Doc } => {
    return definition.doc !== undefined;
  });
  return [
    ...documented.flatMap(({ name, doc }) => messagesOf(name, doc)),
    ...schema.modules.flatMap(({ name, docs }) =>
      docs.flatMap((doc, index) => messagesOf(`${name}#${String(index + 1)}`, doc)),
    ),
  ];
}

function messagesOf(name: string, { sections }: Doc): readonly ExampleMessage[] {
  const blocks = sections.flatMap(({ kind, text }) => (kind === "example" ? [text] : directives(text)));
  return blocks.flatMap((block, index) => {
    const example = `${name} ${String(index + 1)}`;
    return conversation(block).map((message, index) => ({
      place: `${example}.${String(index + 1)}`,
      example,
      ...message,
    }));
  });
}

/** What is below each directive, as far as it is indented. An annotated one has others in it, which are found as well. */
function directives(text: string): readonly string[] {
  const lines = text.split("\n");
  const blocks: string[] = [];
  for (const [index, line] of lines.entries()) {
    const directive = /^( *)\.\. qmp-example::/.exec(line);
    if (directive === null) continue;
    const indent = directive[1]?.length ?? 0;
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((line) => line.trim() !== "" && line.search(/\S/) <= indent);
    const block = rest.slice(0, end === -1 ? rest.length : end);
    if (!block.some((line) => line.trim() === ":annotated:")) blocks.push(block.join("\n"));
  }
  return blocks;
}

function conversation(block: string): readonly Pick<ExampleMessage, "isSent" | "text">[] {
  const parts = block.split(/^\s*(?=(?:->|<-) )/m).filter((part) => /^(?:->|<-)/.test(part));
  return parts.map((part) => {
    // Sections called Example may have text between messages.
    const [text = ""] = part.slice("-> ".length).split(/\n\s*\n(?=[A-Za-z0-9])/);
    return { isSent: part.startsWith("->"), text: text.trim() };
  });
}

/**
 * The object that a message is, if it is one. `...` alone in a line stands for what was left out, and as in QMP, strings may
 * have single quotes.
 */
function parsed(text: string): JsonObject | undefined {
  const quoted = text.includes('"') ? text : text.replaceAll("'", '"');
  const shown = quoted.replace(/^ *\.\.\. *$/gm, "").replace(/,(\s*[\]}])/g, "$1");
  try {
    const value = parseWire(shown);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What was found in the examples of a schema. */
export interface ExampleResults {
  readonly examples: number;
  /** How many messages there are, and of how many the schema says what is right. */
  readonly messages: number;
  readonly validated: number;
  /** What is wrong with messages, by their places: the path of the first mistake, or that it is no message. */
  readonly faults: ReadonlyMap<string, string>;
}

/** Validates the examples of a schema: arguments strictly, replies and events as what is received. */
export function validateExamples(schema: Schema, validators: Validators): ExampleResults {
  const names = allocateNames(schema);
  const stem = (...of: Parameters<typeof names.of>): string => names.of(...of).identifier.replace(/^is/, "");
  const messages = exampleMessages(schema);
  const faults = new Map<string, string>();
  let validated = 0;
  let example = "";
  /** The commands of the example that have no reply yet. */
  let waiting: (Command | undefined)[] = [];

  function validate(place: string, stem: string, value: unknown): void {
    validated++;
    const [issue] = validators.issues(stem, value);
    if (issue !== undefined) faults.set(place, issue.path.join("."));
  }

  function sent(place: string, message: JsonObject): void {
    const name = message["execute"] ?? message["exec-oob"];
    const command = schema.commands.find((command) => command.name === name);
    waiting.push(command);
    if (command === undefined) faults.set(place, "no command of the schema");
    else validate(place, stem(command, "isArguments"), message["arguments"] ?? {});
  }

  function received(place: string, message: JsonObject): void {
    if ("event" in message) {
      const event = schema.events.find(({ name }) => name === message["event"]);
      if (event === undefined) faults.set(place, "no event of the schema");
      else validate(place, stem(event, "is"), message);
    } else if ("return" in message) {
      const command = waiting.shift();
      if (command === undefined) faults.set(place, "a reply to nothing");
      else if (!command.successResponse) faults.set(place, "a reply to a command that has none");
      else validate(place, stem(command, "isReturns"), message["return"]);
    } else if ("error" in message) waiting.shift();
    else if (!("QMP" in message)) faults.set(place, "not a message");
  }

  for (const { place, example: its, isSent, text } of messages) {
    if (its !== example) waiting = [];
    example = its;
    const message = parsed(text);
    if (message === undefined) faults.set(place, "not JSON");
    else (isSent ? sent : received)(place, message);
  }
  return {
    examples: new Set(messages.map(({ example }) => example)).size,
    messages: messages.length,
    validated,
    faults,
  };
}
