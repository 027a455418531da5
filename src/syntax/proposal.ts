/**
 * The notation of the proposal that QAPI's events began with, of 2011: from an entry as the grammar reads it to a node of the
 * syntax tree.
 *
 * A type whose name ends in `Event` is an event, and a command that returns one is a signal accessor: not a command itself, but
 * two, one that connects a client to the signal and one that disconnects it.
 */
import type { Diagnostic } from "../diagnostic.js";
import type {
  CommandNode,
  DefinitionNode,
  EnumNode,
  MemberNode,
  MembersNode,
  NameNode,
  SignalNode,
  StringNode,
  TypeNode,
  ValueNode,
} from "./ast.js";
import type { RawProposal, RawProposalCommand, RawProposalType } from "./grammar.js";
import { readEnumValues, readMembers, readType } from "./members.js";
import { article, Reader } from "./reader.js";
import type { Span } from "./source.js";

const EVENT = "Event";

/** What a command returns that returns nothing. */
const NOTHING = "none";

/** What the command that disconnects takes: what the one that connects has returned. */
const TAG = "tag";

/** Reads an entry; reports to `diagnostics` and returns undefined when it makes no sense. */
export function readProposal(
  entry: RawProposal,
  diagnostics: Diagnostic[],
  notes: Diagnostic[],
): DefinitionNode | undefined {
  const reader = new Reader(diagnostics, notes);
  const node = entry.kind === "proposalType" ? readProposalType(entry, reader) : readProposalCommand(entry, reader);
  return reader.ok ? node : undefined;
}

/**
 * The name that an event has on the wire: `BlockIOEvent` is `BLOCK_IO_EVENT`. The words are those of the proposal's C functions
 * (`block_io_event_connect`).
 */
export function eventName(name: string): string {
  const [, prefix = "", stem = name] = /^(__[A-Za-z0-9.-]+_)?(.*)$/.exec(name) ?? [];
  const words = stem.replace(/([a-z0-9])(?=[A-Z])/g, "$1_").replace(/([A-Z])(?=[A-Z][a-z])/g, "$1_");
  return prefix + words.replace(/[.-]/g, "_").toUpperCase();
}

// Event: { 'NAMEEvent': Members }
// Struct: { 'NAME': Members }
// Enum: { 'NAME': EnumValues }
function readProposalType({ name: key, data, span }: RawProposalType, reader: Reader): DefinitionNode | undefined {
  const kind = data.kind === "list" ? "enum" : key.text.endsWith(EVENT) ? "event" : "struct";
  const today = kind === "event" ? eventName(key.text) : key.text;
  reader.note({
    code: "proposal-type",
    message: `${kind} '${key.text}' is in the notation of the proposal of 2011`,
    span: key.span,
    hint: `today it is { '${kind}': '${today}', 'data': ${data.kind === "list" ? "[ ... ]" : "{ ... }"} }`,
  });
  const name = reader.name(key, article(kind));
  if (name === undefined) return undefined;
  const what = `${kind} '${name.text}'`;
  if (kind === "enum") {
    const node: EnumNode = { kind, name, values: readEnumValues(data, what, reader), features: [], span };
    return node;
  }
  const members = readMembers(data, what, reader);
  if (members === undefined) return undefined;
  if (kind === "struct") return { kind, name, members: members.members, features: [], span };
  return { kind, name: spelled(today, name), arguments: members, boxed: false, features: [], span };
}

// Command: [ NAME, Members, Members, Type | 'none' ]; the members of the second object are optional
// SignalAccessor: [ NAME, Members, Members, 'NAMEEvent' ]
function readProposalCommand({ parts, span }: RawProposalCommand, reader: Reader): CommandNode | undefined {
  const [key, required, optional, returns, another] = parts;
  if (key?.kind !== "string") return undefined;
  reader.note({
    code: "proposal-command",
    message: `command '${key.text}' is in the notation of the proposal of 2011`,
    span: key.span,
    hint: isEvent(returns)
      ? `it stands for the commands '${key.text}-connect' and '${key.text}-disconnect'`
      : `today it is { 'command': '${key.text}', 'data': { ... }, 'returns': TYPE }; optional arguments have a '*'`,
  });
  const name = reader.name(key, "a command");
  if (required === undefined || optional === undefined || returns === undefined || another !== undefined) {
    return reader.report({
      code: "proposal-parts",
      message: `command '${key.text}' is a list of ${String(parts.length)} ${parts.length === 1 ? "part" : "parts"}, not of 4`,
      span: another?.span ?? { ...span, end: span.start + 1 },
      hint: "they are [ 'NAME', { arguments }, { optional arguments }, 'RESULT' ]; where there is nothing, {} and 'none'",
    });
  }
  if (name === undefined) return undefined;
  const what = `command '${name.text}'`;
  const members = [
    ...readArguments(required, `the arguments of ${what}`, what, reader),
    ...readArguments(optional, `the optional arguments of ${what}`, what, reader).map(asOptional),
  ];
  const data: MembersNode = { kind: "members", members, span: { ...required.span, end: optional.span.end } };
  const command = { ...commandNode(name, span), arguments: data };
  const event = readEvent(returns, name, reader);
  if (event !== undefined) return connectCommand(command, event, members, reader);
  const type = readResult(returns, `what ${what} returns`, reader);
  return type === undefined ? command : { ...command, returns: type };
}

function readArguments(value: ValueNode, part: string, owner: string, reader: Reader): readonly MemberNode[] {
  if (value.kind === "object") return readMembers(value, owner, reader)?.members ?? [];
  reader.wrong(part, "an object", value, "where there are none, write {}");
  return [];
}

function asOptional(member: MemberNode): MemberNode {
  return { ...member, optional: true };
}

function isEvent(value: ValueNode | undefined): value is StringNode {
  return value?.kind === "string" && value.text.endsWith(EVENT);
}

/** The event that a command returns, if it returns one. */
function readEvent(value: ValueNode, accessor: NameNode, reader: Reader): NameNode | undefined {
  if (isEvent(value)) return spelled(eventName(value.text), value);
  const element = value.kind === "list" ? value.elements[0] : undefined;
  if (!isEvent(element)) return undefined;
  return reader.report({
    code: "invalid-signal",
    message: `signal accessor '${accessor.text}' returns a list of '${element.text}'`,
    span: value.span,
    hint: `an event is not returned but sent, whenever it happens, so there is no list of it; write '${element.text}'`,
  });
}

function readResult(value: ValueNode, what: string, reader: Reader): TypeNode | undefined {
  if (value.kind === "string" && value.text === NOTHING) return undefined;
  if (value.kind === "string" || value.kind === "list") return readType(value, what, reader);
  return reader.wrong(what, "a type's name, a list of one, or 'none'", value);
}

/** The command that connects a client to a signal. */
function connectCommand(
  accessor: CommandNode,
  event: NameNode,
  members: readonly MemberNode[],
  reader: Reader,
): CommandNode {
  const { text } = accessor.name;
  for (const { name } of members) {
    if (name.text !== TAG) continue;
    reader.report({
      code: "invalid-signal",
      message: `signal accessor '${text}' has an argument called '${TAG}'`,
      span: name.span,
      hint: `'${text}-disconnect' takes a '${TAG}' of its own, that of the connection; give the argument another name`,
    });
  }
  return {
    ...accessor,
    name: spelled(`${text}-connect`, accessor.name),
    returns: { kind: "type", name: "str", list: false, span: event.span },
    signal: { name: text, event, disconnect: `${text}-disconnect` },
  };
}

/**
 * The command that disconnects what `connect` has connected. The proposal has it take the arguments of the accessor, too, but in
 * its example the tag alone; so they may be left out.
 */
export function disconnectCommand({ name, arguments: data, span }: CommandNode, signal: SignalNode): CommandNode {
  const accessor = { text: signal.name, span: name.span };
  const type: TypeNode = { kind: "type", name: "str", list: false, span: name.span };
  const tag: MemberNode = {
    name: { text: TAG, span: name.span },
    optional: false,
    type,
    features: [],
    span: name.span,
  };
  const others = data?.kind === "members" ? data.members.map(asOptional) : [];
  return {
    ...commandNode(spelled(signal.disconnect, accessor), span),
    arguments: { kind: "members", members: [tag, ...others], span: data?.span ?? span },
    implicit: true,
  };
}

/** A command that neither takes nor returns anything. */
function commandNode(name: NameNode, span: Span): CommandNode {
  return {
    kind: "command",
    name,
    boxed: false,
    gen: true,
    successResponse: true,
    allowOob: false,
    allowPreconfig: false,
    coroutine: false,
    features: [],
    span,
  };
}

/** The name `text`, which the schema writes as `name`. */
function spelled(text: string, { text: written, span }: NameNode): NameNode {
  return text === written ? { text, span } : { text, written, span };
}
