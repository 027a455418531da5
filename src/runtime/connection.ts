/**
 * One connection to a server, from the handshake to its end: what is sent, and who gets what comes.
 */
import { behindDelimiter, SYNC_ID } from "./agent-handshake.js";
import type { QueuedCommand } from "./command.js";
import { asError, ProtocolError, QmpError } from "./errors.js";
import type { Handshake } from "./handshake.js";
import { InFlight } from "./in-flight.js";
import { LineReader } from "./line-reader.js";
import { errorOf, type Message, readMessage } from "./message.js";
import type { Receiver, Transport } from "./transport.js";
import { type Limits, LONGEST, type Settle, waitFor } from "./waiting.js";

/**
 * How many commands may be in flight besides those out of band. With more, QEMU stops reading, and would not see those
 * either (QEMU's protocol specification, "Out-of-band execution").
 */
const WINDOW = 8;

/** Who takes what comes. */
export interface ConnectionHandlers {
  /** An event came, known by its member `event`. */
  event(message: Message): void;
  /** A command succeeded. */
  returned(command: QueuedCommand, value: unknown): void;
  /** There is room for further commands: {@link Connection.hasRoom}. */
  room(): void;
  /** Something came that is nothing to anybody. */
  problem(problem: Error): void;
  /** The connection is closed, which is told once. */
  closed(reason: Error | undefined): void;
}

/** A handshake under way. */
interface Shaking {
  readonly by: Handshake;
  readonly settle: Settle<undefined>;
}

/** A connection. */
export class Connection implements Receiver {
  readonly #transport: Transport;
  readonly #handlers: ConnectionHandlers;
  readonly #noReplyTimeout: number;
  readonly #lines: LineReader;
  #handshake: Shaking | undefined;
  readonly #inFlight = new InFlight();
  #inBand = 0;
  /** Those in flight that have no reply, and what ends the wait for an error in its place. */
  readonly #noReply = new Map<QueuedCommand, ReturnType<typeof setTimeout> | undefined>();
  #out = "";
  #isPaused = false;
  /** Whether it was this side that ended it, so that nobody wants to know what still comes. */
  #isClosing = false;
  #ended: { readonly reason: Error | undefined } | undefined;
  /** Resolved when the transport, too, is closed. */
  readonly done: Promise<void>;
  #markDone: () => void = () => undefined;

  constructor(
    transport: Transport,
    options: { readonly maxMessageLength: number; readonly noReplyTimeout: number },
    handlers: ConnectionHandlers,
  ) {
    this.#transport = transport;
    this.#handlers = handlers;
    this.#noReplyTimeout = options.noReplyTimeout;
    this.#lines = new LineReader(options.maxMessageLength, {
      message: (line) => this.#line(line),
      tooLong: (error) => this.fail(error),
    });
    this.done = new Promise((resolve) => (this.#markDone = resolve));
  }

  /** Begins to read. */
  open(): void {
    this.#transport.open(this);
  }

  /**
   * Goes through a handshake. When it is done, the connection is paused, so that whoever waits for it can prepare for what
   * comes next.
   */
  negotiate(handshake: Handshake, limits: Limits, timedOut: () => Error): Promise<undefined> {
    return waitFor<undefined>(limits, timedOut, (settle) => {
      this.#handshake = { by: handshake, settle };
      handshake.begin((data) => this.#transport.write(data));
      return () => {
        this.#handshake = undefined;
        handshake.end?.();
      };
    });
  }

  /** Whether a command can be sent now. Those out of band always can. */
  get hasRoom(): boolean {
    return this.#inBand < WINDOW && this.#handshake === undefined && !this.#isClosed;
  }

  /** That the connection has ended, and why: without a reason, one of both has just ended it. */
  get end(): { readonly reason: Error | undefined } | undefined {
    return this.#ended;
  }

  /** Whether commands wait for replies. */
  get isBusy(): boolean {
    return this.#inFlight.size > 0;
  }

  send(command: QueuedCommand): void {
    const { oob, hasReply, text } = command.request;
    command.isSent = true;
    this.#inFlight.add(command);
    if (!oob) this.#inBand += 1;
    this.#write(text);
    if (hasReply) return;
    const timeout = this.#noReplyTimeout;
    const succeed = (): void => this.#succeed(command, undefined);
    this.#noReply.set(command, timeout > LONGEST ? undefined : setTimeout(succeed, timeout));
  }

  /** Stops reading. */
  pause(): void {
    if (this.#isPaused || this.#isClosed) return;
    this.#isPaused = true;
    this.#lines.pause();
    this.#transport.pause();
  }

  resume(): void {
    if (!this.#isPaused || this.#isClosed) return;
    this.#isPaused = false;
    this.#transport.resume();
    this.#lines.resume();
  }

  close(): void {
    this.#isClosing = true;
    this.#flush();
    this.#transport.close();
  }

  /** Ends the connection at once, since what came cannot be. */
  fail(reason: Error): void {
    if (this.#isClosed) return;
    this.#transport.close();
    this.#end(reason);
  }

  text(text: string): void {
    if (!this.#isClosed) this.#lines.push(text);
  }

  closed(reason?: Error): void {
    // Node tells the end of a socket even while that is paused; what came before it comes first.
    if (!this.#isClosing) this.#lines.resume();
    const cut = this.#lines.incomplete === undefined ? undefined : new Error("it ended in the middle of a message");
    this.#end(reason ?? cut);
    this.#markDone();
  }

  /** Forgets the commands that nobody waits for any more: their replies would have come by now. */
  forgetSettled(): void {
    for (const command of this.#inFlight.all()) if (command.isSettled) this.#remove(command);
  }

  /** The commands that wait for replies, which will not come. */
  takeInFlight(): readonly QueuedCommand[] {
    const commands = this.#inFlight.all();
    for (const command of commands) this.#remove(command);
    return commands;
  }

  get #isClosed(): boolean {
    return this.#ended !== undefined;
  }

  #end(reason: Error | undefined): void {
    if (this.#isClosed) return;
    this.#ended = { reason };
    this.#lines.close();
    this.#handshake?.settle.reject(reason ?? new Error("the server ended the connection before it was ready"));
    this.#handlers.closed(reason);
  }

  /** Many commands of one moment are sent together. */
  #write(text: string): void {
    if (this.#out === "") queueMicrotask(() => this.#flush());
    this.#out += text;
  }

  #flush(): void {
    const text = this.#out;
    this.#out = "";
    if (text !== "" && !this.#isClosed) this.#transport.write(text);
  }

  #line(line: string): void {
    if (this.#isClosed) return;
    try {
      if (this.#handshake === undefined) this.#message(readLine(line), line);
      else this.#shake(line, this.#handshake);
    } catch (error) {
      this.fail(asError(error));
    }
  }

  #shake(line: string, { by, settle }: Shaking): void {
    const taken = by.take(line);
    if (taken === "other") this.#message(readMessage(line), line);
    if (taken !== "done") return;
    this.pause();
    settle.resolve(undefined);
  }

  #message(message: Message, line: string): void {
    if (typeof message.event === "string") this.#handlers.event(message);
    else if (message.return !== undefined || message.error !== undefined) this.#reply(message, line);
    else if (message.QMP !== undefined) throw new ProtocolError("message", "the server greeted a second time", line);
    else this.#handlers.problem(new ProtocolError("message", "received what is neither a reply nor an event", line));
  }

  #reply(message: Message, line: string): void {
    const { id } = message;
    if (id === SYNC_ID) return;
    // QEMU could not read the command, not even its id. Those in band are answered in order.
    const command =
      id === undefined ? this.#inFlight.oldest() : typeof id === "number" ? this.#inFlight.get(id) : undefined;
    if (command === undefined) {
      const problem = new ProtocolError("reply", "received a reply to no command, or a second one", line);
      return this.#handlers.problem(problem);
    }
    if (this.#noReply.size > 0) this.#succeedBefore(command);
    if (message.error === undefined) return this.#succeed(command, message.return);
    this.#remove(command);
    if (!command.isSettled) command.reject(this.#errorOf(message, command, line));
    this.#handlers.room();
  }

  #errorOf(message: Message, { request: { name, args } }: QueuedCommand, line: string): Error {
    const error = errorOf(message.error);
    if (error === undefined) return new ProtocolError("message", `${name}: received an error without its parts`, line);
    return new QmpError(error, name, args);
  }

  /** Commands that have no reply and were sent before one that has been answered have succeeded. */
  #succeedBefore(answered: QueuedCommand): void {
    if (answered.request.oob) return;
    for (const command of this.#inFlight.all()) {
      if (command === answered) return;
      if (!command.request.hasReply) this.#succeed(command, undefined);
    }
  }

  #succeed(command: QueuedCommand, value: unknown): void {
    this.#remove(command);
    if (!command.isSettled) this.#handlers.returned(command, value);
    this.#handlers.room();
  }

  #remove(command: QueuedCommand): void {
    const { oob, hasReply } = command.request;
    this.#inFlight.delete(command);
    if (!oob) this.#inBand -= 1;
    if (hasReply) return;
    clearTimeout(this.#noReply.get(command));
    this.#noReply.delete(command);
  }
}

/** What a message says. The answer of an agent that comes late stands behind a delimiter, which others may have in a string. */
function readLine(line: string): Message {
  try {
    return readMessage(line);
  } catch (error) {
    const answer = behindDelimiter(line);
    if (answer === undefined) throw error;
    return readMessage(answer);
  }
}
