/**
 * Making servers: for tests of what talks to QEMU, without a QEMU.
 */
import type { EventsOf, Schema, SignalsOf } from "../schema.js";
import type { Run } from "./dispatcher.js";
import { UntypedServer } from "./server.js";
import type { Call, Handlers, ListenFor, ListeningServer, QmpServer, ServerOptions } from "./server-api.js";

/**
 * Makes a server of QMP, or of the guest agent's protocol. It does as QEMU does, down to its errors, but for their wording.
 *
 * Built in are `qmp_capabilities`, `query-version` and `query-commands`, and `quit` if the schema has it, which sends SHUTDOWN and
 * closes the server; for an agent, `guest-sync` and `guest-sync-delimited`; the commands of signals, if these are offered. Handlers
 * take precedence, except over the first.
 *
 * @param schema - The value `schema` of generated code.
 * @param handlers - What executes the commands. It is looked at anew for each, so that a test can change it.
 * @throws RangeError for options that make no sense; what `schema.validators` throws.
 */
export async function createServer<S extends Schema>(
  schema: S,
  handlers: NoInfer<Handlers<S>>,
  options: ServerOptions<EventsOf<S>, SignalsOf<S>> = {},
): Promise<QmpServer<S>> {
  return typed<S>(await untyped(schema, handlers, options, undefined));
}

/** Makes the same server for where there is something to listen with. */
export async function createListeningServer<S extends Schema>(
  listenFor: ListenFor,
  schema: S,
  handlers: NoInfer<Handlers<S>>,
  options: ServerOptions<EventsOf<S>, SignalsOf<S>> = {},
): Promise<ListeningServer<S>> {
  return typed<S>(await untyped(schema, handlers, options, listenFor));
}

async function untyped<S extends Schema>(
  schema: S,
  handlers: NoInfer<Handlers<S>>,
  { fallback, ...options }: ServerOptions<EventsOf<S>, SignalsOf<S>>,
  listenFor: ListenFor | undefined,
): Promise<UntypedServer> {
  return new UntypedServer({
    schema,
    validators: await schema.validators(),
    handlers: withoutTypes(handlers),
    fallback: fallback && withoutTypes({ fallback })["fallback"],
    options,
    listenFor,
  });
}

/** Handlers get what has been validated, which no type can say. */
function withoutTypes(handlers: object): Readonly<Record<string, Run<Call> | undefined>> {
  return handlers as Readonly<Record<string, Run<Call> | undefined>>;
}

/** Gives a server the types of its schema, which is nowhere at run time. */
function typed<S extends Schema>(server: unknown): ListeningServer<S> {
  return server as ListeningServer<S>;
}
