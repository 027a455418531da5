/**
 * The schema emitter: one value with all that clients and servers want to know of a schema. It knows nothing of those that
 * come with qapi-codegen; they take whatever has these properties.
 */
import type { Command, Event, Schema } from "../schema/schema.js";
import {
  comment,
  defineEmitter,
  type Emitter,
  type Exported,
  type GeneratedFile,
  hardline,
  type Int64Mode,
  type Layout,
  LINE_WIDTH,
  literalKey,
  type Output,
  printDocument,
  stringLiteral,
} from "../emit/index.js";
import { commands } from "./commands.js";
import { events } from "./events.js";
import { array, MAP_OF, object } from "./map-of.js";
import { metadata } from "./metadata.js";
import { emitSignalTypes, signalsOf, signalsValue } from "./signals.js";
import { SUPPORT } from "./validators/support/support-file.js";
import { validators } from "./validators/validators.js";

/** Emits `schema/`, and a file that no index re-exports: all validators by name. */
export const schema: Emitter = defineEmitter({
  name: "schema",
  requires: [commands, events, validators, metadata],
  emit(model, out) {
    emitValidators(model, out);
    const f = out.index("schema");
    for (const name of ["Commands", "Events", "Executor", "Metadata", "Validator"] as const) f.type(out.common(name));
    const { int64 } = out.options;
    const signals = signalsOf(model);
    const hasSignals = signals.length > 0;
    if (hasSignals) f.value(MAP_OF);
    const properties: readonly Layout[] = [
      `int64: ${stringLiteral(int64)}`,
      f.value(out.common("metadata")),
      ["events: ", nameSet(model.events.map(({ name }) => name))],
      ...(hasSignals ? [["signals: ", signalsValue(signals, f, out)]] : []),
      `validators: () => ({ ${f.value(exported("commands"))}, ${f.value(exported("events"))} })`,
    ];
    f.statement(declarations(int64, hasSignals));
    if (hasSignals) emitSignalTypes(signals, f, out);
    const { identifier } = out.common("schema");
    f.statement(
      `${comment("The schema, for clients and servers: it is what they are made with.")}\n` +
        `export const ${identifier}: ${out.common("QmpSchema").identifier} = ` +
        printDocument([object(properties, hardline), ";"]),
    );
  },
});

/** All validators by the names on the wire, in a file of their own, so that their many imports are nobody else's. */
function emitValidators({ commands, events }: Schema, out: Output): void {
  const f = out.file(VALIDATORS, { hasLongNames: true });
  f.value(MAP_OF);
  const type = f.type(out.common("SchemaValidators"));
  const commandType = f.type(out.common("CommandValidators"));
  const validator = f.type(out.common("Validator"));
  let ofCommands = "";
  for (const command of commands) ofCommands += commandEntry(command, f, out);
  let ofEvents = "";
  for (const event of events) ofEvents += eventEntry(event, f, out);
  f.statement(`type EventValidator = ${validator}<unknown>;`);
  f.statement(`export const commands: ${type}["commands"] =\n  ${mapText(commandType, ofCommands)};`);
  f.statement(`export const events: ${type}["events"] =\n  ${mapText("EventValidator", ofEvents)};`);
}

const VALIDATORS = "internal/all-validators.ts";

function exported(identifier: "commands" | "events"): Exported {
  return { identifier, path: VALIDATORS };
}

/** `netdev_add: { arguments: validateNetdevAddArguments, returns: validateNetdevAddReturns },` on its lines. */
function commandEntry(command: Command, f: GeneratedFile, out: Output): string {
  const key = `    ${literalKey(command.name)}: {`;
  const args = `arguments: ${f.value(out.names.of(command, "validateArguments"))}`;
  const { successResponse } = command;
  const returns = `returns: ${f.value(successResponse ? out.names.of(command, "validateReturns") : NO_RETURNS)}`;
  const flat = `${key} ${args}, ${returns} },`;
  return flat.length <= LINE_WIDTH ? `${flat}\n` : `${key}\n      ${args},\n      ${returns},\n    },\n`;
}

/** Where no reply comes, none is right but that of commands that return nothing. */
const NO_RETURNS = { identifier: "validateNoReturns", path: SUPPORT.empty };

/** `SHUTDOWN: validateShutdownEvent,` on its lines. */
function eventEntry(event: Event, f: GeneratedFile, out: Output): string {
  const key = `    ${literalKey(event.name)}:`;
  const validator = f.value(out.names.of(event, "validate"));
  const flat = `${key} ${validator},`;
  return flat.length <= LINE_WIDTH ? `${flat}\n` : `${key}\n      ${validator},\n`;
}

/** A map with these lines in it. */
function mapText(type: string, lines: string): string {
  return `/* @__PURE__ */ ${MAP_OF.identifier}<${type}>(${lines === "" ? "{}" : `{\n${lines}  }`})`;
}

/** `new Set(["SHUTDOWN"])` */
function nameSet(names: readonly string[]): Layout {
  return ["/* @__PURE__ */ new Set(", array(names.map(stringLiteral)), ")"];
}

function declarations(int64: Int64Mode, hasSignals: boolean): string {
  return `\
/** What clients and servers want to know of the schema. */
export interface QmpSchema {
  /** For the type checker alone: it is never there. */
  readonly types?:
    | {
        readonly commands: Commands;
        readonly events: Events;
        readonly executor: Executor;${hasSignals ? SIGNALS_TYPE : ""}
      }
    | undefined;
  /** How 64-bit integers are held. */
  readonly int64: ${stringLiteral(int64)};
  /** What is unusual about definitions, by their names. */
  readonly metadata: ReadonlyMap<string, Metadata>;
  /** The names of all events. */
  readonly events: ReadonlySet<string>;${hasSignals ? SIGNALS : ""}
  /** All validators. */
  readonly validators: () => SchemaValidators;
}

/** All validators, by the names on the wire. */
export interface SchemaValidators {
  readonly commands: ReadonlyMap<string, CommandValidators>;
  readonly events: ReadonlyMap<string, Validator<unknown>>;
}

/** The validators of a command. */
export interface CommandValidators {
  /** Strict, if not told otherwise. */
  readonly arguments: Validator<unknown>;
  /** Tolerant. Where no reply comes, it takes nothing but an empty object. */
  readonly returns: Validator<unknown>;
}`;
}

const SIGNALS_TYPE = `
        readonly signals: Signals;`;

const SIGNALS = `
  /** The signals that have accessors of their own, by the names of these. */
  readonly signals: ReadonlyMap<string, SignalAccessor>;`;
