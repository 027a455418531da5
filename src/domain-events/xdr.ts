/**
 * `qapi-codegen/domain-events/xdr`: domain events as libvirt puts them on the wire, in XDR (RFC 4506).
 *
 * What is encoded is the message alone, without the header that libvirt's remote procedure calls have.
 */
import type { DomainIdentity } from "./api.js";
import { WireError } from "./wire-error.js";
import type { WireEventId, WireEvents } from "./wire-events.js";
import { Decoder, Encoder } from "./xdr-filter.js";
import { domain as domainFilter, MESSAGES, type EventFilter } from "./xdr-messages.js";

export { WireError };
export type { DomainIdentity, WireEventId, WireEvents };

/** A message. */
export interface WireMessage<Id extends WireEventId = WireEventId> {
  readonly event: WireEvents[Id];
  readonly domain: DomainIdentity;
}

/**
 * Encodes an event.
 *
 * @param event - One that there is a message for: libvirt has none for events of interfaces. Its timestamp, if it has one, is left out.
 * @param domain - Where it comes from.
 * @returns A multiple of four bytes, which nobody else has.
 * @throws WireError for what the message has no room for, or what C cannot take: texts of more than 65536 bytes of UTF-8, or with
 *   zero bytes; more than 20 identities; numbers that stand for nothing; ids of domains beyond 32 bits, offsets beyond 64; what is no UUID.
 */
export function encodeDomainEvent(
  event: WireEvents[WireEventId] & { readonly timestamp?: unknown },
  domain: DomainIdentity,
): Uint8Array {
  const filter = filterOf(event.id);
  const encoder = new Encoder();
  encoder.struct("dom", domain, domainFilter);
  filter(encoder, event);
  return encoder.finish();
}

/**
 * Decodes an event. Limits are those of {@link encodeDomainEvent}, but where an event has a number for `unknown`, numbers that stand for
 * nothing become that one.
 *
 * @param id - Which event it is: the message does not say it.
 * @param bytes - A message, the whole of it.
 * @throws WireError for what is no such message.
 */
export function decodeDomainEvent<Id extends WireEventId>(id: Id, bytes: Uint8Array): WireMessage<Id> {
  const filter = filterOf(id);
  const decoder = new Decoder(bytes);
  const domain = decoder.struct("dom", undefined, domainFilter);
  const event = filter(decoder, undefined);
  decoder.finish();
  return { event, domain };
}

function filterOf<Id extends WireEventId>(id: Id): EventFilter<Id> {
  if (!Object.hasOwn(MESSAGES, id))
    throw new WireError("", `an event of the ids ${Object.keys(MESSAGES).join(", ")}`, JSON.stringify(id));
  return MESSAGES[id];
}
