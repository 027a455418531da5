/**
 * The link to a server: a connection, the next one when it is lost, and what becomes of them.
 */
import { backoff } from "./backoff.js";
import type { ClientState } from "./client-api.js";
import { Connection, type ConnectionHandlers } from "./connection.js";
import { asError, ConnectError, OverflowError, TimeoutError } from "./errors.js";
import type { Handshake } from "./handshake.js";
import type { Message } from "./message.js";
import type { SettledOptions } from "./options.js";
import type { Connector, Transport } from "./transport.js";
import { type AbortSignalLike, LONGEST, waitFor } from "./waiting.js";

/** How many events may come before there is a client that could be told. */
const MOST_EARLY = 10_000;

/** How the protocol begins. */
export interface Beginning {
  readonly handshake: () => Handshake;
  /** What a server that stays silent lets one wait for. */
  readonly phase: "greeting" | "sync";
}

/** Who is told what becomes of the link. */
export interface LinkHandlers extends Pick<ConnectionHandlers, "event" | "returned" | "room" | "problem"> {
  /** A connection is lost, with all that was in flight on it. */
  lost(connection: Connection, reason: Error | undefined): void;
  changed(state: ClientState): void;
}

/** The link. */
export class Link {
  readonly #connector: Connector;
  readonly #options: SettledOptions;
  readonly #beginning: Beginning;
  readonly #handlers: LinkHandlers;
  readonly #closing = new AbortController();
  /** What waits until whoever connected could connect slots: at first only. */
  #early: Message[] | undefined = [];
  /** That the connection has ended meanwhile, which comes behind that. */
  #earlyEnd: (() => void) | undefined;
  #state: ClientState = { state: "connecting", attempt: 1 };
  #connection: Connection | undefined;
  #endsOnPurpose = false;
  #freed: Promise<void> | undefined;

  constructor(connector: Connector, options: SettledOptions, beginning: Beginning, handlers: LinkHandlers) {
    this.#connector = connector;
    this.#options = options;
    this.#beginning = beginning;
    this.#handlers = handlers;
  }

  get state(): ClientState {
    return this.#state;
  }

  /** The connection, while it is ready. */
  get connection(): Connection | undefined {
    return this.#connection;
  }

  /** Whether what comes is held back still. */
  get isStarting(): boolean {
    return this.#early !== undefined;
  }

  /** Connects for the first time. @throws ConnectError, TimeoutError, or the signal's reason. */
  async start(signal: AbortSignalLike | undefined): Promise<void> {
    const onAbort = (): void => this.#closing.abort(signal?.reason);
    if (signal?.aborted === true) onAbort();
    signal?.addEventListener("abort", onAbort);
    try {
      await this.#attempts(this.#options.reconnect?.initially === true ? undefined : 1);
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
  }

  /** Lets through what was held back since the beginning. */
  letThrough(): void {
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const message of early) this.#handlers.event(message);
    this.#earlyEnd?.();
  }

  /** The server will end the connection, since it was told to: that is no loss. */
  expectEnd(): void {
    this.#endsOnPurpose = true;
  }

  /** Ends it for good. Resolved when all is closed. */
  async close(reason?: Error): Promise<void> {
    if (this.#freed === undefined) {
      this.#closing.abort(new Error("the client is closed"));
      const connection = this.#connection;
      this.#connection = undefined;
      this.#set({ state: "closed", reason });
      this.#freed = this.#free(connection);
    }
    await this.#freed;
  }

  async #free(connection: Connection | undefined): Promise<void> {
    if (connection !== undefined) {
      this.#handlers.lost(connection, undefined);
      connection.close();
      await connection.done;
    }
    try {
      await this.#connector.close?.();
    } catch (error) {
      // Whoever closes the client wants it closed, and so it is.
      this.#handlers.problem(asError(error));
    }
  }

  #set(state: ClientState): void {
    if (this.#state.state === "closed") return;
    this.#state = state;
    this.#handlers.changed(state);
  }

  /**
   * Attempts to connect until one succeeds.
   *
   * @param attempts - How many at most. Default: what the options say.
   * @param why - What was lost before the first of them, which then comes after a delay.
   * @throws what the last attempt failed of.
   */
  async #attempts(attempts: number = this.#options.reconnect?.attempts ?? 1, why?: Error): Promise<void> {
    const { minDelay = 0, maxDelay = 0 } = this.#options.reconnect ?? {};
    let reason = why;
    for (let attempt = 1; ; attempt++) {
      if (reason !== undefined) {
        const delay = Math.round(backoff(why === undefined ? attempt - 1 : attempt, minDelay, maxDelay));
        this.#set({ state: "waiting", attempt, delay, reason });
        await this.#pause(delay);
      }
      this.#set({ state: "connecting", attempt });
      try {
        return await this.#attempt(why !== undefined);
      } catch (error) {
        this.#closing.signal.throwIfAborted();
        reason = this.#connectError(error);
        if (attempt >= attempts) throw reason;
      }
    }
  }

  #connectError(error: unknown): Error {
    return error instanceof TimeoutError ? error : new ConnectError(this.#connector.address, error);
  }

  #pause(delay: number): Promise<void> {
    const limits = { signal: this.#closing.signal, timeout: Infinity };
    return waitFor<undefined>(
      limits,
      () => new Error(),
      ({ resolve }) => {
        const timer = setTimeout(() => resolve(undefined), Math.min(delay, LONGEST));
        return () => clearTimeout(timer);
      },
    );
  }

  async #attempt(reconnected: boolean): Promise<void> {
    const transport = await this.#transport();
    const connection: Connection = new Connection(transport, this.#options, {
      ...this.#handlers,
      event: (message) => this.#event(message),
      closed: (reason) => this.#closed(connection, reason),
    });
    const { signal } = this.#closing;
    const handshake = this.#beginning.handshake();
    try {
      const { greetingTimeout: timeout } = this.#options;
      const timedOut = (): Error => new TimeoutError(this.#beginning.phase, timeout, this.#connector.address);
      const ready = connection.negotiate(handshake, { signal, timeout }, timedOut);
      connection.open();
      await ready;
      signal.throwIfAborted();
    } catch (error) {
      connection.close();
      throw error;
    }
    this.#connection = connection;
    this.#set({ state: "ready", greeting: handshake.greeting, reconnected });
    this.#handlers.room();
    // It was ready, and ended before anybody could be told.
    if (connection.end !== undefined) this.#closed(connection, connection.end.reason);
  }

  #transport(): Promise<Transport> {
    const { connectTimeout: timeout } = this.#options;
    const limits = { signal: this.#closing.signal, timeout };
    const subject = this.#connector.address;
    return waitFor<Transport>(
      limits,
      () => new TimeoutError("connect", timeout, subject),
      ({ resolve, reject }) => {
        const giveUp = new AbortController();
        let isOver = false;
        let isThere = false;
        this.#connector.connect(giveUp.signal).then((transport) => {
          isThere = true;
          if (isOver) transport.close();
          resolve(transport);
        }, reject);
        return () => {
          isOver = true;
          if (!isThere) giveUp.abort(new Error("nobody waits for it any more"));
        };
      },
    );
  }

  #event(message: Message): void {
    if (this.#early === undefined) return this.#handlers.event(message);
    if (this.#early.length >= MOST_EARLY) throw new OverflowError("events", MOST_EARLY, 1);
    this.#early.push(message);
  }

  #closed(connection: Connection, reason: Error | undefined): void {
    if (this.#connection !== connection) return;
    if (this.#early !== undefined) {
      this.#earlyEnd = () => this.#closed(connection, reason);
      return;
    }
    this.#connection = undefined;
    this.#handlers.lost(connection, reason);
    if (this.#endsOnPurpose) return void this.close();
    const why = reason ?? new Error("the server ended the connection");
    if (this.#options.reconnect === undefined) return void this.close(why);
    this.#attempts(undefined, why).catch((error: unknown) => {
      // Not when it was closed meanwhile: then it is told already.
      if (!this.#closing.signal.aborted) void this.close(error instanceof Error ? error : why);
    });
  }
}
