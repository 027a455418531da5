/**
 * Each structure of libvirt's message for graphics by itself: what it adds to the bytes. The whole message, its limits and the other
 * messages are in test/domain-events/xdr.test.ts.
 */
import { expect, it } from "vitest";
import type { GraphicsIdentity } from "../../src/domain-events/domain-events.js";
import { encodeDomainEvent, type WireEvents, WireError } from "../../src/domain-events/xdr.js";

const guest = { name: "guest", uuid: "c7a5fdbd-edaf-9455-926a-d65c16db1809", id: 1 } as const;
const nowhere = { family: 0, node: "", service: "" } as const;
const nothing = { id: "graphics", phase: 0, local: nowhere, remote: nowhere, authScheme: "", subject: [] } as const;

/** What a message for graphics is, behind its domain, in words of four bytes. */
function wordsOf(more: Partial<WireEvents["graphics"]>): readonly string[] {
  const bytes = Buffer.from(encodeDomainEvent({ ...nothing, ...more }, guest));
  // The domain: a length and two words of text, the UUID, a number.
  const words = bytes.toString("hex").match(/.{8}/g) ?? [];
  return words.slice(3 + 4 + 1);
}

const ZERO = "00000000";
const [PHASE, LOCAL, REMOTE, SCHEME, COUNT] = [[ZERO], [ZERO, ZERO, ZERO], [ZERO, ZERO, ZERO], [ZERO], [ZERO]] as const;

it("remote_domain_event_graphics_msg: without texts and identities, nine words behind the domain", () => {
  expect(wordsOf({})).toEqual([...PHASE, ...LOCAL, ...REMOTE, ...SCHEME, ...COUNT]);
});

it("remote_domain_event_graphics_address: a number and two texts", () => {
  // "::1", "5900"
  const address = ["00000001", "00000003", "3a3a3100", "00000004", "35393030"];
  const end = { family: 1, node: "::1", service: "5900" } as const;
  expect(wordsOf({ local: end })).toEqual([...PHASE, ...address, ...REMOTE, ...SCHEME, ...COUNT]);
  expect(wordsOf({ remote: end })).toEqual([...PHASE, ...LOCAL, ...address, ...SCHEME, ...COUNT]);
});

it("remote_domain_event_graphics_identity: two texts", () => {
  const identity: GraphicsIdentity = { type: "sasl", name: "al" };
  const words = ["00000004", "7361736c", "00000002", "616c0000"];
  const before = [...PHASE, ...LOCAL, ...REMOTE, ...SCHEME];
  expect(wordsOf({ subject: [identity] })).toEqual([...before, "00000001", ...words]);
  expect(wordsOf({ subject: [identity, identity] })).toEqual([...before, "00000002", ...words, ...words]);
});

it("REMOTE_DOMAIN_EVENT_GRAPHICS_IDENTITY_MAX: 20 identities, and not 21", () => {
  const subject = Array.from({ length: 20 }, () => ({ type: "", name: "" }));
  expect(wordsOf({ subject })).toHaveLength(9 + 20 * 2);
  expect(() => wordsOf({ subject: [...subject, { type: "", name: "" }] })).toThrow(WireError);
});
