/**
 * Slots that are connected, wherever their events come from: which that is may change with each server.
 */
import { asError } from "./errors.js";
import { SlotHandle } from "./slots.js";
import type { Place } from "./wire-connections.js";

/** Where the events of a slot come from, and which of those that come there are meant. */
export interface Seat {
  readonly place: Place;
  /** Default: all. */
  readonly isMeant?: ((event: object) => boolean) | undefined;
}

/** A slot to be connected. */
export interface Wish {
  readonly slot: (event: object) => unknown;
  /** Told that it cannot be connected. Default: what reports problems. */
  readonly failed: ((error: Error) => void) | undefined;
  /**
   * Chooses where to connect it with the server that there is; undefined if nowhere.
   *
   * @param fail - Tells later that it should not have been connected there.
   * @throws what `failed` is to be told.
   */
  readonly choose: (fail: (error: unknown) => void) => Seat | undefined;
}

/** All slots that are connected. */
export class Subscriptions {
  readonly #all = new Set<Subscription>();
  readonly #onProblem: (problem: Error) => void;
  #hasServer = false;

  constructor(onProblem: (problem: Error) => void) {
    this.#onProblem = onProblem;
  }

  /** Connects a slot now, or when there is a server. */
  connect(wish: Wish): SlotHandle {
    const subscription = new Subscription(wish, this.#onProblem);
    this.#all.add(subscription);
    if (this.#hasServer) subscription.settle();
    return new SlotHandle(() => {
      this.#all.delete(subscription);
      subscription.end();
    });
  }

  /** There is a server: connects each slot where it is to be, in their order. Those that are there already keep their turn. */
  settle(): void {
    this.#hasServer = true;
    for (const subscription of this.#all) subscription.settle();
  }

  /** It is lost. */
  lost(): void {
    this.#hasServer = false;
  }
}

/** A slot, and where it is connected now. */
class Subscription {
  readonly #wish: Wish;
  readonly #onProblem: (problem: Error) => void;
  #place: Place | undefined;
  #handle: SlotHandle | undefined;
  #isOver = false;

  constructor(wish: Wish, onProblem: (problem: Error) => void) {
    this.#wish = wish;
    this.#onProblem = onProblem;
  }

  settle(): void {
    const { slot, failed, choose } = this.#wish;
    let seat: Seat | undefined;
    try {
      seat = choose((error) => this.#fail(error));
    } catch (error) {
      this.#leave();
      return this.#fail(error);
    }
    if (seat !== undefined && seat.place === this.#place) return;
    this.#leave();
    if (seat === undefined) return;
    this.#place = seat.place;
    this.#handle = seat.place.connect(slot, seat.isMeant, failed);
  }

  end(): void {
    this.#isOver = true;
    this.#leave();
  }

  #leave(): void {
    this.#handle?.disconnect();
    this.#handle = undefined;
    this.#place = undefined;
  }

  #fail(reason: unknown): void {
    if (this.#isOver) return;
    (this.#wish.failed ?? this.#onProblem)(asError(reason));
  }
}
