/** What QEMU connects to: a server of a test, that can be killed with all its connections, as a process is. */
import { once } from "node:events";
import { createServer, type ListenOptions, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A server. */
export class TestServer {
  readonly #server: Server;
  readonly #peers = new Set<Socket>();
  #closed: Promise<void> | undefined;

  private constructor(serve: (peer: Socket) => void) {
    this.#server = createServer((peer) => {
      this.#peers.add(peer);
      // QEMU goes when its test is over, however that leaves its connections.
      peer.on("error", () => undefined).on("close", () => this.#peers.delete(peer));
      serve(peer);
    });
  }

  /** Starts one. @param serve - Told of each connection; by default all that comes is thrown away. */
  static async start(
    where: ListenOptions,
    serve: (peer: Socket) => void = (peer) => peer.resume(),
  ): Promise<TestServer> {
    const server = new TestServer(serve);
    server.#server.listen(where);
    await once(server.#server, "listening");
    onTestFinished(() => server.kill());
    return server;
  }

  /** The port, where it has one. */
  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("it has no port");
    return address.port;
  }

  /** Takes no further connections: nobody listens there any more. Those that there are stay. */
  refuse(): void {
    this.#closed ??= once(this.#server.close(), "close").then(() => undefined);
  }

  /** Ends it, and all its connections. */
  async kill(): Promise<void> {
    this.refuse();
    for (const peer of this.#peers) peer.destroy();
    await this.#closed;
  }
}
