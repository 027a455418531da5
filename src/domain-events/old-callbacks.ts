/**
 * Callbacks in the form that there was for lifecycle events, before there were others.
 */
import type { SlotHandle } from "../runtime/slots.js";
import type { DomainEventSource, LifecycleCallback, Monitor } from "./api.js";
import { assertCallback } from "./callbacks.js";

/** Registrations that are known by what is called. */
export class OldCallbacks<Connection extends Monitor> {
  readonly #source: Pick<DomainEventSource<Connection>, "on">;
  readonly #handles = new Map<unknown, SlotHandle>();

  constructor(source: Pick<DomainEventSource<Connection>, "on">) {
    this.#source = source;
  }

  register(callback: LifecycleCallback<Connection>): boolean {
    if (this.#handles.has(callback)) return false;
    assertCallback("lifecycle", callback);
    const handle = this.#source.on("lifecycle", ({ event, detail }, { connection, domain }) =>
      callback(connection, domain, event, detail),
    );
    this.#handles.set(callback, handle);
    return true;
  }

  deregister(callback: LifecycleCallback<Connection>): boolean {
    const handle = this.#handles.get(callback);
    this.#handles.delete(callback);
    return handle?.disconnect() ?? false;
  }

  /** Forgets all, which others have deregistered. */
  end(): void {
    this.#handles.clear();
  }
}
