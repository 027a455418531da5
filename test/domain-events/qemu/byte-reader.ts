/** Reading from a stream as many bytes as are wanted: protocols that are not made of lines. */
import type { Duplex } from "node:stream";
import { DEADLINE } from "../../support/stage.js";

/** What comes from the other end of a stream. */
export class ByteReader {
  #received: Buffer = Buffer.alloc(0);
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(stream: Duplex) {
    stream.on("data", (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      this.#wake();
    });
    // How a connection ends does not matter, only that it does.
    stream.on("error", () => undefined);
    stream.on("close", () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** @throws Error when the other end has gone before, or takes too long. */
  async read(length: number): Promise<Buffer> {
    if (!(await this.#waitFor(length))) throw new Error(`${this.#received.length} bytes came, not ${length}`);
    const bytes = this.#received.subarray(0, length);
    this.#received = this.#received.subarray(length);
    return bytes;
  }

  /** Is resolved when the other end has gone. What is left is thrown away. */
  async end(): Promise<void> {
    await this.#waitFor(Infinity);
    if (!this.#ended) throw new Error("the other end does not go");
  }

  /** Waits until there are so many bytes, or no more come. */
  async #waitFor(length: number): Promise<boolean> {
    const signal = AbortSignal.timeout(DEADLINE);
    while (this.#received.length < length && !this.#ended && !signal.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        signal.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    return this.#received.length >= length;
  }
}
