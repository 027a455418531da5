/**
 * TLS over TCP: `-object tls-creds-x509,...` and `-chardev socket,tls-creds=...`.
 */
import type { ConnectionOptions } from "node:tls";
import type { Connector } from "../transport.js";
import { formatAddress, type Address } from "./address.js";
import type { StreamOptions } from "./duplex.js";
import { checkPort, whenConnected } from "./socket.js";

/** What Node's `tls.connect` takes, but for what makes no sense here. */
export interface TlsOptions
  extends StreamOptions, Omit<ConnectionOptions, "host" | "port" | "path" | "socket" | "signal" | "onread"> {
  readonly host: string;
  readonly port: number;
}

/**
 * TLS. Of the QEMUs that were tried, 10.0 does all over it, but 7.2 may not see a command before the next bytes come. The
 * certificate of the server has to be right, unless `rejectUnauthorized` is false.
 *
 * @param options - `ca`: the authority that signed the certificate of the server, if it is none that everybody trusts. `cert`
 * and `key`: what the server may want of its clients (`verify-peer=on`). `servername`: the name that is in the certificate of
 * the server, if it is not `host`. All others that Node has are passed on.
 * @throws TypeError for a port that cannot be connected to.
 *
 * @example
 * ```ts
 * import { tls } from "qapi-codegen/qmp";
 *
 * const files = { ca: "of ca-cert.pem", cert: "of client-cert.pem", key: "of client-key.pem" };
 * tls({ host: "vm-host", port: 4444, ...files }).address; // => "tls:vm-host:4444"
 * ```
 */
export function tls(options: TlsOptions): Connector {
  const { closeTimeout, ...others } = options;
  const { host, port } = others;
  checkPort(port);
  const address: Address = { kind: "tls", host, port };
  return {
    address: formatAddress(address),
    canReconnect: true,
    async connect(signal) {
      // Loaded by who needs it: it takes as long as all of the client.
      const { connect } = await import("node:tls");
      const create = (): ReturnType<typeof connect> => {
        const socket = connect(others);
        // tls.connect passes neither of them on.
        socket.setNoDelay(true);
        socket.setKeepAlive(true, 30_000);
        return socket;
      };
      return whenConnected(address, "secureConnect", create, signal, { closeTimeout });
    },
  };
}
