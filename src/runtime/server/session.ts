/**
 * One client of a server: when what it sends is read and executed, and what it is sent.
 */
import type { Receiver, Transport } from "../transport.js";
import { DISCONNECT_DEFAULT_SIGNALS } from "../wire-signals.js";
import { type Capabilities, readCapabilities, refuseOthers } from "./built-in.js";
import { CommandError } from "./command-error.js";
import type { Connections } from "./connections.js";
import { type JsonMessage, JsonStream } from "./json-stream.js";
import { type Reply, replyText } from "./output.js";
import { looksOutOfBand, readRequest, type Request } from "./request.js";

/** How many commands QEMU lets wait for their turn when out-of-band execution is negotiated (`QMP_REQ_QUEUE_LEN_MAX`). */
const QUEUE_LENGTH = 8;

/** What a command comes to: what is sent, unless there is no reply, and what is done then. */
export interface Outcome {
  readonly returns: unknown;
  readonly hasReply: boolean;
  readonly isDelimited?: boolean | undefined;
  readonly afterwards?: (() => void) | undefined;
}

const DONE: Outcome = { returns: {}, hasReply: true };

/** What a session does not decide itself. */
export interface SessionHost {
  /** Absent where there is nothing to negotiate. */
  readonly greeting: string | undefined;
  readonly offered: Capabilities;
  /** What messages end with: a carriage return and a line feed from a monitor. */
  readonly endOfLine: string;
  readonly maxMessageLength: number;
  /** @throws CommandError */
  execute(request: Request, session: Session): Outcome | Promise<Outcome>;
  /** A reply cannot be written. */
  unwritable(command: string, reason: unknown): void;
  /** The client is gone, which is told once. */
  closed(session: Session): void;
}

/** A client. */
export class Session implements Receiver {
  /** The signals that it gets. */
  readonly connections: Connections;
  readonly #host: SessionHost;
  readonly #transport: Transport;
  readonly #stream: JsonStream;
  readonly #gone = new AbortController();
  readonly #closed: Promise<void>;
  #settleClosed: () => void = () => undefined;
  #isOpen = false;
  #isReady: boolean;
  #oob = false;
  /** What waits to be executed in its turn. */
  readonly #queue: JsonMessage[] = [];
  #isExecuting = false;
  #isReading = false;
  /** Whether nothing more is taken from the stream for now. */
  #isSuspended = false;
  #isPaused = false;

  constructor(transport: Transport, host: SessionHost, connections: Connections) {
    this.connections = connections;
    this.#host = host;
    this.#transport = transport;
    this.#stream = new JsonStream(host.maxMessageLength);
    this.#isReady = host.greeting === undefined;
    this.#closed = new Promise((resolve) => {
      this.#settleClosed = resolve;
    });
  }

  open(): void {
    // The greeting comes before anything else, even if the transport hands text over at once.
    if (this.#host.greeting !== undefined) this.send(this.#host.greeting);
    this.#isOpen = true;
    this.#transport.open(this);
  }

  get isReady(): boolean {
    return this.#isReady && !this.#isGone();
  }

  get oob(): boolean {
    return this.#oob;
  }

  get signal(): AbortSignal {
    return this.#gone.signal;
  }

  send(message: string): void {
    if (!this.#isGone()) this.#transport.write(message + this.#host.endOfLine);
  }

  close(): Promise<void> {
    if (!this.#isGone()) {
      this.#end(new Error("the server has closed the connection"));
      // Otherwise nobody would be told when it is closed.
      if (!this.#isOpen) this.#transport.open(this);
      this.#transport.close();
    }
    return this.#closed;
  }

  text(text: string): void {
    if (this.#isGone()) return;
    // Not sooner: who does not read does not see that the client is gone.
    if (this.#isSuspended && !this.#isPaused) {
      this.#isPaused = true;
      this.#transport.pause();
    }
    this.#stream.push(text);
    this.#read();
  }

  closed(): void {
    this.#end(new Error("the client has closed the connection"));
    this.#settleClosed();
    this.#host.closed(this);
  }

  #end(reason: Error): void {
    this.#queue.length = 0;
    this.connections.close();
    this.#gone.abort(reason);
  }

  #isGone(): boolean {
    return this.signal.aborted;
  }

  #mayRead(): boolean {
    return !this.#isSuspended && !this.#isGone();
  }

  #read(): void {
    // It may be called by what is called below: the loop goes on.
    if (this.#isReading) return;
    this.#isReading = true;
    while (this.#mayRead()) {
      const message = this.#stream.next();
      if (message === undefined) break;
      this.#take(message);
    }
    this.#isReading = false;
  }

  #take(message: JsonMessage): void {
    if ("value" in message && looksOutOfBand(message.value)) return void this.#execute(message);
    this.#queue.push(message);
    this.#isSuspended = !this.#oob || this.#queue.length === QUEUE_LENGTH;
    if (!this.#isExecuting) void this.#executeQueue();
  }

  async #executeQueue(): Promise<void> {
    this.#isExecuting = true;
    for (let message = this.#queue.shift(); message !== undefined; message = this.#queue.shift()) {
      // Negotiation changes it, but not for the command that negotiates.
      const oob = this.#oob;
      if (oob) this.#resume();
      await this.#execute(message);
      if (!oob) this.#resume();
    }
    this.#isExecuting = false;
  }

  #resume(): void {
    this.#isSuspended = false;
    this.#read();
    if (!this.#isPaused || !this.#mayRead()) return;
    this.#isPaused = false;
    this.#transport.resume();
  }

  /** Executes a command and replies. It does not throw. */
  async #execute(message: JsonMessage): Promise<void> {
    if ("error" in message) {
      this.send(replyText({ error: { class: "GenericError", desc: message.error } }));
      return;
    }
    const id = idOf(message.value);
    let command = "";
    try {
      const request = readRequest(message.value, this.#oob);
      command = request.command;
      const outcome = this.#outcome(request);
      // Without a wait where there is nothing to wait for: out-of-band commands are done before anything else.
      const { returns, hasReply, isDelimited, afterwards } = outcome instanceof Promise ? await outcome : outcome;
      if (hasReply) this.#reply(command, { return: returns, id }, isDelimited);
      afterwards?.();
    } catch (error) {
      this.#reply(command, { error: errorOf(error), id });
    }
  }

  #outcome(request: Request): Outcome | Promise<Outcome> {
    const { command } = request;
    if (this.#host.greeting !== undefined && command === "qmp_capabilities") return this.#negotiate(request);
    if (this.#isReady) return this.#host.execute(request, this);
    if (!this.#host.offered.signals || command !== DISCONNECT_DEFAULT_SIGNALS) {
      throw new CommandError("CommandNotFound", "nothing is executed before qmp_capabilities");
    }
    refuseOthers(request.args, []);
    this.connections.dropDefault();
    return DONE;
  }

  #negotiate({ args, oob }: Request): Outcome {
    if (oob) throw new CommandError("GenericError", "qmp_capabilities is not executed out of band");
    const capabilities = readCapabilities(args, this.#host.offered);
    if (this.#isReady) throw new CommandError("CommandNotFound", "capabilities are negotiated once");
    this.#isReady = true;
    this.#oob = capabilities.oob;
    return DONE;
  }

  #reply(command: string, reply: Reply, isDelimited = false): void {
    if (this.#isGone()) return;
    let text: string;
    try {
      text = replyText(reply);
    } catch (error) {
      this.#host.unwritable(command, error);
      text = replyText({ error: { class: "GenericError", desc: `${command} returns what is not JSON` }, id: reply.id });
    }
    if (isDelimited) this.#transport.write(new Uint8Array([0xff]));
    this.send(text);
  }
}

function idOf(message: unknown): readonly [unknown] | undefined {
  if (typeof message !== "object" || message === null || Array.isArray(message) || !("id" in message)) return undefined;
  return [message.id];
}

function errorOf(error: unknown): { readonly class: string; readonly desc: string } {
  if (error instanceof CommandError) return { class: error.class, desc: error.description };
  return { class: "GenericError", desc: String(error) };
}
