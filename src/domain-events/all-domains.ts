/**
 * The domains of one manager.
 */
import { ConnectionLostError } from "../runtime/errors.js";
import { limit } from "../runtime/options.js";
import { reportTo } from "../runtime/report.js";
import { SlotHandle } from "../runtime/slots.js";
import type {
  AttachOptions,
  Domain,
  DomainEventCallback,
  DomainEvents,
  DomainEventsOptions,
  LifecycleCallback,
  Monitor,
} from "./api.js";
import { assertCallback } from "./callbacks.js";
import { AttachedDomain, type DomainHost } from "./domain.js";
import type { DomainEventId } from "./events.js";
import { OldCallbacks } from "./old-callbacks.js";

/** A callback for all domains. */
interface Registration {
  connect(domain: AttachedDomain): void;
  forget(domain: AttachedDomain): void;
}

/** All domains. */
export class AllDomains implements DomainEvents {
  readonly #host: DomainHost;
  /** All that are attached, those among them that have still to say who they are. */
  readonly #attached = new Map<Monitor, AttachedDomain>();
  readonly #domains = new Set<Domain>();
  readonly #registrations = new Set<Registration>();
  readonly #oldCallbacks = new OldCallbacks<Monitor>(this);
  #lastId = 0;

  constructor(options: DomainEventsOptions) {
    this.#host = {
      report: reportTo(options.onProblem, "qapi-codegen/domain-events"),
      lookupTimeout: limit("lookupTimeout", options.lookupTimeout, 1000),
      identified: (domain) => this.#domains.add(domain),
      detached: (domain) => this.#detached(domain),
    };
  }

  get domains(): readonly Domain[] {
    return [...this.#domains];
  }

  on<Id extends DomainEventId>(id: Id, callback: DomainEventCallback<Id>): SlotHandle {
    assertCallback(id, callback);
    const handles = new Map<AttachedDomain, SlotHandle>();
    const registration: Registration = {
      connect: (domain) => handles.set(domain, domain.on(id, callback)),
      forget: (domain) => handles.delete(domain),
    };
    this.#registrations.add(registration);
    for (const domain of this.#attached.values()) registration.connect(domain);
    return new SlotHandle(() => {
      this.#registrations.delete(registration);
      for (const handle of handles.values()) handle.disconnect();
    });
  }

  off(handle: SlotHandle): boolean {
    return handle.disconnect();
  }

  register(callback: LifecycleCallback): boolean {
    return this.#oldCallbacks.register(callback);
  }

  deregister(callback: LifecycleCallback): boolean {
    return this.#oldCallbacks.deregister(callback);
  }

  async attach<Connection extends Monitor>(
    connection: Connection,
    options: AttachOptions = {},
  ): Promise<Domain<Connection>> {
    assertMonitor(connection);
    if (this.#attached.has(connection)) throw new TypeError("the connection is attached already");
    const { state } = connection;
    if (state.state === "closed") throw new ConnectionLostError(state.reason);
    const domain = new AttachedDomain(connection, options.id ?? this.#lastId + 1, options, this.#host);
    this.#lastId += 1;
    this.#attached.set(connection, domain);
    for (const registration of this.#registrations) registration.connect(domain);
    try {
      await domain.begin(options);
    } catch (error) {
      domain.detach();
      throw error;
    }
    return domain;
  }

  close(): void {
    for (const domain of this.#attached.values()) domain.detach();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #detached(domain: AttachedDomain): void {
    this.#attached.delete(domain.connection);
    this.#domains.delete(domain);
    for (const registration of this.#registrations) registration.forget(domain);
  }
}

/** @throws TypeError for what is no client, such as the promise of one. */
function assertMonitor(connection: unknown): void {
  if (typeof connection === "object" && connection !== null && "signalUntyped" in connection) return;
  throw new TypeError("attach takes a client of QMP: what connect() of qapi-codegen/qmp resolves to");
}
