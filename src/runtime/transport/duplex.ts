/**
 * Streams of Node as transports: what sockets, TLS and child processes have in common.
 */
import type { Duplex, Readable, Writable } from "node:stream";
import type { Connector, Receiver, Transport } from "../transport.js";
import { explain } from "./transport-error.js";

/** How long, in milliseconds, what was written may take to go out once the connection is to end. */
export const GRACE = 1000;

/** How a stream is used. */
export interface StreamOptions {
  /** How long, in milliseconds, what was written may take to go out once either side ends the connection. Default: 1000. */
  readonly closeTimeout?: number | undefined;
}

/**
 * A transport over a stream, or over one to read from and one to write to.
 *
 * It takes the streams over: nobody else may read from them, write to them or end them. From the beginning on no error of
 * theirs goes unhandled, and nothing that comes before `open` is lost. Once closed it has no listeners on them.
 *
 * After `close` no more text is handed over. When the connection breaks, text that had been read by then is handed over first,
 * even if paused.
 */
export class StreamTransport implements Transport {
  readonly #readable: Readable;
  readonly #writable: Writable;
  readonly #streams: ReadonlySet<Readable | Writable>;
  readonly #grace: number;
  #receiver: Receiver | undefined;
  /** Whether the receiver wants to wait. */
  #isPaused = false;
  #isClosing = false;
  /** Whether it is to end once all was read. */
  #isHalf = false;
  #isDone = false;
  #isTold = false;
  #reason: Error | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(readable: Readable, writable: Writable, options: StreamOptions = {}) {
    this.#readable = readable;
    this.#writable = writable;
    this.#streams = new Set([readable, writable]);
    this.#grace = options.closeTimeout ?? GRACE;
    readable.pause();
    readable.setEncoding("utf8");
    readable.on("end", this.#onEnd);
    for (const stream of this.#streams) stream.on("error", this.#onError).on("close", this.#onClose);
    if (readable.destroyed || writable.destroyed) this.#onHalf();
  }

  open(receiver: Receiver): void {
    this.#receiver = receiver;
    if (this.#isDone) return process.nextTick(() => this.#tell());
    this.#readable.on("data", this.#onData);
    if (!this.#isPaused) this.resume();
  }

  write(data: string | Uint8Array): void {
    if (this.#isClosing || !this.#writable.writable) return;
    this.#writable.write(data);
  }

  pause(): void {
    this.#isPaused = true;
    if (!this.#isClosing) this.#readable.pause();
  }

  resume(): void {
    this.#isPaused = false;
    if (this.#receiver === undefined) return;
    this.#readable.resume();
    if (this.#isHalf) this.#end();
  }

  close(): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#end();
    // So that the end is seen behind what nobody reads any more.
    this.#readable.resume();
  }

  /** The peer is gone, even if the stream does not tell: what came is read, unless somebody takes its time. */
  endSoon(): void {
    this.#onHalf();
  }

  /** Lets what was written go out, if the peer takes it soon. */
  #end(): void {
    if (this.#isDone || this.#timer !== undefined) return;
    if (!this.#writable.destroyed) this.#writable.end();
    this.#destroyLater();
  }

  #destroyLater(): void {
    this.#timer = setTimeout(() => {
      for (const stream of this.#streams) stream.destroy();
      // Streams that never say that they are closed.
      this.#timer = setTimeout(() => this.#done(), this.#grace).unref();
    }, this.#grace).unref();
  }

  readonly #onData = (text: string): void => {
    if (!this.#isClosing) this.#receiver?.text(text);
  };

  readonly #onEnd = (): void => this.#end();

  readonly #onError = (error: Error): void => {
    this.#reason ??= error;
    if (this.#streams.size > 1) return this.#onHalf();
    this.#readable.destroy();
    this.#end();
  };

  readonly #onClose = (): void => {
    if (this.#readable.closed && this.#writable.closed) return this.#done();
    this.#onHalf();
  };

  /** One half is of no use without the other, but what came has to be read first. */
  #onHalf(): void {
    this.#isHalf = true;
    if (this.#isClosing || !this.#isPaused || this.#readable.destroyed) this.#end();
  }

  #done(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    clearTimeout(this.#timer);
    const isForced = [...this.#streams].some((stream) => !stream.closed);
    this.#readable.off("end", this.#onEnd).off("data", this.#onData);
    // A stream that could not even be destroyed in time may still fail some day, and must not take the process with it.
    if (!isForced) for (const stream of this.#streams) stream.off("error", this.#onError).off("close", this.#onClose);
    if (this.#receiver !== undefined) this.#tell();
  }

  #tell(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    if (!this.#isClosing) this.#handOverRest();
    const { code } = (this.#reason ?? {}) as { readonly code?: unknown };
    // Who ends a connection does not care how the peer takes it.
    const isMeant = this.#isClosing && (code === "EPIPE" || code === "ECONNRESET");
    const reason = this.#reason === undefined || isMeant ? undefined : explain(this.#reason);
    this.#receiver?.closed(reason);
  }

  /** What a stream had read already when it was destroyed. */
  #handOverRest(): void {
    const rest: unknown = this.#readable.read();
    if (typeof rest === "string" && rest !== "") this.#receiver?.text(rest);
  }
}

/**
 * Any Duplex of Node, to be used once: a socket that was connected by other means, say. The caller gives it away.
 *
 * @throws TypeError for a stream whose text is decoded already, but not as UTF-8.
 *
 * @example
 * ```ts
 * import { createConnection } from "node:net";
 * import { connect, createServer, duplex } from "qapi-codegen/qmp";
 * import { schema } from "qapi-codegen/qemu-10.2";
 *
 * await using server = await createServer(schema, { "query-name": () => ({ name: "vm1" }) });
 * await server.listen("unix:duplex.qmp");
 * const socket = createConnection({ path: "duplex.qmp" });
 * await using qmp = await connect(schema, duplex(socket, { closeTimeout: 200 }));
 * (await qmp.execute("query-name")).name; // => "vm1"
 * ```
 */
export function duplex(stream: Duplex, options: StreamOptions = {}): Connector {
  if (![null, "utf8", "utf-8"].includes(stream.readableEncoding))
    throw new TypeError(`the stream must not be decoded as ${String(stream.readableEncoding)}`);
  let transport: StreamTransport | undefined = new StreamTransport(stream, stream, options);
  return {
    address: "a stream",
    canReconnect: false,
    connect(signal) {
      const taken = transport;
      if (signal.aborted) return Promise.reject(signal.reason as Error);
      if (taken === undefined) return Promise.reject(new Error("a stream can be used once"));
      transport = undefined;
      return Promise.resolve(taken);
    },
    close() {
      transport?.close();
      return Promise.resolve();
    },
  };
}
