/**
 * The client of QEMU's monitor protocol and of the guest agent, with what carries them on Node.js: `qapi-codegen/qmp`.
 *
 * @packageDocumentation
 */
import type { Duplex } from "node:stream";
import type { Client } from "./client-api.js";
import { connect as connectWith, connectAgent as connectAgentWith } from "./connect.js";
import type { ClientOptions } from "./options.js";
import type { EventsOf, Schema, SignalsOf } from "./schema.js";
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
 * @param schema - The value `schema` of generated code.
 * @param where - `unix:PATH`, `tcp:HOST:PORT`, `tls:HOST:PORT`, what `unix`, `tcp`, `tls`, `spawn` or `listen` make, or any Duplex.
 * @throws ConnectError, TimeoutError or the reason of `options.signal`; TypeError and RangeError for addresses and options that
 * make no sense.
 *
 * @example
 * ```ts
 * import { connect, createServer } from "qapi-codegen/qmp";
 * import { schema } from "qapi-codegen/qemu-10.2";
 *
 * await using server = await createServer(schema, { "query-name": () => ({ name: "vm1" }) });
 * await server.listen("unix:connect.qmp"); // In the place of a QEMU.
 *
 * await using qmp = await connect(schema, "unix:connect.qmp", { commandTimeout: 5000 });
 * (await qmp.execute("query-name")).name; // => "vm1"
 * ```
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
 *
 * @example
 * ```ts
 * import { connectAgent, createServer } from "qapi-codegen/qmp";
 * import { schema } from "qapi-codegen/qga-10.2";
 *
 * const handlers = { "guest-get-host-name": () => ({ "host-name": "guest" }) };
 * await using server = await createServer(schema, handlers, { protocol: "agent" });
 * await server.listen("unix:agent.sock"); // In the place of a guest.
 *
 * await using agent = await connectAgent(schema, "unix:agent.sock");
 * (await agent.execute("guest-get-host-name"))["host-name"]; // => "guest"
 * ```
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
 * Built in are `qmp_capabilities`, `query-version` and `query-commands`, and `quit` if the schema has it, which sends SHUTDOWN and
 * closes the server; for an agent, `guest-sync` and `guest-sync-delimited`; the commands of signals, if these are offered. Handlers
 * take precedence, except over the first.
 *
 * @param schema - The value `schema` of generated code.
 * @param handlers - What executes the commands. It is looked at anew for each, so that a test can change it.
 * @throws RangeError for options that make no sense; what `schema.validators` throws.
 *
 * @example
 * ```ts
 * import { connect, createServer } from "qapi-codegen/qmp";
 * import { schema } from "qapi-codegen/qemu-10.2";
 *
 * await using server = await createServer(schema, {
 *   stop() {
 *     server.emit("STOP");
 *     return {};
 *   },
 * });
 * await server.listen("unix:server.qmp");
 * await using qmp = await connect(schema, "unix:server.qmp");
 * const stopped = qmp.signal("STOP").once();
 * await qmp.execute("stop");
 * (await stopped).event; // => "STOP"
 * ```
 */
export async function createServer<S extends Schema>(
  schema: S,
  handlers: NoInfer<Handlers<S>>,
  options: ServerOptions<EventsOf<S>, SignalsOf<S>> = {},
): Promise<ListeningServer<S>> {
  return createListeningServer(listenFor, schema, handlers, options);
}
