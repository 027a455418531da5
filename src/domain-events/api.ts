/// <reference lib="esnext.disposable" preserve="true" />
/**
 * Domain events as their users see them.
 */
import type { ClientState, Signal, UnknownEvent } from "../runtime/client-api.js";
import type { SlotHandle } from "../runtime/slots.js";
import type {
  DomainEventId,
  DomainEventOf,
  InterfaceDisconnectedDomainEvent,
  Lifecycle,
  LifecycleDomainEvent,
} from "./events.js";

/** What a domain is talked to over: any client of QMP, whatever its schema. */
export interface Monitor {
  readonly state: ClientState;
  readonly stateChanged: Signal<ClientState>;
  /** The signal of an event of QEMU. */
  signalUntyped(event: string): Signal<UnknownEvent>;
  /** Executes a command of QEMU. */
  executeUntyped(command: string, args?: object, options?: { readonly timeout?: number | undefined }): Promise<unknown>;
}

/** Which domain it is, as libvirt tells domains apart. */
export interface DomainIdentity {
  /** What it is called: `-name`. */
  readonly name: string;
  /** 36 characters: `-uuid`. */
  readonly uuid: string;
  /** A number of the running domain, from 1 on. */
  readonly id: number;
}

/** Where an event comes from. */
export interface Origin<Connection extends Monitor = Monitor> {
  readonly connection: Connection;
  readonly domain: Domain<Connection>;
}

/** What is called with the events of an id. */
export type DomainEventCallback<Id extends DomainEventId, Connection extends Monitor = Monitor> = (
  event: DomainEventOf<Id>,
  origin: Origin<Connection>,
) => unknown;

/** What is called with lifecycle events, in the form that there was before there were others. */
export type LifecycleCallback<Connection extends Monitor = Monitor> = (
  connection: Connection,
  domain: Domain<Connection>,
  event: Lifecycle,
  detail: LifecycleDomainEvent["detail"],
) => unknown;

/** What callbacks are registered with: one domain, or all. */
export interface DomainEventSource<Connection extends Monitor = Monitor> {
  /**
   * Registers a callback for what comes from QEMU from now on, until it is deregistered, in the order in which it comes. What waits to be
   * told when it is registered (since QEMU is asked for a path, or callbacks run) is not for it; and it is never called once it is deregistered.
   * It may register and deregister, itself too. What a callback throws, or rejects with, is reported to `onProblem` and hurts no other.
   *
   * @throws TypeError for an id that there is not, or what is no function.
   */
  on<Id extends DomainEventId>(id: Id, callback: DomainEventCallback<Id, Connection>): SlotHandle;
  /** Deregisters: the same as `handle.disconnect()`. False when it was not registered any more. */
  off(handle: SlotHandle): boolean;
  /**
   * Registers a callback in the old form, for lifecycle events alone.
   *
   * @returns False when it is registered already: such callbacks are known by what they are, not by a handle.
   */
  register(callback: LifecycleCallback<Connection>): boolean;
  /** Deregisters one. False when it was not registered. */
  deregister(callback: LifecycleCallback<Connection>): boolean;
}

/** A domain. */
export interface Domain<Connection extends Monitor = Monitor> extends DomainIdentity, DomainEventSource<Connection> {
  readonly connection: Connection;
  /** How far the guest's clock is from UTC, in seconds, as far as it is known: it is `clock.offset`, and changes with `rtcChange`. */
  readonly utcoffset: bigint;
  /**
   * Restarts back-ends: calls a function once for each loss of one, never twice at the same time for the same back-end. A loss is told
   * once, from when a back-end is lost until it is connected again. Who is lost again while it is restarted, is restarted again
   * after that.
   *
   * @param restart - What it throws, or rejects with, is reported to `onProblem`.
   */
  restartBackend(restart: RestartBackend<Connection>, options?: RestartOptions): SlotHandle;
  /** Ends it: no callback is called any more. The connection stays as it is. */
  detach(): void;
}

/** Restarts the back-end of an interface. */
export type RestartBackend<Connection extends Monitor = Monitor> = (
  loss: InterfaceDisconnectedDomainEvent,
  origin: Origin<Connection>,
) => unknown;

/** Which back-ends are restarted. */
export interface RestartOptions {
  /** The one of this netdev. Default: all. */
  readonly netdev?: string | undefined;
}

/** The domains of one manager, and what happens to all of them. */
export interface DomainEvents extends DomainEventSource, Disposable {
  /** Those that are attached, in the order in which they were. */
  readonly domains: readonly Domain[];
  /**
   * Adds a domain. Events that come from now on are told, even if the domain has still to say who it is: they wait for that.
   *
   * @param connection - A client of its QMP server, which nobody else has attached here.
   * @throws what `query-name` and `query-uuid` are rejected with, if they are asked; TypeError for a connection that is attached here, or is none.
   */
  attach<Connection extends Monitor>(connection: Connection, options?: AttachOptions): Promise<Domain<Connection>>;
  /** Detaches all domains. */
  close(): void;
}

/** How all domains are watched. */
export interface DomainEventsOptions {
  /**
   * Told of callbacks that fail (`CallbackError`), of events that are not as they should be (`DomainEventError`), and of paths that QEMU did
   * not tell (`LookupError`). Default: a line on the console.
   */
  readonly onProblem?: ((problem: Error) => void) | undefined;
  /** How long QEMU may take to tell the path of an image, in milliseconds; then the last known is told. Default: 1000. */
  readonly lookupTimeout?: number | undefined;
}

/** What is known of a domain. */
export interface AttachOptions {
  /** Default: what QEMU answers to `query-name`, or the UUID if it has no name. */
  readonly name?: string | undefined;
  /** Default: what QEMU answers to `query-uuid`. */
  readonly uuid?: string | undefined;
  /** Default: the number of domains that were attached, this one included. */
  readonly id?: number | undefined;
  /** The guest's clock. */
  readonly clock?: ClockOptions | undefined;
}

/** A clock that the guest may set, and that is to stay so when the domain is saved and restored. */
export interface ClockOptions {
  /** How far from UTC QEMU was told to start it (`-rtc base=...`, see {@link rtcBase}), in seconds. Default: 0. */
  readonly offset?: bigint | undefined;
  /** Called with each new offset, to be kept for the next start. What it throws is reported to `onProblem`. */
  readonly save?: ((offset: bigint, origin: Origin) => unknown) | undefined;
}
