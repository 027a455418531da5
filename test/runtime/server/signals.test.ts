/** Signals on the wire, by what is on it: the proposal of 2011, and the rules of docs/signals.md. */
import { afterEach, describe, expect, it } from "vitest";
import { ValidationError } from "../../../src/runtime/errors.js";
import { createServer } from "../../../src/runtime/server/create-server.js";
import type { Handlers, QmpServer, ServerOptions } from "../../../src/runtime/server/server-api.js";
import { blockSchema, type BlockSchema } from "../block-schema.js";
import { RawClient, type Received } from "./raw-client.js";

const schema = await blockSchema();
type Server = QmpServer<typeof schema>;
type Options = ServerOptions<BlockSchema["events"], BlockSchema["signals"]>;

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A server with signals and a client of it that has been greeted. */
async function serve(handlers: Handlers<typeof schema> = {}, options: Options = {}, of = schema) {
  const server = await createServer(of, handlers, { signals: true, ...options });
  servers.push(server);
  return { server, client: admit(server) };
}

function admit(server: Server): RawClient {
  const client = new RawClient();
  server.accept(client);
  return client;
}

/** A server and a client that has negotiated, without the default connection if that is said. */
async function negotiated({ isDefault = true, ...options }: Options & { isDefault?: boolean } = {}) {
  const { server, client } = await serve({}, options);
  if (!isDefault) await answer(client, DROP);
  await client.negotiate();
  return { server, client };
}

/** The one reply to a command. */
async function answer(client: RawClient, message: object | string): Promise<Received> {
  const from = client.messages.length;
  client.send(message, "\n");
  const [reply] = await client.until(from + 1, from);
  if (reply === undefined) throw new Error("no reply");
  return reply;
}

async function connect(client: RawClient, accessor: string, args: object = {}): Promise<string> {
  const reply = await answer(client, { execute: `${accessor}-connect`, arguments: args });
  if (typeof reply.return !== "string") throw new Error(JSON.stringify(reply));
  return reply.return;
}

function refusal(client: RawClient, execute: string, args: object | string = {}): Promise<string | undefined> {
  const text = typeof args === "string" ? args : JSON.stringify(args);
  return answer(client, `{"execute":"${execute}","arguments":${text}}`).then(({ error }) => {
    if (error !== undefined) expect(error.class).toBe("GenericError");
    return error?.desc;
  });
}

/** The events that come of something, each as its name, with `#` and its tag. */
function eventsOf(client: RawClient, emit: () => void): readonly string[] {
  const from = client.messages.length;
  emit();
  return client.messages.slice(from).map(({ event, tag }) => (tag === undefined ? `${event}` : `${event}#${tag}`));
}

const DROP = { execute: "disconnect-default-signals" };
const IO_EVENT = { device: "ide0", action: "report", operation: "read" };
const IO_ERROR = { device: "ide0", operation: "read" } as const;
const DEVICE_EVENT = { action: "stop", operation: "write", reason: "nospc" } as const;

describe("the offer", () => {
  it("is in the greeting, and may be enabled, though nothing has to be", async () => {
    const { client } = await serve();
    expect(client.messages).toMatchObject([{ QMP: { capabilities: ["oob", "signals"] } }]);
    await client.negotiate("signals");
    expect(client.messages[1]).toEqual({ return: {} });
    const without = await serve({}, { oob: false });
    expect(without.client.messages).toMatchObject([{ QMP: { capabilities: ["signals"] } }]);
  });

  it("enables out-of-band execution only where that is meant", async () => {
    const { server, client } = await serve();
    await client.negotiate("signals");
    const both = admit(server);
    await both.negotiate("oob", "signals");
    expect(server.clients.map(({ oob }) => oob)).toEqual([false, true]);
  });

  it("is not made unless the server is told to: then all is as with QEMU", async () => {
    const { server, client } = await serve({}, { signals: false });
    expect(client.messages).toMatchObject([{ QMP: { capabilities: ["oob"] } }]);
    const [drop, enable] = [
      await answer(client, DROP),
      await answer(client, { execute: "qmp_capabilities", arguments: { enable: ["signals"] } }),
    ];
    expect(drop.error?.class).toBe("CommandNotFound");
    expect(enable.error?.class).toBe("GenericError");
    await client.negotiate();
    for (const execute of ["block-io-error-connect", "block-device-event-connect", DROP.execute]) {
      expect((await answer(client, { execute })).error?.class).toBe("CommandNotFound");
    }
    const emitted = eventsOf(client, () => {
      server.emit("BLOCK_DEVICE_EVENT", DEVICE_EVENT);
      server.emitSignal("block-device-event", { device: "ide0" }, DEVICE_EVENT);
    });
    expect(emitted).toEqual(["BLOCK_DEVICE_EVENT", "BLOCK_DEVICE_EVENT"]);
  });

  it("makes no sense for a guest agent", async () => {
    await expect(createServer(schema, {}, { protocol: "agent", signals: true })).rejects.toThrow(RangeError);
  });

  it("is in query-commands: both commands of each accessor", async () => {
    const { client } = await negotiated();
    const { return: commands } = await answer(client, { execute: "query-commands" });
    const accessors = ["block-io-event", "block-device-event", "media", "block-io-error", "stop", "medium-changed"];
    const names = accessors.flatMap((name) => [`${name}-connect`, `${name}-disconnect`]);
    for (const name of [...names, DROP.execute]) expect(commands).toContainEqual({ name });
    expect(commands).not.toContainEqual({ name: "taken-connect" });
    expect(commands).not.toContainEqual({ name: "taken-disconnect" });
  });
});

describe("the default signal connection", () => {
  it("old clients see old style events, without tags, byte for byte", async () => {
    const [old, now] = [await negotiated({ signals: false }), await negotiated()];
    const other = await admit(now.server).negotiate();
    await connect(other, "block-io-event");
    await connect(other, "block-io-error", { device: "ide0" });
    const texts: string[] = [];
    for (const { server, client } of [old, now]) {
      const from = client.received.length;
      server.emit("BLOCK_IO_EVENT", IO_EVENT);
      server.emit("BLOCK_IO_ERROR", { ...IO_ERROR, device: "fr\u00f6nt" });
      server.emit("STOP");
      server.emitUntyped("NEW", { any: [1] });
      server.clients[0]?.emit("STOP");
      await answer(client, { execute: "no-such", id: 1 });
      texts.push(client.received.slice(from).replaceAll(/ \d+/g, " 0"));
    }
    const [before, after] = texts;
    expect(after).toContain('"event": "BLOCK_IO_EVENT"');
    expect(after).toBe(before);
  });

  it("new clients disconnect it while in capabilities mode, and see only what they connect", async () => {
    const { server, client } = await serve();
    expect(await answer(client, { ...DROP, id: 7 })).toEqual({ return: {}, id: 7 });
    expect(await answer(client, DROP)).toEqual({ return: {} });
    await client.negotiate();
    expect(server.clients[0]?.signals).toEqual({ default: false, connections: [] });
    expect(eventsOf(client, () => server.emit("BLOCK_IO_EVENT", IO_EVENT))).toEqual([]);
    expect(eventsOf(client, () => server.emitUntyped("NEW"))).toEqual([]);
    const tag = await connect(client, "block-io-event");
    const emitted = eventsOf(client, () => {
      server.emit("BLOCK_IO_EVENT", IO_EVENT);
      server.emit("STOP");
    });
    expect(emitted).toEqual([`BLOCK_IO_EVENT#${tag}`]);
  });

  it("is that of one session: others keep theirs", async () => {
    const { server, client } = await negotiated({ isDefault: false });
    const other = await admit(server).negotiate();
    expect(eventsOf(client, () => server.emit("STOP"))).toEqual([]);
    expect(eventsOf(other, () => server.emit("STOP"))).toEqual(["STOP"]);
    expect(server.clients.map(({ signals }) => signals.default)).toEqual([false, true]);
  });

  it("cannot be disconnected later", async () => {
    const { server, client } = await negotiated();
    expect((await answer(client, DROP)).error?.class).toBe("CommandNotFound");
    expect(eventsOf(client, () => server.emit("STOP"))).toEqual(["STOP"]);
  });

  it("nothing else is executed in capabilities mode", async () => {
    const { server, client } = await serve();
    expect((await answer(client, { execute: "stop-connect" })).error?.class).toBe("CommandNotFound");
    expect(await refusal(client, DROP.execute, { all: true })).toContain("all");
    await client.negotiate();
    expect(server.clients[0]?.signals).toEqual({ default: true, connections: [] });
  });

  it("never gets a new signal: events whose accessors all take arguments are not part of it", async () => {
    const { server, client } = await negotiated();
    const emitted = eventsOf(client, () => {
      server.emit("BLOCK_DEVICE_EVENT", DEVICE_EVENT);
      server.emitSignal("block-device-event", { device: "ide0" }, DEVICE_EVENT);
      server.emitUntyped("BLOCK_DEVICE_EVENT", DEVICE_EVENT);
      server.emitSignal("block-io-event", {}, IO_EVENT);
      server.emitSignal("media", {}, { "tray-open": true });
    });
    expect(emitted).toEqual(["BLOCK_IO_EVENT", "MEDIUM_CHANGED"]);
  });
});

describe("connect and disconnect", () => {
  it("connect returns a handle as an opaque string, and disconnect takes that handle", async () => {
    const { server, client } = await negotiated({ isDefault: false });
    const tag = await connect(client, "block-io-event");
    expect(eventsOf(client, () => server.emit("BLOCK_IO_EVENT", IO_EVENT))).toEqual([`BLOCK_IO_EVENT#${tag}`]);
    const reply = await answer(client, { execute: "block-io-event-disconnect", arguments: { tag }, id: 1 });
    expect(reply).toEqual({ return: {}, id: 1 });
    expect(eventsOf(client, () => server.emit("BLOCK_IO_EVENT", IO_EVENT))).toEqual([]);
  });

  it("the tag is a field of the event, beside what it has without", async () => {
    const { server, client } = await negotiated();
    const tag = await connect(client, "block-io-event");
    const from = client.received.length;
    server.emit("BLOCK_IO_EVENT", IO_EVENT);
    const [plain = "", tagged] = client.received.slice(from).split("\r\n");
    expect(tagged).toBe(`${plain.slice(0, -1)}, "tag": "${tag}"}`);
    expect(client.messages.at(-1)).toMatchObject({ event: "BLOCK_IO_EVENT", data: IO_EVENT, tag });
  });

  it("an event comes once for each connection, in their order, behind the default one", async () => {
    const { server, client } = await negotiated();
    const tags = [await connect(client, "stop"), await connect(client, "stop"), await connect(client, "stop")];
    expect(new Set(tags).size).toBe(3);
    const expected = ["STOP", ...tags.map((tag) => `STOP#${tag}`)];
    expect(eventsOf(client, () => server.emit("STOP"))).toEqual(expected);
    expect(eventsOf(client, () => server.clients[0]?.emit("STOP"))).toEqual(expected);
    await answer(client, { execute: "stop-disconnect", arguments: { tag: tags[1] } });
    expect(eventsOf(client, () => server.emit("STOP"))).toEqual(expected.filter((_, index) => index !== 2));
  });

  it("both take the arguments of the accessor: BlockDeviceEvent, with its device or with only the tag", async () => {
    const { server, client } = await negotiated({ isDefault: false });
    const args = { device: "ide0" };
    const tags = [await connect(client, "block-device-event", args), await connect(client, "block-device-event", args)];
    expect(server.clients[0]?.signals.connections).toEqual(
      tags.map((tag) => ({ tag, accessor: "block-device-event", event: "BLOCK_DEVICE_EVENT", arguments: args })),
    );
    const other = { tag: tags[0], device: "ide1" };
    expect(await refusal(client, "block-device-event-disconnect", other)).toContain("device");
    expect(await refusal(client, "block-device-event-disconnect", { tag: tags[0], ...args })).toBeUndefined();
    expect(await refusal(client, "block-device-event-disconnect", { tag: tags[1] })).toBeUndefined();
    expect(server.clients[0]?.signals.connections).toEqual([]);
  });

  it("the arguments of a declared accessor are those of the schema", async () => {
    const { client } = await negotiated();
    expect(await refusal(client, "block-device-event-connect")).toMatch(/^arguments: device: /);
    expect(await refusal(client, "block-device-event-connect", { device: 5 })).toMatch(/^arguments: device: /);
    expect(await refusal(client, "block-device-event-connect", { device: "a", action: "stop" })).toContain("action");
    expect(await refusal(client, "block-io-event-connect", { device: "ide0" })).toContain("device");
    expect(await refusal(client, "block-io-event-disconnect")).toMatch(/^arguments: tag: /);
  });

  it("disconnect refuses arguments that are only a part of those of the connection", async () => {
    const { client } = await negotiated();
    const medium = { kind: "disk", parts: [{ name: "a" }] };
    const tag = await connect(client, "medium-changed", { medium, "tray-open": true });
    const wrong = [{ medium: { kind: "disk" } }, { medium: { ...medium, size: 5 } }, { medium, at: "top" }];
    for (const args of wrong) {
      expect(await refusal(client, "medium-changed-disconnect", { tag, ...args })).toMatch(/^arguments: (medium|at): /);
    }
    expect(await refusal(client, "medium-changed-disconnect", `{"tag":"${tag}","__proto__":{}}`)).toContain(
      "__proto__",
    );
    expect(await refusal(client, "medium-changed-disconnect", { tag, medium })).toBeUndefined();
  });

  it("a tag ends one connection once, of one accessor, of one session", async () => {
    const { server, client } = await negotiated();
    const other = await admit(server).negotiate();
    const tag = await connect(client, "stop");
    const theirs = await connect(other, "stop");
    const wrong = [theirs, "", "__proto__", "signal-0", tag.toUpperCase(), 1, null, [tag], { tag }];
    for (const one of wrong) expect(await refusal(client, "stop-disconnect", { tag: one })).toContain("tag");
    expect(await refusal(client, "stop-disconnect")).toContain("tag");
    expect(await refusal(client, "block-io-event-disconnect", { tag })).toContain(tag);
    expect(await refusal(client, "stop-disconnect", { tag, device: "ide0" })).toContain("device");
    expect(eventsOf(other, () => server.emit("STOP"))).toEqual(["STOP", `STOP#${theirs}`]);
    expect(await refusal(client, "stop-disconnect", { tag })).toBeUndefined();
    expect(await refusal(client, "stop-disconnect", { tag })).toContain(tag);
    expect(eventsOf(client, () => server.emit("STOP"))).toEqual(["STOP"]);
  });
});

describe("signal accessors", () => {
  it("register for block io events on specific block devices, which the data tell", async () => {
    const { server, client } = await negotiated({ isDefault: false });
    const all = await connect(client, "block-io-error");
    const ide0 = await connect(client, "block-io-error", { device: "ide0" });
    const writes = await connect(client, "block-io-error", { device: "ide1", operation: "write" });
    const emit = (device: string, operation: "read" | "write") => () =>
      server.emit("BLOCK_IO_ERROR", { device, operation });
    const tagsOf = (device: string, operation: "read" | "write") => eventsOf(client, emit(device, operation));
    expect(tagsOf("ide0", "read")).toEqual([`BLOCK_IO_ERROR#${all}`, `BLOCK_IO_ERROR#${ide0}`]);
    expect(tagsOf("ide1", "read")).toEqual([`BLOCK_IO_ERROR#${all}`]);
    expect(tagsOf("ide1", "write")).toEqual([`BLOCK_IO_ERROR#${all}`, `BLOCK_IO_ERROR#${writes}`]);
  });

  it("lead to the object of a BlockDeviceEvent, which its data do not tell", async () => {
    const { server, client } = await negotiated();
    const ide0 = await connect(client, "block-device-event", { device: "ide0" });
    const ide1 = await connect(client, "block-device-event", { device: "ide1" });
    const emitFor = (device: string) => () => server.emitSignal("block-device-event", { device }, DEVICE_EVENT);
    expect(eventsOf(client, emitFor("ide0"))).toEqual([`BLOCK_DEVICE_EVENT#${ide0}`]);
    expect(eventsOf(client, emitFor("ide1"))).toEqual([`BLOCK_DEVICE_EVENT#${ide1}`]);
    expect(eventsOf(client, emitFor("ide2"))).toEqual([]);
    expect(eventsOf(client, () => server.emit("BLOCK_DEVICE_EVENT", DEVICE_EVENT))).toEqual([]);
    const one = server.clients[0];
    expect(
      eventsOf(client, () => one?.emitSignal("block-device-event", { device: "ide1" }, DEVICE_EVENT)),
    ).toHaveLength(1);
    expect(client.messages.at(-1)?.data).toEqual(DEVICE_EVENT);
  });

  it("of one event are matched by what they are given, whichever it was emitted by", async () => {
    const { server, client } = await negotiated({ isDefault: false });
    const size = await connect(client, "media", { size: 5 });
    const any = await connect(client, "media");
    const open = await connect(client, "medium-changed", { "tray-open": true });
    const emit = (args: { size?: number }, isOpen: boolean) => () =>
      server.emitSignal("media", args, { "tray-open": isOpen });
    expect(eventsOf(client, emit({ size: 5 }, true)).map(tagOf)).toEqual([size, any, open]);
    expect(eventsOf(client, emit({ size: 6 }, false)).map(tagOf)).toEqual([any]);
    expect(eventsOf(client, emit({}, true)).map(tagOf)).toEqual([any, open]);
  });

  it.each([[["a", "b"]], [["b", "a"]]])("that take nothing make an event a default one (%j)", async (names) => {
    const accessors = new Map([
      ["a", { event: "BLOCK_DEVICE_EVENT", arguments: ["device"] }],
      ["b", { event: "BLOCK_DEVICE_EVENT", arguments: [] }],
    ]);
    const signals = new Map(names.flatMap((name) => [...accessors].filter(([one]) => one === name)));
    const { server, client } = await serve({}, {}, { ...schema, signals });
    await client.negotiate();
    expect(eventsOf(client, () => server.emit("BLOCK_DEVICE_EVENT", DEVICE_EVENT))).toEqual(["BLOCK_DEVICE_EVENT"]);
  });

  it("that are declared take the place of those that events have anyway", async () => {
    const signals = new Map([["stop", { event: "BLOCK_IO_EVENT", arguments: [] }]]);
    const { server, client } = await serve({}, {}, { ...schema, signals });
    await answer(client, DROP);
    await client.negotiate();
    const tag = await connect(client, "stop");
    expect(eventsOf(client, () => server.emit("STOP"))).toEqual([]);
    expect(eventsOf(client, () => server.emit("BLOCK_IO_EVENT", IO_EVENT)).map(tagOf)).toEqual([tag]);
  });

  it("are emitted as the schema has them", async () => {
    const { server, client } = await negotiated();
    const wrong = JSON.parse('{"device":5}') as { device: string };
    expect(() => server.emitSignal("block-device-event", wrong, DEVICE_EVENT)).toThrow(ValidationError);
    const data = JSON.parse('{"action":"stop"}') as typeof DEVICE_EVENT;
    expect(() => server.emitSignal("block-device-event", { device: "ide0" }, data)).toThrow(ValidationError);
    // @ts-expect-error -- no such accessor
    expect(() => server.emitSignal("block-io-error", {}, IO_ERROR)).toThrow(TypeError);
    // @ts-expect-error -- no such accessor
    expect(() => server.emitSignal("__proto__", {}, IO_ERROR)).toThrow(TypeError);
    // @ts-expect-error -- it has to say which device
    expect(() => server.emitSignal("block-device-event", {}, DEVICE_EVENT)).toThrow(ValidationError);
    // @ts-expect-error -- it takes nothing
    expect(() => server.emitSignal("block-io-event", { device: "ide0" }, IO_EVENT)).toThrow(ValidationError);
    expect(client.messages).toHaveLength(2);
  });
});

function tagOf(event: string): string | undefined {
  return event.split("#")[1];
}

describe("the arguments of an event without a declared accessor", () => {
  const disk = (size: number | bigint) => ({ medium: { kind: "disk" as const, size } });

  it("are members of its data, at any depth, of any branch", async () => {
    const { server, client } = await negotiated({ isDefault: false });
    const given = [
      { medium: { kind: "disk" } },
      { medium: { size: 7 } },
      { medium: { parts: [{ inner: { name: "b" } }] } },
      { medium: { size: "large" } },
      { medium: { free: 2 } },
      { at: "top" },
      { at: { name: "top" } },
      { "tray-open": false, at: "top" },
    ];
    const tags = new Map<string | undefined, number>();
    for (const [index, args] of given.entries()) tags.set(await connect(client, "medium-changed", args), index);
    const which = (data: Parameters<typeof server.emit<"MEDIUM_CHANGED">>[1]) =>
      eventsOf(client, () => server.emit("MEDIUM_CHANGED", data)).map((event) => tags.get(tagOf(event)));
    const parts = [{ name: "a", inner: { name: "b", inner: { name: "c" } } }];
    expect(which({ medium: { kind: "disk", size: 7, parts } })).toEqual([0, 1, 2]);
    expect(which({ medium: { kind: "disk", size: 8, parts: [...parts, ...parts] } })).toEqual([0]);
    expect(which({ medium: { kind: "tape", size: "large", free: 2 } })).toEqual([3, 4]);
    expect(which({ at: "top", "tray-open": false })).toEqual([5, 7]);
    expect(which({ at: { name: "top" } })).toEqual([6]);
    expect(which({})).toEqual([]);
  });

  it.each(["mixed", "bigint"] as const)("match 64-bit integers exactly (--int64=%s)", async (int64) => {
    const { server, client } = await serve({}, {}, await blockSchema(int64));
    await answer(client, DROP);
    await client.negotiate();
    const [large, declared, small] = [
      await answer(client, '{"execute":"medium-changed-connect","arguments":{"medium":{"size":9007199254740993}}}'),
      await answer(client, '{"execute":"media-connect","arguments":{"size":18446744073709551615}}'),
      await answer(client, '{"execute":"media-connect","arguments":{"size":7}}'),
    ].map((reply) => String(reply.return));
    const emit = (size: bigint) => () => server.emit("MEDIUM_CHANGED", disk(size));
    expect(eventsOf(client, emit(9007199254740993n)).map(tagOf)).toEqual([large]);
    expect(eventsOf(client, emit(9007199254740992n))).toEqual([]);
    const emitFor = (size: bigint) => () => server.emitSignal("media", { size }, disk(1n));
    expect(eventsOf(client, emitFor(2n ** 64n - 1n)).map(tagOf)).toEqual([declared]);
    expect(eventsOf(client, emitFor(7n)).map(tagOf)).toEqual([small]);
    const [tag, size] = [declared, "18446744073709551615"];
    expect(await refusal(client, "media-disconnect", `{"tag":"${tag}","size":${size.slice(0, -1)}4}`)).toContain(
      "size",
    );
    expect(await refusal(client, "media-disconnect", `{"tag":"${tag}","size":${size}}`)).toBeUndefined();
  });

  it.each([
    ["block-io-error", '{"devise":"ide0"}', "devise: expected device, node-name or operation, as BLOCK_IO_ERROR"],
    ["block-io-error", '{"device":5}', "device: expected a string"],
    ["block-io-error", '{"device":{}}', "device: expected a string"],
    ["block-io-error", '{"operation":"erase"}', "operation: expected 'read' or 'write'"],
    ["block-io-error", '{"operation":["read"]}', "operation: expected 'read' or 'write'"],
    ["block-io-error", '{"__proto__":{}}', "__proto__: expected device"],
    ["block-io-error", '{"constructor":"x"}', "constructor: expected device"],
    ["stop", '{"device":"ide0"}', "device: expected nothing, as STOP has it"],
    ["medium-changed", '{"tray-open":"yes"}', "tray-open: expected true or false"],
    ["medium-changed", '{"tray-open":null}', "tray-open: expected true or false"],
    ["medium-changed", '{"medium":"disk"}', "medium: expected an object"],
    ["medium-changed", '{"medium":[]}', "medium: expected an object"],
    ["medium-changed", '{"medium":{"size":true}}', "medium.size: expected an integer or a string"],
    ["medium-changed", '{"medium":{"size":1.5}}', "medium.size: expected an integer or a string"],
    ["medium-changed", '{"medium":{"free":"1"}}', "medium.free: expected a number"],
    ["medium-changed", '{"medium":{"parts":[{"nome":"a"}]}}', "medium.parts.0.nome: expected name or inner"],
    ["medium-changed", '{"medium":{"parts":{}}}', "medium.parts: expected an array"],
    ["medium-changed", '{"at":5}', "at: expected an object or a string"],
  ])("%s %s is refused: the data never have it", async (accessor, args, why) => {
    const { server, client } = await negotiated();
    expect(await refusal(client, `${accessor}-connect`, args)).toContain(`arguments: ${why}`);
    expect(server.clients[0]?.signals.connections).toEqual([]);
  });

  it("pass unlooked at when nothing is validated", async () => {
    const { server, client } = await negotiated({ validate: "none" });
    expect(await refusal(client, "block-io-error-connect", { devise: "ide0" })).toBeUndefined();
    expect(await refusal(client, "block-io-error-connect", '{"__proto__":{"x":1}}')).toBeUndefined();
    expect(eventsOf(client, () => server.emit("BLOCK_IO_ERROR", IO_ERROR))).toEqual(["BLOCK_IO_ERROR"]);
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });

  it("may nest as deeply as the protocol allows", async () => {
    const { client } = await negotiated();
    const depth = 1000;
    const deep = `{"at":${'{"inner":'.repeat(depth)}{"nome":1}${"}".repeat(depth)}}`;
    expect(await refusal(client, "medium-changed-connect", deep)).toContain("inner.nome: expected name or inner");
    expect(await refusal(client, "medium-changed-connect", deep.replace('"nome":1', '"name":"a"'))).toBeUndefined();
  });
});

describe("precedence", () => {
  it("commands of the schema, and handlers, come before those of signals", async () => {
    const seen: unknown[] = [];
    const { server, client } = await serve(
      {
        "taken-connect": ({ by }) => ({ done: by === "me" }),
        "block-device-event-connect": ({ device }) => `own:${device}`,
      },
      { fallback: (_, { command }) => (seen.push(command), {}) },
    );
    await client.negotiate();
    expect(await answer(client, { execute: "taken-connect", arguments: { by: "me" } })).toEqual({
      return: { done: true },
    });
    expect(await connect(client, "block-device-event", { device: "x" })).toBe("own:x");
    expect(server.clients[0]?.signals.connections).toEqual([]);
    await answer(client, { execute: "taken-disconnect" });
    expect(seen).toEqual(["taken-disconnect"]);
  });

  it("the fallback does not see them", async () => {
    const seen: unknown[] = [];
    const { client } = await serve({}, { fallback: (_, { command }) => (seen.push(command), {}) });
    await client.negotiate();
    const tag = await connect(client, "block-device-event", { device: "ide0" });
    await connect(client, "stop");
    await answer(client, { execute: "block-device-event-disconnect", arguments: { tag } });
    expect((await answer(client, DROP)).error?.class).toBe("CommandNotFound");
    expect(seen).toEqual([]);
  });
});

describe("order", () => {
  it("the reply to connect comes before any event with its tag, though others emit in the same turn", async () => {
    const { server, client } = await serve({
      ring: () => {
        server.emit("STOP");
      },
    });
    await answer(client, DROP);
    const other = await admit(server).negotiate("oob");
    const from = (await client.negotiate()).messages.length;
    client.send({ execute: "stop-connect", id: 1 }, { execute: "ring", id: 2 }, { execute: "stop-connect", id: 3 });
    other.send({ "exec-oob": "ring", id: "oob" });
    server.emit("STOP");
    while (!client.messages.some(({ id }) => id === 3)) await client.changed();
    expectTagsKnown(client.messages.slice(from));
    expect(client.messages.slice(from).filter(({ event }) => event !== undefined).length).toBeGreaterThan(0);
  });

  it("even if somebody emits while the reply is being written", async () => {
    const { server, client } = await negotiated({ isDefault: false });
    const from = client.messages.length;
    const write = client.write.bind(client);
    client.write = (data) => {
      client.write = write;
      server.emit("STOP");
      write(data);
    };
    const tag = await connect(client, "stop");
    server.emit("STOP");
    expect(client.messages.slice(from)).toMatchObject([{ return: tag }, { event: "STOP", tag }]);
  });

  it("also where commands are executed out of band", async () => {
    let finish: (value: { waited: boolean }) => void = () => undefined;
    const { server, client } = await serve({
      wait: () => new Promise((resolve) => (finish = resolve)),
      ring: () => {
        server.emit("STOP");
      },
    });
    await answer(client, DROP);
    const from = (await client.negotiate("oob")).messages.length;
    const connects = [1, 2, 3].map((id) => ({ execute: "stop-connect", id }));
    client.send({ execute: "wait", id: 0 }, ...connects, { "exec-oob": "ring", id: "a" });
    expect(client.messages.slice(from)).toEqual([{ return: {}, id: "a" }]);
    finish({ waited: true });
    while (!client.messages.some(({ id }) => id === 3)) {
      await client.changed();
      client.send({ "exec-oob": "ring", id: "b" });
    }
    client.send({ "exec-oob": "ring", id: "c" });
    const messages = client.messages.slice(from);
    expectTagsKnown(messages);
    expect(messages.slice(-4).map(({ event, id }) => event ?? id)).toEqual(["STOP", "STOP", "STOP", "c"]);
    expect(await answer(client, { "exec-oob": "stop-connect" })).toMatchObject({ error: { class: "GenericError" } });
  });

  it("the reply to disconnect comes after the last event with its tag", async () => {
    const { server, client } = await serve({
      ring: () => {
        server.emit("STOP");
      },
    });
    await client.negotiate();
    const tag = await connect(client, "stop");
    const from = client.messages.length;
    const [ring, end] = [{ execute: "ring" }, { execute: "stop-disconnect", arguments: { tag }, id: "end" }];
    client.send(ring, end, ring);
    const messages = await client.until(from + 6, from);
    expect(messages.map((one) => one.tag ?? one.event ?? one.id ?? "reply")).toEqual([
      "STOP",
      tag,
      "reply",
      "end",
      "STOP",
      "reply",
    ]);
  });
});

/** Each tag is told before it is used. */
function expectTagsKnown(messages: readonly Received[]): void {
  const known = new Set<unknown>();
  for (const { return: returned, event, tag } of messages) {
    if (event === undefined) known.add(returned);
    else expect(known).toContain(tag);
  }
}

describe("limits", () => {
  it("a session has at most a thousand connections, and may have others when it ends some", async () => {
    const { server, client } = await negotiated({ isDefault: false });
    const other = await admit(server).negotiate();
    const replies = await client.ask(JSON.stringify({ execute: "stop-connect" }).repeat(10_000));
    const tags = replies.flatMap((reply) => (typeof reply.return === "string" ? [reply.return] : []));
    expect(tags).toHaveLength(1000);
    expect(new Set(tags).size).toBe(1000);
    expect(replies.at(-1)?.error).toMatchObject({
      class: "GenericError",
      desc: expect.stringContaining("1000") as string,
    });
    expect(server.clients[0]?.signals.connections).toHaveLength(1000);
    expect(eventsOf(client, () => server.emit("STOP"))).toHaveLength(1000);
    await connect(other, "stop");
    await answer(client, { execute: "stop-disconnect", arguments: { tag: tags[500] } });
    await connect(client, "stop");
    expect(await refusal(client, "stop-connect")).toContain("1000");
  });

  it("keeps a mebi of characters of arguments for a session, and no more", async () => {
    const { server, client } = await negotiated();
    const device = "x".repeat(2 ** 19);
    expect(await refusal(client, "block-io-error-connect", { device: device.repeat(4) })).toContain("1048576");
    const tag = await connect(client, "block-io-error", { device });
    expect(await refusal(client, "block-io-error-connect", { device })).toContain("1048576");
    expect(await refusal(client, "block-io-error-disconnect", { tag, device })).toBeUndefined();
    await connect(client, "block-io-error", { device });
    expect(server.clients[0]?.signals.connections).toHaveLength(1);
  });

  it("nothing stays when the client goes, be it while it connects", async () => {
    const { server, client } = await negotiated();
    await connect(client, "stop");
    const [session] = server.clients;
    if (session === undefined) throw new Error("no client");
    client.write = () => client.end();
    client.send({ execute: "stop-connect" }, "\n");
    expect(client.isClosed).toBe(true);
    expect(server.clients).toEqual([]);
    expect(session.signals).toEqual({ default: false, connections: [] });
    session.emit("STOP");
    server.emit("STOP");
  });

  it("a client that comes again begins anew", async () => {
    const { server, client } = await negotiated({ isDefault: false });
    const tag = await connect(client, "stop");
    client.end();
    const again = await admit(server).negotiate();
    expect(eventsOf(again, () => server.emit("STOP"))).toEqual(["STOP"]);
    expect(await refusal(again, "stop-disconnect", { tag })).toContain(tag);
    expect(await connect(again, "stop")).not.toBe(tag);
  });
});
