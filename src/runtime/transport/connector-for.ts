/**
 * Connectors for what users say.
 */
import type { Duplex } from "node:stream";
import type { Connector } from "../transport.js";
import { parseAddress } from "./address.js";
import { duplex } from "./duplex.js";
import { tcp, unix } from "./socket.js";
import { tls } from "./tls.js";

/**
 * What connects to an address, over a stream, or what is a connector already.
 *
 * @throws TypeError for an address that is none, and for what is none of them.
 */
export function connectorFor(where: string | Connector | Duplex): Connector {
  if (typeof where === "string") return addressConnector(where);
  // Sockets have a method `connect` too.
  if ("canReconnect" in where) return where;
  if (typeof where.write === "function" && typeof where.setEncoding === "function") return duplex(where);
  throw new TypeError("expected an address, a connector or a Duplex");
}

function addressConnector(text: string): Connector {
  const address = parseAddress(text);
  if (address.kind === "unix") return unix(address.path);
  const { kind, host, port } = address;
  return kind === "tcp" ? tcp(host, port) : tls({ host, port });
}
