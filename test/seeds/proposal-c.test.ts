/** What the proposal of 2011 would have had in C, name by name, as this project has it: generated code, its client and its server. */
import { describe, expect, expectTypeOf, it, onTestFinished } from "vitest";
import {
  BlockDeviceAction,
  BlockDeviceActionReason,
  type BlockDeviceEvent,
  blockDeviceEventConnect,
  blockDeviceEventDisconnect,
  BlockDeviceOperation,
  type BlockIoEvent,
  blockIoEventConnect,
  blockIoEventDisconnect,
  schema,
} from "../../generated/fixtures/proposal/index.js";
import { type Client, connect, createServer, type ListeningServer, type SlotHandle } from "../../src/runtime/qmp.js";
import { memoryConnector } from "../runtime/server/memory-pair.js";

/** Both ends. */
interface Ends {
  readonly server: ListeningServer<typeof schema>;
  readonly qmp: Client<typeof schema>;
  /** Resolved once both have heard what the other has said. */
  readonly agreed: () => Promise<unknown>;
}

/** A server that offers signals, and a client that wants none but those that it connects; until the test is over. */
async function ends(): Promise<Ends> {
  const server = await createServer(schema, {}, { signals: true });
  const qmp = await connect(schema, memoryConnector(server), { defaultConnection: false });
  onTestFinished(async () => {
    await qmp.close();
    await server.close();
  });
  return { server, qmp, agreed: () => qmp.executeUntyped("query-version") };
}

const ide0 = { device: "ide0", action: "stop", operation: "read" } as const;
const stopped = { action: "stop", operation: "read", reason: "io" } as const;

describe("BlockIOEvent", () => {
  it("struct BlockIOEvent: what a signal is made of is its own affair, it can be connected and waited for", async () => {
    const { qmp } = await ends();
    const signal = qmp.accessor("block-io-event");
    expectTypeOf<keyof typeof signal>().toEqualTypeOf<"connect" | "once" | "events" | typeof Symbol.asyncIterator>();
    expect(Object.keys(signal)).toEqual([]);
  });

  it("BlockIOEventFunc: a slot is given device, action and operation", async () => {
    const { server, qmp, agreed } = await ends();
    const calls: BlockIoEvent["data"][] = [];
    qmp.accessor("block-io-event").connect((event) => {
      expectTypeOf(event).toEqualTypeOf<BlockIoEvent>();
      expectTypeOf(event.data).toEqualTypeOf<{ device: string; action: string; operation: string }>();
      calls.push(event.data);
    });
    await agreed();
    server.emit("BLOCK_IO_EVENT", ide0);
    await agreed();
    expect(calls).toEqual([ide0]);
  });

  it("block_io_event_connect gives a handle, which block_io_event_disconnect takes", async () => {
    const { server, qmp, agreed } = await ends();
    const signal = qmp.accessor("block-io-event");
    const calls: string[] = [];
    const first = signal.connect(() => calls.push("first"));
    const second = signal.connect(() => calls.push("second"));
    expectTypeOf(first).toEqualTypeOf<SlotHandle>();
    await agreed();
    server.emit("BLOCK_IO_EVENT", ide0);
    await agreed();
    expect(first.disconnect()).toBe(true);
    server.emit("BLOCK_IO_EVENT", ide0);
    await agreed();
    expect(calls).toEqual(["first", "second", "second"]);
    expect([first.connected, second.connected]).toEqual([false, true]);
  });

  it("block_io_event_signal calls the slots that are connected, with all that it is given", async () => {
    const { server, qmp, agreed } = await ends();
    const another = await connect(schema, memoryConnector(server), { defaultConnection: false });
    onTestFinished(() => another.close());
    const calls: unknown[] = [];
    qmp.accessor("block-io-event").connect(({ data }) => calls.push(data));
    another.accessor("block-io-event").connect(({ data }) => calls.push(data));
    await Promise.all([agreed(), another.executeUntyped("query-version")]);
    server.emitSignal("block-io-event", {}, ide0);
    await Promise.all([agreed(), another.executeUntyped("query-version")]);
    expect(calls).toEqual([ide0, ide0]);
  });

  it("qmp_block_io_event: the accessor takes nothing, and leads to the one signal for all devices", async () => {
    const { server, qmp, agreed } = await ends();
    const devices: string[] = [];
    qmp.accessor("block-io-event").connect(({ data }) => devices.push(data.device));
    await agreed();
    for (const device of ["ide0", "ide1"]) server.emit("BLOCK_IO_EVENT", { ...ide0, device });
    await agreed();
    expect(devices).toEqual(["ide0", "ide1"]);
    // @ts-expect-error -- it takes nothing
    expect(() => qmp.accessor("block-io-event", { device: "ide0" })).toThrow("device");
  });

  it("libqmp_block_io_event_connect, libqmp_block_io_event_disconnect: a session's commands, with a tag between them", async () => {
    const { server, qmp } = await ends();
    const tag = await blockIoEventConnect(qmp);
    expectTypeOf(tag).toEqualTypeOf<string>();
    expect(server.clients[0]?.signals.connections).toMatchObject([{ tag }]);
    expect(await blockIoEventDisconnect(qmp, { tag })).toEqual({});
    expect(server.clients[0]?.signals.connections).toEqual([]);
    await expect(blockIoEventDisconnect(qmp, { tag })).rejects.toMatchObject({ class: "GenericError" });
  });
});

describe("BlockDeviceEvent", () => {
  it("struct BlockDeviceEvent: likewise, whatever leads to it", async () => {
    const { qmp } = await ends();
    const signal = qmp.accessor("block-device-event", { device: "ide0" });
    expectTypeOf<keyof typeof signal>().toEqualTypeOf<"connect" | "once" | "events" | typeof Symbol.asyncIterator>();
    expect(Object.keys(signal)).toEqual([]);
  });

  it("enum BlockDeviceAction: BDA_REPORT is the first", () => {
    expect(Object.values(BlockDeviceAction)).toEqual(["report", "stop", "none"]);
  });

  it("enum BlockDeviceOperation: BDO_READ is the first", () => {
    expect(Object.values(BlockDeviceOperation)).toEqual(["read", "write"]);
  });

  it("enum BlockDeviceActionReason: BDAR_NOSPC is the first", () => {
    expect(Object.values(BlockDeviceActionReason)).toEqual(["nospc", "io", "other"]);
  });

  it("BlockDeviceEventFunc: a slot is given action, operation and reason, and no device", async () => {
    const { server, qmp, agreed } = await ends();
    const calls: BlockDeviceEvent["data"][] = [];
    qmp.accessor("block-device-event", { device: "ide0" }).connect((event) => {
      expectTypeOf(event).toEqualTypeOf<BlockDeviceEvent>();
      expectTypeOf(event.data.action).toEqualTypeOf<BlockDeviceAction>();
      expectTypeOf(event.data.operation).toEqualTypeOf<BlockDeviceOperation>();
      expectTypeOf(event.data.reason).toEqualTypeOf<BlockDeviceActionReason>();
      calls.push(event.data);
    });
    await agreed();
    server.emitSignal("block-device-event", { device: "ide0" }, stopped);
    await agreed();
    expect(calls).toEqual([stopped]);
  });

  it("qmp_block_device_event: the accessor takes a device, and leads to its signal", async () => {
    const { server, qmp, agreed } = await ends();
    const calls: string[] = [];
    for (const device of ["ide0", "ide1"])
      qmp.accessor("block-device-event", { device }).connect(({ data }) => calls.push(`${device} ${data.action}`));
    await agreed();
    server.emitSignal("block-device-event", { device: "ide1" }, stopped);
    server.emitSignal("block-device-event", { device: "ide2" }, stopped);
    await agreed();
    expect(calls).toEqual(["ide1 stop"]);
    // @ts-expect-error -- it takes a device
    expect(() => qmp.accessor("block-device-event")).toThrow("device");
  });

  it("block_device_event_connect gives a handle, which block_device_event_disconnect takes", async () => {
    const { server, qmp, agreed } = await ends();
    let calls = 0;
    const handle = qmp.accessor("block-device-event", { device: "ide0" }).connect(() => (calls += 1));
    await agreed();
    server.emitSignal("block-device-event", { device: "ide0" }, stopped);
    await agreed();
    expect(qmp.disconnect(handle)).toBe(true);
    await agreed();
    expect(server.clients[0]?.signals.connections).toEqual([]);
    server.emitSignal("block-device-event", { device: "ide0" }, stopped);
    await agreed();
    expect(calls).toBe(1);
  });

  it("libqmp_block_device_event_connect takes the device, libqmp_block_device_event_disconnect device and handle", async () => {
    const { server, qmp } = await ends();
    const device = "ide0";
    const tag = await blockDeviceEventConnect(qmp, { device });
    expect(server.clients[0]?.signals.connections).toMatchObject([{ tag }]);
    await expect(blockDeviceEventDisconnect(qmp, { tag, device: "ide1" })).rejects.toMatchObject({
      class: "GenericError",
    });
    expect(await blockDeviceEventDisconnect(qmp, { tag, device })).toEqual({});
    expect(server.clients[0]?.signals.connections).toEqual([]);
  });
});
