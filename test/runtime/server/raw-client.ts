/** A client in memory that sends what a test says, right or wrong, and keeps what comes. */
import { parseJson } from "../../../src/runtime/json.js";
import type { Receiver, Transport } from "../../../src/runtime/transport.js";

/** A message that came. */
export interface Received {
  readonly QMP?: unknown;
  readonly return?: unknown;
  readonly error?: { readonly class: string; readonly desc: string };
  readonly event?: string;
  readonly data?: unknown;
  readonly tag?: string;
  readonly id?: unknown;
  readonly timestamp?: { readonly seconds: number; readonly microseconds: number };
}

/** The transport that a server accepts; the test is at the other end. */
export class RawClient implements Transport {
  /** All that came, as text; U+00FF stands for the byte 0xFF, since all else is ASCII. */
  received = "";
  isPaused = false;
  isClosed = false;
  isOpen = false;
  #receiver: Receiver | undefined;
  readonly #messages: Received[] = [];
  /** The line that has not ended. */
  #begun = "";
  readonly #watchers = new Set<() => void>();

  send(...messages: readonly (object | string)[]): void {
    const text = messages.map((message) => (typeof message === "string" ? message : JSON.stringify(message))).join("");
    if (this.isPaused) throw new Error("the server does not read");
    this.#receiver?.text(text);
  }

  get messages(): readonly Received[] {
    return [...this.#messages];
  }

  /** Waits for so many messages, and returns those from `from` on. */
  async until(count: number, from = 0): Promise<readonly Received[]> {
    while (this.#messages.length < count) await this.changed();
    return this.messages.slice(from);
  }

  /** Sends something and returns what comes until the command that follows it is answered. */
  async ask(...messages: readonly (object | string)[]): Promise<readonly Received[]> {
    const from = this.#messages.length;
    this.send(...messages, `\n{"execute":"query-version","id":"end"}\n`);
    for (;;) {
      if (this.#messages.length > from && this.#messages.at(-1)?.id === "end") return this.#messages.slice(from, -1);
      await this.changed();
    }
  }

  /** Negotiates. */
  async negotiate(...enable: readonly string[]): Promise<this> {
    const from = this.#messages.length;
    this.send({ execute: "qmp_capabilities", arguments: { enable } });
    await this.until(from + 1);
    return this;
  }

  /** Ends the connection, as a client does that dies. */
  end(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#receiver?.closed();
    this.#changed();
  }

  changed(): Promise<void> {
    return new Promise((resolve) => this.#watchers.add(resolve));
  }

  open(receiver: Receiver): void {
    this.isOpen = true;
    this.#receiver = receiver;
    if (this.isClosed) receiver.closed();
  }

  write(data: string | Uint8Array): void {
    const text = typeof data === "string" ? data : String.fromCharCode(...data);
    this.received += text;
    const lines = (this.#begun + text).split("\n");
    this.#begun = lines.pop() ?? "";
    for (const line of lines) this.#messages.push(parseJson(line.replaceAll("\u00ff", "")) as Received);
    this.#changed();
  }

  pause(): void {
    this.isPaused = true;
    this.#changed();
  }

  resume(): void {
    this.isPaused = false;
    this.#changed();
  }

  close(): void {
    queueMicrotask(() => this.end());
  }

  #changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
    this.#watchers.clear();
  }
}
