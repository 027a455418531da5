/**
 * Peers that connected to us, and who waits for them.
 */
import type { Duplex } from "node:stream";
import type { Transport } from "../transport.js";

/** A peer that nobody has asked for yet. */
interface Peer {
  readonly transport: Transport;
  /** Ceases to look whether it leaves. */
  readonly taken: () => void;
}

/** Peers in the order in which they came. */
export class PeerQueue {
  readonly #limit: number;
  readonly #peers = new Set<Peer>();
  readonly #waiting = new Set<(transport: Transport) => void>();
  readonly #closing = new AbortController();

  /** @param limit - How many may wait. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** A peer has come. It is closed if too many wait. */
  add(transport: Transport, stream: Duplex): void {
    const [next] = this.#waiting;
    if (next !== undefined) return next(transport);
    if (this.#closing.signal.aborted || this.#peers.size >= this.#limit) return transport.close();
    const leave = (): void => void this.#peers.delete(peer);
    const peer: Peer = { transport, taken: () => stream.off("close", leave) };
    stream.on("close", leave);
    this.#peers.add(peer);
  }

  /** The next peer, when it comes. @throws the signal's reason, or that of {@link PeerQueue.close}. */
  async take(signal: AbortSignal): Promise<Transport> {
    signal.throwIfAborted();
    const closing = this.#closing.signal;
    closing.throwIfAborted();
    const [peer] = this.#peers;
    if (peer !== undefined) {
      this.#peers.delete(peer);
      peer.taken();
      return peer.transport;
    }
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        this.#waiting.delete(onPeer);
        signal.removeEventListener("abort", onAbort);
        closing.removeEventListener("abort", onAbort);
      };
      const onPeer = (transport: Transport): void => {
        settle();
        resolve(transport);
      };
      const onAbort = (): void => {
        settle();
        reject((signal.aborted ? signal.reason : closing.reason) as Error);
      };
      this.#waiting.add(onPeer);
      signal.addEventListener("abort", onAbort);
      closing.addEventListener("abort", onAbort);
    });
  }

  /** Refuses all who wait, on both sides. */
  close(reason: Error): void {
    this.#closing.abort(reason);
    for (const { transport, taken } of this.#peers) {
      taken();
      transport.close();
    }
    this.#peers.clear();
  }
}
