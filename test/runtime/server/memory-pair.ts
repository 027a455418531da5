/** Two transports in memory: what goes into one comes out of the other, a moment later. */
import type { Connector, Receiver, Transport } from "../../../src/runtime/transport.js";

/** Two ends of one connection. */
export function memoryPair(): readonly [Transport, Transport] {
  const left = new End();
  const right = new End();
  left.other = right;
  right.other = left;
  return [left, right];
}

/** Connects to whoever accepts. */
export function memoryConnector(server: { accept(transport: Transport): void }): Connector {
  return {
    address: "memory:",
    canReconnect: false,
    connect: () => {
      const [ours, theirs] = memoryPair();
      server.accept(theirs);
      return Promise.resolve(ours);
    },
  };
}

class End implements Transport {
  other: End | undefined;
  #receiver: Receiver | undefined;
  #came: string[] = [];
  #isPaused = false;
  #isEnding = false;
  #isClosed = false;

  open(receiver: Receiver): void {
    this.#receiver = receiver;
    this.#later();
  }

  write(data: string | Uint8Array): void {
    if (!this.#isEnding) this.other?.take(typeof data === "string" ? data : new TextDecoder().decode(data));
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#later();
  }

  close(): void {
    for (const end of [this, this.other]) end?.end();
  }

  take(text: string): void {
    this.#came.push(text);
    this.#later();
  }

  end(): void {
    this.#isEnding = true;
    this.#later();
  }

  #later(): void {
    queueMicrotask(() => this.#deliver());
  }

  #deliver(): void {
    if (this.#receiver === undefined || this.#isClosed) return;
    // Its end is told even while it is paused, and what came before comes first.
    while ((!this.#isPaused || this.#isEnding) && this.#came.length > 0) this.#receiver.text(this.#came.shift() ?? "");
    if (!this.#isEnding) return;
    this.#isClosed = true;
    this.#receiver.closed();
  }
}
