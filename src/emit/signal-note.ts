/**
 * What the two commands of a signal are for, which a schema need not say.
 */
import type { Command } from "../schema/schema.js";
import { code, linkTo } from "./markdown-inline.js";
import type { Link } from "./tsdoc.js";

/** A paragraph of Markdown about a command that connects slots to a signal or disconnects them; empty for all others. */
export function signalNote(command: Command, link: Link): string {
  const { signal } = command;
  if (signal === undefined) return "";
  const linked = (name: string): string => {
    const identifier = link(name);
    return identifier === undefined ? code(name) : linkTo(identifier);
  };
  const slot = `the signal ${code(signal.name)}`;
  const event = linked(signal.event.name);
  return command === signal.connect
    ? `Connects to ${slot}: from now on, ${event} comes with the tag\nthat is returned. ${linked(signal.disconnect.name)} takes it.`
    : `Disconnects from ${slot}: no ${event} comes any more\nwith the tag, which ${linked(signal.connect.name)} returned.`;
}
