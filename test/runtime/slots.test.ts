import { assert, array, constantFrom, nat, property, record } from "fast-check";
import { expect, it } from "vitest";
import { type SlotHandle, Slots } from "../../src/runtime/slots.js";
import { parameters } from "../support/property.js";

/** A slot, as the model knows it. */
interface Registered {
  readonly handle: SlotHandle;
  /** What it has received. */
  readonly received: number[];
  /** What it should have: all that began after it was connected and before it was disconnected. */
  readonly due: number[];
}

it("each slot gets exactly what is emitted while it is connected, in order, whatever slots do meanwhile", () => {
  const action = record({ kind: constantFrom("connect", "disconnect", "nothing"), which: nat(20) } as const);
  const step = record({ kind: constantFrom("connect", "disconnect", "emit", "emit"), which: nat(20) } as const);
  assert(
    property(array(step, { maxLength: 60 }), array(action, { minLength: 1, maxLength: 20 }), (steps, actions) => {
      const slots = new Slots<{ readonly number: number }>(() => expect.unreachable());
      const all: Registered[] = [];
      let emitting: { readonly number: number; readonly reached: Set<Registered> } | undefined;
      let calls = 0;

      const connect = (): void => {
        const received: number[] = [];
        const handle = slots.connect(({ number }) => {
          received.push(number);
          emitting?.reached.add(registered);
          // Each call does something to the slots.
          const { kind, which } = actions[calls++ % actions.length] ?? { kind: "nothing", which: 0 };
          if (kind === "connect") connect();
          if (kind === "disconnect") disconnect(which);
        });
        const registered: Registered = { handle, received, due: [] };
        all.push(registered);
      };
      const disconnect = (which: number): void => {
        const one = all[which % Math.max(1, all.length)];
        if (one?.handle.disconnect() !== true || emitting === undefined) return;
        // Its turn has not come yet, and does not come any more.
        if (!emitting.reached.has(one) && one.due.at(-1) === emitting.number) one.due.pop();
      };
      for (const [number, { kind, which }] of steps.entries()) {
        if (kind === "connect") connect();
        else if (kind === "disconnect") disconnect(which);
        else {
          emitting = { number, reached: new Set() };
          for (const one of all) if (one.handle.connected) one.due.push(number);
          slots.emit({ number }, "event");
          emitting = undefined;
        }
      }
      for (const { received, due } of all) expect(received).toEqual(due);
      expect(slots.size).toBe(all.filter(({ handle }) => handle.connected).length);
    }),
    parameters(500),
  );
});
