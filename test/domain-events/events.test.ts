/** Each event of QEMU, and what it becomes. */
import { describe, expect, it } from "vitest";
import { timestamp } from "./hand-monitor.js";
import { untimed, watched, without } from "./watched.js";

const vncServer = { host: "127.0.0.1", service: "5901", family: "ipv4", websocket: false, auth: "vnc" };
const vncClient = { host: "::1", service: "40312", family: "ipv6", websocket: false };

async function toldOf(event: string, data?: unknown): Promise<readonly object[]> {
  const { monitor, told, problems } = await watched();
  monitor.say(event, data);
  expect(problems).toEqual([]);
  return untimed(told);
}

describe("graphics", () => {
  const ends = {
    local: { family: 0, node: "127.0.0.1", service: "5901" },
    remote: { family: 1, node: "::1", service: "40312" },
  };

  it("has three phases with VNC", async () => {
    const data = { server: vncServer, client: vncClient };
    const rest = { id: "graphics", ...ends, authScheme: "vnc", subject: [] };
    expect(await toldOf("VNC_CONNECTED", data)).toEqual([{ phase: 0, ...rest }]);
    expect(await toldOf("VNC_INITIALIZED", data)).toEqual([{ phase: 1, ...rest }]);
    expect(await toldOf("VNC_DISCONNECTED", data)).toEqual([{ phase: 2, ...rest }]);
  });

  it("has the identities of a subject, once it has shown them", async () => {
    const client = { ...vncClient, x509_dname: "CN=alice", sasl_username: "alice" };
    const subject = [
      { type: "x509dname", name: "CN=alice" },
      { type: "saslUsername", name: "alice" },
    ];
    expect(await toldOf("VNC_CONNECTED", { server: vncServer, client: vncClient })).toMatchObject([{ subject: [] }]);
    expect(await toldOf("VNC_INITIALIZED", { server: vncServer, client })).toMatchObject([{ subject }]);
    expect(await toldOf("VNC_DISCONNECTED", { server: vncServer, client })).toMatchObject([{ subject }]);
    const nameless = without(client, "x509_dname");
    expect(await toldOf("VNC_INITIALIZED", { server: vncServer, client: nameless })).toMatchObject([
      { subject: [{ type: "saslUsername", name: "alice" }] },
    ]);
  });

  it("has three phases with SPICE", async () => {
    const server = { host: "127.0.0.1", port: "5901", family: "ipv4" };
    const client = { host: "::1", port: "40312", family: "ipv6" };
    const channel = { ...client, "connection-id": 1, "channel-type": 1, "channel-id": 0, tls: false };
    const rest = { id: "graphics", ...ends, subject: [] };
    expect(await toldOf("SPICE_CONNECTED", { server, client })).toEqual([{ phase: 0, authScheme: "", ...rest }]);
    expect(await toldOf("SPICE_INITIALIZED", { server: { ...server, auth: "sasl" }, client: channel })).toEqual([
      { phase: 1, authScheme: "sasl", ...rest },
    ]);
    expect(await toldOf("SPICE_DISCONNECTED", { server, client })).toEqual([{ phase: 2, authScheme: "", ...rest }]);
  });

  it.each([
    ["unix", 2],
    ["vsock", 3],
    ["unknown", -1],
    ["carrier-pigeon", -1],
    ["constructor", -1],
  ])("knows the family %s", async (family, number) => {
    const data = { server: { ...vncServer, host: "/run/vnc", family }, client: vncClient };
    expect(await toldOf("VNC_CONNECTED", data)).toMatchObject([{ local: { family: number, node: "/run/vnc" } }]);
  });
});

describe("watchdog", () => {
  it.each([
    ["none", 0],
    ["pause", 1],
    ["reset", 2],
    ["poweroff", 3],
    ["shutdown", 4],
    ["debug", 5],
    ["inject-nmi", 6],
    ["bark", -1],
  ])("tells the action %s", async (action, number) => {
    expect(await toldOf("WATCHDOG", { action })).toEqual([{ id: "watchdog", action: number }]);
  });
});

describe("reboot", () => {
  it("is no lifecycle event", async () => {
    expect(await toldOf("RESET", { guest: true, reason: "guest-reset" })).toEqual([{ id: "reboot" }]);
  });

  it("has the time of QEMU's event", async () => {
    const { monitor, told } = await watched();
    monitor.say("RESET", { guest: false, reason: "host-qmp-system-reset" });
    expect(told).toEqual([{ id: "reboot", timestamp }]);
  });
});

describe("interfaces", () => {
  it.each([
    [{ type: "unix", path: "/run/passt: 1" }, "unix:/run/passt: 1"],
    [{ type: "inet", host: "127.0.0.1", port: "47666" }, "127.0.0.1:47666"],
    [{ type: "inet", host: "::1", port: "47666", ipv6: true }, "[::1]:47666"],
    [{ type: "vsock", cid: "2", port: "1024" }, "vsock:2:1024"],
    [{ type: "fd", str: "8" }, "fd:8"],
    [{ type: "tin-can", string: "long" }, "tin-can"],
  ])("are connected to %j", async (addr, peer) => {
    expect(await toldOf("NETDEV_STREAM_CONNECTED", { "netdev-id": "net0", addr })).toEqual([
      { id: "interfaceConnected", kind: "stream", netdev: "net0", peer },
    ]);
  });

  it("are lost", async () => {
    expect(await toldOf("NETDEV_STREAM_DISCONNECTED", { "netdev-id": "net0" })).toEqual([
      { id: "interfaceDisconnected", kind: "stream", netdev: "net0" },
    ]);
  });

  it("have back-ends of vhost-user, too", async () => {
    expect(await toldOf("NETDEV_VHOST_USER_CONNECTED", { "netdev-id": "net0", "chardev-id": "chr0" })).toEqual([
      { id: "interfaceConnected", kind: "vhost-user", netdev: "net0", peer: "chr0" },
    ]);
    expect(await toldOf("NETDEV_VHOST_USER_DISCONNECTED", { "netdev-id": "net0" })).toEqual([
      { id: "interfaceDisconnected", kind: "vhost-user", netdev: "net0" },
    ]);
  });
});
