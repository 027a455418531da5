/**
 * Where the events of a signal come from, and how they end.
 */
import type { SlotHandle } from "./slots.js";

/** Where the events of a signal come from. */
export interface SignalSource<E> {
  /** What the signal is called, for messages. */
  readonly name: string;
  /** @param failed - Told when it cannot be connected, maybe more than once, maybe during the call. Default: it is a problem. */
  connect(slot: (event: E) => unknown, failed?: (error: Error) => void): SlotHandle;
  /** The client's end: see {@link Ending}. */
  readonly ending: Ending;
  /** Asks for no more to be read while a stream is full. */
  hold(): void;
  release(): void;
  onProblem(problem: Error): void;
}

/** The end of everything that a client waits for. */
export class Ending {
  readonly #listeners = new Set<(error: Error | undefined) => void>();
  #ended: { readonly error: Error | undefined } | undefined;

  /** Calls back once, at once if it has ended already. The function that it returns takes that back. */
  onEnd(listener: (error: Error | undefined) => void): () => void {
    if (this.#ended !== undefined) listener(this.#ended.error);
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** @param error - Absent when it ends on purpose. */
  end(error: Error | undefined): void {
    if (this.#ended !== undefined) return;
    this.#ended = { error };
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener(error);
  }
}
