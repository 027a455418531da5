/**
 * The callbacks of a domain, by the events that they are registered for.
 */
import { SlotHandle, Slots } from "../runtime/slots.js";
import type { DomainEventId, DomainEventOf } from "./events.js";

type SlotsById = { readonly [Id in DomainEventId]: Slots<DomainEventOf<Id>> };

/** The ids, in any order: all of them, or it does not compile. */
const IDS: Readonly<Record<DomainEventId, true>> = {
  lifecycle: true,
  reboot: true,
  rtcChange: true,
  watchdog: true,
  ioError: true,
  graphics: true,
  interfaceConnected: true,
  interfaceDisconnected: true,
};

/** @throws TypeError for what is no id of events, or no function: not everybody has a type checker. */
export function assertCallback(id: string, callback: unknown): void {
  if (!Object.hasOwn(IDS, id)) {
    throw new TypeError(`there are no domain events "${id}"; those that there are: ${Object.keys(IDS).join(", ")}`);
  }
  if (typeof callback !== "function") throw new TypeError(`the callback for ${id} must be a function`);
}

/** Callbacks. */
export class Callbacks {
  readonly #slots: SlotsById;
  readonly #handles = new Set<SlotHandle>();

  /** @param failed - Told of callbacks that fail, and of what. */
  constructor(failed: (id: DomainEventId, cause: unknown) => void) {
    const slotsOf = <Id extends DomainEventId>(id: Id): Slots<DomainEventOf<Id>> =>
      new Slots((problem: Error) => failed(id, problem.cause));
    this.#slots = {
      lifecycle: slotsOf("lifecycle"),
      reboot: slotsOf("reboot"),
      rtcChange: slotsOf("rtcChange"),
      watchdog: slotsOf("watchdog"),
      ioError: slotsOf("ioError"),
      graphics: slotsOf("graphics"),
      interfaceConnected: slotsOf("interfaceConnected"),
      interfaceDisconnected: slotsOf("interfaceDisconnected"),
    };
  }

  connect<Id extends DomainEventId>(id: Id, callback: (event: DomainEventOf<Id>) => unknown): SlotHandle {
    const slot = this.#slots[id].connect(callback);
    const handle: SlotHandle = new SlotHandle(() => {
      slot.disconnect();
      this.#handles.delete(handle);
    });
    this.#handles.add(handle);
    return handle;
  }

  /** Whether anybody is registered. */
  has(id: DomainEventId): boolean {
    return this.#slots[id].size > 0;
  }

  /** Tells those that are registered now from those that come later. */
  mark(id: DomainEventId): number {
    return this.#slots[id].mark;
  }

  /** Calls those that were registered when it happened, and are still. */
  emit<Id extends DomainEventId>(id: Id, event: DomainEventOf<Id>, mark: number): void {
    this.#slots[id].emit(event, id, mark);
  }

  /** Deregisters all. */
  end(): void {
    for (const handle of this.#handles) handle.disconnect();
  }
}
