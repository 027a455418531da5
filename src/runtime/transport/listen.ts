/**
 * Connections that are made to us: QEMU with `-qmp unix:PATH,server=off`, or a client of our own server.
 */
import { lstatSync, unlinkSync } from "node:fs";
import { createConnection, createServer, type ListenOptions, type Server, type Socket } from "node:net";
import type { Connector, Transport } from "../transport.js";
import { formatAddress, parseAddress, type Address } from "./address.js";
import { StreamTransport, type StreamOptions } from "./duplex.js";
import { PeerQueue } from "./peer-queue.js";
import { checkPath } from "./socket.js";
import { explain, TransportError } from "./transport-error.js";

/** How peers are waited for. */
export interface ListenConnectorOptions extends StreamOptions {
  /** How many peers may wait to be taken by `connect`. Further ones are refused: their connections are closed. Default: 1. */
  readonly maxWaiting?: number | undefined;
}

/** A connector whose peers connect to us. */
export interface ListenConnector extends Connector {
  /** Stops listening, refuses who waits, and removes the socket's file. Connections that were taken stay. */
  close(): Promise<void>;
}

/** Something that listens. */
export interface Listener {
  /** Where, with the real port: `tcp:127.0.0.1:40123`. */
  readonly address: string;
  /** Stops listening and removes the socket's file. Connections stay. */
  close(): Promise<void>;
}

/**
 * Listens, and makes connections of the peers that come, one with each `connect`, in the order in which they came. A peer may come
 * before it is asked for: as many as `maxWaiting` wait, and lose nothing of what they send. Those that leave while they wait are
 * forgotten as soon as that shows.
 *
 * @param where - `unix:PATH`, or `tcp:HOST:PORT` where port 0 is any that is free.
 * @throws TypeError for an address that is none, or cannot be listened on; TransportError, with Node's code, when it cannot be
 * listened there: `EADDRINUSE`, `EACCES`, `ENOENT`.
 *
 * @example
 * ```ts
 * import { connect, createServer, listen, unix } from "qapi-codegen/qmp";
 * import { schema } from "qapi-codegen/qemu-10.2";
 *
 * const door = await listen("unix:door.qmp"); // For QEMU with `-qmp unix:door.qmp,server=off`.
 * const client = connect(schema, door);
 * await using server = await createServer(schema, {});
 * server.accept(await unix("door.qmp").connect(AbortSignal.timeout(5000)));
 * (await client).state.state; // => "ready"
 * await (await client).close();
 * await door.close();
 * ```
 */
export async function listen(where: string, options: ListenConnectorOptions = {}): Promise<ListenConnector> {
  const peers = new PeerQueue(options.maxWaiting ?? 1);
  const listener = await listenFor(where, (transport, socket) => peers.add(transport, socket), options);
  return {
    address: listener.address,
    canReconnect: true,
    connect: async (signal) => peers.take(signal),
    close() {
      peers.close(new TransportError(`nobody listens on ${listener.address} any more`, undefined));
      return listener.close();
    },
  };
}

/**
 * Listens, and hands over each connection that is made.
 *
 * The file of a socket on which nobody listens any more is replaced; one on which somebody does, and any other file, is not. Two
 * processes that replace one at the same time may both believe to listen.
 *
 * @param where - `unix:PATH`, or `tcp:HOST:PORT` where port 0 is any that is free.
 * @throws TypeError for an address that is none, or cannot be listened on; TransportError, with Node's code, when it cannot be
 * listened there: `EADDRINUSE`, `EACCES`, `ENOENT`.
 */
export async function listenFor(
  where: string,
  onTransport: (transport: Transport, socket: Socket) => void,
  options: StreamOptions = {},
): Promise<Listener> {
  const address = parseAddress(where);
  if (address.kind === "tls") throw new TypeError(`${where}: expected unix:PATH or tcp:HOST:PORT to listen on`);
  const server = createServer({ noDelay: true }, (socket) =>
    onTransport(new StreamTransport(socket, socket, options), socket),
  );
  // A connection that could not be taken, for want of descriptors: there is nobody to tell.
  const ignore = (): void => undefined;
  if (address.kind === "unix") await startOnFile(server, address);
  else await start(server, address, { host: address.host, port: address.port });
  server.on("error", ignore);
  return {
    address: formatAddress(withPort(address, server)),
    close() {
      // Its callback waits for all connections to end, but that it listens no more, and that its file is gone, is so at once.
      server.close();
      return Promise.resolve();
    },
  };
}

async function startOnFile(server: Server, address: Address & { readonly path: string }): Promise<void> {
  const { path } = address;
  checkPath(path);
  try {
    await start(server, address, { path });
  } catch (error) {
    if (!(error instanceof TransportError && error.code === "EADDRINUSE" && (await isStale(path)))) throw error;
    unlinkSync(path);
    await start(server, address, { path });
  }
}

function start(server: Server, address: Address, where: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error): void => {
      server.off("listening", onListening);
      reject(explain(error, address));
    };
    const onListening = (): void => {
      server.off("error", onError);
      resolve();
    };
    server.once("error", onError).once("listening", onListening);
    server.listen(where);
  });
}

/** Whether a path is a socket on which nobody listens. */
function isStale(path: string): Promise<boolean> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() !== true) return Promise.resolve(false);
  return new Promise((resolve) => {
    const probe = createConnection({ path });
    probe.on("connect", () => {
      probe.destroy();
      resolve(false);
    });
    probe.on("error", (error: NodeJS.ErrnoException) => resolve(error.code === "ECONNREFUSED"));
  });
}

function withPort(address: Address, server: Server): Address {
  const real = server.address();
  if (address.kind === "unix" || real === null || typeof real === "string") return address;
  return { ...address, port: real.port };
}
