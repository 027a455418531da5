/**
 * What a table says of an event of QEMU: which domain event it becomes, and from which places.
 */
import type {
  GraphicsAddressType,
  GraphicsPhase,
  InterfaceBackend,
  IoErrorAction,
  LifecycleDomainEvent,
  ShutdownDetail,
  StoppedDetail,
  WatchdogAction,
} from "./events.js";
import type { DataOf, EventName, NewestDataOf, Place } from "./place.js";

/** What lifecycle events tell. */
export type LifecycleChange = LifecycleDomainEvent extends infer Event
  ? Event extends LifecycleDomainEvent
    ? Pick<Event, "event" | "detail">
    : never
  : never;

/** Where an address is. */
export interface AddressPlaces<Data> {
  readonly family: Place<Data, GraphicsAddressType>;
  readonly node: Place<Data, string>;
  readonly service: Place<Data, string>;
}

/** Someone looks at the screen, or no more. */
export interface GraphicsEntry<Data> {
  readonly becomes: "graphics";
  readonly phase: GraphicsPhase;
  readonly local: AddressPlaces<Data>;
  readonly remote: AddressPlaces<Data>;
  /** Empty: there is none. Absent: this event does not tell. */
  readonly authScheme?: Place<Data, string>;
  /** What is empty is left out. */
  readonly subject: readonly { readonly type: string; readonly name: Place<Data, string> }[];
}

/** A disk could not be read or written. */
export interface IoErrorEntry<Data, NewestData> {
  readonly becomes: "ioError";
  readonly action: Place<Data, IoErrorAction>;
  readonly device: Place<Data, string>;
  /** Empty: it does not tell. */
  readonly node: Place<Data, string>;
  /** Where the device is in QEMU's object model: empty before 9.2. */
  readonly qomPath: Place<NewestData, string>;
}

/** All that an event may become. */
export type Entry<Data, NewestData> =
  | GraphicsEntry<Data>
  | IoErrorEntry<Data, NewestData>
  | { readonly becomes: "watchdog"; readonly action: Place<Data, WatchdogAction> }
  | { readonly becomes: "rtcChange"; readonly offset: Place<Data, bigint> }
  | { readonly becomes: "reboot" }
  | {
      readonly becomes: "interfaceConnected";
      readonly kind: InterfaceBackend["kind"];
      readonly netdev: Place<Data, string>;
      readonly peer: Place<Data, string>;
    }
  | {
      readonly becomes: "interfaceDisconnected";
      readonly kind: InterfaceBackend["kind"];
      readonly netdev: Place<Data, string>;
    }
  /** A lifecycle event that is always the same. */
  | { readonly becomes: "lifecycle"; readonly change: LifecycleChange }
  /** The guest stops: why, other events have told. */
  | { readonly becomes: "suspended" }
  /** QEMU is about to end. */
  | {
      readonly becomes: "shutdown";
      readonly detail: Place<Data, ShutdownDetail>;
      /** What it is told as when it has ended. */
      readonly stopped: Place<Data, StoppedDetail>;
    };

/** An entry, whatever its event. */
export type AnyEntry = Entry<unknown, unknown>;

/** The entries of events. It compiles if all that they say of the data is true of QEMU 7.2 and 10.2. */
export type Mapping = { readonly [Name in EventName]?: Entry<DataOf<Name>, NewestDataOf<Name>> };
