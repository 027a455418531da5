/// <reference lib="esnext.disposable" preserve="true" />
/**
 * Slots: the functions that are called when a signal is emitted.
 */
import { SlotError } from "./errors.js";

/**
 * The connection of a slot to a signal: the tag of the proposal of 2011. Only `connect` makes them, and nothing else passes
 * for one.
 */
export class SlotHandle implements Disposable {
  #disconnect: (() => void) | undefined;

  /** @internal */
  constructor(disconnect: () => void) {
    this.#disconnect = disconnect;
  }

  /** Whether the slot is still connected. */
  get connected(): boolean {
    return this.#disconnect !== undefined;
  }

  /** Disconnects the slot, which is not called any more. False when it was not connected any more. */
  disconnect(): boolean {
    const disconnect = this.#disconnect;
    this.#disconnect = undefined;
    disconnect?.();
    return disconnect !== undefined;
  }

  /** Disconnects. */
  [Symbol.dispose](): void {
    this.disconnect();
  }
}

interface Entry<E> {
  readonly number: number;
  readonly slot: (event: E) => unknown;
  readonly matches: ((event: E) => boolean) | undefined;
}

/** The slots of one signal, in the order in which they were connected. */
export class Slots<E> {
  readonly #entries = new Set<Entry<E>>();
  readonly #onProblem: (problem: Error) => void;
  #connected = 0;

  /** @param onProblem - Told of slots that fail. */
  constructor(onProblem: (problem: Error) => void) {
    this.#onProblem = onProblem;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Tells slots that are connected now from those that come later: see {@link Slots.emit}. */
  get mark(): number {
    return this.#connected;
  }

  /** @param matches - Which events the slot is for. Default: all. */
  connect(slot: (event: E) => unknown, matches?: (event: E) => boolean): SlotHandle {
    const entry: Entry<E> = { number: ++this.#connected, slot, matches };
    this.#entries.add(entry);
    return new SlotHandle(() => this.#entries.delete(entry));
  }

  /**
   * Calls the slots that are connected now: those that one of them connects are not called yet, those that one disconnects not
   * any more.
   *
   * @param name - What the event is called, for reports.
   * @param mark - {@link Slots.mark} when it happened, if that was earlier: who came later is not called. Default: now.
   */
  emit(event: E, name: string, mark: number = this.#connected): void {
    for (const { number, slot, matches } of this.#entries) {
      if (number > mark) break;
      if (matches?.(event) === false) continue;
      try {
        const result = slot(event);
        if (isThenable(result))
          result.then(undefined, (reason: unknown) => this.#onProblem(new SlotError(name, reason)));
      } catch (error) {
        this.#onProblem(new SlotError(name, error));
      }
    }
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
