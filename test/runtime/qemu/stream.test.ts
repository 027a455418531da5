/** Seed scenario 1: a network backend's peer dies, the manager hears of it, starts it again, and hears that it is back. */
import type { ListenOptions } from "node:net";
import { expect, test } from "vitest";
import type { NetdevStreamConnectedEvent, SocketAddress } from "../../../generated/fixtures/machine/index.js";
import { eachQemu } from "../../support/each-qemu.js";
import { connectTo, startMachine } from "../../support/machine.js";
import { DEADLINE, newStage, type Stage } from "../../support/stage.js";
import { TestServer } from "./test-server.js";

const FAMILIES = ["unix", "inet"] as const;
const NET0 = { "netdev-id": "net0" } as const;

eachQemu("netdev stream, added again by the slot", 7, (qemu) => {
  test.each(FAMILIES)("%s", async (family) => {
    const stage = newStage();
    const { server, where, addr } = await firstServer(stage, family);
    const { monitor } = await startMachine(stage, qemu, []);
    const qmp = await connectTo(monitor);
    const connected = qmp.signal("NETDEV_STREAM_CONNECTED", NET0);
    const add = { type: "stream", id: "net0", server: false, addr } as const;
    const limits = { timeout: DEADLINE };
    const first = await qmp.executeThenWait("netdev_add", add, "NETDEV_STREAM_CONNECTED", NET0, limits);
    expect(place(first.event)).toBe(placeOf(addr));

    // What a manager does with releases that do not connect again by themselves.
    const lost: unknown[] = [];
    qmp.signal("NETDEV_STREAM_DISCONNECTED", NET0).connect(async ({ data }) => {
      lost.push(data);
      await qmp.execute("netdev_del", { id: "net0" });
      await TestServer.start(where);
      await qmp.execute("netdev_add", add);
    });
    const back = connected.once(limits);
    await server.kill();
    expect(place(await back)).toBe(placeOf(addr));
    expect(lost).toEqual([NET0]);
  });
});

eachQemu("netdev stream with reconnect-ms", 10, (qemu) => {
  test.each(FAMILIES)("%s", async (family) => {
    const stage = newStage();
    const { server, where, addr } = await firstServer(stage, family);
    const other = await TestServer.start({ path: stage.path("other") });
    const { monitor } = await startMachine(stage, qemu, [
      ...["-netdev", `stream,id=net0,server=off,${options(addr)},reconnect-ms=20`],
      ...["-device", "virtio-net-pci,netdev=net0,romfile="],
      ...["-netdev", `stream,id=net1,server=off,addr.type=unix,addr.path=${stage.path("other")}`],
    ]);
    const qmp = await connectTo(monitor);
    expect(await qmp.supports("netdev_add/arg-type/type=stream/reconnect-ms")).toBe(true);

    const lost: unknown[] = [];
    const back = new Promise<NetdevStreamConnectedEvent>((resolve) => {
      qmp.signal("NETDEV_STREAM_DISCONNECTED", NET0).connect(async ({ data }) => {
        lost.push(data);
        // Not before: that it was connected at the beginning may be told late.
        resolve(qmp.signal("NETDEV_STREAM_CONNECTED", { addr: { type: family } }).once({ timeout: DEADLINE }));
        await TestServer.start(where);
      });
    });

    // That another one is lost does not concern the slot.
    const otherLost = qmp.signal("NETDEV_STREAM_DISCONNECTED").once({ timeout: DEADLINE });
    await other.kill();
    expect((await otherLost).data).toEqual({ "netdev-id": "net1" });
    expect(lost).toEqual([]);

    await server.kill();
    expect(place(await back)).toBe(placeOf(addr));
    expect(lost).toEqual([NET0]);
  });
});

/** Where the first server listens that QEMU connects to, and how QEMU calls it. */
async function firstServer(
  stage: Stage,
  family: (typeof FAMILIES)[number],
): Promise<{ readonly server: TestServer; readonly where: ListenOptions; readonly addr: SocketAddress }> {
  if (family === "unix") {
    const path = stage.path("peer");
    return { server: await TestServer.start({ path }), where: { path }, addr: { type: "unix", path } };
  }
  const host = "127.0.0.1";
  const server = await TestServer.start({ host, port: 0 });
  const { port } = server;
  return { server, where: { host, port }, addr: { type: "inet", host, port: String(port) } };
}

/** An address as the command line has it. */
function options(addr: SocketAddress): string {
  return Object.entries(addr)
    .map(([key, value]) => `addr.${key}=${String(value)}`)
    .join(",");
}

/** Where an event says that it is connected to. */
function place({ data }: NetdevStreamConnectedEvent): string {
  return placeOf(data.addr);
}

function placeOf(addr: SocketAddress): string {
  switch (addr.type) {
    case "unix":
      return addr.path;
    case "inet":
      return `${addr.host}:${addr.port}`;
    case "vsock":
      return `${addr.cid}:${addr.port}`;
    case "fd":
      return addr.str;
  }
}
