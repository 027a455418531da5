/**
 * Who the clients of a server are, and what events they get.
 */
import type { Greeting } from "../client-api.js";
import { ValidationError } from "../errors.js";
import { limit, type SettledOptions, settle } from "../options.js";
import type { Schema, SchemaValidators } from "../schema.js";
import type { Transport } from "../transport.js";
import { agentCommands, type BuiltIn, monitorCommands } from "./built-in.js";
import { HandlerError } from "./command-error.js";
import { Dispatcher, type Run } from "./dispatcher.js";
import { eventText, greetingText, type OutgoingEvent } from "./output.js";
import type { Call, Listening, ListenFor, ServerClient, ServerOptions } from "./server-api.js";
import { Session, type SessionHost } from "./session.js";

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
    const { version = VERSION, oob = true } = options;
    const dispatcher = this.#dispatcher(isMonitor ? this.#monitorCommands(version) : agentCommands);
    this.#host = {
      greeting: isMonitor ? greetingText({ version, capabilities: oob ? ["oob"] : [] }) : undefined,
      oob: isMonitor && oob,
      endOfLine: isMonitor ? "\r\n" : "\n",
      maxMessageLength: this.#options.maxMessageLength,
      execute: (request, session) => dispatcher.execute(request, this.#callOf(request.command, request.oob, session)),
      unwritable: (command, reason) => this.#options.onProblem(new HandlerError(command, reason)),
      closed: (session) => this.#gone(session),
    };
  }

  get clients(): readonly ServerClient[] {
    return [...this.#sessions.values()];
  }

  accept(transport: Transport): void {
    const session = new Session(transport, this.#host);
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
    send(this.#sessions.keys(), this.#checkedEvent(event, data));
  }

  emitUntyped(event: string, data?: object): void {
    send(this.#sessions.keys(), textOf(event, data));
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
    return {
      get isReady() {
        return session.isReady;
      },
      get oob() {
        return session.oob;
      },
      signal: session.signal,
      emit: (event: string, data?: unknown) => send([session], this.#checkedEvent(event, data)),
      emitUntyped: (event, data) => send([session], textOf(event, data)),
      close: () => session.close(),
    };
  }

  #callOf(command: string, oob: boolean, session: Session): Call {
    const client = this.#sessions.get(session) ?? this.#clientOf(session);
    return { command, client, oob, signal: session.signal };
  }

  #checkedEvent(name: string, data: unknown): string {
    const event = stamped(name, data);
    if (this.#options.validate !== "all") return eventText(event);
    const validator = this.#parts.validators.events.get(name);
    if (validator === undefined)
      throw new TypeError(`the schema has no event ${JSON.stringify(name)}: emitUntyped sends any`);
    const { issues } = validator(event);
    if (issues !== undefined) throw new ValidationError("event", name, issues, event);
    return eventText(event);
  }

  #dispatcher(builtIn: ReadonlyMap<string, BuiltIn>): Dispatcher<Call> {
    const { schema, validators, fallback } = this.#parts;
    const { validate, onProblem } = this.#options;
    return new Dispatcher({
      schema,
      validators,
      validates: { arguments: validate !== "none", returns: validate === "all" },
      builtIn,
      handlerOf: (command) => this.#handlerOf(command) ?? (builtIn.has(command) ? undefined : fallback),
      onProblem,
    });
  }

  /** The peer chooses the name. */
  #handlerOf(command: string): Run<Call> | undefined {
    const { handlers } = this.#parts;
    return Object.hasOwn(handlers, command) ? handlers[command] : undefined;
  }

  #monitorCommands(version: Greeting["version"]): ReadonlyMap<string, BuiltIn> {
    const { validators, handlers, fallback, options } = this.#parts;
    return monitorCommands({
      version,
      introspection: options.introspection,
      others: () => {
        const own = Object.keys(handlers).filter((name) => handlers[name] !== undefined);
        return fallback === undefined ? own : [...own, ...validators.commands.keys()];
      },
      quit: validators.commands.has("quit") ? () => this.#quit() : undefined,
    });
  }

  #quit(): void {
    if (this.#parts.schema.events.has("SHUTDOWN")) {
      this.emitUntyped("SHUTDOWN", { guest: false, reason: "host-qmp-quit" });
    }
    void this.close();
  }
}

function send(sessions: Iterable<Session>, message: string): void {
  for (const session of sessions) if (session.isReady) session.send(message);
}

function textOf(event: string, data: unknown): string {
  return eventText(stamped(event, data));
}

function stamped(event: string, data: unknown): OutgoingEvent {
  const now = Date.now();
  const timestamp = { seconds: Math.floor(now / 1000), microseconds: (now % 1000) * 1000 };
  return data === undefined ? { event, timestamp } : { event, data, timestamp };
}
