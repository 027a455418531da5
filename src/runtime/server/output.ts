/**
 * What a server sends: one message a line, in ASCII, with the spaces and the order of members that QEMU's have where clients
 * could see them without parsing.
 */
import type { Greeting } from "../client-api.js";
import { stringifyJson } from "../json.js";

/** A reply. */
export type Reply = (
  { readonly return: unknown } | { readonly error: { readonly class: string; readonly desc: string } }
) & {
  /** The id of the command, in an array: it may be any value. Absent if it had none. */
  readonly id?: readonly [unknown] | undefined;
};

/** @throws what {@link stringifyJson} throws for a value that has no JSON. */
export function replyText(reply: Reply): string {
  const id = reply.id === undefined ? undefined : `"id": ${asciiJson(reply.id[0])}`;
  if ("return" in reply) return objectOf([`"return": ${asciiJson(reply.return)}`, id]);
  const { class: name, desc } = reply.error;
  return objectOf([id, `"error": {"class": ${asciiJson(name)}, "desc": ${asciiJson(desc)}}`]);
}

export function greetingText({ version, capabilities }: Greeting): string {
  return `{"QMP": {"version": ${asciiJson(version)}, "capabilities": ${asciiJson(capabilities)}}}`;
}

/** An event as it is sent. */
export interface OutgoingEvent {
  readonly event: string;
  readonly data?: unknown;
  readonly timestamp: { readonly seconds: number; readonly microseconds: number };
}

export function eventText({ event, data, timestamp: { seconds, microseconds } }: OutgoingEvent): string {
  return objectOf([
    `"timestamp": {"seconds": ${seconds}, "microseconds": ${microseconds}}`,
    `"event": ${asciiJson(event)}`,
    data === undefined ? undefined : `"data": ${asciiJson(data)}`,
  ]);
}

/** An event that was written already, with the tag of a connection. */
export function taggedText(text: string, tag: string): string {
  return `${text.slice(0, -1)}, "tag": ${asciiJson(tag)}}`;
}

function objectOf(members: readonly (string | undefined)[]): string {
  return `{${members.filter((member) => member !== undefined).join(", ")}}`;
}

/** Only strings have characters that are not ASCII, and there they can be escaped. */
function asciiJson(value: unknown): string {
  return stringifyJson(value).replace(
    /[\u007f-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
}
