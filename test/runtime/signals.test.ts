/** Signals with servers of ours, whether they offer them on the wire or not: the same suite for each. */
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { schema as machine } from "../../generated/fixtures/machine/index.js";
import { schema as proposal } from "../../generated/fixtures/proposal/index.js";
import { type Client, connect, type Connector, createServer, type SlotHandle } from "../../src/runtime/core.js";
import { UnsupportedError } from "../../src/runtime/errors.js";
import type { QmpServer } from "../../src/runtime/server/server-api.js";
import { parameters } from "../support/property.js";
import { memoryConnector } from "./server/memory-pair.js";
import { Cuttable, type Started, testSignals } from "./signals-suite.js";

/** What the server offers, and whether the client wants the default connection. */
const WORLDS = [
  { name: "over the wire", signals: true, defaultConnection: false },
  {
    name: "over the wire where that is asked for, beside the default connection",
    signals: true,
    defaultConnection: true,
  },
  { name: "on this side", signals: false, defaultConnection: true },
  { name: "on this side, without the default connection", signals: false, defaultConnection: false },
] as const;

describe.each(WORLDS)("signals, $name", ({ signals, defaultConnection }) => {
  testSignals({ defaultConnection, start: () => startMachine(signals) });

  it("the first example of the proposal: a global signal, which takes no arguments", async () => {
    const { server, qmp, problems } = await connectTo(signals, defaultConnection);
    const devices: string[] = [];
    const handle = qmp.accessor("block-io-event").connect(({ data }) => devices.push(data.device));
    await qmp.executeUntyped("x-sync");
    for (const device of ["ide0", "ide1"]) server.emit("BLOCK_IO_EVENT", { device, action: "stop", operation: "read" });
    await qmp.executeUntyped("x-sync");
    handle.disconnect();
    server.emit("BLOCK_IO_EVENT", { device: "ide2", action: "stop", operation: "read" });
    await qmp.executeUntyped("x-sync");
    expect(devices).toEqual(["ide0", "ide1"]);
    expect(problems).toEqual([]);
  });

  it("the other example of the proposal: the events of one device, which their data do not name", async () => {
    const { server, qmp, problems } = await connectTo(signals, defaultConnection);
    const signal = qmp.accessor("block-device-event", { device: "ide1" });
    const actions: string[] = [];
    signal.connect(({ data }) => actions.push(data.action));
    const next = signal.once();
    // Whoever waits is told; for slots it is reported.
    const failed = signals ? undefined : expect(next).rejects.toBeInstanceOf(UnsupportedError);
    await qmp.executeUntyped("x-sync");
    server.emitSignal("block-device-event", { device: "ide0" }, { action: "report", operation: "read", reason: "io" });
    server.emitSignal(
      "block-device-event",
      { device: "ide1" },
      { action: "stop", operation: "write", reason: "nospc" },
    );
    await qmp.executeUntyped("x-sync");
    await failed;
    expect(actions).toEqual(signals ? ["stop"] : []);
    expect(problems).toEqual(signals ? [] : [expect.any(UnsupportedError)]);
    if (signals) expect((await next).data).toEqual({ action: "stop", operation: "write", reason: "nospc" });
  });

  it("every slot gets exactly what happens between its connection and its disconnection, whatever happens", async () => {
    const device = fc.constantFrom("a", "b", undefined);
    const step = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({ kind: fc.constant("event" as const), device: fc.constantFrom("a", "b", "c") }),
      },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant("connect" as const), device }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant("disconnect" as const), index: fc.nat(20) }) },
      { weight: 1, arbitrary: fc.constant({ kind: "cut" as const }) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { server, link, qmp, problems } = await connectTo(signals, defaultConnection);
        const slots: { device: string | undefined; handle: SlotHandle; got: string[]; expected: string[] }[] = [];
        for (const [number, one] of steps.entries()) {
          if (one.kind === "connect") {
            const got: string[] = [];
            const accessor = one.device === undefined ? undefined : { device: one.device };
            const handle = qmp.signal("BLOCK_IO_EVENT", accessor).connect(({ data }) => got.push(data.action));
            slots.push({ device: one.device, handle, got, expected: [] });
          } else if (one.kind === "disconnect") {
            slots[one.index]?.handle.disconnect();
          } else if (one.kind === "cut") {
            link.cut();
          } else {
            // It is told of all that was connected before it is asked for this.
            await qmp.executeUntyped("x-sync").catch(() => qmp.executeUntyped("x-sync"));
            const action = String(number);
            server.emit("BLOCK_IO_EVENT", { device: one.device, action, operation: "read" });
            for (const slot of slots)
              if (slot.handle.connected && (slot.device ?? one.device) === one.device) slot.expected.push(action);
            await qmp.executeUntyped("x-sync");
          }
        }
        for (const { got, expected } of slots) expect(got).toEqual(expected);
        expect(problems).toEqual([]);
        await qmp.close();
      }),
      parameters(40),
    );
  });
});

/** A machine as the suite wants it. */
async function startMachine(signals: boolean): Promise<Started> {
  let isRunning = false;
  const devices = new Set(["tablet0", "tablet1", "tablet2", "tablet3"]);
  const server: QmpServer<typeof machine> = await createServer(
    machine,
    {
      cont: () => {
        if (!isRunning) server.emit("RESUME");
        isRunning = true;
      },
      stop: () => {
        if (isRunning) server.emit("STOP");
        isRunning = false;
      },
      system_reset: () => server.emit("RESET", { guest: false, reason: "host-qmp-system-reset" }),
      device_del: ({ id }) => {
        if (devices.delete(id)) server.emit("DEVICE_DELETED", { device: id, path: `/machine/peripheral/${id}` });
      },
      "query-status": () => ({ running: isRunning, status: isRunning ? "running" : "paused" }),
    },
    { signals },
  );
  onTestFinished(() => server.close());
  return {
    schema: machine,
    connector: reconnecting(server),
    connections: () => server.clients.reduce((sum, client) => sum + client.signals.connections.length, 0),
  };
}

async function connectTo(signals: boolean, defaultConnection: boolean) {
  const server = await createServer(proposal, {}, { signals, fallback: () => ({}) });
  onTestFinished(() => server.close());
  const link = new Cuttable(reconnecting(server));
  const problems: Error[] = [];
  const qmp: Client<typeof proposal> = await connect(proposal, link, {
    defaultConnection,
    reconnect: { minDelay: 0, maxDelay: 0 },
    onProblem: (problem) => problems.push(problem),
  });
  onTestFinished(() => qmp.close());
  return { server, link, qmp, problems };
}

function reconnecting(server: Parameters<typeof memoryConnector>[0]): Connector {
  return { ...memoryConnector(server), canReconnect: true };
}
