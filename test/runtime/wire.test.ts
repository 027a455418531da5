/** Signals over the wire, message by message: the client, and a server whose every word the test says. */
import { describe, expect, it } from "vitest";
import { type Client, type ClientOptions, connect } from "../../src/runtime/core.js";
import {
  ConnectionLostError,
  OverflowError,
  ProtocolError,
  QmpError,
  TimeoutError,
  UnsupportedError,
  ValidationError,
} from "../../src/runtime/errors.js";
import type { Schema } from "../../src/runtime/schema.js";
import { nextTurn, timestamp } from "./connected.js";
import { door } from "./door-schema.js";
import { type FakePeer, FakeServer, GREETING, greets } from "./fake-peer.js";
import { proposal, type ProposalSchema } from "./proposal-schema.js";

const OFFERS = {
  QMP: { version: { qemu: { major: 10, minor: 2, micro: 0 }, package: "" }, capabilities: ["oob", "signals"] },
};

/** Greets, and negotiates with whoever drops the default connection. */
function offers(peer: FakePeer): void {
  peer.say(OFFERS);
  void peer.reply("disconnect-default-signals").then(() => peer.reply("qmp_capabilities"));
}

/** Greets, and negotiates with whoever keeps it. */
function offersToOld(peer: FakePeer): void {
  peer.say(OFFERS);
  void peer.reply("qmp_capabilities");
}

type ProposalClient = Client<Schema<ProposalSchema>>;

interface Connected<C> {
  readonly qmp: C;
  readonly server: FakeServer;
  readonly problems: Error[];
}

async function dropped(
  server = new FakeServer(offers),
  options: ClientOptions = {},
): Promise<Connected<ProposalClient>> {
  const problems: Error[] = [];
  const onProblem = (problem: Error): void => void problems.push(problem);
  const qmp = await connect(proposal, server, { defaultConnection: false, onProblem, ...options });
  await nextTurn();
  return { qmp, server, problems };
}

const QUICK = { reconnect: { minDelay: 0, maxDelay: 0 } } as const;

function deviceEvent(tag: string | undefined, action: string): object {
  const data = { action, operation: "read", reason: "io" };
  return { event: "BLOCK_DEVICE_EVENT", data, timestamp, ...(tag === undefined ? {} : { tag }) };
}

function ioEvent(tag: string | undefined, device: string): object {
  const data = { device, action: "stop", operation: "read" };
  return { event: "BLOCK_IO_EVENT", data, timestamp, ...(tag === undefined ? {} : { tag }) };
}

/** What the client has sent, without ids. */
function sent(peer: FakePeer): readonly unknown[] {
  return peer.commands.map(({ execute, arguments: args }) => (args === undefined ? execute : [execute, args]));
}

describe("the negotiation", () => {
  it("drops the default connection where the server offers signals, before qmp_capabilities", async () => {
    const { server, qmp } = await dropped();
    expect(server.peer.sent).toBe(
      `{"execute":"disconnect-default-signals","id":"default-signals"}\n` +
        `{"execute":"qmp_capabilities","arguments":{"enable":["oob"]},"id":"negotiation"}\n`,
    );
    expect(qmp.greeting?.capabilities).toEqual(["oob", "signals"]);
  });

  it("says nothing of it to who does not offer it, or where the default connection is wanted", async () => {
    const negotiation = `{"execute":"qmp_capabilities","arguments":{"enable":["oob"]},"id":"negotiation"}\n`;
    const qemu = await dropped(new FakeServer(greets));
    expect(qemu.server.peer.sent).toBe(negotiation);
    const wanted = await dropped(new FakeServer(offersToOld), { defaultConnection: true });
    expect(wanted.server.peer.sent).toBe(negotiation);
  });

  it("fails where a server refuses what it offers", async () => {
    const server = new FakeServer((peer) => {
      peer.say(OFFERS);
      void peer.reply("disconnect-default-signals", { error: { class: "CommandNotFound", desc: "no such command" } });
    });
    await expect(dropped(server)).rejects.toThrow(
      "cannot connect to fake:server: the server refused to drop the default connection, which it offers: no such command",
    );
    await expect(dropped(server)).rejects.toMatchObject({ cause: expect.any(ProtocolError) as Error });
    const silent = new FakeServer((peer) => {
      peer.say(OFFERS);
      void peer.reply("qmp_capabilities");
    });
    await expect(dropped(silent)).rejects.toThrow(
      "received another message where the reply to disconnect-default-signals was due",
    );
  });
});

describe("the example of the proposal", () => {
  it("connects with the accessor's arguments, takes what has the tag, and disconnects with the tag alone", async () => {
    const { qmp, server, problems } = await dropped();
    const { peer } = server;
    const actions: string[] = [];
    const handle = qmp
      .accessor("block-device-event", { device: "ide0" })
      .connect((event) => actions.push(event.data.action));
    await peer.reply("block-device-event-connect", { return: "1" });
    peer.say(deviceEvent("1", "stop"), deviceEvent("1", "report"));
    expect(handle.disconnect()).toBe(true);
    await peer.command("block-device-event-disconnect");
    expect(sent(peer).slice(2)).toEqual([
      ["block-device-event-connect", { device: "ide0" }],
      ["block-device-event-disconnect", { tag: "1" }],
    ]);
    // What was on its way meanwhile.
    peer.say(deviceEvent("1", "none"));
    await peer.reply("block-device-event-disconnect");
    expect(actions).toEqual(["stop", "report"]);
    expect(problems).toEqual([]);
    // @ts-expect-error -- the argument is missing
    expect(() => qmp.accessor("block-device-event")).toThrow(ValidationError);
    // @ts-expect-error -- it takes none
    expect(() => qmp.accessor("block-io-event", { device: "ide0" })).toThrow(ValidationError);
    // @ts-expect-error -- no such accessor
    expect(() => qmp.accessor("block-event", {})).toThrow(TypeError);
    qmp.accessor("block-io-event");
  });

  it("gives events to slots as if they had come without a tag", async () => {
    const { qmp, server } = await dropped();
    const { peer } = server;
    const next = qmp.accessor("block-device-event", { device: "ide0" }).once();
    await peer.reply("block-device-event-connect", { return: "x" });
    peer.say(deviceEvent("x", "stop"));
    expect(await next).toStrictEqual(deviceEvent(undefined, "stop"));
  });

  it("knows the tag before it looks at what comes behind the reply, in one piece with it", async () => {
    const { qmp, server, problems } = await dropped();
    const { peer } = server;
    const happened = qmp.executeThenWait(
      "block-io-event-connect",
      undefined,
      "BLOCK_IO_EVENT",
      { device: "ide1" },
      { timeout: 1000 },
    );
    const mine = await peer.command("block-io-event-connect", 0);
    const theirs = await peer.command("block-io-event-connect", 1);
    const messages = [{ return: "mine", id: mine.id }, { return: "theirs", id: theirs.id }, ioEvent("mine", "ide1")];
    peer.say(messages.map((message) => `${JSON.stringify(message)}\n`).join(""));
    expect((await happened).event.data.device).toBe("ide1");
    expect(problems).toEqual([]);
  });
});

describe("connections", () => {
  it("are shared by slots that want the same, however they say it", async () => {
    const { qmp, server } = await dropped();
    const { peer } = server;
    const slots: string[] = [];
    const handles = [
      qmp.accessor("block-job-event", { device: "a", state: "on" }).connect(() => slots.push("1")),
      qmp.accessor("block-job-event", { state: "on", device: "a" }).connect(() => slots.push("2")),
      qmp.accessor("block-job-event", { device: "a" }).connect(() => slots.push("3")),
    ];
    await peer.reply("block-job-event-connect", { return: "on" }, 0);
    await peer.reply("block-job-event-connect", { return: "any" }, 1);
    const event = { event: "BLOCK_JOB_EVENT", data: { device: "a", state: "on" }, timestamp };
    peer.say({ ...event, tag: "on" }, { ...event, tag: "any" });
    expect(slots).toEqual(["1", "2", "3"]);
    for (const handle of handles) handle.disconnect();
    await peer.command("block-job-event-disconnect", 1);
    expect(sent(peer).slice(2)).toEqual([
      ["block-job-event-connect", { device: "a", state: "on" }],
      ["block-job-event-connect", { device: "a" }],
      ["block-job-event-disconnect", { tag: "on" }],
      ["block-job-event-disconnect", { tag: "any" }],
    ]);
  });

  it("send what the arguments were when the accessor was called, with each server", async () => {
    const { qmp, server } = await dropped(undefined, QUICK);
    const args = { device: "ide0" };
    qmp.accessor("block-device-event", args).connect(() => undefined);
    args.device = "ide1";
    expect(await server.peer.command("block-device-event-connect")).toMatchObject({ arguments: { device: "ide0" } });
    server.peer.end();
    await expect.poll(() => server.peers.length).toBe(2);
    expect(await server.peer.command("block-device-event-connect")).toMatchObject({ arguments: { device: "ide0" } });
    // What has no end cannot be sent.
    const { qmp: other, problems } = await dropped();
    const endless: { device?: object } = {};
    endless.device = endless;
    other.signalUntyped("BLOCK_IO_ERROR", endless).connect(() => undefined);
    expect(problems).toEqual([expect.any(TypeError)]);
  });

  it("that are given up before their reply has come are disconnected behind it", async () => {
    const { qmp, server, problems } = await dropped();
    const { peer } = server;
    const signal = qmp.accessor("block-device-event", { device: "ide0" });
    signal.connect(() => expect.unreachable()).disconnect();
    const { id } = await peer.command("block-device-event-connect");
    expect(sent(peer)).toHaveLength(3);
    peer.say(`${JSON.stringify({ return: "1", id })}\n${JSON.stringify(deviceEvent("1", "stop"))}\n`);
    await peer.reply("block-device-event-disconnect");
    // One that is wanted again in time is not given up.
    const actions: string[] = [];
    signal.connect(() => expect.unreachable()).disconnect();
    signal.connect(({ data }) => actions.push(data.action));
    await peer.reply("block-device-event-connect", { return: "2" }, 1);
    peer.say(deviceEvent("2", "report"));
    await nextTurn();
    expect(actions).toEqual(["report"]);
    expect(sent(peer)).toHaveLength(5);
    expect(problems).toEqual([]);
  });

  it("reports tags that it does not know, once, and those of another event", async () => {
    const { qmp, server, problems } = await dropped();
    const { peer } = server;
    qmp.accessor("block-io-event").connect(() => expect.unreachable());
    await peer.reply("block-io-event-connect", { return: "1" });
    peer.say(deviceEvent("1", "stop"), deviceEvent("2", "stop"), { ...ioEvent("1", "a"), tag: 1 });
    expect(problems).toEqual([expect.any(ProtocolError)]);
    expect(problems[0]?.message).toBe(
      "BLOCK_DEVICE_EVENT: received an event with the tag of a connection for BLOCK_IO_EVENT; " +
        "signal() and accessor() connect, not execute()",
    );
  });

  it("do not take what is no tag for one, nor the same tag twice", async () => {
    const { qmp, server, problems } = await dropped();
    const { peer } = server;
    const once = qmp.accessor("block-io-event").once();
    await peer.reply("block-io-event-connect", { return: {} });
    await expect(once).rejects.toThrow(
      "block-io-event-connect: the server returned what is no tag, or one that it has given out already",
    );
    qmp.accessor("block-io-event").connect(() => undefined);
    await peer.reply("block-io-event-connect", { return: "1" }, 1);
    qmp.accessor("block-device-event", { device: "a" }).connect(() => undefined);
    await peer.reply("block-device-event-connect", { return: "1" });
    expect(problems).toEqual([expect.any(ProtocolError)]);
  });
});

describe("what a server refuses", () => {
  const refusal = { error: { class: "GenericError", desc: "too many signals" } };

  it("rejects waits and loops, and is reported for slots, once; the next slot is a reason to try again", async () => {
    const { qmp, server, problems } = await dropped();
    const { peer } = server;
    const signal = qmp.accessor("block-io-event");
    const actions: string[] = [];
    signal.connect(({ data }) => actions.push(data.action));
    signal.connect(({ data }) => actions.push(data.action));
    const waits = [signal.once(), signal.events().next()];
    await peer.reply("block-io-event-connect", refusal);
    for (const wait of waits) await expect(wait).rejects.toBeInstanceOf(QmpError);
    expect(problems).toEqual([expect.any(QmpError)]);
    expect(problems[0]?.message).toBe("block-io-event-connect: too many signals");
    const again = signal.once();
    await peer.reply("block-io-event-connect", { return: "1" }, 1);
    peer.say(ioEvent("1", "a"));
    await again;
    expect(actions).toEqual(["stop", "stop"]);
  });

  it("is not waited for in vain: the command is not executed for nothing", async () => {
    const { qmp, server } = await dropped();
    const both = qmp.executeThenWait("block-io-event-disconnect", { tag: "" }, "BLOCK_IO_EVENT");
    await server.peer.reply("block-io-event-connect", refusal);
    await expect(both).rejects.toThrow("too many signals");
  });

  it("to disconnect is reported", async () => {
    const { qmp, server, problems } = await dropped();
    const { peer } = server;
    const handle = qmp.accessor("block-io-event").connect(() => undefined);
    await peer.reply("block-io-event-connect", { return: "1" });
    handle.disconnect();
    await peer.reply("block-io-event-disconnect", refusal);
    expect(problems.map(({ message }) => message)).toEqual(["block-io-event-disconnect: too many signals"]);
  });

  it("or does not answer in commandTimeout: that is told, and what comes late counts", async () => {
    const { qmp, server, problems } = await dropped(undefined, { commandTimeout: 5 });
    const { peer } = server;
    const actions: string[] = [];
    const signal = qmp.accessor("block-io-event");
    signal.connect(({ data }) => actions.push(data.action));
    await expect(signal.once()).rejects.toBeInstanceOf(TimeoutError);
    expect(problems).toEqual([expect.any(TimeoutError)]);
    await peer.reply("block-io-event-connect", { return: "1" });
    peer.say(ioEvent("1", "a"));
    expect(actions).toEqual(["stop"]);
  });
});

describe("beside commands", () => {
  it("goes before those that wait, and does not count among them", async () => {
    const { qmp, server } = await dropped(undefined, { maxQueuedCommands: 2 });
    const { peer } = server;
    const names = Array.from({ length: 10 }, (_, index) => `x-${String(index)}`);
    const replies = names.map((name) => qmp.executeUntyped(name));
    await expect(qmp.executeUntyped("x-10")).rejects.toBeInstanceOf(OverflowError);
    for (const device of ["a", "b", "c"]) qmp.accessor("block-device-event", { device }).connect(() => undefined);
    await expect(qmp.executeUntyped("x-10")).rejects.toBeInstanceOf(OverflowError);
    for (const name of names.slice(0, 5)) await peer.reply(name);
    expect(sent(peer).slice(10)).toEqual([
      ["block-device-event-connect", { device: "a" }],
      ["block-device-event-connect", { device: "b" }],
      ["block-device-event-connect", { device: "c" }],
      "x-8",
      "x-9",
    ]);
    for (const [n, tag] of ["a", "b", "c"].entries())
      await peer.reply("block-device-event-connect", { return: tag }, n);
    for (const name of names.slice(5)) await peer.reply(name);
    await Promise.all(replies);
  });
});

describe("after a loss", () => {
  it("connects all again, before the commands that wait, with new tags", async () => {
    const { qmp, server, problems } = await dropped(undefined, QUICK);
    const first = server.peer;
    const actions: string[] = [];
    qmp.accessor("block-device-event", { device: "a" }).connect(({ data }) => actions.push(`a ${data.action}`));
    const given = qmp.accessor("block-device-event", { device: "b" }).connect(() => expect.unreachable());
    const pending = qmp.accessor("block-io-event").connect(({ data }) => actions.push(`io ${data.device}`));
    await first.reply("block-device-event-connect", { return: "1" }, 0);
    await first.reply("block-device-event-connect", { return: "2" }, 1);
    first.end();
    given.disconnect();
    const meanwhile = qmp.executeUntyped("x-next");
    qmp.accessor("block-device-event", { device: "c" }).connect(({ data }) => actions.push(`c ${data.action}`));
    await expect.poll(() => server.peers.length).toBe(2);
    const { peer } = server;
    await peer.command("x-next");
    expect(sent(peer).slice(2)).toEqual([
      ["block-device-event-connect", { device: "a" }],
      ["block-io-event-connect", {}],
      ["block-device-event-connect", { device: "c" }],
      "x-next",
    ]);
    await peer.reply("block-device-event-connect", { return: "2" }, 0);
    await peer.reply("block-io-event-connect", { return: "1" });
    await peer.reply("block-device-event-connect", { return: "3" }, 1);
    await peer.reply("x-next");
    await meanwhile;
    peer.say(deviceEvent("2", "stop"), ioEvent("1", "x"), deviceEvent("3", "none"));
    pending.disconnect();
    expect(actions).toEqual(["a stop", "io x", "c none"]);
    expect(problems).toEqual([]);
  });

  it("connects once what waited to be sent when it happened", async () => {
    const { qmp, server, problems } = await dropped(undefined, QUICK);
    const first = server.peer;
    const replies = Array.from({ length: 8 }, (_, index) => qmp.executeUntyped(`x-${String(index)}`));
    const lost = replies.map((reply) => expect(reply).rejects.toBeInstanceOf(ConnectionLostError));
    qmp.accessor("block-device-event", { device: "a" }).connect(() => undefined);
    const given = qmp.accessor("block-device-event", { device: "b" }).connect(() => undefined);
    await first.command("x-7");
    expect(sent(first)).toHaveLength(10);
    given.disconnect();
    first.end();
    await Promise.all(lost);
    await expect.poll(() => server.peers.length).toBe(2);
    const { peer } = server;
    await peer.reply("block-device-event-connect", { return: "1" });
    const last = qmp.executeUntyped("x-last");
    await peer.reply("x-last");
    await last;
    expect(sent(peer).slice(2)).toEqual([["block-device-event-connect", { device: "a" }], "x-last"]);
    expect(problems).toEqual([]);
  });

  it("goes on with a server of another kind, and back", async () => {
    const kinds = [offers, greets, offers];
    const server = new FakeServer((peer, attempt) => kinds[attempt - 1]?.(peer));
    const { qmp, problems } = await dropped(server, QUICK);
    const devices: string[] = [];
    qmp.signal("BLOCK_IO_EVENT", { device: "a" }).connect(({ data }) => devices.push(`1 ${data.device}`));
    qmp.accessor("block-io-event").connect(({ data }) => devices.push(`2 ${data.device}`));
    qmp.signal("BLOCK_IO_EVENT").connect(({ data }) => devices.push(`3 ${data.device}`));
    qmp.accessor("block-device-event", { device: "a" }).connect(() => devices.push("4"));
    const onTheWire = async (tag: string): Promise<void> => {
      const { peer } = server;
      await peer.reply("block-io-event-connect", { return: tag });
      await peer.reply("block-device-event-connect", { return: `${tag}4` });
      peer.say(ioEvent(tag, "a"), ioEvent(tag, "b"), deviceEvent(`${tag}4`, "stop"));
    };
    await onTheWire("x");
    expect(devices.splice(0)).toEqual(["1 a", "2 a", "3 a", "2 b", "3 b", "4"]);
    server.peer.end();
    await expect.poll(() => qmp.state).toMatchObject({ state: "ready", greeting: { capabilities: ["oob"] } });
    server.peer.say(ioEvent(undefined, "a"), ioEvent(undefined, "b"), deviceEvent(undefined, "stop"));
    expect(devices.splice(0)).toEqual(["1 a", "2 a", "3 a", "2 b", "3 b"]);
    expect(problems.splice(0)).toEqual([expect.any(UnsupportedError)]);
    expect(sent(server.peer)).toEqual([["qmp_capabilities", { enable: ["oob"] }]]);
    server.peer.end();
    await expect.poll(() => server.peers.length).toBe(3);
    await onTheWire("y");
    expect(devices).toEqual(["1 a", "2 a", "3 a", "2 b", "3 b", "4"]);
    expect(problems).toEqual([]);
  });
});

describe("a default connection that was dropped", () => {
  it("is made up for by connecting to every event, for as long as it is switched on", async () => {
    const { qmp, server, problems } = await dropped();
    const { peer } = server;
    const every: string[] = [];
    const own: string[] = [];
    qmp.everyEvent.connect(({ event }) => every.push(event));
    qmp.accessor("block-io-event").connect(({ event }) => own.push(event));
    qmp.defaultConnection = true;
    qmp.defaultConnection = true;
    await peer.reply("block-io-event-connect", { return: "1" });
    expect(qmp.defaultConnection).toBe(true);
    // The others are behind arguments that are not known.
    await nextTurn();
    expect(sent(peer).slice(2)).toEqual([["block-io-event-connect", {}]]);
    peer.say(ioEvent("1", "a"));
    expect([every, own]).toEqual([["BLOCK_IO_EVENT"], ["BLOCK_IO_EVENT"]]);
    qmp.defaultConnection = false;
    peer.say(ioEvent("1", "a"));
    expect([every, own]).toEqual([["BLOCK_IO_EVENT"], ["BLOCK_IO_EVENT", "BLOCK_IO_EVENT"]]);
    expect(problems).toEqual([]);
  });

  it("does without events that the server does not have", async () => {
    const problems: Error[] = [];
    const server = new FakeServer(offers);
    const qmp = await connect(door, server, { defaultConnection: false, onProblem: (error) => problems.push(error) });
    await nextTurn();
    qmp.defaultConnection = true;
    await server.peer.reply("door-opened-connect", { return: "1" });
    await server.peer.reply("rang-connect", { error: { class: "CommandNotFound", desc: "no such command" } });
    await server.peer.reply("shutdown-connect", { error: { class: "GenericError", desc: "no more" } });
    expect(problems.map(({ message }) => message)).toEqual(["shutdown-connect: no more"]);
    qmp.defaultConnection = false;
    expect(await server.peer.command("door-opened-disconnect")).toMatchObject({ arguments: { tag: "1" } });
  });
});

describe("signals of events", () => {
  it("use the accessor that all events have, with what narrows them", async () => {
    const server = new FakeServer(offers);
    const qmp = await connect(door, server, { defaultConnection: false });
    await nextTurn();
    const doors: string[] = [];
    qmp.signal("DOOR_OPENED", { door: "a", by: { name: "me" } }).connect(({ data }) => doors.push(data.door));
    const connecting = await server.peer.command("door-opened-connect");
    expect(connecting.arguments).toEqual({ by: { name: "me" }, door: "a" });
    await server.peer.reply("door-opened-connect", { return: "1" });
    server.peer.say({ event: "DOOR_OPENED", data: { door: "a", width: 1, by: { name: "me" } }, timestamp, tag: "1" });
    // A server that does not look at the arguments.
    server.peer.say({ event: "DOOR_OPENED", data: { door: "b", width: 1 }, timestamp, tag: "1" });
    expect(doors).toEqual(["a"]);
  });

  it("use a declared accessor that does without what is not known, or say that there is none", async () => {
    const { qmp, server, problems } = await dropped();
    const { peer } = server;
    qmp.signal("BLOCK_JOB_EVENT", { device: "a" }).connect(() => undefined);
    qmp.signal("BLOCK_IO_EVENT", { device: "a" }).connect(() => undefined);
    await nextTurn();
    expect(sent(peer).slice(2)).toEqual([
      ["block-job-event-connect", { device: "a" }],
      ["block-io-event-connect", {}],
    ]);
    await expect(qmp.signal("BLOCK_DEVICE_EVENT").once()).rejects.toBeInstanceOf(UnsupportedError);
    qmp.signal("BLOCK_DEVICE_EVENT").connect(() => undefined);
    expect(problems.map(({ message }) => message)).toEqual([
      "BLOCK_DEVICE_EVENT: no signal accessor leads to it without further arguments: " +
        "connect to accessor 'block-device-event', with arguments",
    ]);
  });

  it("are not asked of a server whose default connection is wanted", async () => {
    const { qmp, server, problems } = await dropped(new FakeServer(offersToOld), { defaultConnection: true });
    const { peer } = server;
    const calls: string[] = [];
    qmp.signal("BLOCK_IO_EVENT", { device: "a" }).connect(() => calls.push("signal"));
    qmp.everyEvent.connect(() => calls.push("every"));
    qmp.accessor("block-io-event").connect(() => calls.push("accessor"));
    await peer.reply("block-io-event-connect", { return: "1" });
    peer.say(ioEvent(undefined, "a"), ioEvent("1", "a"));
    expect(calls).toEqual(["signal", "every", "accessor"]);
    expect(sent(peer).slice(1)).toEqual([["block-io-event-connect", {}]]);
    expect(problems).toEqual([]);
  });
});

describe("without signals on the wire", () => {
  it("an accessor is filtered on this side by what the data have, also where validators are loaded late", async () => {
    for (const validate of ["all", "none"] as const) {
      const { qmp, server, problems } = await dropped(new FakeServer(greets), { validate });
      const states: string[] = [];
      qmp.accessor("block-job-event", { device: "a" }).connect(({ data }) => states.push(data.state));
      const job = (device: string, state: string): object => ({
        event: "BLOCK_JOB_EVENT",
        data: { device, state },
        timestamp,
      });
      server.peer.say(job("a", "on"), job("b", "on"), job("a", "off"));
      expect(states).toEqual(["on", "off"]);
      expect(sent(server.peer)).toHaveLength(1);
      const device = qmp.accessor("block-device-event", { device: "a" });
      await expect(device.once()).rejects.toThrow(
        "block-device-event: the server does not offer signals, and the data of BLOCK_DEVICE_EVENT do not have 'device', by which " +
          'its events could be told apart here: connect to all of them by signal("BLOCK_DEVICE_EVENT"), or to a server that offers signals',
      );
      await expect(device.events().next()).rejects.toBeInstanceOf(UnsupportedError);
      expect(problems).toEqual([]);
      device.connect(() => undefined);
      await expect.poll(() => problems).toEqual([expect.any(UnsupportedError)]);
    }
  });

  it("a member `tag` of an event means nothing", async () => {
    const server = new FakeServer((peer) => {
      peer.say(GREETING);
      void peer.reply("qmp_capabilities");
    });
    const { qmp } = await dropped(server);
    const events: unknown[] = [];
    qmp.signal("BLOCK_IO_EVENT").connect((event) => events.push(event));
    server.peer.say(ioEvent("x", "a"));
    expect(events).toEqual([ioEvent("x", "a")]);
  });
});
