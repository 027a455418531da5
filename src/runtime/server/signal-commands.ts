/**
 * The commands by which clients connect signals, and who gets which events by default: see docs/signals.md.
 */
import type { JsonObject } from "../message.js";
import type { Schema, SchemaValidators } from "../schema.js";
import { connectCommand, DISCONNECT_DEFAULT_SIGNALS, disconnectCommand, implicitAccessor } from "../wire-signals.js";
import { checkAccessor } from "./accessor-check.js";
import { type ArgumentCheck, checkedArguments } from "./arguments.js";
import type { BuiltIn } from "./built-in.js";
import { CommandError } from "./command-error.js";

/** An accessor, declared or implicit. */
interface Accessor {
  readonly name: string;
  readonly event: string;
  /** What one of its two commands was given. Throws CommandError. */
  readonly checked: (command: string, args: JsonObject) => JsonObject;
}

/** The commands of all signals that a schema has. */
export function signalCommands(check: ArgumentCheck): ReadonlyMap<string, BuiltIn> {
  const builtIn = new Map<string, BuiltIn>();
  builtIn.set(DISCONNECT_DEFAULT_SIGNALS, () => {
    throw new CommandError("CommandNotFound", "the default signals are disconnected before qmp_capabilities");
  });
  for (const accessor of accessorsOf(check)) {
    builtIn.set(connectCommand(accessor.name), connecting(accessor));
    builtIn.set(disconnectCommand(accessor.name), disconnecting(accessor));
  }
  return builtIn;
}

/**
 * The events that the default connection does not have: those that have accessors of their own, none of which can do without
 * arguments.
 */
export function eventsBehindAccessors({ signals }: Schema, { commands }: SchemaValidators): ReadonlySet<string> {
  const behind = new Map<string, boolean>();
  for (const [name, { event, arguments: args }] of signals ?? []) {
    const shape = commands.get(connectCommand(name))?.arguments.shape;
    const keys = shape?.kind === "struct" ? Object.keys(shape.describe()) : args;
    const isNeeded = keys.some((key) => !key.startsWith("*"));
    behind.set(event, isNeeded && behind.get(event) !== false);
  }
  return new Set([...behind].filter(([, isBehind]) => isBehind).map(([event]) => event));
}

function accessorsOf(check: ArgumentCheck): Iterable<Accessor> {
  const { schema, validators, validates } = check;
  const accessors = new Map<string, Accessor>();
  for (const [name, { event }] of schema.signals ?? []) {
    accessors.set(name, { name, event, checked: (command, args) => checkedArguments(command, args, check) });
  }
  for (const event of schema.events) {
    const name = implicitAccessor(event);
    const isTaken = [connectCommand(name), disconnectCommand(name)].some((command) => validators.commands.has(command));
    if (isTaken || accessors.has(name)) continue;
    accessors.set(name, {
      name,
      event,
      checked: (command, args) => {
        // When it is disconnected, the arguments are compared with those that have been checked.
        if (validates.arguments && command === connectCommand(name)) {
          checkAccessor(event, args, validators.events.get(event));
        }
        return args;
      },
    });
  }
  return accessors.values();
}

function connecting({ name: accessor, event, checked }: Accessor): BuiltIn {
  return (args, { connections }) => {
    const { tag, begin } = connections.make({ accessor, event, arguments: checked(connectCommand(accessor), args) });
    return { returns: tag, afterwards: begin };
  };
}

function disconnecting({ name, checked }: Accessor): BuiltIn {
  return (args, { connections }) => {
    const { tag, ...others } = checked(disconnectCommand(name), args);
    connections.end(name, tag, others);
    return { returns: {} };
  };
}
