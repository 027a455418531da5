/** Definitions by the names that people have for them, some of which are not on the wire. */
import { eventName } from "../syntax/proposal.js";
import type { Definition, Definitions } from "./schema.js";

/**
 * The definition of a name: its own; that of a signal's accessor, which stands for the command that connects to it
 * (`block-io-event`); or that of an event in the notation of the proposal of 2011 (`BlockIOEvent`).
 */
export function definitionCalled(name: string, { byName }: Definitions): Definition | undefined {
  const own = byName.get(name);
  if (own !== undefined) return own;
  const connect = byName.get(`${name}-connect`);
  if (connect?.kind === "command" && connect.signal?.name === name) return connect;
  const event = name.endsWith("Event") ? byName.get(eventName(name)) : undefined;
  return event?.kind === "event" ? event : undefined;
}

/** The names of a definition that it could be looked for by, its own first. */
export function namesOf(definition: Definition): readonly string[] {
  const { name } = definition;
  const signal = definition.kind === "command" ? definition.signal : undefined;
  return signal?.connect === definition ? [name, signal.name] : [name];
}
