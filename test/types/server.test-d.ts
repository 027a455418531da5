/**
 * What the compiler must know about servers. Nothing here runs: `npm run typecheck` is the test, and a `@ts-expect-error` without
 * an error below it is one.
 */
import { schema } from "../../generated/fixtures/net/schema/index.js";
import { CommandError } from "../../src/runtime/server/command-error.js";
import { createServer } from "../../src/runtime/server/create-server.js";
import type { Handlers } from "../../src/runtime/server/server-api.js";

/** Reads a value. */
declare function read(value: unknown): void;

/** Handlers know what they are given and what they return. */
export const handlers: Handlers<typeof schema> = {
  netdev_add(args, { client, signal }) {
    if (args.type === "stream" && args.addr.type === "unix") {
      client.emit("NETDEV_STREAM_CONNECTED", { "netdev-id": args.id, addr: args.addr });
    }
    // @ts-expect-error: another branch
    if (args.type === "none") read(args.addr);
    if (signal.aborted) throw new CommandError("X-Own", args.id);
  },
  "query-chardev": async () => Promise.resolve([{ label: "a", filename: "null", "frontend-open": true }]),
  "query-rx-filter": ({ name }) => {
    throw new CommandError("DeviceNotFound", name ?? "none");
  },
  "announce-self": async () => {
    await Promise.resolve();
  },
  netdev_del: () => ({}),
};

/** What does not compile. */
export async function misuse(): Promise<void> {
  await createServer(schema, {
    // @ts-expect-error: it returns a list
    "query-chardev": () => ({}),
    // @ts-expect-error: the name is a string
    set_link: ({ name }) => read(name satisfies number),
    // @ts-expect-error: it must return something
    "query-rx-filter": () => undefined,
  });
  // @ts-expect-error: no such command
  await createServer(schema, { "query-nothing": () => ({}) });
  const server = await createServer(schema, handlers);
  // @ts-expect-error: no such event
  server.emit("NOTHING");
  // @ts-expect-error: an event with data
  server.emit("NETDEV_STREAM_DISCONNECTED");
  // @ts-expect-error: other data
  server.clients[0]?.emit("NETDEV_STREAM_DISCONNECTED", { id: "n" });
  server.emitUntyped("NOTHING", { any: 1 });
  // @ts-expect-error: where there is nothing to listen with
  read(server.listen);
}
