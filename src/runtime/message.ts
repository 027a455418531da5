/**
 * What a server sends: one JSON object a message. The members are those of QEMU's specification of the protocol
 * (docs/interop/qmp-spec.rst).
 */
import { messageOf, ProtocolError } from "./errors.js";
import { parseJson } from "./json.js";

/** A JSON object. What is in it is up to the peer. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What came, known by what it has: an event, a greeting, or a reply. */
export interface Message extends JsonObject {
  readonly event?: unknown;
  readonly QMP?: unknown;
  readonly return?: unknown;
  readonly error?: unknown;
  readonly id?: unknown;
  /** The connection over the wire that an event comes by. */
  readonly tag?: unknown;
}

/** @throws ProtocolError for what is no JSON object. */
export function readMessage(line: string): Message {
  let message: unknown;
  try {
    message = parseJson(line);
  } catch (error) {
    throw new ProtocolError("syntax", `received what is not JSON: ${messageOf(error)}`, line);
  }
  if (!isJsonObject(message)) throw new ProtocolError("message", "received a JSON value that is no message", line);
  return message;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member that came: not one that objects inherit. Undefined where there is none, and of what is no object. */
export function ownMember(value: unknown, name: string): unknown {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** What an error reply says, whatever it is made of. */
export function errorOf(error: unknown): { readonly class: string; readonly description: string } | undefined {
  if (!isJsonObject(error)) return undefined;
  const { class: name, desc } = error;
  return typeof name === "string" && typeof desc === "string" ? { class: name, description: desc } : undefined;
}
