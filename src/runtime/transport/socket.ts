/**
 * Sockets: of the file system, and TCP.
 */
import { createConnection, type Socket, type TcpNetConnectOpts } from "node:net";
import type { Connector, Transport } from "../transport.js";
import { formatAddress, type Address } from "./address.js";
import { StreamTransport, type StreamOptions } from "./duplex.js";
import { explain, TransportError } from "./transport-error.js";

/** What Node takes for TCP, and how the stream is used. */
export interface TcpOptions
  extends StreamOptions, Partial<Omit<TcpNetConnectOpts, "host" | "port" | "path" | "fd" | "signal" | "onread">> {}

/** How long, in milliseconds, a TCP connection is idle before it is asked whether it is still there. */
const KEEP_ALIVE_DELAY = 30_000;

/**
 * A unix socket: `-qmp unix:PATH,server=on,wait=off`. A relative path is looked up when it is connected to.
 *
 * @throws TypeError for a path that is longer than sockets can have.
 *
 * @example
 * ```ts
 * import { unix } from "qapi-codegen/qmp";
 *
 * unix("/run/vm1.qmp", { closeTimeout: 200 }).address; // => "unix:/run/vm1.qmp"
 * ```
 */
export function unix(path: string, options: StreamOptions = {}): Connector {
  checkPath(path);
  return socketConnector({ kind: "unix", path }, options, () => createConnection({ path }));
}

/**
 * TCP: `-qmp tcp:HOST:PORT,server=on,wait=off`. What is written is sent at once, and a peer that has vanished is noticed.
 *
 * @param options - What Node's `net.connect` takes, too.
 * @throws TypeError for a port that cannot be connected to.
 *
 * @example
 * ```ts
 * import { tcp } from "qapi-codegen/qmp";
 *
 * tcp("localhost", 4444, { family: 4 }).address; // => "tcp:localhost:4444"
 * ```
 */
export function tcp(host: string, port: number, options: TcpOptions = {}): Connector {
  checkPort(port);
  const { closeTimeout, ...others } = options;
  const socketOptions = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_DELAY, ...others };
  return socketConnector({ kind: "tcp", host, port }, { closeTimeout }, () =>
    createConnection({ ...socketOptions, host, port }),
  );
}

/** A connector that makes a new socket each time. */
function socketConnector(address: Address, options: StreamOptions, create: () => Socket): Connector {
  return {
    address: formatAddress(address),
    canReconnect: true,
    connect: async (signal) => whenConnected(address, "connect", create, signal, options),
  };
}

/**
 * Waits until a socket is connected.
 *
 * @param event - What it emits then.
 * @throws TransportError; the signal's reason. The socket is destroyed by then.
 */
export async function whenConnected(
  address: Address,
  event: "connect" | "secureConnect",
  create: () => Socket,
  signal: AbortSignal,
  options: StreamOptions,
): Promise<Transport> {
  signal.throwIfAborted();
  const socket = create();
  return new Promise((resolve, reject) => {
    const onConnect = (): void => {
      // It listens for errors before we cease to.
      const transport = new StreamTransport(socket, socket, options);
      settle();
      socket.off("error", onError);
      resolve(transport);
    };
    const onError = (error: Error): void => {
      settle();
      reject(explain(error, address));
      socket.destroy();
    };
    const onClose = (): void => onError(new TransportError("the connection was closed while it was made", undefined));
    const onAbort = (): void => {
      settle();
      socket.destroy();
      reject(signal.reason as Error);
    };
    function settle(): void {
      socket.off(event, onConnect).off("close", onClose);
      signal.removeEventListener("abort", onAbort);
    }
    // It stays where no transport comes of the socket: what fails later interests nobody.
    socket.on("error", onError).on("close", onClose).on(event, onConnect);
    signal.addEventListener("abort", onAbort);
  });
}

/** @throws TypeError */
export function checkPort(port: number): void {
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new TypeError(`${port} is no port to connect to`);
}

/**
 * Node cuts longer paths silently, and so uses another file. The limits are those of `sockaddr_un`; Windows has named pipes.
 *
 * @throws TypeError
 */
export function checkPath(path: string): void {
  const most = { linux: 107, win32: Infinity }[process.platform as string] ?? 103;
  const length = Buffer.byteLength(path);
  if (path === "" || path.includes("\0")) throw new TypeError(`${JSON.stringify(path)} is no path`);
  if (length > most)
    throw new TypeError(
      `paths of sockets have at most ${most} bytes, and this one ${length}: ${path}; a relative one may do`,
    );
}
