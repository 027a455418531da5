/**
 * The commands that every server has, whatever its schema.
 */
import type { Greeting } from "../client-api.js";
import type { JsonObject } from "../message.js";
import { SIGNALS } from "../wire-signals.js";
import { CommandError } from "./command-error.js";
import type { Connections } from "./connections.js";

/** What a command that is built in returns, and what goes with it. */
export interface BuiltInResult {
  readonly returns: unknown;
  /** Whether the byte 0xFF goes before the reply. */
  readonly isDelimited?: boolean;
  /** What is done once the reply has been sent. */
  readonly afterwards?: () => void;
}

/** A command that is built in. */
export type BuiltIn = (args: JsonObject, caller: Caller) => BuiltInResult;

/** What such commands know of who executes them. */
export interface Caller {
  readonly connections: Connections;
}

/** What those of a monitor tell, and do. */
export interface MonitorParts {
  readonly version: Greeting["version"];
  /** Absent where the schema is not told. */
  readonly introspection: readonly unknown[] | undefined;
  /** The names of the commands that there are besides. */
  readonly others: () => readonly string[];
  /** Ends the server. Absent where there is no such command. */
  readonly quit: (() => void) | undefined;
  /** The commands of signals: none where they are not offered. */
  readonly signals: ReadonlyMap<string, BuiltIn>;
}

/** Those of a monitor, but for `qmp_capabilities`. */
export function monitorCommands(parts: MonitorParts): ReadonlyMap<string, BuiltIn> {
  const { version, introspection, others, quit, signals } = parts;
  const builtIn = new Map<string, BuiltIn>();
  builtIn.set("query-version", withoutArguments({ returns: version }));
  if (introspection !== undefined) builtIn.set("query-qmp-schema", withoutArguments({ returns: introspection }));
  if (quit !== undefined) builtIn.set("quit", withoutArguments({ returns: {}, afterwards: quit }));
  builtIn.set("query-commands", (args) => {
    refuseOthers(args, []);
    const names = new Set(["qmp_capabilities", ...builtIn.keys(), ...others()]);
    return { returns: [...names].map((name) => ({ name })) };
  });
  for (const [name, command] of signals) builtIn.set(name, command);
  return builtIn;
}

/** Those of a guest agent. */
export const agentCommands: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ["guest-sync", (args) => ({ returns: syncId(args) })],
  ["guest-sync-delimited", (args) => ({ returns: syncId(args), isDelimited: true })],
]);

function syncId(args: JsonObject): number | bigint {
  refuseOthers(args, ["id"]);
  const { id } = args;
  if (typeof id === "bigint" && id < 2n ** 63n) return id;
  if (typeof id === "number" && Number.isSafeInteger(id)) return id;
  throw new CommandError("GenericError", "arguments: id: expected a 64-bit integer");
}

/** What a monitor may offer. */
export interface Capabilities {
  readonly oob: boolean;
  readonly signals: boolean;
}

/**
 * What `qmp_capabilities` asks for.
 *
 * @param offered - Whether out-of-band execution is, and signals are.
 * @throws CommandError for what the server cannot do.
 */
export function readCapabilities(args: JsonObject, offered: Capabilities): { readonly oob: boolean } {
  refuseOthers(args, ["enable"]);
  const { enable = [] } = args;
  if (!Array.isArray(enable)) throw new CommandError("GenericError", "arguments: enable: expected an array");
  const capabilities: readonly unknown[] = enable;
  for (const [index, capability] of capabilities.entries()) {
    if (capability === "oob" || (capability === SIGNALS && offered.signals)) continue;
    const value = typeof capability === "string" ? `'${capability}'` : "what is not a string";
    throw new CommandError("GenericError", `arguments: enable[${index}]: expected a capability, received ${value}`);
  }
  const oob = capabilities.includes("oob");
  if (oob && !offered.oob) throw new CommandError("GenericError", "oob is not offered");
  return { oob };
}

function withoutArguments(result: BuiltInResult): BuiltIn {
  return (args) => {
    refuseOthers(args, []);
    return result;
  };
}

/** @throws CommandError for arguments with other names. */
export function refuseOthers(args: JsonObject, known: readonly string[]): void {
  for (const name of Object.keys(args)) {
    if (!known.includes(name)) throw new CommandError("GenericError", `arguments: '${name}' is none of them`);
  }
}
