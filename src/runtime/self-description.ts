/**
 * What a server says of itself: what it has of all that schemas have.
 */
import type { Comparison } from "./client-api.js";
import { ProtocolError, UnsupportedError } from "./errors.js";
import { compare } from "./introspection/compare.js";
import { Introspection } from "./introspection/introspection.js";
import { isJsonObject } from "./message.js";
import type { SchemaValidators } from "./schema.js";

/** What a server says that it has. */
export interface SelfDescription {
  /** @throws TypeError for what is no path; UnsupportedError for what the server does not tell. */
  supports(path: string): boolean;
  compare(validators: SchemaValidators): Comparison;
}

/** Executes a command of no schema. */
export type Ask = (command: string) => Promise<unknown>;

/** Asks a QMP server, which tells all: `query-qmp-schema`. */
export async function describeQmp(ask: Ask): Promise<SelfDescription> {
  const introspection = new Introspection(await ask("query-qmp-schema"));
  return {
    supports: (path) => introspection.supports(path),
    compare: (validators) => compare(validators, introspection),
  };
}

/** Asks a guest agent, which tells the names of its commands, and which of them are switched on: `guest-info`. */
export async function describeAgent(ask: Ask): Promise<SelfDescription> {
  const reply = await ask("guest-info");
  const list: unknown = isJsonObject(reply) ? reply["supported_commands"] : undefined;
  if (!Array.isArray(list)) throw new ProtocolError("message", "guest-info: the reply has no list of commands", "");
  const names = new Set<string>();
  for (const command of list as readonly unknown[]) {
    if (!isJsonObject(command)) continue;
    const { name, enabled } = command;
    if (typeof name === "string" && enabled === true) names.add(name);
  }
  return {
    supports(path) {
      if (!path.includes("/")) return names.has(path);
      throw new UnsupportedError(`${path}: a guest agent tells the names of its commands and nothing else`);
    },
    compare: ({ commands }) => ({
      missing: [...commands.keys()].filter((name) => !names.has(name)),
      added: [...names].filter((name) => !commands.has(name)),
      changed: [],
    }),
  };
}
