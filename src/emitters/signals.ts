/**
 * Signals in the output: the map of all, by the names of their accessors, as types and at run time. Only a schema that has some
 * has any of this.
 */
import type { Command, Definitions, Signal } from "../schema/schema.js";
import {
  comment,
  type GeneratedFile,
  group,
  hardline,
  indent,
  indented,
  interfaceDeclaration,
  type Layout,
  line,
  LINE_WIDTH,
  linkComment,
  literalKey,
  type Output,
  propertyKey,
  stringLiteral,
} from "../emit/index.js";
import { argumentsOptional, argumentsType } from "./commands.js";
import { array, map, object } from "./map-of.js";

/** The signals of a schema, or of a part of one, in the order of the commands that connect to them. */
export function signalsOf({ commands }: Definitions): readonly Signal[] {
  return commands.flatMap((command) => (command.signal?.connect === command ? [command.signal] : []));
}

/** `mapOf<SignalAccessor>({ "block-device-event": { event: "BLOCK_DEVICE_EVENT", arguments: ["device"] } })`. */
export function signalsValue(signals: readonly Signal[], f: GeneratedFile, out: Output): Layout {
  const accessors = signals.map(({ name, event, connect }): Layout => {
    const key = `${literalKey(name)}:`;
    const eventName = group("event:", indent(line, stringLiteral(event.name)));
    const value = object([eventName, ["arguments: ", array(argumentNames(connect).map(stringLiteral))]]);
    return INDENT + key.length + " {".length <= LINE_WIDTH ? [`${key} `, value] : [key, indent(hardline, value)];
  });
  return map(f.type(out.common("SignalAccessor")), accessors);
}

/** How far the keys of the map are indented. */
const INDENT = 4;

function argumentNames({ arguments: type }: Command): readonly string[] {
  return type?.allMembers.map(({ name }) => name) ?? [];
}

/** The types `Signals` and `SignalAccessor`. */
export function emitSignalTypes(signals: readonly Signal[], f: GeneratedFile, out: Output): void {
  let body = "";
  for (const signal of signals) {
    const { connect } = signal;
    if (out.options.docs !== "none") {
      body += `${indented(linkComment(out.names.of(connect, "stub").identifier, connect.features))}\n`;
    }
    body += mapEntry(signal, f, out);
  }
  f.statement(
    `${comment("What the accessors of signals take and which events those are, by the names of the accessors.")}\n` +
      interfaceDeclaration(out.common("Signals").identifier, [], body),
  );
  f.statement(SIGNAL_ACCESSOR);
}

/** `"block-device-event": { arguments: BlockDeviceEventConnectArguments; event: BlockDeviceEvent };` */
function mapEntry({ name, event, connect }: Signal, f: GeneratedFile, out: Output): string {
  const properties = [`event: ${f.type(out.names.of(event, "event"))};`];
  const args = argumentsType(connect, f, out);
  if (args !== undefined) properties.unshift(`${argumentsOptional(connect) ? "arguments?" : "arguments"}: ${args};`);
  const key = propertyKey(name);
  const flat = `  ${key}: { ${properties.join(" ").slice(0, -1)} };`;
  return flat.length <= LINE_WIDTH ? `${flat}\n` : `  ${key}: {\n    ${properties.join("\n    ")}\n  };\n`;
}

const SIGNAL_ACCESSOR = `\
/** How a signal is got at. */
export interface SignalAccessor {
  /** The event that the signal is. */
  readonly event: keyof Events;
  /** What the accessor takes. */
  readonly arguments: readonly string[];
}`;
