/// <reference lib="esnext.disposable" preserve="true" />
/**
 * The server as its users see it.
 */
import type { Greeting, ReturnsOf, SignalEvent } from "../client-api.js";
import type { JsonObject } from "../message.js";
import type { Validate } from "../options.js";
import type { CommandsOf, EventsOf, Schema, SignalsOf } from "../schema.js";
import type { Transport } from "../transport.js";

/** What executes the commands of a schema, by their names on the wire. Those without a handler are not found. */
export type Handlers<S extends Schema> = {
  readonly [Name in keyof CommandsOf<S>]?: Handler<CommandsOf<S>[Name], EventsOf<S>, SignalsOf<S>> | undefined;
};

/**
 * Executes a command. It may throw a {@link CommandError}; whatever else it throws becomes a `GenericError` and is reported.
 *
 * @param args - What the command was given: an object without members if nothing.
 * @returns What the command returns. Undefined is an object without members.
 */
export type Handler<Command, Events extends object = object, Signals extends object = object> = (
  args: GivenTo<Command>,
  call: Call<Events, Signals>,
) => Returned<Command> | Promise<Returned<Command>>;

type GivenTo<Command> = Command extends { arguments?: infer Arguments } ? NonNullable<Arguments> : JsonObject;

type Returned<Command> =
  | ReturnsOf<Command>
  | (ReturnsOf<Command> extends undefined
      ? Nothing
      : Record<string, never> extends ReturnsOf<Command>
        ? Nothing
        : never);

// What functions return that do not return anything.
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- TypeScript infers nothing else for them
type Nothing = undefined | void;

/** Executes commands that no other handler is there for. */
export type Fallback<Events extends object = object, Signals extends object = object> = (
  args: JsonObject,
  call: Call<Events, Signals>,
) => unknown;

/** What a handler is told besides the arguments. */
export interface Call<Events extends object = object, Signals extends object = object> {
  /** The name of the command. */
  readonly command: string;
  /** Who executes it. */
  readonly client: ServerClient<Events, Signals>;
  /** Whether it is executed out of band. */
  readonly oob: boolean;
  /** Aborted when the client is gone, so that nobody waits for the reply. */
  readonly signal: AbortSignal;
}

/**
 * What sends events, stamped with the time. Who has not negotiated yet does not get them, as with QEMU. With
 * {@link ServerOptions.signals}, they go to those that have not dropped the default connection, and once more, with its tag, for
 * each connection whose arguments they have.
 */
export interface Emitter<Events extends object, Signals extends object = object> {
  /**
   * Sends an event.
   *
   * @param data - What the event tells, unless it tells nothing.
   * @throws ValidationError when the data are not as the schema says, if all is validated.
   */
  emit<Event extends keyof Events & string>(event: Event, ...data: DataOf<Events[Event]>): void;
  /**
   * Sends the event of a signal that has an accessor, for one object: to those that have connected it with these arguments, and to
   * others as {@link Emitter.emit} does. The data need not tell which object it is.
   *
   * ```ts
   * server.emitSignal("block-device-event", { device: "ide0" }, { action: "stop", operation: "read", reason: "io" });
   * ```
   *
   * @param accessor - One that the schema declares.
   * @param args - What leads it to the object.
   * @throws TypeError for an accessor that the schema does not have; ValidationError for arguments and data that are not as it says.
   */
  emitSignal<Accessor extends keyof Signals & string>(
    accessor: Accessor,
    args: AccessorArguments<Signals[Accessor]>,
    ...data: DataOf<SignalEvent<Signals[Accessor]>>
  ): void;
  /** Sends an event that the schema does not have. Nothing is validated. */
  emitUntyped(event: string, data?: object): void;
}

/** What {@link Emitter.emit} takes behind the name of an event. */
export type DataOf<Event> = "data" extends keyof Event
  ? Event extends { data: infer Data }
    ? [data: Data]
    : [data?: Event["data"]]
  : [];

/** What {@link Emitter.emitSignal} takes for a signal: nothing but an object without members if its accessor takes nothing. */
export type AccessorArguments<Signal> = "arguments" extends keyof Signal
  ? NonNullable<Signal["arguments"]>
  : Record<string, never>;

/** A client of a server. */
export interface ServerClient<Events extends object = object, Signals extends object = object> extends Emitter<
  Events,
  Signals
> {
  /** Whether it has negotiated, and so can execute commands and gets events. */
  readonly isReady: boolean;
  /** Whether it has negotiated out-of-band execution. */
  readonly oob: boolean;
  /** What it has connected. */
  readonly signals: ConnectedSignals;
  /** Aborted when it is gone. */
  readonly signal: AbortSignal;
  /** Ends the connection, as a QEMU that dies does. What it executes is not answered. Resolved once it is closed. */
  close(): Promise<void>;
}

/** What a client has connected. It is a snapshot. */
export interface ConnectedSignals {
  /** Whether it gets events without tags, which it does unless it has dropped the default connection. */
  readonly default: boolean;
  /** The signals that it has connected explicitly, in the order in which it did. */
  readonly connections: readonly {
    readonly tag: string;
    /** The name of the accessor: `block-io-error`. */
    readonly accessor: string;
    readonly event: string;
    /** What the accessor was given. */
    readonly arguments: JsonObject;
  }[];
}

/** A server. */
export interface QmpServer<S extends Schema> extends Emitter<EventsOf<S>, SignalsOf<S>>, AsyncDisposable {
  /** Those that are served, in the order in which they came. */
  readonly clients: readonly ServerClient<EventsOf<S>, SignalsOf<S>>[];
  /** Serves whom a transport leads to, which nobody else has opened. */
  accept(transport: Transport): void;
  /** Ends all connections, and listens no more. What is being executed is not answered. Resolved once all is closed. */
  close(): Promise<void>;
}

/** A server that can wait for clients. */
export interface ListeningServer<S extends Schema> extends QmpServer<S> {
  /**
   * Waits for clients at an address, until the server is closed.
   *
   * @param where - `unix:/run/fake.qmp`, `tcp:127.0.0.1:0`.
   * @throws what the system says when it cannot listen there.
   */
  listen(where: string): Promise<Listening>;
}

/** An address where clients are waited for. */
export interface Listening extends AsyncDisposable {
  /** Where clients connect to: with the port that was chosen, if the port asked for was 0. */
  readonly address: string;
  /** Frees the address. Those that are connected stay. */
  close(): Promise<void>;
}

/** Waits for connections at an address, and hands them over, not opened. */
export type ListenFor = (
  where: string,
  onTransport: (transport: Transport) => void,
) => Promise<Omit<Listening, typeof Symbol.asyncDispose>>;

/** How a server behaves. */
export interface ServerOptions<Events extends object = object, Signals extends object = object> {
  /**
   * What is spoken: that of QEMU's monitor, or that of the guest agent, without greeting, negotiation and events.
   * Default: `monitor`.
   */
  readonly protocol?: "monitor" | "agent" | undefined;
  /**
   * Whether the arguments of commands are validated; and what handlers return and events tell, where a mistake is that of the
   * test: the client then gets a `GenericError`, {@link ServerOptions.onProblem} a {@link ValidationError}. Default: `all`.
   */
  readonly validate?: Validate | undefined;
  /** What the server says of itself. Default: QEMU 10.2.0, with the package `qapi-codegen`. */
  readonly version?: Greeting["version"] | undefined;
  /** Whether out-of-band execution is offered. Default: true. */
  readonly oob?: boolean | undefined;
  /**
   * Whether signals are offered, which no QEMU does: that clients connect those that they want, with arguments that filter, and drop
   * the default connection. The page `docs/signals.md` has the commands. Default: false.
   */
  readonly signals?: boolean | undefined;
  /** How many clients are served at a time; others wait for their greeting. A monitor of QEMU serves 1. Default: no limit. */
  readonly clients?: number | undefined;
  /** What `query-qmp-schema` returns. Default: the command is not found. */
  readonly introspection?: readonly unknown[] | undefined;
  /** Executes commands without a handler, those that the schema does not have included. Default: they are not found. */
  readonly fallback?: Fallback<Events, Signals> | undefined;
  /** The most characters that one message may have. Default: 64 Mi, which is QEMU's limit. */
  readonly maxMessageLength?: number | undefined;
  /** Told what a test should know: a handler that failed, or returned what the schema does not have. Default: a line on the console. */
  readonly onProblem?: ((problem: Error) => void) | undefined;
}
