/** Connections of a test to what a real QEMU listens on. */
import { once } from "node:events";
import { connect, type NetConnectOpts, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { DEADLINE } from "../../support/stage.js";

/** A connection, and where it is on this side. */
export interface Dialled {
  readonly socket: Socket;
  /** Empty for a unix socket. */
  readonly host: string;
  /** 0 for a unix socket. */
  readonly port: number;
}

/** Connects. The connection ends with the test. */
export async function dial(where: NetConnectOpts): Promise<Dialled> {
  const socket = connect(where);
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect", { signal: AbortSignal.timeout(DEADLINE) });
  const { localAddress: host = "", localPort: port = 0 } = socket;
  return { socket, host, port };
}
