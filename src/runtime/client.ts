/**
 * The client: it executes commands and hands out events, over a link that may be lost and made again.
 */
import type {
  ClientState,
  Comparison,
  EventsOptions,
  EventStream,
  Greeting,
  Signal,
  UnknownEvent,
  WaitOptions,
} from "./client-api.js";
import { snapshotOf } from "./accessor-route.js";
import { OwnCommand, type PendingCommand, type QueuedCommand } from "./command.js";
import { CommandQueue } from "./command-queue.js";
import type { Connection } from "./connection.js";
import { asError, ConnectionLostError, TimeoutError, UnsupportedError, ValidationError } from "./errors.js";
import { EventHub } from "./event-hub.js";
import { type Beginning, Link } from "./link.js";
import { limit, type SettledOptions } from "./options.js";
import { type Call, requestOf } from "./request.js";
import type { Schema, SchemaValidators } from "./schema.js";
import type { Ask, SelfDescription } from "./self-description.js";
import { SourceSignal } from "./signal.js";
import { Ending } from "./signal-source.js";
import { type SlotHandle, Slots } from "./slots.js";
import type { Connector } from "./transport.js";
import { type AbortSignalLike, type Settle, waitFor } from "./waiting.js";
import { widen } from "./widen.js";
import { connectCommand, SIGNALS } from "./wire-signals.js";

/** How a command is executed, typed or not. */
interface ExecuteOptions {
  readonly signal?: AbortSignalLike | undefined;
  readonly timeout?: number | undefined;
  readonly oob?: boolean | undefined;
}

/** How a kind of server is talked to. */
export interface Protocol extends Beginning {
  /** Whether the channel has to be synchronised again after a command that was not answered in time. */
  readonly resynchronises: boolean;
  /** Asks the server what it has. */
  readonly describe: (ask: Ask) => Promise<SelfDescription>;
}

/** A client without the types of its schema, which `Client` adds. */
export class UntypedClient implements AsyncDisposable {
  readonly stateChanged: Signal<ClientState>;
  readonly #schema: Schema;
  readonly #options: SettledOptions;
  readonly #protocol: Protocol;
  readonly #link: Link;
  readonly #hub: EventHub;
  readonly #ending = new Ending();
  readonly #states: Slots<ClientState>;
  /** `closed` is the last state: waiting for another is in vain, but looping to the end is no failure. */
  readonly #statesEnding = new Ending();
  #validators: SchemaValidators | undefined;
  readonly #queue: CommandQueue;
  #lastId = 0;
  /** What the server at the other end has; asked for when somebody wants to know. */
  #description: Promise<SelfDescription> | undefined;
  #greeting: Greeting | undefined;
  /** How many streams of events are full. */
  #holds = 0;

  constructor(schema: Schema, connector: Connector, options: SettledOptions, protocol: Protocol) {
    this.#schema = schema;
    this.#options = options;
    this.#protocol = protocol;
    const { onProblem } = options;
    const host = {
      ending: this.#ending,
      hold: () => this.#hold(1),
      release: () => this.#hold(-1),
      onProblem,
      commandTimeout: options.commandTimeout,
      execute: (command: string, args: object, settle: Settle<unknown>) => this.#executeOwn(command, args, settle),
    };
    this.#hub = new EventHub(schema, options.defaultConnection, host);
    this.#states = new Slots(onProblem);
    this.stateChanged = new SourceSignal({
      ...host,
      ending: this.#statesEnding,
      name: "stateChanged",
      connect: (slot) => this.#states.connect(slot),
    });
    this.#queue = new CommandQueue({
      limit: options.maxQueuedCommands,
      connection: () => this.#link.connection,
      synchronise: this.#synchroniser(connector.address),
    });
    this.#link = new Link(connector, options, protocol, {
      event: (message) => this.#hub.emit(message),
      returned: (command, value) => this.#returned(command, value),
      room: () => this.#room(),
      problem: onProblem,
      lost: (connection, reason) => this.#lost(connection, reason),
      changed: (state) => this.#changed(state),
    });
  }

  /** What makes sure that the server listens, where that is to be done. */
  #synchroniser(address: string): ((connection: Connection) => Promise<unknown>) | undefined {
    const { handshake, phase, resynchronises } = this.#protocol;
    if (!resynchronises) return undefined;
    const { greetingTimeout: timeout } = this.#options;
    return async (connection) => {
      await connection.negotiate(handshake(), { timeout }, () => new TimeoutError(phase, timeout, address));
      connection.resume();
    };
  }

  /** Connects. What comes before slots could be connected is kept until they could. */
  async start(signal: AbortSignalLike | undefined): Promise<void> {
    try {
      await Promise.all([this.#link.start(signal), this.#loadValidators()]);
    } catch (error) {
      await this.close();
      throw error;
    }
    // The continuations of whoever awaits this run before a timer does.
    setTimeout(() => {
      this.#link.letThrough();
      this.#regulate();
    }, 0);
  }

  get greeting(): Greeting | undefined {
    return this.#greeting;
  }

  get state(): ClientState {
    return this.#link.state;
  }

  execute(name: string, args?: unknown, options: ExecuteOptions = {}): Promise<unknown> {
    return this.#execute({ name, args, oob: options.oob === true, isTyped: true }, options);
  }

  executeUntyped(name: string, args?: object, options: ExecuteOptions = {}): Promise<unknown> {
    return this.#execute({ name, args, oob: options.oob === true, isTyped: false }, options);
  }

  async executeThenWait(
    name: string,
    args: unknown,
    event: string,
    accessor?: object,
    options: WaitOptions = {},
  ): Promise<{ readonly returns: unknown; readonly event: object }> {
    const timeout = limit("timeout", options.timeout, Infinity);
    const giveUp = new AbortController();
    const limits = { signal: options.signal, timeout };
    return waitFor(
      limits,
      () => new TimeoutError("event", timeout, event),
      ({ resolve, reject }) => {
        const { signal } = giveUp;
        const happened = this.signal(event, accessor).once({ signal });
        const returned = this.execute(name, args, { signal });
        Promise.all([returned, happened]).then(([returns, one]) => resolve({ returns, event: one }), reject);
        return () => giveUp.abort();
      },
    );
  }

  signal(event: string, accessor?: object): Signal<object> {
    return this.#hub.signal(event, accessor);
  }

  signalUntyped(event: string, accessor?: object): Signal<object> {
    return this.signal(event, accessor);
  }

  accessor(name: string, args: object = {}): Signal<object> {
    const declared = this.#schema.signals?.get(name);
    if (declared === undefined) throw new TypeError(`the schema has no signal accessor ${JSON.stringify(name)}`);
    const validators = this.#options.validate === "none" ? undefined : this.#validators;
    const { issues } = validators?.commands.get(connectCommand(name))?.arguments(args) ?? {};
    if (issues !== undefined) throw new ValidationError("arguments", name, issues, args);
    return this.#hub.accessor({ event: declared.event, accessor: name, args: snapshotOf(args) });
  }

  get everyEvent(): Signal<object> {
    return this.#hub.every;
  }

  get unknownEvent(): Signal<UnknownEvent> {
    return this.#hub.unknown;
  }

  get defaultConnection(): boolean {
    return this.#hub.defaultConnection;
  }

  set defaultConnection(isOn: boolean) {
    this.#hub.defaultConnection = isOn;
  }

  events(
    event?: string | EventsOptions,
    options: EventsOptions & { readonly accessor?: object | undefined } = {},
  ): EventStream<object> {
    if (typeof event === "string") return this.signal(event, options.accessor).events(options);
    return this.everyEvent.events(event);
  }

  disconnect(handle: SlotHandle): boolean {
    return handle.disconnect();
  }

  async supports(path: string): Promise<boolean> {
    const description = await this.#describe();
    return description.supports(path);
  }

  async compare(): Promise<Comparison> {
    const [description, validators] = await Promise.all([this.#describe(), this.#schema.validators()]);
    return description.compare(validators);
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #loadValidators(): Promise<void> {
    const { validate } = this.#options;
    if (validate === "none" && this.#schema.int64 !== "bigint") return;
    this.#validators = await this.#schema.validators();
    this.#hub.use(this.#validators, validate === "all");
  }

  #describe(): Promise<SelfDescription> {
    if (this.#description !== undefined) return this.#description;
    const asked = this.#protocol.describe((command) => this.executeUntyped(command));
    this.#description = asked;
    // What failed is asked for again.
    asked.catch(() => {
      if (this.#description === asked) this.#description = undefined;
    });
    return asked;
  }

  #execute(call: Call, options: ExecuteOptions): Promise<unknown> {
    try {
      return this.#enqueue(call, options).reply;
    } catch (error) {
      return Promise.reject(asError(error));
    }
  }

  #enqueue(call: Call, { signal, timeout }: ExecuteOptions): PendingCommand {
    const { state } = this.#link;
    if (state.state === "closed") throw new ConnectionLostError(state.reason, call.name);
    if (call.oob && !(this.#options.oob && this.#greeting?.capabilities.includes("oob") === true)) {
      throw new UnsupportedError(
        `${call.name}: the server does not offer execution out of band, or was not asked for it`,
      );
    }
    const { validate, commandTimeout } = this.#options;
    const validators = validate === "none" ? undefined : this.#validators;
    const request = requestOf(call, ++this.#lastId, this.#schema, validators);
    const command = this.#queue.add(request, { signal, timeout: limit("timeout", timeout, commandTimeout) });
    this.#regulate();
    return command;
  }

  #executeOwn(name: string, args: object, settle: Settle<unknown>): void {
    const call = { name, args, oob: false, isTyped: false };
    this.#queue.addOwn(new OwnCommand(requestOf(call, ++this.#lastId, this.#schema), settle));
    this.#regulate();
  }

  #room(): void {
    this.#queue.pump();
    this.#regulate();
  }

  #returned(command: QueuedCommand, value: unknown): void {
    const { name, isTyped, hasReply } = command.request;
    if (name === "quit") this.#link.expectEnd();
    const validator = isTyped && hasReply ? this.#validators?.commands.get(name)?.returns : undefined;
    if (validator === undefined) return command.resolve(value);
    const returns = this.#schema.int64 === "bigint" ? widen(value, validator.shape) : value;
    const { issues } = this.#options.validate === "all" ? validator(returns) : {};
    if (issues === undefined) command.resolve(returns);
    else command.reject(new ValidationError("returns", name, issues, returns));
  }

  #lost(connection: Connection, reason: Error | undefined): void {
    this.#hub.lost();
    this.#queue.forgetOwn();
    for (const command of connection.takeInFlight()) {
      const { name, hasReply } = command.request;
      if (command.isSettled) continue;
      if (hasReply) command.reject(new ConnectionLostError(reason, name, true));
      else command.resolve(undefined);
    }
  }

  #changed(state: ClientState): void {
    if (state.state === "ready") {
      this.#greeting = state.greeting;
      // It may be another server by now.
      this.#description = undefined;
      this.#hub.connected(state.greeting?.capabilities.includes(SIGNALS) === true);
      this.#queue.connected();
    }
    this.#states.emit(state, "stateChanged");
    if (state.state !== "closed") return;
    this.#queue.rejectAll(({ name }) => new ConnectionLostError(state.reason, name));
    this.#statesEnding.end(undefined);
    this.#ending.end(state.reason === undefined ? undefined : new ConnectionLostError(state.reason));
  }

  #hold(change: 1 | -1): void {
    this.#holds += change;
    this.#regulate();
  }

  /** Stops reading while nobody takes events in time, unless replies are waited for: they come the same way. */
  #regulate(): void {
    const { connection, isStarting } = this.#link;
    if (connection === undefined) return;
    const mustWait = this.#holds > 0 && !connection.isBusy && this.#queue.isEmpty;
    if (isStarting || mustWait) connection.pause();
    else connection.resume();
  }
}
