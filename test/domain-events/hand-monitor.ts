/** A monitor by hand: what a test says is what comes, at once. */
import type { ClientState, Signal, UnknownEvent } from "../../src/runtime/client-api.js";
import { Slots, type SlotHandle } from "../../src/runtime/slots.js";
import type { Monitor } from "../../src/domain-events/api.js";

/** A command that waits for its reply. */
export interface Asked {
  readonly command: string;
  readonly args: object | undefined;
  readonly reply: (value: unknown) => void;
  readonly fail: (reason: Error) => void;
}

/** When events happen. */
export const timestamp: UnknownEvent["timestamp"] = { seconds: 1_795_000_000, microseconds: 42 };

const READY: ClientState = { state: "ready", greeting: undefined, reconnected: false };

/** A monitor whose other end is the test. */
export class HandMonitor implements Monitor {
  state: ClientState;
  readonly stateChanged: Signal<ClientState>;
  /** All that it was asked, in order. */
  readonly asked: Asked[] = [];
  readonly #states = new Slots<ClientState>(fail);
  readonly #events = new Map<string, Slots<UnknownEvent>>();

  constructor(state: ClientState = READY) {
    this.state = state;
    this.stateChanged = signalOf(this.#states);
  }

  /** How many slots are connected. */
  get size(): number {
    return [this.#states, ...this.#events.values()].reduce((sum, { size }) => sum + size, 0);
  }

  signalUntyped(event: string): Signal<UnknownEvent> {
    let slots = this.#events.get(event);
    if (slots === undefined) this.#events.set(event, (slots = new Slots<UnknownEvent>(fail)));
    return signalOf(slots);
  }

  executeUntyped(command: string, args?: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.asked.push({ command, args, reply: resolve, fail: reject });
    });
  }

  /** Something happens, or has happened before. */
  say(event: string, data?: unknown, time: UnknownEvent["timestamp"] = timestamp): void {
    this.#events.get(event)?.emit({ event, timestamp: time, ...(data === undefined ? {} : { data }) }, event);
  }

  /** The state changes. */
  becomes(state: ClientState): void {
    this.state = state;
    this.#states.emit(state, "stateChanged");
  }

  /** It is closed: on purpose, if there is no reason. */
  closes(reason?: Error): void {
    this.becomes({ state: "closed", reason });
  }

  /** Replies to those of a command that wait; all else waits on. */
  reply(command: string, value: unknown): void {
    for (const each of this.asked) if (each.command === command) each.reply(value);
  }
}

function fail(problem: Error): void {
  throw problem;
}

function signalOf<E>(slots: Slots<E>): Signal<E> {
  const unused = (): never => {
    throw new Error("domain events only connect slots");
  };
  return {
    connect: (slot): SlotHandle => slots.connect(slot),
    once: unused,
    events: unused,
    [Symbol.asyncIterator]: unused,
  };
}
