/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The client as its users see it.
 */
import type { CommandsOf, EventsOf, Schema, SignalsOf, TypesOf } from "./schema.js";
import type { SlotHandle } from "./slots.js";
import type { AbortSignalLike } from "./waiting.js";

/** A client of the QMP server that a schema describes: an executor of its commands and a source of its events. */
export type Client<S extends Schema> = TypesOf<S>["executor"] & QmpClient<CommandsOf<S>, EventsOf<S>, SignalsOf<S>>;

/** What a client has besides `execute`, which the schema types. */
export interface QmpClient<
  Commands extends object,
  Events extends object,
  Signals extends object = object,
> extends AsyncDisposable {
  /** What QEMU said of itself when it was connected to last; absent from a guest agent, which says nothing. */
  readonly greeting: Greeting | undefined;
  /** What becomes of the connection. */
  readonly state: ClientState;
  /** Each change of {@link QmpClient.state}. */
  readonly stateChanged: Signal<ClientState>;

  /**
   * Executes a command that the schema does not have. Nothing is validated.
   *
   * @throws the same as `execute`.
   */
  executeUntyped(command: string, args?: object, options?: UntypedExecuteOptions): Promise<unknown>;

  /**
   * Executes a command and waits for an event that comes of it, which it does not miss, whether it comes before the reply or
   * after it.
   *
   * ```ts
   * await qmp.executeThenWait("device_del", { id: "disk0" }, "DEVICE_DELETED", { device: "disk0" }, { timeout: 5000 });
   * ```
   *
   * @param args - What the command takes, or undefined.
   * @param accessor - Which events are meant.
   * @throws what `execute` throws; {@link TimeoutError} or the signal's reason, which limit both waits together.
   */
  executeThenWait<Command extends keyof Commands, Event extends keyof Events>(
    command: Command,
    args: ArgumentsOf<Commands[Command]>,
    event: Event,
    accessor?: Accessor<Events[Event]>,
    options?: WaitOptions,
  ): Promise<{ readonly returns: ReturnsOf<Commands[Command]>; readonly event: Events[Event] }>;

  /**
   * The signal that an event is. It is a value without cost: nothing happens before a slot is connected. A server that offers signals,
   * and whose default connection was dropped (the option `defaultConnection` was false), is then told to send these events and no
   * others; they are those that happen after it has been told, which it is before any command that is executed later.
   *
   * @param accessor - Narrows it to the events whose data has these values: to one device, say.
   */
  signal<Event extends keyof Events>(event: Event, accessor?: Accessor<Events[Event]>): Signal<Events[Event]>;

  /**
   * The signal of an event that the schema may lack: one of a newer QEMU. Events that the schema has are validated as ever.
   *
   * @param accessor - As for {@link QmpClient.signal}.
   */
  signalUntyped(event: string, accessor?: object): Signal<UnknownEvent>;

  /**
   * The signal that an accessor of the schema leads to: the events of one object, which they need not name themselves. A server that
   * offers signals tells them apart. With others, QEMU among them, that is done here, by the data of the events; where these do not have
   * what the accessor is given, nothing comes, and connecting fails with an {@link UnsupportedError}: waits and loops are
   * rejected with it, for other slots it is reported to `onProblem`.
   *
   * ```ts
   * qmp.accessor("block-device-event", { device: "ide0" }).connect(({ data }) => console.log(data.action));
   * ```
   *
   * @param name - The name of the accessor.
   * @param args - What the accessor takes.
   * @throws TypeError when the schema has no such accessor; ValidationError when its arguments are not as the schema says.
   */
  accessor<Name extends keyof Signals & string>(
    name: Name,
    ...args: SignalArguments<Signals[Name]>
  ): Signal<SignalEvent<Signals[Name]>>;

  /** Everything that comes, as old clients see it: the default connection. */
  readonly everyEvent: Signal<Events[keyof Events] | UnknownEvent>;
  /** The events that the schema does not know. */
  readonly unknownEvent: Signal<UnknownEvent>;
  /**
   * Whether {@link QmpClient.everyEvent} is connected: when it is not, events that no other signal is connected for are not looked at.
   * Where the default connection of the server was dropped, setting it to true connects to each event of the schema; others cannot
   * come then, so that {@link QmpClient.unknownEvent} stays silent.
   */
  defaultConnection: boolean;

  /** The events of one kind, or all, as they come: `qmp.signal(event, accessor).events(options)`. */
  events<Event extends keyof Events>(
    event: Event,
    options?: EventsOptions & { readonly accessor?: Accessor<Events[Event]> | undefined },
  ): EventStream<Events[Event]>;
  /** All events, those that the schema does not know among them. */
  events(options?: EventsOptions): EventStream<Events[keyof Events] | UnknownEvent>;

  /** Disconnects a slot: the same as `handle.disconnect()`. */
  disconnect(handle: SlotHandle): boolean;

  /**
   * Whether the QEMU at the other end has something, by its own account (`query-qmp-schema`), which is asked for once.
   *
   * @param path - `blockdev-add`, `blockdev-add/arg-type/driver=nbd`, `BLOCK_IO_ERROR/arg-type/reason`...: see `introspection.ts`.
   */
  supports(path: string): Promise<boolean>;
  /** What the schema and the QEMU at the other end do not share. */
  compare(): Promise<Comparison>;

  /** Ends the connection. Commands that wait are rejected. Resolved once all is closed. */
  close(): Promise<void>;
}

/** What arguments a command takes, undefined where it can do without. */
export type ArgumentsOf<Command> = Command extends { arguments: infer Arguments }
  ? Arguments
  : Command extends { arguments?: infer Arguments }
    ? Arguments | undefined
    : undefined;

/** What a command returns. */
export type ReturnsOf<Command> = Command extends { returns: infer Returns } ? Returns : never;

/** What a signal accessor takes: nothing, an object, or an object or nothing. */
export type SignalArguments<Accessed> = Accessed extends { arguments: infer Arguments }
  ? [args: Arguments]
  : "arguments" extends keyof Accessed
    ? [args?: Accessed["arguments"]]
    : [];

/** The event that a signal accessor leads to. */
export type SignalEvent<Accessed> = Accessed extends { event: infer Event } ? Event : never;

/** How a command that the schema does not have is executed. */
export interface UntypedExecuteOptions extends WaitOptions {
  readonly oob?: boolean | undefined;
}

/** How long to wait. */
export interface WaitOptions {
  readonly signal?: AbortSignalLike | undefined;
  /** In milliseconds. Default: the client's, which is no limit for events. */
  readonly timeout?: number | undefined;
}

/** What a QMP server says when it is connected to. */
export interface Greeting {
  readonly version: {
    readonly qemu: { readonly major: number; readonly minor: number; readonly micro: number };
    readonly package: string;
  };
  /** What it offers: `oob`, `signals`. */
  readonly capabilities: readonly string[];
}

/**
 * What becomes of the connection:
 *
 * - `connecting`: an attempt is made, the first of its row is number 1;
 * - `ready`: commands can be executed. After a loss, `reconnected` is true: events may have been missed in between;
 * - `waiting`: the connection was lost or could not be made, and after `delay` milliseconds comes the next attempt;
 * - `closed`: for good. `reason` is absent when it was closed on purpose: by `close`, or by executing `quit`.
 */
export type ClientState =
  | { readonly state: "connecting"; readonly attempt: number }
  | { readonly state: "ready"; readonly greeting: Greeting | undefined; readonly reconnected: boolean }
  | { readonly state: "waiting"; readonly attempt: number; readonly delay: number; readonly reason: Error }
  | { readonly state: "closed"; readonly reason: Error | undefined };

/** Something that happens again and again, and that slots can be connected to. */
export interface Signal<E> {
  /** Calls the slot with each event from now on, until it is disconnected. What it throws is reported and hurts no other slot. */
  connect(slot: (event: E) => unknown): SlotHandle;
  /**
   * The next event.
   *
   * @throws {@link TimeoutError}, the signal's reason, or {@link ConnectionLostError} when the client is closed.
   */
  once(options?: WaitOptions): Promise<E>;
  /** The events from now on, one after the other, until the loop is left. */
  events(options?: EventsOptions): EventStream<E>;
  /** The same, without options. */
  [Symbol.asyncIterator](): EventStream<E>;
}

/** How events wait to be taken. */
export interface EventsOptions {
  /** Ends the events: the loop throws its reason. */
  readonly signal?: AbortSignalLike | undefined;
  /** How many may wait to be taken. Default: 1000. */
  readonly limit?: number | undefined;
  /**
   * What to do when that many wait. `pause` stops reading from QEMU, but not while commands wait for their replies: should ten
   * times as many events have come by then, the loop throws {@link OverflowError}. `drop` drops the oldest, counts them, and
   * reports it to `onProblem`. Default: `pause`.
   */
  readonly overflow?: "pause" | "drop" | undefined;
}

/** Events, to be taken in a loop. Leaving the loop disconnects it. */
export interface EventStream<E> extends AsyncIterableIterator<E, undefined>, AsyncDisposable {
  /** How many events were dropped. */
  readonly dropped: number;
  /** Itself. */
  [Symbol.asyncIterator](): EventStream<E>;
}

/** An event that the schema does not know. */
export interface UnknownEvent {
  readonly event: string;
  readonly data?: unknown;
  readonly timestamp: { readonly seconds: number; readonly microseconds: number };
}

/** Values that the data of an event must have, at any depth. */
export type Accessor<E> = E extends { readonly data?: infer Data } ? DeepPartial<Data> : Record<string, never>;

type DeepPartial<T> = T extends string | number | bigint | boolean | null | undefined | readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: DeepPartial<T[K]> | undefined }
    : T;

/** What a schema and a QEMU do not share. Paths are those that `supports` takes. */
export interface Comparison {
  /** What the schema has and the QEMU lacks. */
  readonly missing: readonly string[];
  /** What the QEMU has and the schema lacks. */
  readonly added: readonly string[];
  /** What both have, with other types, or optional in one of them only. */
  readonly changed: readonly Change[];
}

/** What both have, but not alike. */
export interface Change {
  readonly path: string;
  /** In words: `an integer`, `optional`. */
  readonly schema: string;
  readonly qemu: string;
}
