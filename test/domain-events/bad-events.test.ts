/** Events that are not as they should be. */
import { describe, expect, it } from "vitest";
import { DomainEventError } from "../../src/domain-events/domain-events.js";
import { entries } from "../../src/domain-events/mapping.js";
import { watched } from "./watched.js";

const server = { host: "h", service: "1", family: "ipv4", websocket: false };

describe("an event that is not as it should be", () => {
  it.each([
    ["VNC_CONNECTED", undefined, "data", "an object", "nothing"],
    ["VNC_CONNECTED", [], "data", "an object", "an array"],
    ["VNC_CONNECTED", { server }, "data.client", "an object", "nothing"],
    ["VNC_CONNECTED", { server: null, client: server }, "data.server", "an object", "null"],
    ["VNC_INITIALIZED", { server, client: { ...server, host: 5 } }, "data.client.host", "a string", "5"],
    [
      "VNC_INITIALIZED",
      { server: { ...server, auth: {} }, client: server },
      "data.server.auth",
      "a string",
      "an object",
    ],
    [
      "VNC_INITIALIZED",
      { server, client: { ...server, x509_dname: null } },
      "data.client.x509_dname",
      "a string",
      "null",
    ],
    ["WATCHDOG", { action: 1n }, "data.action", "a string", "1"],
    ["BLOCK_IO_ERROR", { action: "stop" }, "data.device", "a string", "nothing"],
    ["SHUTDOWN", { guest: "yes" }, "data.guest", "true or false", "a string"],
    ["NETDEV_STREAM_CONNECTED", { "netdev-id": "n", addr: "x" }, "data.addr", "an address of a socket", "a string"],
    ["NETDEV_STREAM_CONNECTED", { "netdev-id": "n", addr: {} }, "data.addr", "an address of a socket", "an object"],
    [
      "NETDEV_STREAM_CONNECTED",
      { "netdev-id": "n", addr: { type: "unix" } },
      "data.addr",
      "an address of a socket",
      "an object",
    ],
    // What objects inherit is nothing that came.
    ["WATCHDOG", Object.create({ action: "reset" }), "data.action", "a string", "nothing"],
    ["WATCHDOG", JSON.parse('{"__proto__":{"action":"reset"}}'), "data.action", "a string", "nothing"],
  ])("is reported, and not told: %s, %o", async (event, data: unknown, path, expected, received) => {
    const { domain, monitor, told, problems } = await watched();
    monitor.say(event, data);
    expect(told).toEqual([]);
    expect(problems.map(({ message }) => message)).toEqual([
      `vm1: ${event}: ${path}: expected ${expected}, received ${received}`,
    ]);
    expect(problems[0]).toBeInstanceOf(DomainEventError);
    expect(problems[0]).toMatchObject({ event, path, expected, origin: { domain, connection: monitor } });
  });

  it("never does more than that, whatever it is", async () => {
    const { monitor, told, problems } = await watched();
    const deep: unknown[] = [];
    deep.push(deep);
    const values = [
      undefined,
      null,
      0,
      "",
      "x",
      true,
      2n ** 70n,
      [],
      {},
      deep,
      { server: deep, client: { host: deep } },
    ];
    for (const event of entries.keys()) for (const value of values) monitor.say(event, value);
    const withoutData = told.filter(({ id }) => id !== "lifecycle" && id !== "reboot");
    expect(withoutData).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
    for (const problem of problems) expect(problem).toBeInstanceOf(DomainEventError);
  });

  it("is followed by others as ever", async () => {
    const { monitor, told } = await watched();
    monitor.say("WATCHDOG", {});
    monitor.say("WATCHDOG", { action: "reset", "added-later": true });
    expect(told).toMatchObject([{ id: "watchdog", action: 2 }]);
  });
});
