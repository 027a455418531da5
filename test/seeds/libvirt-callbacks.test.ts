/** Each structure and callback of libvirt's domain events: what a manager's callback is given. */
import { describe, expect, it } from "vitest";
import type { GraphicsDomainEvent } from "../../src/domain-events/domain-events.js";
import { managed } from "./manager.js";

const server = { host: "192.0.2.1", service: "5900", family: "ipv4", websocket: false, auth: "vencrypt+sasl" } as const;
const client = { host: "2001:db8::7", service: "40312", family: "ipv6", websocket: false } as const;
const shown = { ...client, x509_dname: "CN=alice,O=example", sasl_username: "alice@EXAMPLE" } as const;

/** What is told of somebody who has connected and shown who it is. */
async function graphics(): Promise<GraphicsDomainEvent> {
  const { qemu, domain, heard } = await managed();
  const told: GraphicsDomainEvent[] = [];
  domain.on("graphics", (event) => told.push(event));
  qemu.emit("VNC_INITIALIZED", { server, client: shown });
  await heard();
  const [event] = told;
  if (event === undefined) throw new Error("nothing was told");
  return event;
}

describe("VIR_DOMAIN_EVENT_ID_GRAPHICS", () => {
  it("is emitted in three scenarios, for each client of the guest's screen", async () => {
    const { qemu, domain, heard } = await managed();
    const phases: number[] = [];
    domain.on("graphics", ({ phase }) => phases.push(phase));
    qemu.emit("VNC_CONNECTED", { server, client });
    qemu.emit("VNC_INITIALIZED", { server, client: shown });
    qemu.emit("VNC_DISCONNECTED", { server, client: shown });
    await heard();
    expect(phases).toEqual([0, 1, 2]);
  });

  it("virDomainEventGraphicsAddress: family, node and service, of the client and of the server", async () => {
    const { local, remote } = await graphics();
    expect(local).toEqual({ family: 0, node: "192.0.2.1", service: "5900" });
    expect(remote).toEqual({ family: 1, node: "2001:db8::7", service: "40312" });
  });

  it("virDomainEventGraphicsSubject: identities of a type and a name, several with vencrypt+sasl", async () => {
    const { authScheme, subject } = await graphics();
    expect(authScheme).toBe("vencrypt+sasl");
    expect(subject).toEqual([
      { type: "x509dname", name: "CN=alice,O=example" },
      { type: "saslUsername", name: "alice@EXAMPLE" },
    ]);
  });

  it("virConnectDomainEventGraphicsCallback: connection, domain, phase, local, remote, scheme, subject", async () => {
    const { qemu, connection, domain, heard } = await managed();
    const calls: unknown[][] = [];
    domain.on("graphics", ({ phase, local, remote, authScheme, subject, ...rest }, origin) =>
      calls.push([origin.connection, origin.domain, phase, local.node, remote.node, authScheme, subject, rest]),
    );
    qemu.emit("VNC_CONNECTED", { server, client });
    await heard();
    const rest = { id: "graphics", timestamp: expect.any(Object) as unknown };
    expect(calls).toEqual([[connection, domain, 0, "192.0.2.1", "2001:db8::7", "vencrypt+sasl", [], rest]]);
    expect(calls[0]?.[0]).toBe(connection);
  });

  it("comes of SPICE as of VNC", async () => {
    const { qemu, domain, heard } = await managed();
    const told: unknown[] = [];
    domain.on("graphics", ({ phase, remote }) => told.push([phase, remote.service]));
    const host = { host: "192.0.2.1", port: "5901", family: "ipv4" } as const;
    const end = { host: "2001:db8::7", port: "40312", family: "ipv6" } as const;
    const channel = { ...end, "connection-id": 1, "channel-type": 1, "channel-id": 0, tls: false };
    qemu.emit("SPICE_CONNECTED", { server: host, client: end });
    qemu.emit("SPICE_INITIALIZED", { server: host, client: channel });
    qemu.emit("SPICE_DISCONNECTED", { server: host, client: end });
    await heard();
    expect(told).toEqual([0, 1, 2].map((phase) => [phase, "40312"]));
  });
});

describe("VIR_DOMAIN_EVENT_ID_IO_ERROR", () => {
  const error = { device: "ide0", operation: "read", action: "stop", nospace: false, reason: "I/O error" } as const;

  it("virConnectDomainEventIOErrorCallback: connection, domain, source path, device alias, action", async () => {
    const { qemu, connection, domain, heard } = await managed();
    const calls: unknown[][] = [];
    domain.on("ioError", ({ srcPath, devAlias, action }, origin) =>
      calls.push([origin.connection === connection, origin.domain === domain, srcPath, devAlias, action]),
    );
    qemu.emit("BLOCK_IO_ERROR", { ...error, "qom-path": "" });
    await heard();
    expect(calls).toEqual([[true, true, "/var/lib/images/guest.raw", "ide0", 1]]);
  });

  it("does not have what the guest calls the disk, so that it can be told of any file", async () => {
    const { qemu, domain, heard } = await managed();
    const members: string[][] = [];
    domain.on("ioError", (event) => members.push(Object.keys(event).sort()));
    qemu.emit("BLOCK_IO_ERROR", { ...error, "qom-path": "" });
    await heard();
    expect(members).toEqual([["action", "devAlias", "id", "srcPath", "timestamp"]]);
  });

  it.each([
    ["ignore", 0],
    ["stop", 1],
    ["report", 2],
  ] as const)("says what is about to be done: %s", async (action, number) => {
    const { qemu, domain, heard } = await managed();
    const told: number[] = [];
    domain.on("ioError", (event) => told.push(event.action));
    qemu.emit("BLOCK_IO_ERROR", { ...error, "qom-path": "", action });
    await heard();
    expect(told).toEqual([number]);
  });
});

describe("VIR_DOMAIN_EVENT_ID_WATCHDOG", () => {
  it("virConnectDomainEventWatchdogCallback: connection, domain, and what is about to be done", async () => {
    const { qemu, connection, domain, heard } = await managed();
    const calls: unknown[][] = [];
    domain.on("watchdog", ({ action }, origin) =>
      calls.push([origin.connection === connection, origin.domain === domain, action]),
    );
    for (const action of ["none", "pause", "reset", "poweroff", "shutdown", "debug"] as const)
      qemu.emit("WATCHDOG", { action });
    await heard();
    expect(calls).toEqual([0, 1, 2, 3, 4, 5].map((action) => [true, true, action]));
  });
});

describe("VIR_DOMAIN_EVENT_ID_RTC_CHANGE", () => {
  it("virConnectDomainEventRTCChangeCallback: connection, domain, and the offset in seconds, of 64 bits", async () => {
    const { qemu, connection, domain, heard } = await managed();
    const calls: unknown[][] = [];
    domain.on("rtcChange", ({ utcoffset }, origin) =>
      calls.push([origin.connection === connection, origin.domain === domain, utcoffset]),
    );
    const offsets = [3600n, -1n, 2n ** 63n - 1n, -(2n ** 63n)];
    for (const offset of offsets) qemu.emit("RTC_CHANGE", { offset, "qom-path": "/machine/rtc" });
    await heard();
    expect(calls).toEqual(offsets.map((offset) => [true, true, offset]));
  });

  it("keeps a variable clock's offset, so that it is there when the guest is restored", async () => {
    const saved: bigint[] = [];
    const { qemu, domain, heard } = await managed({ clock: { offset: 7200n, save: (offset) => saved.push(offset) } });
    expect(domain.utcoffset).toBe(7200n);
    qemu.emit("RTC_CHANGE", { offset: 60, "qom-path": "/machine/rtc" });
    await heard();
    expect(saved).toEqual([7260n]);
    expect(domain.utcoffset).toBe(7260n);
    const restored = await managed({ clock: { offset: saved[0] ?? 0n } });
    expect(restored.domain.utcoffset).toBe(7260n);
  });
});

describe("VIR_DOMAIN_EVENT_ID_REBOOT", () => {
  it("has nothing but connection and domain: the generic callback", async () => {
    const { qemu, connection, domain, heard } = await managed();
    const calls: unknown[][] = [];
    domain.on("reboot", (event, origin) =>
      calls.push([origin.connection === connection, origin.domain === domain, Object.keys(event).sort()]),
    );
    qemu.emit("RESET", { guest: true, reason: "guest-reset" });
    await heard();
    expect(calls).toEqual([[true, true, ["id", "timestamp"]]]);
  });

  it("is no lifecycle event: the domain runs on, and callbacks for its lifecycle hear nothing", async () => {
    const { qemu, connection, domain, heard } = await managed();
    const told: string[] = [];
    domain.on("lifecycle", () => told.push("lifecycle"));
    domain.register(() => told.push("lifecycle, as of old"));
    domain.on("reboot", () => told.push("reboot"));
    qemu.emit("RESET", { guest: true, reason: "guest-reset" });
    await heard();
    expect(told).toEqual(["reboot"]);
    expect(connection.state.state).toBe("ready");
  });
});
