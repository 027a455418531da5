import { describe, expect, it } from "vitest";
import {
  type ClientState,
  connect,
  ConnectionLostError,
  ProtocolError,
  QmpError,
  TimeoutError,
  UnsupportedError,
  ValidationError,
} from "../../src/runtime/core.js";
import { connected, opened, timestamp } from "./connected.js";
import { door } from "./door-schema.js";
import { FakeServer, GREETING, greets } from "./fake-peer.js";

describe("a command", () => {
  it("is sent with an id and resolved by its reply", async () => {
    const { qmp, server } = await connected();
    const first = qmp.execute("query-door");
    const second = qmp.execute("open-door", { door: "front", width: 2n ** 63n - 1n });
    await server.peer.reply("open-door");
    await server.peer.reply("query-door", { return: { state: "open" } });
    expect(await first).toEqual({ state: "open" });
    expect(await second).toEqual({});
    expect(server.peer.sent).toContain(
      '{"execute":"open-door","arguments":{"door":"front","width":9223372036854775807},"id":',
    );
    await qmp.close();
  });

  it("is rejected with what the server says of it", async () => {
    const { qmp, server } = await connected();
    const reply = qmp.execute("open-door", { door: "none" });
    await server.peer.reply("open-door", { error: { class: "DeviceNotFound", desc: "No such door" } });
    await expect(reply).rejects.toThrow(QmpError);
    await expect(reply).rejects.toMatchObject({
      message: "open-door: No such door",
      class: "DeviceNotFound",
      description: "No such door",
      command: "open-door",
      arguments: { door: "none" },
    });
  });

  it("is not sent when its arguments are not as the schema says", async () => {
    const { qmp, server } = await connected();
    const wrong: unknown = { door: 5, size: 1 };
    const reply = qmp.execute("open-door", wrong as { door: string });
    await expect(reply).rejects.toThrow(ValidationError);
    await expect(reply).rejects.toThrow(/^open-door: its arguments are not as the schema says: door: expected str/);
    expect(server.peer.commands.map(({ execute }) => execute)).toEqual(["qmp_capabilities"]);
    // A client that is told not to validate sends it.
    const other = await connected({ validate: "none" });
    void other.qmp.execute("open-door", wrong as { door: string });
    expect(await other.server.peer.command("open-door")).toMatchObject({ arguments: wrong });
  });

  it("is rejected when what it returns is not as the schema says", async () => {
    for (const [validate, isRejected] of [
      ["all", true],
      ["arguments", false],
      ["none", false],
    ] as const) {
      const { qmp, server } = await connected({ validate });
      const reply = qmp.execute("query-door");
      await server.peer.reply("query-door", { return: { state: 5 } });
      if (isRejected) await expect(reply).rejects.toThrow("query-door: its returns are not as the schema says: state:");
      else expect(await reply).toEqual({ state: 5 });
    }
  });

  it("is refused when the schema does not have it, unless nothing is to be checked", async () => {
    const { qmp, server } = await connected();
    const unknown: string = "shut-door";
    await expect(qmp.execute(unknown as "query-door")).rejects.toThrow('the schema has no command "shut-door"');
    const reply = qmp.executeUntyped(unknown, { slowly: true });
    await server.peer.reply("shut-door", { return: 5 });
    expect(await reply).toBe(5);
  });

  it("is held back while eight are in flight, but not out of band", async () => {
    const { qmp, server } = await connected();
    const replies = Array.from({ length: 12 }, () => qmp.execute("query-door"));
    const ring = qmp.execute("ring", undefined, { oob: true });
    await server.peer.command("ring");
    expect(server.peer.commands.filter(({ execute }) => execute === "query-door")).toHaveLength(8);
    await server.peer.reply("ring");
    expect(await ring).toEqual({});
    for (let n = 0; n < 12; n++) await server.peer.reply("query-door", { return: { state: String(n) } }, n);
    expect(await Promise.all(replies)).toEqual(Array.from({ length: 12 }, (_, n) => ({ state: String(n) })));
  });

  it("is executed out of band only where schema and server allow it", async () => {
    const { qmp } = await connected();
    await expect(qmp.execute("query-door", undefined, { oob: true } as object)).rejects.toThrow(TypeError);
    const without = await connected({ oob: false });
    expect(await without.server.peer.command("qmp_capabilities")).not.toHaveProperty("arguments");
    await expect(without.qmp.execute("ring", undefined, { oob: true })).rejects.toThrow(UnsupportedError);
  });

  it("takes the error without an id that comes when the server could not read it", async () => {
    const { qmp, server } = await connected();
    const first = qmp.execute("query-door");
    const second = qmp.execute("query-door");
    await server.peer.command("query-door", 1);
    server.peer.say({ error: { class: "GenericError", desc: "not read" } });
    await expect(first).rejects.toThrow("query-door: not read");
    await server.peer.reply("query-door", { return: { state: "open" } }, 1);
    expect(await second).toEqual({ state: "open" });
  });

  it("ends when its time is up, and its late reply is nobody's problem", async () => {
    const { qmp, server, problems } = await connected();
    const reply = qmp.execute("query-door", undefined, { timeout: 1 });
    await expect(reply).rejects.toThrow(TimeoutError);
    await expect(reply).rejects.toMatchObject({
      phase: "command",
      timeout: 1,
      subject: "query-door",
      mayHaveRun: true,
    });
    await server.peer.reply("query-door", { return: { state: "open" } });
    expect(problems).toEqual([]);
    const patient = await connected({ commandTimeout: 1 });
    await expect(patient.qmp.execute("query-door")).rejects.toThrow(TimeoutError);
  });

  it("ends when its signal is aborted, sent or not", async () => {
    const { qmp, server } = await connected();
    const controller = new AbortController();
    const { signal } = controller;
    const sent = qmp.execute("query-door", undefined, { signal });
    for (let n = 0; n < 7; n++) void qmp.execute("query-door");
    const waiting = qmp.execute("ring", undefined, { signal });
    await server.peer.command("query-door", 7);
    controller.abort(new Error("enough"));
    await expect(sent).rejects.toThrow("enough");
    await expect(waiting).rejects.toThrow("enough");
    await expect(qmp.execute("query-door", undefined, { signal })).rejects.toThrow("enough");
    await server.peer.reply("query-door");
    expect(server.peer.sent).not.toContain("ring");
  });

  it("without a reply succeeds when a later one is answered, when time is up, or when the connection ends", async () => {
    const { qmp, server } = await connected({ noReplyTimeout: 1 });
    expect(await qmp.execute("leave")).toBeUndefined();
    const patient = await connected({ noReplyTimeout: 60_000 });
    const left = patient.qmp.execute("leave");
    void patient.qmp.execute("query-door");
    await patient.server.peer.reply("query-door", { return: { state: "open" } });
    expect(await left).toBeUndefined();
    const again = patient.qmp.execute("leave");
    await patient.server.peer.command("leave", 1);
    patient.server.peer.end();
    expect(await again).toBeUndefined();
    const refused = qmp.execute("leave");
    await server.peer.reply("leave", { error: { class: "GenericError", desc: "locked" } }, 1);
    await expect(refused).rejects.toThrow("leave: locked");
  });
});

describe("a reply to nobody", () => {
  it.each([
    ["of an unknown id", { return: {}, id: 4711 }],
    ["of an id of another kind", { return: {}, id: { a: 1 } }],
    ["without an id, when no command waits", { error: { class: "GenericError", desc: "?" } }],
  ])("%s is reported and dropped", async (_, reply) => {
    const { qmp, server, problems } = await connected();
    server.peer.say(reply);
    expect(problems).toEqual([expect.any(ProtocolError)]);
    expect(problems[0]).toMatchObject({ kind: "reply" });
    expect(qmp.state.state).toBe("ready");
  });

  it("for the second time is reported and dropped", async () => {
    const { qmp, server, problems } = await connected();
    const reply = qmp.execute("query-door");
    await server.peer.reply("query-door", { return: { state: "open" } });
    await server.peer.reply("query-door", { return: { state: "shut" } });
    expect(await reply).toEqual({ state: "open" });
    expect(problems).toHaveLength(1);
  });
});

describe("events", () => {
  it("reach who connects in the turn in which connect is resolved, wherever in the negotiation they came", async () => {
    const server = new FakeServer((peer) => {
      peer.say(opened("before"), GREETING, opened("between"));
      void peer
        .command("qmp_capabilities")
        .then(({ id }) => peer.say(opened("early"), { return: {}, id }, opened("late")));
    });
    const qmp = await connect(door, server);
    const doors: string[] = [];
    qmp.signal("DOOR_OPENED").connect(({ data }) => doors.push(data.door));
    await qmp.signal("DOOR_OPENED", { door: "late" }).once();
    expect(doors).toEqual(["before", "between", "early", "late"]);
  });
});

describe("quit", () => {
  it("is no loss, though the connection ends", async () => {
    const { qmp, server } = await connected({ reconnect: true });
    const states: ClientState[] = [];
    qmp.stateChanged.connect((state) => states.push(state));
    const done = qmp.executeThenWait("quit", undefined, "SHUTDOWN", { reason: "host-qmp-quit" });
    await server.peer.reply("quit");
    server.peer.say({ event: "SHUTDOWN", data: { guest: false, reason: "host-qmp-quit" }, timestamp });
    expect((await done).event.data.guest).toBe(false);
    server.peer.end();
    expect(states).toEqual([{ state: "closed", reason: undefined }]);
    await qmp.close();
    expect(server.isClosed).toBe(true);
    await expect(qmp.execute("query-door")).rejects.toThrow(ConnectionLostError);
  });
});

describe("a lost connection", () => {
  it("rejects what was sent, and sends what was not on the next one", async () => {
    const { qmp, server } = await connected({ reconnect: { minDelay: 1 } });
    const states: ClientState[] = [];
    qmp.stateChanged.connect((state) => states.push(state));
    const doors: string[] = [];
    qmp.signal("DOOR_OPENED").connect(({ data }) => doors.push(data.door));
    const sent = Array.from({ length: 8 }, () => qmp.execute("query-door"));
    const queued = qmp.execute("ring");
    const first = server.peer;
    await first.command("query-door", 7);
    first.end(new Error("broken"));
    for (const reply of sent) {
      await expect(reply).rejects.toThrow("query-door: the connection is lost: broken; it may have been executed");
      await expect(reply).rejects.toMatchObject({ command: "query-door", mayHaveRun: true });
    }
    await qmp.stateChanged.once();
    await qmp.stateChanged.once();
    await server.peer.reply("ring");
    expect(await queued).toEqual({});
    expect(server.peer).not.toBe(first);
    server.peer.say(opened("front"));
    expect(doors).toEqual(["front"]);
    expect(states).toMatchObject([
      { state: "waiting", attempt: 1, delay: 1, reason: { message: "broken" } },
      { state: "connecting", attempt: 1 },
      { state: "ready", reconnected: true },
    ]);
    await qmp.close();
  });

  it("rejects all when it is not made again", async () => {
    const { qmp, server } = await connected();
    const once = qmp.signal("RANG").once();
    const loop = qmp.signal("RANG").events().next();
    const sent = Array.from({ length: 9 }, () => qmp.execute("query-door"));
    await server.peer.command("query-door", 7);
    server.peer.end();
    const fates = await Promise.all(sent.map((reply) => reply.catch((error: unknown) => error)));
    expect(fates.map((fate) => fate instanceof ConnectionLostError && fate.mayHaveRun)).toEqual([
      ...Array.from({ length: 8 }, () => true),
      false,
    ]);
    await expect(once).rejects.toThrow(ConnectionLostError);
    await expect(loop).rejects.toThrow(ConnectionLostError);
    expect(qmp.state).toMatchObject({ state: "closed", reason: { message: "the server ended the connection" } });
  });

  it("is given up after so many attempts", async () => {
    const server = new FakeServer((peer, attempt) => {
      if (attempt > 1) throw new Error(`no attempt ${attempt}`);
      greets(peer);
    });
    const qmp = await connect(door, server, { reconnect: { minDelay: 1, attempts: 3 } });
    server.peer.end();
    const states: string[] = [];
    for await (const { state } of qmp.stateChanged) states.push(state);
    expect(states).toEqual(["waiting", "connecting", "waiting", "connecting", "waiting", "connecting", "closed"]);
    expect(server.peers).toHaveLength(4);
    expect(qmp.state).toMatchObject({
      state: "closed",
      reason: { message: "cannot connect to fake:server: no attempt 4" },
    });
  });
});

describe("64-bit integers", () => {
  const width = 9_223_372_036_854_775_807n;
  const message = (opened: string): string =>
    `{"event":"DOOR_OPENED","data":{"door":"a","width":${opened}},"timestamp":{"seconds":1,"microseconds":2}}\n`;

  it("are bigints where they do not fit a number", async () => {
    const { qmp, server } = await connected();
    const widths: unknown[] = [];
    qmp.signal("DOOR_OPENED").connect(({ data }) => widths.push(data.width));
    server.peer.say(message("5"), message(String(width)));
    expect(widths).toEqual([5, width]);
  });

  it("are bigints all of them, where the schema says so, and nothing else is", async () => {
    for (const validate of ["all", "none"] as const) {
      const server = new FakeServer();
      const qmp = await connect({ ...door, int64: "bigint" }, server, { validate });
      const events = qmp.events("DOOR_OPENED");
      server.peer.say(message("5"), message(String(width)));
      const [first, second] = [await events.next(), await events.next()];
      expect([first.value?.data.width, second.value?.data.width]).toEqual([5n, width]);
      expect(first.value?.timestamp).toEqual({ seconds: 1, microseconds: 2 });
      await qmp.close();
    }
  });
});

it("a character that stands for what is no text may be in a string", async () => {
  const { qmp, server } = await connected();
  const reply = qmp.execute("query-door");
  await server.peer.reply("query-door", { return: { state: "\ufffd{}" } });
  expect(await reply).toEqual({ state: "\ufffd{}" });
  expect(qmp.state.state).toBe("ready");
});
