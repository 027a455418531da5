/**
 * The client of QEMU's monitor protocol and of the guest agent, with what carries them on Node.js: `qapi-codegen/qmp`.
 *
 * @packageDocumentation
 */
import type { Duplex } from "node:stream";
import type { Client } from "./client-api.js";
import { connect as connectWith, connectAgent as connectAgentWith } from "./connect.js";
import type { ClientOptions } from "./options.js";
import type { EventsOf, Schema } from "./schema.js";
import { createListeningServer } from "./server/create-server.js";
import type { Handlers, ListeningServer, ServerOptions } from "./server/server-api.js";
import type { Connector } from "./transport.js";
import { connectorFor } from "./transport/connector-for.js";
import { listenFor } from "./transport/listen.js";

export * from "./exports.js";
export { duplex, type StreamOptions } from "./transport/duplex.js";
export { listen, type ListenConnector, type ListenConnectorOptions } from "./transport/listen.js";
export { tcp, type TcpOptions, unix } from "./transport/socket.js";
export { spawn, type SpawnConnector, type SpawnOptions } from "./transport/spawn.js";
export { tls, type TlsOptions } from "./transport/tls.js";
export { TransportError } from "./transport/transport-error.js";

/**
 * Connects to a QMP server: a QEMU, a storage daemon, or what stands in for one. Events that come before the caller could connect
 * slots, in the same turn in which the promise is resolved, are kept until it could.
 *
 * ```ts
 * await using qmp = await connect(schema, "unix:/run/vm1.qmp", { reconnect: true });
 * ```
 *
 * @param schema - The value `schema` of generated code.
 * @param where - `unix:PATH`, `tcp:HOST:PORT`, `tls:HOST:PORT`, what `unix`, `tcp`, `tls`, `spawn` or `listen` make, or any Duplex.
 * @throws ConnectError, TimeoutError or the reason of `options.signal`; TypeError and RangeError for addresses and options that
 * make no sense.
 */
export async function connect<S extends Schema>(
  schema: S,
  where: string | Connector | Duplex,
  options: ClientOptions = {},
): Promise<Client<S>> {
  return connectWith(schema, connectorFor(where), options);
}

/**
 * Connects to a guest agent, which neither greets nor sends events. That it listens is found out by `guest-sync-delimited`, again
 * and again until it answers or `greetingTimeout` is over; and once more after a command that was not answered in time.
 *
 * @param schema - The value `schema` of code that was generated from the agent's schema, `qga/qapi-schema.json`.
 * @param where - As for {@link connect}: mostly the socket of a virtio-serial port.
 * @param options - As for {@link connect}, but the default of `commandTimeout` is 30 000.
 * @throws ConnectError; TimeoutError, with phase `sync` when nobody answers; the reason of `options.signal`; TypeError and
 * RangeError for addresses and options that make no sense.
 */
export async function connectAgent<S extends Schema>(
  schema: S,
  where: string | Connector | Duplex,
  options: ClientOptions = {},
): Promise<Client<S>> {
  return connectAgentWith(schema, connectorFor(where), options);
}

/**
 * Makes a server of QMP, or of the guest agent's protocol, so that what talks to QEMU can be tested without one. It does as QEMU
 * does, down to its errors, but for their wording.
 *
 * ```ts
 * await using server = await createServer(schema, { "query-status": () => ({ running: true, status: "running" }) });
 * await server.listen("unix:/run/fake.qmp");
 * ```
 *
 * Built in are `qmp_capabilities`, `query-version` and `query-commands`, and `quit` if the schema has it, which sends SHUTDOWN and
 * closes the server; for an agent, `guest-sync` and `guest-sync-delimited`. Handlers take precedence, except over the first.
 *
 * @param schema - The value `schema` of generated code.
 * @param handlers - What executes the commands. It is looked at anew for each, so that a test can change it.
 * @throws RangeError for options that make no sense; what `schema.validators` throws.
 */
export async function createServer<S extends Schema>(
  schema: S,
  handlers: NoInfer<Handlers<S>>,
  options: ServerOptions<EventsOf<S>> = {},
): Promise<ListeningServer<S>> {
  return createListeningServer(listenFor, schema, handlers, options);
}
