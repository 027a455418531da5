/** The commands and events of net.json, on real machines with a network device. */
import { expect, test } from "vitest";
import type { Netdev, NetdevDgram } from "../../../generated/fixtures/machine/index.js";
import { QmpError, ValidationError } from "../../../src/runtime/qmp.js";
import { eachQemu } from "../../support/each-qemu.js";
import { connectTo, type MachineClient, startMachine } from "../../support/machine.js";
import { DEADLINE, isListening, newStage, type Stage } from "../../support/stage.js";
import { Qtest, VirtioNet } from "./qtest.js";

const SLOT = 4;
const MAC = "52:54:00:12:34:56";
/** A device that knows neither of cables nor of filters. */
const DEAF = ["-device", "ne2k_pci,id=deaf,romfile="] as const;
const LIMITS = { timeout: DEADLINE };

eachQemu("net.json", 7, (qemu) => {
  async function machine(stage: Stage, args: readonly string[] = []): Promise<MachineClient> {
    const nic = `virtio-net-pci,id=nic0,netdev=net0,mac=${MAC},addr=${SLOT},disable-modern=on,romfile=`;
    const { monitor } = await startMachine(stage, qemu, ["-netdev", "user,id=net0", "-device", nic, ...args]);
    return connectTo(monitor);
  }

  test("set_link", async () => {
    const qmp = await machine(newStage(), DEAF);
    expect(await qmp.execute("set_link", { name: "nic0", up: false })).toEqual({});
    expect(await qmp.execute("set_link", { name: "net0", up: true })).toEqual({});
    // A device that cannot tell the guest: it is no mistake.
    expect(await qmp.execute("set_link", { name: "deaf", up: false })).toEqual({});
    const refused = await qmp.execute("set_link", { name: "no-such", up: true }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(QmpError);
    expect(refused).toMatchObject({
      class: "DeviceNotFound",
      command: "set_link",
      arguments: { name: "no-such", up: true },
    });
  });

  test("announce-self", async () => {
    const qmp = await machine(newStage());
    const rounds = { initial: 50, max: 550, rounds: 1, step: 10 };
    expect(await qmp.execute("announce-self", rounds)).toEqual({});
    expect(await qmp.execute("announce-self", { ...rounds, interfaces: ["nic0"], id: "one" })).toEqual({});
  });

  test("netdev_add and netdev_del, with each back-end that needs nothing of the host", async () => {
    const stage = newStage();
    const qmp = await machine(stage);
    const unix = (name: string): { readonly type: "unix"; readonly path: string } => ({
      type: "unix",
      path: stage.path(name),
    });
    const inet = (port: number): { readonly type: "inet"; readonly host: string; readonly port: string } => ({
      type: "inet",
      host: "127.0.0.1",
      port: String(port),
    });
    const backends: readonly Netdev[] = [
      { type: "user", id: "user" },
      { type: "user", id: "user-net", ipv4: true, ipv6: false, net: "10.0.5.0/24", hostname: "guest" },
      { type: "user", id: "user-dns", dnssearch: [{ str: "example.org" }], hostfwd: [{ str: "tcp:127.0.0.1:0-:22" }] },
      { type: "hubport", id: "hubport", hubid: 3 },
      { type: "socket", id: "socket-listen", listen: "127.0.0.1:0" },
      { type: "socket", id: "socket-udp", udp: "127.0.0.1:9", localaddr: "127.0.0.1:0" },
      { type: "dgram", id: "dgram-inet", local: inet(0), remote: inet(9) },
      { type: "dgram", id: "dgram-unix", local: unix("here"), remote: unix("there") },
    ];
    for (const backend of backends) {
      expect(await qmp.execute("netdev_add", backend, LIMITS), backend.id).toEqual({});
      const again = qmp.execute("netdev_add", backend, LIMITS);
      await expect(again, backend.id).rejects.toThrow(backend.id);
      expect(await qmp.execute("netdev_del", { id: backend.id }, LIMITS), backend.id).toEqual({});
    }

    // QEMU may crash when one that listens is deleted before anybody has connected: somebody does.
    const addr = unix("listener");
    expect(await qmp.execute("netdev_add", { type: "stream", id: "stream", server: true, addr })).toEqual({});
    const connected = qmp.signal("NETDEV_STREAM_CONNECTED", { "netdev-id": "stream" }).once(LIMITS);
    while (!(await isListening(addr.path)));
    expect((await connected).data.addr).toEqual(addr);
    expect(await qmp.execute("netdev_del", { id: "stream" })).toEqual({});
  });

  test("netdev_add: which addresses a back-end for datagrams takes", async () => {
    const qmp = await machine(newStage());
    const here = { type: "inet", host: "127.0.0.1", port: "0" } as const;
    const there = { type: "inet", host: "127.0.0.1", port: "9" } as const;
    const group = { type: "inet", host: "230.0.0.1", port: "0" } as const;
    const vsock = { type: "vsock", cid: "3", port: "5" } as const;
    // It gets as far as the descriptor, which there is not.
    const fd = { type: "fd", str: "99" } as const;
    const descriptor = /descriptor/;
    const combinations: readonly (readonly [Omit<NetdevDgram, "type" | "id">, RegExp | "taken"])[] = [
      [{}, /local/],
      [{ local: here }, /remote/],
      [{ local: fd }, descriptor],
      [{ remote: group }, "taken"],
      [{ remote: group, local: here }, "taken"],
      [{ remote: group, local: fd }, descriptor],
      [{ remote: there }, /local/],
      [{ remote: there, local: here }, "taken"],
      [{ remote: vsock, local: vsock }, /only support/],
    ];
    for (const [index, [addresses, answer]] of combinations.entries()) {
      const added = qmp.execute("netdev_add", { type: "dgram", id: `dgram${String(index)}`, ...addresses });
      if (answer === "taken") expect(await added, JSON.stringify(addresses)).toEqual({});
      else await expect(added, JSON.stringify(addresses)).rejects.toThrow(answer);
    }
  });

  test("netdev_add, refused by us or by QEMU", async () => {
    const qmp = await machine(newStage());
    const wrong = { type: "hubport", id: "hub", hubid: "3" };
    // @ts-expect-error -- a string is no number
    await expect(qmp.execute("netdev_add", wrong)).rejects.toMatchObject({
      name: "ValidationError",
      issues: [{ path: ["hubid"] }],
    });
    // @ts-expect-error -- the same
    await expect(qmp.execute("netdev_add", wrong)).rejects.toBeInstanceOf(ValidationError);
    await expect(qmp.executeUntyped("netdev_add", wrong)).rejects.toMatchObject({ name: "QmpError" });
    const missing = { type: "vhost-user", id: "vhost", chardev: "no-such" } as const;
    await expect(qmp.execute("netdev_add", missing)).rejects.toMatchObject({
      class: "GenericError",
      arguments: missing,
    });
    // Its documentation says DeviceNotFound of both.
    const unknown = { type: "no-such", id: "n" };
    await expect(qmp.executeUntyped("netdev_add", unknown)).rejects.toMatchObject({ class: "GenericError" });
    await expect(qmp.execute("netdev_del", { id: "no-such" })).rejects.toMatchObject({ class: "DeviceNotFound" });
  });

  test("query-rx-filter and NIC_RX_FILTER_CHANGED", async () => {
    const stage = newStage();
    const path = stage.path("qtest");
    const qmp = await machine(stage, ["-qtest", `unix:${path},server=on,wait=off`, "-qtest-log", "/dev/null", ...DEAF]);
    const before = await qmp.execute("query-rx-filter", { name: "nic0" });
    expect(before).toMatchObject([
      { name: "nic0", promiscuous: true, "main-mac": MAC, unicast: "normal", vlan: "all" },
    ]);
    expect(before[0]?.["vlan-table"].length).toBe(4096);
    expect(await qmp.execute("query-rx-filter")).toEqual(before);
    for (const name of ["no-such", "net0", "deaf"])
      await expect(qmp.execute("query-rx-filter", { name })).rejects.toMatchObject({ class: "GenericError" });

    const nic = new VirtioNet(new Qtest(path), SLOT);
    await nic.start();
    // The device tells of a change once, until it is asked what it has become.
    const changed = qmp.signal("NIC_RX_FILTER_CHANGED", { name: "nic0" });
    let count = 0;
    changed.connect(() => (count += 1));
    for (const [index, isOn] of [false, true].entries()) {
      const event = changed.once(LIMITS);
      await nic.setPromiscuous(isOn);
      expect((await event).data).toEqual({ name: "nic0", path: "/machine/peripheral/nic0/virtio-backend" });
      await nic.setPromiscuous(!isOn);
      expect(await qmp.execute("query-rx-filter", { name: "nic0" })).toMatchObject([{ promiscuous: !isOn }]);
      expect(count).toBe(index + 1);
    }
  });
});
