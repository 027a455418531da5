/** Domains of clients, with a server of the library at the other end. */
import { describe, expect, it } from "vitest";
import { schema as machine } from "../../generated/fixtures/machine/schema/index.js";
import { schema as qemu102 } from "qapi-codegen/qemu-10.2";
import { schema as qemu72 } from "qapi-codegen/qemu-7.2";
import { type DomainEvent, domainEvents } from "../../src/domain-events/domain-events.js";
import { connect, createServer } from "../../src/runtime/core.js";
import type { ClientOptions } from "../../src/runtime/options.js";
import type { Schema } from "../../src/runtime/schema.js";
import type { Connector } from "../../src/runtime/transport.js";
import { memoryConnector } from "../runtime/server/memory-pair.js";
import { everythingOf, settled, untimed, VM1 } from "./watched.js";

const IDENTITY = { "query-name": () => ({ name: VM1.name }), "query-uuid": () => ({ UUID: VM1.uuid }) };

const BLOCK = {
  "query-block": () => [{ device: "ide0", inserted: { file: "/images/a.img" } }],
  "query-named-block-nodes": () => [],
};

/** A server that is a QEMU for those who watch it, and a client of it that is attached. */
async function attached<S extends Schema>(schema: S, options: ClientOptions = {}, handlers: Answers = {}) {
  const all = new Map<string, (() => unknown) | undefined>(Object.entries({ ...IDENTITY, ...BLOCK, ...handlers }));
  // What is answered here is as little as is needed, and less than the schema says.
  const server = await createServer<Schema>(
    schema,
    {},
    {
      validate: "none",
      fallback: (_, { command }) => all.get(command)?.() ?? {},
    },
  );
  const problems: Error[] = [];
  const onProblem = (problem: Error): void => void problems.push(problem);
  const client = await connect(schema, memoryConnector(server), { onProblem, ...options });
  const domains = domainEvents({ onProblem });
  const told = everythingOf(domains);
  const domain = await domains.attach(client);
  /** Waits until all that the server has sent is told. */
  const flushed = async (): Promise<void> => {
    for (let times = 0; times < 2; times++) await client.executeUntyped("query-name");
    await settled();
  };
  return { server, client, domains, domain, told, problems, flushed };
}

type Answers = Readonly<Record<string, () => unknown>>;

const END = { host: "127.0.0.1", service: "5900", family: "ipv4", websocket: false };

/** What a QEMU sends, and the ids of what it becomes. */
const SENT: readonly (readonly [event: string, id: DomainEvent["id"], data?: object])[] = [
  ["VNC_CONNECTED", "graphics", { server: END, client: END }],
  ["VNC_INITIALIZED", "graphics", { server: { ...END, auth: "none" }, client: END }],
  ["BLOCK_IO_ERROR", "ioError", { device: "ide0", operation: "read", action: "report", reason: "", "qom-path": "" }],
  ["WATCHDOG", "watchdog", { action: "none" }],
  ["RTC_CHANGE", "rtcChange", { offset: 5, "qom-path": "/machine/rtc" }],
  ["NETDEV_STREAM_DISCONNECTED", "interfaceDisconnected", { "netdev-id": "net0" }],
  ["RESET", "reboot", { guest: true, reason: "guest-reset" }],
  ["STOP", "lifecycle"],
];

describe.each([
  ["QEMU 10.2", qemu102],
  ["QEMU 7.2", qemu72],
  ["a schema that has hardly any of the events", machine],
])("a client of %s", (_, schema) => {
  it("is told of all domain events", async () => {
    const { server, client, domain, told, problems, flushed } = await attached(schema);
    expect(domain).toMatchObject({ ...VM1, connection: client });
    for (const [event, , data] of SENT) server.emitUntyped(event, data);
    await flushed();
    expect(problems).toEqual([]);
    expect(told.map(({ id }) => id)).toEqual(["lifecycle", ...SENT.map(([, id]) => id)]);
    expect(untimed(told)).toContainEqual({ id: "ioError", srcPath: "/images/a.img", devAlias: "ide0", action: 2 });
    await client.close();
  });

  it("ends with what QEMU says last", async () => {
    const { server, client, domains, told, problems } = await attached(schema);
    const closed = client.stateChanged.once();
    server.emitUntyped("SHUTDOWN", { guest: true, reason: "guest-shutdown" });
    await server.close();
    await closed;
    expect(untimed(told)).toEqual([
      { id: "lifecycle", event: 2, detail: 0 },
      { id: "lifecycle", event: 6, detail: 1 },
      { id: "lifecycle", event: 5, detail: 0 },
    ]);
    expect([domains.domains, problems]).toEqual([[], []]);
  });
});

describe("a client", () => {
  it.each(["mixed", "bigint", "number"] as const)(
    "whose schema has %s for 64-bit integers tells offsets exactly",
    async (int64) => {
      const schema = { ...qemu102, int64 };
      const { server, client, told, flushed } = await attached(schema);
      const offsets = [0, -1, 2 ** 40, 2n ** 62n + 1n, -(2n ** 63n)];
      for (const offset of offsets) server.emitUntyped("RTC_CHANGE", { offset, "qom-path": "" });
      await flushed();
      expect(told.flatMap((event) => (event.id === "rtcChange" ? [event.utcoffset] : []))).toEqual(offsets.map(BigInt));
      await client.close();
    },
  );

  it("that quits ends its domain, behind an error of a disk that is still to be told", async () => {
    let release = (): void => undefined;
    const blocked = new Promise<void>((resolve) => (release = resolve));
    const { server, client, domains, told } = await attached(qemu102, {}, { "query-block": () => blocked });
    const closed = client.stateChanged.once();
    server.emitUntyped("BLOCK_IO_ERROR", SENT[2]?.[2]);
    server.emitUntyped("SHUTDOWN", { guest: false, reason: "host-qmp-quit" });
    await server.close();
    await closed;
    await settled();
    release();
    expect(untimed(told)).toEqual([
      { id: "lifecycle", event: 2, detail: 0 },
      { id: "ioError", srcPath: "", devAlias: "ide0", action: 2 },
      { id: "lifecycle", event: 6, detail: 2 },
      { id: "lifecycle", event: 5, detail: 1 },
    ]);
    expect(domains.domains).toEqual([]);
  });

  it("that connects again has a domain that stops and starts again", async () => {
    const server = await createServer<Schema>(qemu102, {}, { validate: "none" });
    const connector: Connector = { ...memoryConnector(server), canReconnect: true };
    const client = await connect(qemu102, connector, { reconnect: { minDelay: 0, maxDelay: 0 } });
    const domains = domainEvents();
    const told = everythingOf(domains);
    await domains.attach(client, VM1);
    const again = (): Promise<void> => until(client, "ready");
    let ready = again();
    await server.clients[0]?.close();
    await ready;
    expect(untimed(told)).toEqual([{ id: "lifecycle", event: 2, detail: 0 }]);
    server.emitUntyped("SHUTDOWN", { guest: true, reason: "guest-shutdown" });
    ready = again();
    await server.clients[0]?.close();
    await ready;
    expect(untimed(told).slice(1)).toEqual([
      { id: "lifecycle", event: 6, detail: 1 },
      { id: "lifecycle", event: 5, detail: 0 },
      { id: "lifecycle", event: 2, detail: 0 },
    ]);
    await client.close();
    expect(told).toHaveLength(4);
  });
});

/** Waits for the next state of that name. */
async function until(client: Awaited<ReturnType<typeof attached>>["client"], name: string): Promise<void> {
  for await (const { state } of client.stateChanged.events()) if (state === name) return;
}
