/** Who is called, when and in what order. */
import { describe, expect, it } from "vitest";
import type { DomainEvents } from "../../src/domain-events/api.js";
import { CallbackError, domainEvents } from "../../src/domain-events/domain-events.js";
import { HandMonitor } from "./hand-monitor.js";
import { settled, VM1, watched } from "./watched.js";

const RESET = { guest: true, reason: "guest-reset" };

describe("a registration", () => {
  it("lasts from on to off", async () => {
    const { domain, monitor } = await watched();
    let calls = 0;
    monitor.say("RESET", RESET);
    const handle = domain.on("reboot", () => (calls += 1));
    monitor.say("RESET", RESET);
    monitor.say("WATCHDOG", { action: "none" });
    monitor.say("RESET", RESET);
    expect(domain.off(handle)).toBe(true);
    monitor.say("RESET", RESET);
    expect(calls).toBe(2);
    expect(domain.off(handle)).toBe(false);
  });

  it("is one of any number, each called in the order of registration", async () => {
    const { domains, domain, monitor } = await watched();
    const calls: string[] = [];
    domains.on("reboot", () => calls.push("all domains"));
    domain.on("reboot", () => calls.push("this one"));
    const same = (): unknown => calls.push("twice");
    domain.on("reboot", same);
    domain.on("reboot", same);
    monitor.say("RESET", RESET);
    expect(calls).toEqual(["all domains", "this one", "twice", "twice"]);
  });

  it("is given the connection and the domain", async () => {
    const { domains, domain, monitor } = await watched({ id: 7 });
    const origins: unknown[] = [];
    domain.on("reboot", (_, origin) => origins.push(origin));
    domains.on("reboot", (_, origin) => origins.push(origin));
    monitor.say("RESET", RESET);
    expect(origins).toEqual([
      { connection: monitor, domain },
      { connection: monitor, domain },
    ]);
    expect(domain).toMatchObject({ ...VM1, id: 7 });
  });

  it("of all domains is for those that are attached later, too, and for no other manager's", async () => {
    const { domains } = await watched();
    const other = await watched();
    const names: string[] = [];
    const handle = domains.on("reboot", (_, { domain }) => names.push(domain.name));
    const monitors = [new HandMonitor(), new HandMonitor()];
    for (const [index, monitor] of monitors.entries()) {
      await domains.attach(monitor, { ...VM1, name: `later${String(index)}` });
    }
    for (const { monitor } of [other]) monitor.say("RESET", RESET);
    for (const monitor of monitors.toReversed()) monitor.say("RESET", RESET);
    expect(names).toEqual(["later1", "later0"]);
    expect(domains.off(handle)).toBe(true);
    for (const monitor of monitors) monitor.say("RESET", RESET);
    expect(names).toHaveLength(2);
  });

  it("may be made and ended by a callback that runs, its own as well", async () => {
    const { domain, monitor } = await watched();
    const calls: string[] = [];
    const first = domain.on("reboot", () => {
      calls.push("first");
      domain.off(first);
      domain.off(second);
      domain.on("reboot", () => calls.push("new"));
    });
    const second = domain.on("reboot", () => calls.push("second"));
    domain.on("reboot", () => calls.push("third"));
    monitor.say("RESET", RESET);
    expect(calls).toEqual(["first", "third"]);
    monitor.say("RESET", RESET);
    expect(calls).toEqual(["first", "third", "third", "new"]);
  });

  it("hurts no other with what it throws or rejects with", async () => {
    const { domain, monitor, problems } = await watched();
    let calls = 0;
    domain.on("reboot", () => {
      throw new Error("mine");
    });
    domain.on("reboot", () => Promise.reject(new Error("mine, later")));
    domain.on("reboot", () => (calls += 1));
    monitor.say("RESET", RESET);
    await settled();
    expect(calls).toBe(1);
    expect(problems.map(String)).toEqual([
      "CallbackError: vm1: a callback of reboot failed: mine",
      "CallbackError: vm1: a callback of reboot failed: mine, later",
    ]);
    expect(problems[0]).toBeInstanceOf(CallbackError);
    expect(problems[0]).toMatchObject({ callback: "reboot", origin: { domain }, cause: { message: "mine" } });
  });

  it("gets what happens while callbacks run in the order in which it happens", async () => {
    const { domain, monitor } = await watched();
    const calls: string[] = [];
    domain.on("watchdog", ({ action }) => {
      calls.push(`first ${String(action)}`);
      if (action === 0) monitor.say("WATCHDOG", { action: "debug" });
    });
    domain.on("watchdog", ({ action }) => calls.push(`second ${String(action)}`));
    monitor.say("WATCHDOG", { action: "none" });
    expect(calls).toEqual(["first 0", "second 0", "first 5", "second 5"]);
  });

  it("is refused for what is no event, or no function", async () => {
    const { domains, domain } = await watched();
    for (const source of [domains, domain] as unknown as readonly JavaScriptSource[]) {
      expect(() => source.on("toString", () => 1)).toThrow('there are no domain events "toString"; those that there');
      expect(() => source.on("reboot", {})).toThrow(new TypeError("the callback for reboot must be a function"));
      expect(() => source.register(undefined)).toThrow(TypeError);
    }
  });
});

/** As those see it who have no type checker. */
interface JavaScriptSource {
  on(id: string, callback: unknown): unknown;
  register(callback: unknown): unknown;
}

describe("registration of old", () => {
  it("is for lifecycle events, with their numbers", async () => {
    const { domain, monitor } = await watched();
    const calls: unknown[] = [];
    const callback = (...args: unknown[]): unknown => calls.push(args);
    expect(domain.register(callback)).toBe(true);
    expect(domain.register(callback)).toBe(false);
    monitor.say("STOP");
    monitor.say("RESET", RESET);
    expect(calls).toEqual([[monitor, domain, 3, 0]]);
    expect(domain.deregister(callback)).toBe(true);
    expect(domain.deregister(callback)).toBe(false);
    monitor.say("RESUME");
    expect(calls).toHaveLength(1);
    expect(domain.register(callback)).toBe(true);
  });

  it("goes with that of new, in the order of registration", async () => {
    const { domains, domain, monitor } = await watched();
    const calls: string[] = [];
    domain.on("lifecycle", () => calls.push("new"));
    domains.register(() => calls.push("old, all domains"));
    domain.register(() => calls.push("old"));
    domains.on("lifecycle", () => calls.push("new, all domains"));
    monitor.say("STOP");
    expect(calls).toEqual(["new", "old, all domains", "old", "new, all domains"]);
  });

  it("knows all domains and one apart", async () => {
    const { domains, domain, monitor } = await watched();
    let calls = 0;
    const callback = (): unknown => (calls += 1);
    expect([domains.register(callback), domain.register(callback)]).toEqual([true, true]);
    monitor.say("STOP");
    expect(calls).toBe(2);
    expect(domains.deregister(callback)).toBe(true);
    monitor.say("STOP");
    expect(calls).toBe(3);
  });
});

describe("attaching", () => {
  it("asks QEMU who it is, and tells what has come meanwhile after that", async () => {
    const domains = domainEvents();
    const monitor = new HandMonitor();
    const told: string[] = [];
    domains.on("watchdog", ({ action }, { domain }) => told.push(`${domain.name} ${String(action)}`));
    const attaching = domains.attach(monitor);
    monitor.say("WATCHDOG", { action: "pause" });
    const late = domains.on("watchdog", () => told.push("too late"));
    monitor.say("RESET", RESET);
    expect(monitor.asked.map(({ command }) => command)).toEqual(["query-name", "query-uuid"]);
    expect([told, domains.domains]).toEqual([[], []]);
    monitor.reply("query-name", { name: "vm2" });
    monitor.reply("query-uuid", { UUID: VM1.uuid });
    const domain = await attaching;
    expect(domain).toMatchObject({ name: "vm2", uuid: VM1.uuid, id: 1, connection: monitor });
    expect(told).toEqual(["vm2 1"]);
    expect(late.connected).toBe(true);
    expect(domains.domains).toEqual([domain]);
  });

  it("asks only for what is not given, and calls a domain without a name by its UUID", async () => {
    const domains = domainEvents();
    const [nameless, known] = [new HandMonitor(), new HandMonitor()];
    const attaching = domains.attach(nameless, { uuid: VM1.uuid });
    expect(nameless.asked.map(({ command }) => command)).toEqual(["query-name"]);
    nameless.reply("query-name", {});
    expect(await attaching).toMatchObject({ name: VM1.uuid, uuid: VM1.uuid, id: 1 });
    expect(await domains.attach(known, VM1)).toMatchObject({ ...VM1, id: 2 });
    expect(known.asked).toEqual([]);
  });

  it("fails with QEMU's answers, and leaves nothing behind", async () => {
    const domains = domainEvents();
    const told: unknown[] = [];
    domains.on("lifecycle", (event) => told.push(event));
    const monitor = new HandMonitor();
    const attaching = domains.attach(monitor);
    monitor.asked[1]?.fail(new Error("no UUID today"));
    await expect(attaching).rejects.toThrow("no UUID today");
    expect([monitor.size, domains.domains, told]).toEqual([0, [], []]);
    const again = domains.attach(monitor, { name: "vm2" });
    monitor.reply("query-uuid", { UUID: 5 });
    await expect(again).rejects.toThrow("query-uuid: the reply has no string UUID");
    const closing = domains.attach(monitor);
    monitor.closes(new Error("gone"));
    await expect(closing).rejects.toThrow("the connection is lost: gone");
    await expect(domains.attach(monitor, VM1)).rejects.toThrow("the connection is lost: gone");
    expect([monitor.size, domains.domains, told]).toEqual([0, [], []]);
  });

  it("does not wait for an answer with more events than memory is for", async () => {
    const domains = domainEvents();
    domains.on("reboot", () => undefined);
    const monitor = new HandMonitor();
    const attaching = domains.attach(monitor);
    for (let count = 0; count <= 10_000; count++) monitor.say("RESET", RESET);
    await expect(attaching).rejects.toThrow("events were not taken in time");
    expect(monitor.size).toBe(0);
  });

  it("is for a client, and not for the promise of one", async () => {
    // @ts-expect-error -- an `await` that was forgotten
    await expect(domainEvents().attach(Promise.resolve(new HandMonitor()))).rejects.toThrow(
      new TypeError("attach takes a client of QMP: what connect() of qapi-codegen/qmp resolves to"),
    );
  });

  it("is for a connection once", async () => {
    const { domains, domain, monitor } = await watched();
    await expect(domains.attach(monitor, VM1)).rejects.toThrow(new TypeError("the connection is attached already"));
    const other = new HandMonitor();
    const [first, second] = [domains.attach(other, { uuid: VM1.uuid }), domains.attach(other)];
    await expect(second).rejects.toThrow(TypeError);
    other.reply("query-name", { name: "vm2" });
    const attached = await first;
    expect(domains.domains).toEqual([domain, attached]);
  });
});

describe("detaching", () => {
  it("ends all registrations of a domain, not those of all domains", async () => {
    const { domains, domain, monitor } = await watched();
    const other = new HandMonitor();
    await domains.attach(other, VM1);
    const told: string[] = [];
    const ofAll = domains.on("reboot", (_, origin) => told.push(`all ${String(origin.domain.id)}`));
    const own = domain.on("reboot", () => told.push("own"));
    domain.detach();
    domain.detach();
    monitor.say("RESET", RESET);
    other.say("RESET", RESET);
    expect(told).toEqual(["all 2"]);
    expect([own.connected, ofAll.connected, monitor.size]).toEqual([false, true, 0]);
    expect(domains.domains.map(({ id }) => id)).toEqual([2]);
    expect((await domains.attach(monitor, VM1)).id).toBe(3);
  });

  it("may happen in a callback, which is the last", async () => {
    const { domain, monitor } = await watched();
    const told: string[] = [];
    domain.on("watchdog", () => {
      told.push("first");
      monitor.say("WATCHDOG", { action: "debug" });
      domain.detach();
    });
    domain.on("watchdog", () => told.push("second"));
    monitor.say("WATCHDOG", { action: "none" });
    expect(told).toEqual(["first"]);
  });

  it("is done to all domains by closing, and by disposal", async () => {
    const { domains, monitor } = await watched();
    const attaching = domains.attach(new HandMonitor());
    domains.close();
    await expect(attaching).rejects.toThrow("the domain was detached");
    expect([monitor.size, domains.domains]).toEqual([0, []]);
    const second = new HandMonitor();
    await attachAndDispose(domains, second);
    expect(second.size).toBe(0);
  });
});

async function attachAndDispose(domains: DomainEvents, monitor: HandMonitor): Promise<void> {
  using all = domains;
  await all.attach(monitor, VM1);
  expect(monitor.size).toBeGreaterThan(0);
}
