/** What must hold of all messages of domain events: they are read as they were written, and bytes do no harm. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CrashedDetail,
  GraphicsAddressType,
  GraphicsPhase,
  IoErrorAction,
  Lifecycle,
  PmSuspendedDetail,
  ResumedDetail,
  ShutdownDetail,
  StartedDetail,
  StoppedDetail,
  SuspendedDetail,
  WatchdogAction,
} from "../../src/domain-events/events.js";
import {
  decodeDomainEvent,
  encodeDomainEvent,
  WireError,
  type WireEventId,
  type WireEvents,
  type WireMessage,
} from "../../src/domain-events/xdr.js";
import { parameters } from "../support/property.js";

const short = fc.string({ unit: "binary", maxLength: 40 });
const long = fc.tuple(short, fc.nat({ max: 600 })).map(([text, count]) => text.repeat(count).slice(0, 15_000));
const text = fc
  .oneof({ weight: 20, arbitrary: short }, { weight: 1, arbitrary: long })
  // A pair that was cut is half a pair.
  .map((text) => text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, ""));

function one<T extends number>(numbers: Readonly<Record<string, T>>): fc.Arbitrary<T> {
  return fc.constantFrom(...Object.values(numbers));
}

function lifecycle<E extends Lifecycle, D extends number>(event: E, details: Readonly<Record<string, D>>) {
  return fc.record({ id: fc.constant("lifecycle" as const), event: fc.constant(event), detail: one(details) });
}

const end = fc.record({ family: one(GraphicsAddressType), node: text, service: text });

const EVENTS: { readonly [Id in WireEventId]: fc.Arbitrary<WireEvents[Id]> } = {
  lifecycle: fc.oneof(
    lifecycle(Lifecycle.started, StartedDetail),
    lifecycle(Lifecycle.suspended, SuspendedDetail),
    lifecycle(Lifecycle.resumed, ResumedDetail),
    lifecycle(Lifecycle.stopped, StoppedDetail),
    lifecycle(Lifecycle.shutdown, ShutdownDetail),
    lifecycle(Lifecycle.pmSuspended, PmSuspendedDetail),
    lifecycle(Lifecycle.crashed, CrashedDetail),
  ),
  reboot: fc.constant({ id: "reboot" }),
  rtcChange: fc.record({ id: fc.constant("rtcChange"), utcoffset: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n) }),
  watchdog: fc.record({ id: fc.constant("watchdog"), action: one(WatchdogAction) }),
  ioError: fc.record({ id: fc.constant("ioError"), srcPath: text, devAlias: text, action: one(IoErrorAction) }),
  graphics: fc.record({
    id: fc.constant("graphics"),
    phase: one(GraphicsPhase),
    local: end,
    remote: end,
    authScheme: text,
    subject: fc.array(fc.record({ type: text, name: text }), { maxLength: 20 }),
  }),
};

const message: fc.Arbitrary<WireMessage> = fc.record({
  event: fc.oneof(...Object.values(EVENTS)),
  domain: fc.record({ name: text, uuid: fc.uuid(), id: fc.integer() }),
});

const ids = fc.constantFrom(...Object.keys(EVENTS).filter((id): id is WireEventId => id in EVENTS));

/** What is done to bytes. */
const mutation = fc.oneof(
  fc.record({ at: fc.nat(), removed: fc.constant(1), inserted: fc.uint8Array({ minLength: 1, maxLength: 1 }) }),
  fc.record({
    at: fc.nat(),
    removed: fc.nat({ max: 5 }),
    inserted: fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      // Lengths that lie, and numbers at the ends of their ranges.
      fc.constantFrom([0, 1, 0, 0], [0, 1, 0, 1], [0x7f, 255, 255, 255], [255, 255, 255, 255], [0, 0, 0, 21]),
    ),
  }),
);

function mutated(
  bytes: Uint8Array,
  mutations: readonly { at: number; removed: number; inserted: ArrayLike<number> }[],
) {
  const result = [...bytes];
  for (const { at, removed, inserted } of mutations)
    result.splice(at % (result.length + 1), removed, ...Array.from(inserted));
  return Uint8Array.from(result);
}

/** The message, or the mistake; all else is thrown. */
function decoded(id: WireEventId, bytes: Uint8Array): WireMessage | WireError {
  try {
    return decodeDomainEvent(id, bytes);
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
}

test("reads what was written", () => {
  fc.assert(
    fc.property(message, ({ event, domain }) => {
      const bytes = encodeDomainEvent(event, domain);
      expect(bytes.length % 4).toBe(0);
      expect(decodeDomainEvent(event.id, bytes)).toEqual({ event, domain });
    }),
    parameters(1000),
  );
});

test("reads bytes that were changed as a message that can be written, or says what is wrong with them", () => {
  let messages = 0;
  let mistakes = 0;
  fc.assert(
    fc.property(
      message,
      ids,
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      ({ event, domain }, id, mutations) => {
        const bytes = mutated(encodeDomainEvent(event, domain), mutations);
        for (const each of new Set([event.id, id])) {
          const result = decoded(each, bytes);
          if (result instanceof WireError) {
            mistakes++;
            continue;
          }
          messages++;
          const again = encodeDomainEvent(result.event, result.domain);
          expect(again.length).toBe(bytes.length);
          expect(decodeDomainEvent(each, again)).toEqual(result);
        }
      },
    ),
    parameters(3000),
  );
  expect(messages).toBeGreaterThan(100);
  expect(mistakes).toBeGreaterThan(1000);
});

test("reads any bytes as a message, or says what is wrong with them", () => {
  fc.assert(
    fc.property(ids, fc.uint8Array({ maxLength: 200 }), (id, bytes) => {
      decoded(id, bytes);
    }),
    parameters(3000),
  );
});
