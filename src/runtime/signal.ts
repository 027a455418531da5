/**
 * Signals: what slots are connected to.
 */
import type { EventsOptions, EventStream, Signal, WaitOptions } from "./client-api.js";
import { ConnectionLostError, TimeoutError } from "./errors.js";
import { QueuedEvents } from "./event-stream.js";
import { limit } from "./options.js";
import type { SignalSource } from "./signal-source.js";
import type { SlotHandle } from "./slots.js";
import { waitFor } from "./waiting.js";

/** A signal of whatever source. */
export class SourceSignal<E extends object> implements Signal<E> {
  readonly #source: SignalSource<E>;

  constructor(source: SignalSource<E>) {
    this.#source = source;
  }

  connect(slot: (event: E) => unknown): SlotHandle {
    return this.#source.connect(slot);
  }

  once(options: WaitOptions = {}): Promise<E> {
    const { name, ending } = this.#source;
    const timeout = limit("timeout", options.timeout, Infinity);
    return waitFor<E>(
      { signal: options.signal, timeout },
      () => new TimeoutError("event", timeout, name),
      (wait) => {
        const handle = this.#source.connect(
          (event) => wait.resolve(event),
          (error) => wait.reject(error),
        );
        const forget = ending.onEnd((error) => wait.reject(error ?? new ConnectionLostError(undefined)));
        return () => {
          handle.disconnect();
          forget();
        };
      },
    );
  }

  events(options: EventsOptions = {}): EventStream<E> {
    return new QueuedEvents(this.#source, options);
  }

  [Symbol.asyncIterator](): EventStream<E> {
    return this.events();
  }
}
