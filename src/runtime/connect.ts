/**
 * Connecting, over whatever carries the bytes.
 */
import { AgentHandshake } from "./agent-handshake.js";
import { type Protocol, UntypedClient } from "./client.js";
import type { Client } from "./client-api.js";
import { QmpHandshake } from "./handshake.js";
import { type ClientOptions, settle } from "./options.js";
import type { Schema } from "./schema.js";
import { describeAgent, describeQmp } from "./self-description.js";
import type { Connector } from "./transport.js";

/** How long an agent may take for a command, where nothing is said: the guest may be halted, or have no agent at all. */
const AGENT_COMMAND_TIMEOUT = 30_000;

/**
 * Connects to a QMP server: a QEMU, a storage daemon, or what stands in for one. Events that come before the caller could connect
 * slots, in the same turn in which the promise is resolved, are kept until it could.
 *
 * @param schema - The value `schema` of generated code.
 * @throws ConnectError, TimeoutError or the reason of `options.signal`; RangeError or TypeError for options that make no sense.
 */
export async function connect<S extends Schema>(
  schema: S,
  connector: Connector,
  options: ClientOptions = {},
): Promise<Client<S>> {
  const settled = settle(options, connector);
  const protocol: Protocol = {
    handshake: () =>
      new QmpHandshake({
        capabilities: settled.oob ? ["oob"] : [],
        dropsDefaultSignals: !settled.defaultConnection,
      }),
    phase: "greeting",
    resynchronises: false,
    describe: describeQmp,
  };
  const client = new UntypedClient(schema, connector, settled, protocol);
  await client.start(options.signal);
  return typed<S>(client);
}

/**
 * Connects to a guest agent, which neither greets nor sends events. That it listens is found out by `guest-sync-delimited`, again
 * and again until it answers or `greetingTimeout` is over; and once more after a command that was not answered in time.
 *
 * @param schema - The value `schema` of code that was generated from the agent's schema, `qga/qapi-schema.json`.
 * @param options - As for {@link connect}, but the default of `commandTimeout` is 30 000.
 * @throws ConnectError; TimeoutError, with phase `sync` when nobody answers; the reason of `options.signal`; RangeError or
 * TypeError for options that make no sense.
 */
export async function connectAgent<S extends Schema>(
  schema: S,
  connector: Connector,
  options: ClientOptions = {},
): Promise<Client<S>> {
  const settled = settle({ ...options, commandTimeout: options.commandTimeout ?? AGENT_COMMAND_TIMEOUT }, connector);
  const protocol: Protocol = {
    handshake: () => new AgentHandshake(),
    phase: "sync",
    resynchronises: true,
    describe: describeAgent,
  };
  const client = new UntypedClient(schema, connector, settled, protocol);
  await client.start(options.signal);
  return typed<S>(client);
}

/**
 * Gives a client the types of its schema. It is the one place where types are claimed and not shown: that a server sends what
 * the schema says is what validators are for.
 */
function typed<S extends Schema>(client: unknown): Client<S> {
  return client as Client<S>;
}
