/** A client and a server that are made with the output for a schema with signals. */
import { describe, expect, it } from "vitest";
import {
  blockDeviceEventConnect,
  blockDeviceEventDisconnect,
  schema,
} from "../../generated/fixtures/proposal/index.js";
import { connect } from "../../src/runtime/core.js";
import { createServer } from "../../src/runtime/server/create-server.js";
import { memoryConnector } from "../runtime/server/memory-pair.js";

const EVENT = { action: "stop", operation: "read", reason: "io" } as const;

describe("with the output for a schema with signals", () => {
  it("a client connects to the signal of one device, and sees its events and no others", async () => {
    await using server = await createServer(schema, { "block-devices": () => [] }, { signals: true });
    await using qmp = await connect(schema, memoryConnector(server), { defaultConnection: false });
    const seen: string[] = [];
    const handle = qmp.accessor("block-device-event", { device: "ide0" }).connect(({ data }) => seen.push(data.reason));
    // The connection is made before a command that comes later is executed.
    expect(await qmp.execute("block-devices")).toEqual([]);
    server.emitSignal("block-device-event", { device: "ide1" }, { ...EVENT, reason: "nospc" });
    server.emitSignal("block-device-event", { device: "ide0" }, EVENT);
    // Whatever was sent before its reply has come.
    expect(await qmp.execute("block-devices")).toEqual([]);
    expect(seen).toEqual(["io"]);
    handle.disconnect();
  });

  it("the commands can be executed like others", async () => {
    await using server = await createServer(schema, {}, { signals: true });
    await using qmp = await connect(schema, memoryConnector(server));
    const tag = await blockDeviceEventConnect(qmp, { device: "ide0" });
    expect(tag).toEqual(expect.any(String));
    expect(await blockDeviceEventDisconnect(qmp, { tag, device: "ide0" })).toEqual({});
    await expect(blockDeviceEventDisconnect(qmp, { tag })).rejects.toMatchObject({ class: "GenericError" });
    // @ts-expect-error: a device is a string.
    await expect(blockDeviceEventConnect(qmp, { device: 1 })).rejects.toThrow(/device/);
  });
});
