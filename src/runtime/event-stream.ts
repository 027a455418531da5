/**
 * Events that wait to be taken, one after the other, in a loop.
 */
import type { EventsOptions, EventStream } from "./client-api.js";
import { OverflowError } from "./errors.js";
import { limit } from "./options.js";
import type { SignalSource } from "./signal-source.js";

/** Somebody who waits for the next event. */
interface Taker<E> {
  resolve(result: IteratorResult<E, undefined>): void;
  reject(reason: unknown): void;
}

/** How many times the limit wait at most, where reading cannot be paused. */
const MOST = 10;

/** Events in a queue that does not grow without limit. */
export class QueuedEvents<E extends object> implements EventStream<E> {
  #queue: E[] = [];
  readonly #takers: Taker<E>[] = [];
  readonly #source: SignalSource<E>;
  readonly #limit: number;
  readonly #drops: boolean;
  #dropped = 0;
  #holds = false;
  /** How it ends, once the queue is empty. */
  #end: { readonly error?: unknown } | undefined;
  #release = (): void => undefined;

  constructor(source: SignalSource<E>, options: EventsOptions) {
    this.#source = source;
    this.#limit = Math.max(1, limit("limit", options.limit, 1000));
    this.#drops = options.overflow === "drop";
    const { signal } = options;
    if (signal?.aborted === true) {
      this.#finish({ error: signal.reason });
      return;
    }
    const onAbort = (): void => this.#finish({ error: signal?.reason });
    signal?.addEventListener("abort", onAbort);
    const handle = source.connect(
      (event) => this.#push(event),
      (error) => this.#finish({ error }),
    );
    const forget = source.ending.onEnd((error) => this.#finish(error === undefined ? {} : { error }));
    this.#release = () => {
      signal?.removeEventListener("abort", onAbort);
      handle.disconnect();
      forget();
    };
    // The source may have ended before.
    if (this.#hasEnded()) this.#release();
  }

  get dropped(): number {
    return this.#dropped;
  }

  next(): Promise<IteratorResult<E, undefined>> {
    const event = this.#take();
    if (event !== undefined) return Promise.resolve({ done: false, value: event });
    if (this.#end !== undefined) return this.#last(this.#end);
    return new Promise((resolve, reject) => this.#takers.push({ resolve, reject }));
  }

  /** Ends it: nothing more is kept. */
  return(): Promise<IteratorResult<E, undefined>> {
    this.#queue = [];
    this.#finish({});
    this.#end = {};
    return Promise.resolve({ done: true, value: undefined });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #hasEnded(): boolean {
    return this.#end !== undefined;
  }

  #push(event: E): void {
    const taker = this.#takers.shift();
    if (taker !== undefined) return taker.resolve({ done: false, value: event });
    if (this.#drops && this.#queue.length >= this.#limit) {
      this.#take();
      this.#countDropped();
      // Told at 1, 2, 4, 8...: a report for each would be one more flood.
      if (Math.log2(this.#dropped) % 1 === 0) this.#source.onProblem(this.#overflow());
    } else if (this.#queue.length >= this.#limit * MOST) {
      return this.#countDropped();
    }
    this.#queue.push(event);
    if (!this.#drops && !this.#holds && this.#queue.length >= this.#limit) {
      this.#holds = true;
      this.#source.hold();
    }
  }

  #countDropped(): void {
    this.#dropped += 1;
  }

  #overflow(): OverflowError {
    return new OverflowError("events", this.#drops ? this.#limit : this.#limit * MOST, this.#dropped);
  }

  #take(): E | undefined {
    const event = this.#queue.shift();
    if (this.#holds && this.#queue.length * 2 < this.#limit) this.#letGo();
    // What came after events that were dropped is not told as if it came after those in the queue.
    if (!this.#drops && this.#dropped > 0 && this.#queue.length === 0) this.#finish({ error: this.#overflow() });
    return event;
  }

  #letGo(): void {
    if (!this.#holds) return;
    this.#holds = false;
    this.#source.release();
  }

  #finish(end: { readonly error?: unknown }): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    this.#release();
    this.#letGo();
    for (const taker of this.#takers.splice(0)) {
      if (end.error === undefined) taker.resolve({ done: true, value: undefined });
      else taker.reject(end.error);
    }
  }

  /** What comes after the last event: the error once, then nothing. */
  #last(end: { readonly error?: unknown }): Promise<IteratorResult<E, undefined>> {
    this.#end = {};
    if (end.error === undefined) return Promise.resolve({ done: true, value: undefined });
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason of a signal is what its user says
    return Promise.reject(end.error);
  }
}
