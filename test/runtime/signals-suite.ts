/** How signals behave, whoever tells them apart: the server, over the wire, or the client. The same for every world. */
import { expect, it } from "vitest";
import type { schema } from "../../generated/fixtures/machine/index.js";
import { type Client, type ClientOptions, connect, type Connector } from "../../src/runtime/core.js";
import { SlotError } from "../../src/runtime/errors.js";
import type { Transport } from "../../src/runtime/transport.js";
import { DEADLINE } from "../support/stage.js";

/** Machines of one kind, and how they are connected to. */
export interface World {
  /** Whether clients want the default connection. */
  readonly defaultConnection: boolean;
  /**
   * Starts a machine that does not run yet, with the devices `tablet0` to `tablet3`, which can be taken out once each. It ends with
   * the test.
   */
  start(): Promise<Started>;
}

/** A machine. */
export interface Started {
  readonly schema: typeof schema;
  readonly connector: Connector;
  /** How many connections of signals the machine has, if it can tell. */
  readonly connections?: (() => number) | undefined;
}

/** Connects like another connector, but the test can cut what it has connected. */
export class Cuttable implements Connector {
  readonly address: string;
  readonly canReconnect = true;
  readonly #inner: Connector;
  #transport: Transport | undefined;

  constructor(inner: Connector) {
    this.#inner = inner;
    this.address = inner.address;
  }

  async connect(signal: AbortSignal): Promise<Transport> {
    this.#transport = await this.#inner.connect(signal);
    return this.#transport;
  }

  cut(): void {
    this.#transport?.close();
  }
}

const LIMITS = { timeout: DEADLINE };

/** What can happen: each is a command, and the event that comes of it. */
const happen = {
  RESUME: (qmp) => qmp.executeThenWait("cont", undefined, "RESUME", undefined, LIMITS),
  STOP: (qmp) => qmp.executeThenWait("stop", undefined, "STOP", undefined, LIMITS),
  RESET: (qmp) => qmp.executeThenWait("system_reset", undefined, "RESET", undefined, LIMITS),
} as const satisfies Record<string, (qmp: Client<typeof schema>) => Promise<unknown>>;

function takeOut(qmp: Client<typeof schema>, id: string) {
  return qmp.executeThenWait("device_del", { id }, "DEVICE_DELETED", { device: id }, LIMITS);
}

/** All that must hold. */
export function testSignals(world: World): void {
  async function connected(options: ClientOptions = {}) {
    const { schema, connector, connections } = await world.start();
    const link = new Cuttable(connector);
    const problems: Error[] = [];
    const { defaultConnection } = world;
    const onProblem = (problem: Error): void => void problems.push(problem);
    const qmp = await connect(schema, link, { defaultConnection, onProblem, commandTimeout: DEADLINE, ...options });
    return { qmp, link, problems, connections };
  }

  it("a slot gets exactly the events between its connection and its disconnection, in order", async () => {
    const { qmp, problems } = await connected();
    const names: string[] = [];
    await happen.RESUME(qmp);
    await happen.STOP(qmp);
    const handles = [
      qmp.signal("RESUME").connect(({ event }) => names.push(event)),
      qmp.signal("STOP").connect(({ event }) => names.push(event)),
    ];
    await happen.RESUME(qmp);
    await happen.STOP(qmp);
    await happen.RESUME(qmp);
    for (const handle of handles) expect(handle.disconnect()).toBe(true);
    await happen.STOP(qmp);
    await happen.RESUME(qmp);
    expect(names).toEqual(["RESUME", "STOP", "RESUME"]);
    expect(problems).toEqual([]);
    await qmp.close();
  });

  it("accessor arguments narrow a signal to one object, and each slot is called once for each event", async () => {
    const { qmp, problems } = await connected();
    const calls: string[] = [];
    const log = (name: string) => (event: { data: { device?: string } }) =>
      calls.push(`${name} ${event.data.device ?? ""}`);
    qmp.signal("DEVICE_DELETED", { device: "tablet1" }).connect(log("one"));
    qmp.signal("DEVICE_DELETED", { device: "tablet1" }).connect(log("same"));
    qmp.signal("DEVICE_DELETED", { device: "tablet1", path: "/machine/peripheral/tablet1" }).connect(log("both"));
    qmp.signal("DEVICE_DELETED", { device: "none" }).connect(log("none"));
    qmp.signal("RESET", { guest: true }).connect(() => calls.push("guest"));
    qmp.signal("RESET", { guest: false }).connect(() => calls.push("host"));
    for (const id of ["tablet0", "tablet1", "tablet2"]) await takeOut(qmp, id);
    await happen.RESET(qmp);
    // Connections of their own come one after the other; which of them is first, nobody says.
    expect(calls.sort()).toEqual(["both tablet1", "host", "one tablet1", "same tablet1"]);
    expect(problems).toEqual([]);
    await qmp.close();
  });

  it("waits, loops and commands with the event that comes of them miss nothing", async () => {
    const { qmp, problems } = await connected();
    const once = qmp.signal("DEVICE_DELETED", { device: "tablet0" }).once(LIMITS);
    const devices: unknown[] = [];
    const loop = (async () => {
      for await (const { data } of qmp.events("DEVICE_DELETED")) {
        devices.push(data.device);
        if (devices.length === 3) break;
      }
    })();
    const { event } = await takeOut(qmp, "tablet2");
    expect(event.data).toEqual({ device: "tablet2", path: "/machine/peripheral/tablet2" });
    await Promise.all(["tablet0", "tablet1"].map((id) => qmp.execute("device_del", { id })));
    expect((await once).data.path).toBe("/machine/peripheral/tablet0");
    await loop;
    expect(devices).toEqual(["tablet2", "tablet0", "tablet1"]);
    for (let i = 0; i < 20; i++) await (i % 2 === 0 ? happen.RESUME(qmp) : happen.STOP(qmp));
    expect(problems).toEqual([]);
    await qmp.close();
  });

  it("a slot may disconnect itself and connect another", async () => {
    const { qmp, problems } = await connected();
    const calls: string[] = [];
    const signal = qmp.signal("STOP");
    const handle = signal.connect(() => {
      calls.push("first");
      handle.disconnect();
      signal.connect(() => calls.push("second"));
    });
    signal.connect(() => calls.push("other"));
    for (let i = 0; i < 2; i++) {
      await happen.RESUME(qmp);
      await happen.STOP(qmp);
    }
    expect(calls).toEqual(["first", "other", "other", "second"]);
    expect(problems).toEqual([]);
    await qmp.close();
  });

  it("a slot that throws hurts no other", async () => {
    const { qmp, problems } = await connected();
    let calls = 0;
    qmp.signal("RESUME").connect(() => {
      throw new Error("deaf");
    });
    qmp.signal("RESUME").connect(() => ++calls);
    await happen.RESUME(qmp);
    expect(calls).toBe(1);
    expect(problems).toEqual([expect.any(SlotError)]);
    await qmp.close();
  });

  it("signals stay connected when the connection is lost", async () => {
    const { qmp, link, problems } = await connected({ reconnect: { minDelay: 1, maxDelay: 10 } });
    const calls: string[] = [];
    const given = qmp.signal("STOP").connect(() => calls.push("given up"));
    qmp.signal("STOP").connect(() => calls.push("kept"));
    const wait = qmp.signal("RESET", { guest: false }).once(LIMITS);
    const lost = qmp.stateChanged.once(LIMITS);
    link.cut();
    await lost;
    given.disconnect();
    qmp.signal("RESUME").connect(() => calls.push("meanwhile"));
    await happen.RESUME(qmp);
    await happen.STOP(qmp);
    await happen.RESET(qmp);
    await wait;
    expect(calls).toEqual(["meanwhile", "kept"]);
    expect(problems).toEqual([]);
    await qmp.close();
  });

  it("the default connection gets everything for as long as it is switched on", async () => {
    const { qmp, problems } = await connected();
    const names: string[] = [];
    qmp.everyEvent.connect(({ event }) => names.push(event));
    qmp.signal("RESUME").connect(() => names.push("slot"));
    qmp.defaultConnection = true;
    await happen.RESUME(qmp);
    await happen.STOP(qmp);
    qmp.defaultConnection = false;
    await happen.RESUME(qmp);
    await happen.STOP(qmp);
    qmp.defaultConnection = true;
    await happen.RESET(qmp);
    // A QEMU has more to tell, of its devices.
    const wanted = new Set(["RESUME", "STOP", "RESET", "slot"]);
    const [first, second, ...others] = names.filter((name) => wanted.has(name));
    expect([first, second].sort()).toEqual(["RESUME", "slot"]);
    expect(others).toEqual(["STOP", "slot", "RESET"]);
    expect(problems).toEqual([]);
    await qmp.close();
  });

  it("the last event, and the end", async () => {
    const { qmp, problems } = await connected();
    const { event } = await qmp.executeThenWait("quit", undefined, "SHUTDOWN", { guest: false }, LIMITS);
    expect(event.data.reason).toBe("host-qmp-quit");
    await expect(qmp.signal("STOP").once()).rejects.toThrow("the connection is closed");
    expect(problems).toEqual([]);
  });

  it("what is disconnected leaves nothing behind", async () => {
    const { qmp, problems, connections } = await connected();
    const before = connections?.();
    const handles = ["a", "b", "a"].map((device) => qmp.signal("DEVICE_DELETED", { device }).connect(() => undefined));
    const loop = qmp.events("STOP");
    await expect(qmp.signal("RESUME").once({ timeout: 1 })).rejects.toThrow();
    await happen.RESET(qmp);
    for (const handle of handles) handle.disconnect();
    await loop.return?.();
    // The commands that disconnect go before.
    await qmp.execute("query-status");
    expect(connections?.()).toBe(before);
    expect(problems).toEqual([]);
    await qmp.close();
  });
}
