/** The other end of a client, in memory: what a test says is what comes. */
import type { Connector, Receiver, Transport } from "../../src/runtime/transport.js";

/** One connection, seen from the server. */
export class FakePeer implements Transport {
  /** What the client sent, as text. */
  sent = "";
  isPaused = false;
  isClosed = false;
  #receiver: Receiver | undefined;
  #before = "";
  readonly #watchers = new Set<() => void>();

  /** Says something to the client. */
  say(...messages: readonly (object | string)[]): void {
    const text = messages
      .map((message) => (typeof message === "string" ? message : `${JSON.stringify(message)}\r\n`))
      .join("");
    if (this.#receiver === undefined) this.#before += text;
    else this.#receiver.text(text);
  }

  /** Ends the connection. */
  end(reason?: Error): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.#receiver?.closed(reason);
  }

  /** The commands that have come so far. */
  get commands(): readonly Command[] {
    return this.sent
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line.replace("\ufffd", "")) as Command);
  }

  /** The command called `name`, when it has come; the n-th of that name. */
  async command(name: string, n = 0): Promise<Command> {
    for (;;) {
      const found = this.commands.filter(({ execute, "exec-oob": oob }) => (execute ?? oob) === name)[n];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#watchers.add(resolve));
    }
  }

  /** Replies to the n-th command of that name. */
  async reply(name: string, reply: object = { return: {} }, n = 0): Promise<void> {
    const { id } = await this.command(name, n);
    this.say({ ...reply, id });
  }

  open(receiver: Receiver): void {
    this.#receiver = receiver;
    if (this.#before !== "") receiver.text(this.#before);
    if (this.isClosed) receiver.closed();
  }

  write(data: string | Uint8Array): void {
    this.sent += typeof data === "string" ? data : "\ufffd";
    for (const watcher of this.#watchers) watcher();
    this.#watchers.clear();
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
  }

  close(): void {
    queueMicrotask(() => this.end());
  }
}

/** A command as it came. */
export interface Command {
  readonly execute?: string;
  readonly "exec-oob"?: string;
  readonly arguments?: unknown;
  readonly id: unknown;
}

/** Connects to one peer after the other. */
export class FakeServer implements Connector {
  readonly address = "fake:server";
  readonly canReconnect: boolean;
  readonly peers: FakePeer[] = [];
  isClosed = false;
  readonly #prepare: (peer: FakePeer, attempt: number) => void | Promise<void>;

  /** @param prepare - What becomes of the next connection; what it throws is why there is none. */
  constructor(prepare: (peer: FakePeer, attempt: number) => void | Promise<void> = greets, canReconnect = true) {
    this.#prepare = prepare;
    this.canReconnect = canReconnect;
  }

  async connect(): Promise<Transport> {
    const peer = new FakePeer();
    this.peers.push(peer);
    await this.#prepare(peer, this.peers.length);
    return peer;
  }

  close(): Promise<void> {
    this.isClosed = true;
    return Promise.resolve();
  }

  /** The connection that was made last. */
  get peer(): FakePeer {
    const peer = this.peers.at(-1);
    if (peer === undefined) throw new Error("nobody has connected");
    return peer;
  }
}

/** What QEMU says first. */
export const GREETING: object = {
  QMP: { version: { qemu: { major: 10, minor: 2, micro: 0 }, package: "" }, capabilities: ["oob"] },
};

/** Greets and negotiates, as QEMU does. */
export function greets(peer: FakePeer): void {
  peer.say(GREETING);
  void peer.reply("qmp_capabilities");
}
