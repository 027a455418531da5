import { describe, expect, it } from "vitest";
import {
  ConnectionLostError,
  OverflowError,
  type SlotHandle,
  SlotError,
  TimeoutError,
  ValidationError,
} from "../../src/runtime/core.js";
import { connected, nextTurn, opened, timestamp } from "./connected.js";

const rang = { event: "RANG", timestamp };
/** An event of a newer server. */
const painted = { event: "DOOR_PAINTED", data: { color: "red" }, timestamp };

describe("a signal", () => {
  it("calls its slots, in the order in which they were connected, until they are disconnected", async () => {
    const { qmp, server } = await connected();
    const calls: string[] = [];
    const first = qmp.signal("DOOR_OPENED").connect(({ data }) => calls.push(`1 ${data.door}`));
    const second = qmp.signal("DOOR_OPENED").connect(({ data }) => calls.push(`2 ${data.door}`));
    server.peer.say(opened("a"), rang);
    expect(first.disconnect()).toBe(true);
    expect(first.connected).toBe(false);
    expect(first.disconnect()).toBe(false);
    server.peer.say(opened("b"));
    expect(qmp.disconnect(second)).toBe(true);
    server.peer.say(opened("c"));
    {
      using handle = qmp.signal("DOOR_OPENED").connect(({ data }) => calls.push(`3 ${data.door}`));
      expect(handle.connected).toBe(true);
      server.peer.say(opened("d"));
    }
    server.peer.say(opened("e"));
    expect(calls).toEqual(["1 a", "2 a", "2 b", "3 d"]);
  });

  it("calls neither slots that are connected while it is emitted nor those that are disconnected", async () => {
    const { qmp, server } = await connected();
    const calls: string[] = [];
    const signal = qmp.signal("RANG");
    const handles: SlotHandle[] = [];
    signal.connect(() => {
      calls.push("first");
      handles.at(-1)?.disconnect();
      handles.push(signal.connect(() => calls.push("new")));
    });
    handles.push(signal.connect(() => calls.push("last")));
    server.peer.say(rang);
    expect(calls).toEqual(["first"]);
    server.peer.say(rang);
    expect(calls).toEqual(["first", "first"]);
  });

  it("reports slots that fail, at once or later, and calls the others", async () => {
    const { qmp, server, problems } = await connected();
    let calls = 0;
    qmp.signal("RANG").connect(() => {
      throw new Error("deaf");
    });
    qmp.signal("RANG").connect(async () => Promise.reject(new Error("asleep")));
    qmp.signal("RANG").connect(() => ++calls);
    server.peer.say(rang);
    await nextTurn();
    expect(calls).toBe(1);
    expect(problems).toEqual([expect.any(SlotError), expect.any(SlotError)]);
    expect(problems.map(({ message }) => message)).toEqual([
      "a slot of RANG failed: deaf",
      "a slot of RANG failed: asleep",
    ]);
  });

  it("is narrowed by accessor arguments, at any depth", async () => {
    const { qmp, server } = await connected();
    const calls: string[] = [];
    qmp.signal("DOOR_OPENED", { door: "front" }).connect(() => calls.push("front"));
    qmp.signal("DOOR_OPENED", { width: 2n }).connect(() => calls.push("wide"));
    qmp.signal("DOOR_OPENED", { by: { name: "me" } }).connect(() => calls.push("me"));
    qmp.signal("DOOR_OPENED", {}).connect(() => calls.push("any"));
    server.peer.say(opened("front"), opened("back", 2));
    server.peer.say({ event: "DOOR_OPENED", data: { door: "x", width: 1, by: { name: "me", age: 5 } }, timestamp });
    expect(calls).toEqual(["front", "any", "wide", "any", "me", "any"]);
    // @ts-expect-error -- no such member
    qmp.signal("DOOR_OPENED", { size: 5 });
    // @ts-expect-error -- another type
    qmp.signal("DOOR_OPENED", { door: 5 });
    // @ts-expect-error -- no such event
    qmp.signal("DOOR_CLOSED");
  });

  it("reports an event that is not as the schema says instead of handing it out", async () => {
    const { qmp, server, problems } = await connected();
    const wrong = { event: "DOOR_OPENED", data: { door: 5, width: 1 }, timestamp };
    server.peer.say(wrong);
    // Nobody wanted it.
    expect(problems).toEqual([]);
    qmp.signal("DOOR_OPENED").connect(() => expect.unreachable());
    server.peer.say(wrong);
    expect(problems).toEqual([expect.any(ValidationError)]);
    expect(problems[0]).toMatchObject({ subject: "event", of: "DOOR_OPENED", value: wrong });
    expect(problems[0]?.message).toMatch(/^DOOR_OPENED: its data are not as the schema says: data.door: expected/);
    server.peer.say({ event: "RANG" });
    expect(problems).toHaveLength(1);
    qmp.signal("RANG").connect(() => expect.unreachable());
    server.peer.say({ event: "RANG" });
    expect(problems[1]?.message).toBe("RANG: received an event without its parts");
    const trusting = await connected({ validate: "arguments" });
    const received: unknown[] = [];
    trusting.qmp.signal("DOOR_OPENED").connect((event) => received.push(event));
    trusting.server.peer.say(wrong);
    expect(received).toEqual([wrong]);
  });
});

describe("all events", () => {
  it("come to the default connection, unless it is switched off", async () => {
    const { qmp, server, problems } = await connected();
    const names: string[] = [];
    qmp.everyEvent.connect(({ event }) => names.push(event));
    server.peer.say(rang, painted, opened("a"));
    expect(names).toEqual(["RANG", "DOOR_PAINTED", "DOOR_OPENED"]);
    qmp.defaultConnection = false;
    server.peer.say(rang, painted);
    expect(names).toHaveLength(3);
    expect(problems).toEqual([]);
    const explicit = await connected({ defaultConnection: false });
    explicit.qmp.everyEvent.connect(() => expect.unreachable());
    const unknown: string[] = [];
    explicit.qmp.unknownEvent.connect(({ event }) => unknown.push(event));
    explicit.server.peer.say(rang, painted);
    expect(unknown).toEqual(["DOOR_PAINTED"]);
  });

  it("of names that objects inherit are events like others", async () => {
    const { qmp, server } = await connected();
    const unknown: unknown[] = [];
    qmp.unknownEvent.connect((event) => unknown.push(event));
    server.peer.say(
      '{"event":"__proto__","data":{"__proto__":{"polluted":1}},"timestamp":{"seconds":1,"microseconds":2}}\n',
    );
    server.peer.say('{"event":"constructor","timestamp":{"seconds":1,"microseconds":2}}\n');
    expect(unknown).toHaveLength(2);
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("one event", () => {
  it("is waited for", async () => {
    const { qmp, server } = await connected();
    const event = qmp.signal("DOOR_OPENED", { door: "b" }).once();
    server.peer.say(opened("a"), opened("b"));
    expect((await event).data.door).toBe("b");
  });

  it("is not waited for without end", async () => {
    const { qmp } = await connected();
    const signal = qmp.signal("DOOR_OPENED");
    await expect(signal.once({ timeout: 1 })).rejects.toThrow(TimeoutError);
    await expect(signal.once({ timeout: 1 })).rejects.toThrow("DOOR_OPENED: no such event after 1 ms");
    const controller = new AbortController();
    const aborted = signal.once({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(aborted).rejects.toThrow("enough");
    await expect(signal.once({ signal: controller.signal })).rejects.toThrow("enough");
    const waiting = signal.once();
    await qmp.close();
    await expect(waiting).rejects.toThrow(ConnectionLostError);
    await expect(signal.once()).rejects.toThrow(ConnectionLostError);
  });

  it("that comes of a command is not missed, whether it comes before the reply or after it", async () => {
    const { qmp, server } = await connected();
    for (const [n, order] of (["before", "after"] as const).entries()) {
      const done = qmp.executeThenWait("open-door", { door: "b" }, "DOOR_OPENED", { door: "b" });
      const { id } = await server.peer.command("open-door", n);
      server.peer.say(opened("a"));
      const both = [opened("b"), { return: {}, id }];
      server.peer.say(...(order === "before" ? both : both.reverse()));
      expect(await done).toEqual({ returns: {}, event: opened("b") });
    }
    const failing = qmp.executeThenWait("open-door", { door: "b" }, "DOOR_OPENED");
    await server.peer.reply("open-door", { error: { class: "GenericError", desc: "locked" } }, 2);
    await expect(failing).rejects.toThrow("open-door: locked");
    const late = qmp.executeThenWait("open-door", { door: "b" }, "DOOR_OPENED", {}, { timeout: 1 });
    await expect(late).rejects.toThrow(TimeoutError);
  });
});

describe("a loop over events", () => {
  it("takes them one after the other, also those that came before it asked", async () => {
    const { qmp, server } = await connected();
    const events = qmp.events("DOOR_OPENED");
    server.peer.say(opened("a"), opened("b"));
    const doors: string[] = [];
    for await (const { data } of events) {
      doors.push(data.door);
      if (data.door === "b") server.peer.say(opened("c"));
      if (data.door === "c") break;
    }
    expect(doors).toEqual(["a", "b", "c"]);
    server.peer.say(opened("d"));
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it("ends when the client is closed, and throws what its signal says", async () => {
    const { qmp, server } = await connected();
    const controller = new AbortController();
    const aborted = qmp.events("RANG", { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(aborted.next()).rejects.toThrow("enough");
    expect(await aborted.next()).toEqual({ done: true, value: undefined });
    await expect(qmp.events("RANG", { signal: controller.signal }).next()).rejects.toThrow("enough");
    const left = qmp.events("RANG", { signal: controller.signal });
    expect(await left.return?.()).toEqual({ done: true, value: undefined });
    expect(await left.next()).toEqual({ done: true, value: undefined });
    const events = qmp.events();
    const [first, second] = [events.next(), events.next()];
    server.peer.say(rang);
    await qmp.close();
    expect(await first).toEqual({ done: false, value: rang });
    expect(await second).toEqual({ done: true, value: undefined });
    expect(await qmp.events().next()).toEqual({ done: true, value: undefined });
  });

  it("stops reading while nobody takes them, and goes on when somebody does", async () => {
    const { qmp, server } = await connected();
    const events = qmp.events("DOOR_OPENED", { limit: 4 });
    // More than the limit, in one piece.
    server.peer.say(["a", "b", "c", "d", "e", "f"].map((name) => `${JSON.stringify(opened(name))}\n`).join(""));
    expect(server.peer.isPaused).toBe(true);
    const doors: string[] = [];
    for await (const { data } of events) if (doors.push(data.door) === 6) break;
    expect(doors).toEqual(["a", "b", "c", "d", "e", "f"]);
    expect(server.peer.isPaused).toBe(false);
    expect(events.dropped).toBe(0);
  });

  it("reads on while a command waits for its reply, but not for ever", async () => {
    const { qmp, server } = await connected();
    const events = qmp.events("RANG", { limit: 2 });
    server.peer.say(rang, rang);
    expect(server.peer.isPaused).toBe(true);
    const reply = qmp.execute("query-door");
    expect(server.peer.isPaused).toBe(false);
    server.peer.say(...Array.from({ length: 30 }, () => rang));
    await server.peer.reply("query-door", { return: { state: "open" } });
    await reply;
    expect(server.peer.isPaused).toBe(true);
    let taken = 0;
    const loop = async (): Promise<void> => {
      for await (const { event } of events) taken += event.length / 4;
    };
    await expect(loop()).rejects.toThrow(OverflowError);
    expect(taken).toBe(20);
    expect(events.dropped).toBe(12);
    expect(server.peer.isPaused).toBe(false);
  });

  it("drops the oldest if it is told to, and says how many", async () => {
    const { qmp, server, problems } = await connected();
    const events = qmp.events("DOOR_OPENED", { limit: 2, overflow: "drop" });
    server.peer.say(...["a", "b", "c", "d", "e"].map((name) => opened(name)));
    expect(server.peer.isPaused).toBe(false);
    expect(events.dropped).toBe(3);
    const [first, second] = [await events.next(), await events.next()];
    expect([first.value?.data.door, second.value?.data.door]).toEqual(["d", "e"]);
    expect(problems).toEqual([expect.any(OverflowError), expect.any(OverflowError)]);
    expect(problems[1]).toMatchObject({ queue: "events", limit: 2, dropped: 2 });
    await events[Symbol.asyncDispose]();
  });
});
