/**
 * What callbacks should see: an oracle that knows what the documentation promises, and nothing of how it is done.
 *
 * Time is the order in which things happen. A callback sees what came after it was registered, as long as it is not deregistered; those
 * for one event are called in the order in which they were registered. Events are told in the order in which they came; an error of a
 * disk holds up those of its domain until its path is known. The model hears of each event when it comes, and of each such error when it
 * is told; it works out all calls that follow from that, each with what the callback is to do then.
 */
import type { DomainEventId } from "../../src/domain-events/events.js";

/** What came. */
export interface Arrival {
  /** The number of its domain. */
  readonly domain: number;
  readonly id: DomainEventId;
  /** Tells it from all others. */
  readonly serial: number;
}

/** A callback of one domain, or of all. */
export interface Registration {
  readonly callback: number;
  readonly id: DomainEventId;
  readonly domain: number | "all";
  /** Whether it is registered as lifecycle callbacks were before there were others. */
  readonly isOld: boolean;
}

/** What a callback does when it is called. */
export interface Action {
  readonly does: "register" | "deregister";
  readonly registration: Registration;
}

/** A call of a callback. */
export interface Call {
  readonly callback: number;
  readonly event: Arrival;
  readonly actions: readonly Action[];
  readonly ends: "well" | "throws" | "rejects";
}

/** What callbacks do: what it returns it has done to the model. */
export type Behaviour = (model: Model, called: Registration) => Pick<Call, "actions" | "ends">;

interface Registered extends Registration {
  readonly since: number;
  isThere: boolean;
}

interface Waiting extends Arrival {
  readonly since: number;
}

interface ModelDomain {
  /** In the order in which they were registered. */
  readonly callbacks: Map<DomainEventId, readonly Registered[]>;
  readonly waiting: Waiting[];
}

/** The domains, their callbacks and what waits to be told. */
export class Model {
  /** What must be called next, in order. */
  readonly calls: Call[] = [];
  readonly #domains: readonly ModelDomain[];
  readonly #behaviour: Behaviour;
  /** Who is registered, in no order. */
  readonly #there: Registered[] = [];
  #time = 0;

  constructor(domains: number, behaviour: Behaviour) {
    this.#domains = Array.from({ length: domains }, () => ({ callbacks: new Map(), waiting: [] }));
    this.#behaviour = behaviour;
  }

  /** How many are registered. */
  get size(): number {
    return this.#there.length;
  }

  /** How many events wait. */
  get waiting(): number {
    return this.#domains.reduce((sum, { waiting }) => sum + waiting.length, 0);
  }

  register(id: DomainEventId, domain: number | "all", isOld: boolean): Registration {
    const since = this.#time++;
    const registered = { callback: since, id, domain, isOld, since, isThere: true };
    this.#there.push(registered);
    for (const { callbacks } of domain === "all" ? this.#domains : [this.#domain(domain)])
      callbacks.set(id, [...(callbacks.get(id) ?? []).filter(({ isThere }) => isThere), registered]);
    return registered;
  }

  /** Deregisters one. @param at - Which of those that are registered. */
  deregister(at: number): Registration {
    const registered = this.#there[at];
    const last = this.#there.pop();
    if (registered === undefined || last === undefined) throw new RangeError(`there is no callback ${at}`);
    if (at < this.#there.length) this.#there[at] = last;
    registered.isThere = false;
    return registered;
  }

  /** Where among those that are registered one is; -1 if it is not. */
  indexOf({ callback }: Registration): number {
    return this.#there.findIndex((each) => each.callback === callback);
  }

  /** An event has come. */
  came(event: Arrival): void {
    const { waiting } = this.#domain(event.domain);
    waiting.push({ ...event, since: this.#time++ });
    if (waiting.length === 1) this.#tellUpToNextError(event.domain);
  }

  /**
   * An error of a disk is told.
   *
   * @returns Whether it was its turn.
   */
  errorIsTold(domain: number, serial: number): boolean {
    const { waiting } = this.#domain(domain);
    const [first] = waiting;
    if (first?.serial !== serial || first.id !== "ioError") return false;
    this.#tell(first);
    waiting.shift();
    this.#tellUpToNextError(domain);
    return true;
  }

  #tellUpToNextError(domain: number): void {
    const { waiting } = this.#domain(domain);
    for (let [first] = waiting; first !== undefined && first.id !== "ioError"; [first] = waiting) {
      this.#tell(first);
      waiting.shift();
    }
  }

  #tell(event: Waiting): void {
    // Who is registered meanwhile is in another array.
    for (const registered of this.#domain(event.domain).callbacks.get(event.id) ?? []) {
      if (registered.isThere && registered.since < event.since)
        this.calls.push({ callback: registered.callback, event, ...this.#behaviour(this, registered) });
    }
  }

  #domain(number: number): ModelDomain {
    const domain = this.#domains[number];
    if (domain === undefined) throw new RangeError(`there is no domain ${number}`);
    return domain;
  }
}
