/**
 * Who the clients of a server are, and what events they get.
 */
import type { Greeting } from "../client-api.js";
import { limit, type SettledOptions, settle } from "../options.js";
import type { Schema, SchemaValidators } from "../schema.js";
import type { Transport } from "../transport.js";
import { SIGNALS } from "../wire-signals.js";
import { agentCommands, type BuiltIn, monitorCommands } from "./built-in.js";
import { HandlerError } from "./command-error.js";
import { Connections, type Emission } from "./connections.js";
import { Dispatcher, type Run } from "./dispatcher.js";
import { Emissions } from "./emissions.js";
import { greetingText } from "./output.js";
import type { Call, Listening, ListenFor, ServerClient, ServerOptions } from "./server-api.js";
import type { Request } from "./request.js";
import { Session, type SessionHost } from "./session.js";
import { eventsBehindAccessors, signalCommands } from "./signal-commands.js";

const VERSION: Greeting["version"] = { qemu: { major: 10, minor: 2, micro: 0 }, package: "qapi-codegen" };

/** What a server is made of. */
export interface ServerParts {
  readonly schema: Schema;
  readonly validators: SchemaValidators;
  /** Looked at anew for each command. */
  readonly handlers: Readonly<Record<string, Run<Call> | undefined>>;
  readonly fallback: Run<Call> | undefined;
  readonly options: Omit<ServerOptions, "fallback">;
  readonly listenFor: ListenFor | undefined;
}

/** A server without the types of its schema, which `QmpServer` adds. */
export class UntypedServer implements AsyncDisposable {
  readonly #parts: ServerParts;
  readonly #options: SettledOptions;
  readonly #mostClients: number;
  readonly #host: SessionHost;
  readonly #emissions: Emissions;
  /** How many tags there have been. */
  #tags = 0;
  /** Those that are served, with what their handlers see of them; and those that wait. */
  readonly #sessions = new Map<Session, ServerClient>();
  readonly #waiting = new Set<Session>();
  readonly #listening = new Set<Listening>();
  #closing: Promise<void> | undefined;

  constructor(parts: ServerParts) {
    const { protocol = "monitor", validate, maxMessageLength, onProblem, ...options } = parts.options;
    this.#parts = parts;
    this.#options = settle({ validate, maxMessageLength, onProblem });
    this.#mostClients = limit("clients", options.clients, Infinity);
    const isMonitor = protocol === "monitor";
    const { version = VERSION, oob = true, signals = false } = options;
    if (signals && !isMonitor) throw new RangeError("signals are offered by monitors: a guest agent has none");
    const dispatcher = this.#dispatcher(isMonitor ? this.#monitorCommands(version, signals) : agentCommands);
    const capabilities = [...(oob ? ["oob"] : []), ...(signals ? [SIGNALS] : [])];
    this.#host = {
      greeting: isMonitor ? greetingText({ version, capabilities }) : undefined,
      offered: { oob: isMonitor && oob, signals },
      endOfLine: isMonitor ? "\r\n" : "\n",
      maxMessageLength: this.#options.maxMessageLength,
      execute: (request, session) => dispatcher.execute(request, session),
      unwritable: (command, reason) => this.#options.onProblem(new HandlerError(command, reason)),
      closed: (session) => this.#gone(session),
    };
    const { schema, validators } = parts;
    const notDefault = signals ? eventsBehindAccessors(schema, validators) : new Set<string>();
    this.#emissions = new Emissions({ schema, validators, validates: this.#options.validate === "all", notDefault });
  }

  get clients(): readonly ServerClient[] {
    return [...this.#sessions.values()];
  }

  accept(transport: Transport): void {
    const session = new Session(transport, this.#host, new Connections(() => `signal-${(this.#tags += 1)}`));
    this.#waiting.add(session);
    if (this.#closing === undefined) this.#serveNext();
    else void session.close();
  }

  async listen(where: string): Promise<Listening> {
    const { listenFor } = this.#parts;
    if (listenFor === undefined) throw new TypeError("this server only accepts transports");
    if (this.#closing !== undefined) throw new Error("the server is closed");
    const made = await listenFor(where, (transport) => this.accept(transport));
    const close = async (): Promise<void> => {
      this.#listening.delete(listening);
      await made.close();
    };
    const listening: Listening = { address: made.address, close, [Symbol.asyncDispose]: close };
    this.#listening.add(listening);
    if (this.#isClosed()) {
      await close();
      throw new Error("the server was closed meanwhile");
    }
    return listening;
  }

  emit(event: string, data?: unknown): void {
    send(this.#sessions.keys(), this.#emissions.event(event, data));
  }

  emitSignal(accessor: string, args: unknown, data?: unknown): void {
    send(this.#sessions.keys(), this.#emissions.signal(accessor, args, data));
  }

  emitUntyped(event: string, data?: object): void {
    send(this.#sessions.keys(), this.#emissions.untyped(event, data));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const listening = [...this.#listening].map((one) => one.close());
    const sessions = [...this.#sessions.keys(), ...this.#waiting].map((session) => session.close());
    await Promise.all([...listening, ...sessions]);
  }

  #isClosed(): boolean {
    return this.#closing !== undefined;
  }

  #serveNext(): void {
    for (const session of this.#waiting) {
      if (this.#sessions.size >= this.#mostClients) return;
      this.#waiting.delete(session);
      this.#sessions.set(session, this.#clientOf(session));
      session.open();
    }
  }

  #gone(session: Session): void {
    this.#waiting.delete(session);
    if (this.#sessions.delete(session) && !this.#isClosed()) this.#serveNext();
  }

  #clientOf(session: Session): ServerClient {
    const emissions = this.#emissions;
    return {
      get isReady() {
        return session.isReady;
      },
      get oob() {
        return session.oob;
      },
      get signals() {
        const { default: hasDefault, explicit: connections } = session.connections;
        return { default: hasDefault, connections };
      },
      signal: session.signal,
      emit: (event: string, data?: unknown) => send([session], emissions.event(event, data)),
      emitSignal: (accessor: string, args: unknown, data?: unknown) =>
        send([session], emissions.signal(accessor, args, data)),
      emitUntyped: (event, data) => send([session], emissions.untyped(event, data)),
      close: () => session.close(),
    };
  }

  #callOf({ command, oob }: Request, session: Session): Call {
    const client = this.#sessions.get(session) ?? this.#clientOf(session);
    return { command, client, oob, signal: session.signal };
  }

  #dispatcher(builtIn: ReadonlyMap<string, BuiltIn>): Dispatcher<Session, Call> {
    const { schema, validators, fallback } = this.#parts;
    const { onProblem } = this.#options;
    return new Dispatcher({
      schema,
      validators,
      validates: this.#validates(),
      builtIn,
      handlerOf: (command) => this.#handlerOf(command) ?? (builtIn.has(command) ? undefined : fallback),
      contextOf: (request, session: Session) => this.#callOf(request, session),
      onProblem,
    });
  }

  #validates(): { readonly arguments: boolean; readonly returns: boolean } {
    const { validate } = this.#options;
    return { arguments: validate !== "none", returns: validate === "all" };
  }

  /** The peer chooses the name. */
  #handlerOf(command: string): Run<Call> | undefined {
    const { handlers } = this.#parts;
    return Object.hasOwn(handlers, command) ? handlers[command] : undefined;
  }

  #monitorCommands(version: Greeting["version"], signals: boolean): ReadonlyMap<string, BuiltIn> {
    const { schema, validators, handlers, fallback, options } = this.#parts;
    return monitorCommands({
      version,
      introspection: options.introspection,
      others: () => {
        const own = Object.keys(handlers).filter((name) => handlers[name] !== undefined);
        return fallback === undefined ? own : [...own, ...validators.commands.keys()];
      },
      quit: validators.commands.has("quit") ? () => this.#quit() : undefined,
      signals: signals ? signalCommands({ schema, validators, validates: this.#validates() }) : new Map(),
    });
  }

  #quit(): void {
    if (this.#parts.schema.events.has("SHUTDOWN")) {
      this.emitUntyped("SHUTDOWN", { guest: false, reason: "host-qmp-quit" });
    }
    void this.close();
  }
}

function send(sessions: Iterable<Session>, emission: Emission): void {
  for (const session of sessions) {
    if (session.isReady) for (const text of session.connections.textsOf(emission)) session.send(text);
  }
}
