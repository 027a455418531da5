/** Back-ends that are restarted. */
import { describe, expect, it } from "vitest";
import { settled, watched } from "./watched.js";

/** A hook whose restarts last until the test ends them. */
class Restarts {
  readonly begun: string[] = [];
  readonly #running = new Map<string, () => void>();

  restart = ({ netdev }: { readonly netdev: string }): Promise<void> => {
    this.begun.push(netdev);
    return new Promise((resolve) => this.#running.set(netdev, resolve));
  };

  async done(netdev: string): Promise<void> {
    this.#running.get(netdev)?.();
    await settled();
  }
}

async function hooked(options?: { readonly netdev: string }) {
  const { domain, monitor, problems } = await watched();
  const restarts = new Restarts();
  const handle = domain.restartBackend(restarts.restart, options);
  const lose = (netdev: string): void => monitor.say("NETDEV_STREAM_DISCONNECTED", { "netdev-id": netdev });
  const addr = { type: "unix", path: "/run/passt" };
  const connect = (netdev: string): void => monitor.say("NETDEV_STREAM_CONNECTED", { "netdev-id": netdev, addr });
  return { domain, monitor, problems, restarts, handle, lose, connect };
}

describe("restartBackend", () => {
  it("restarts once for each loss", async () => {
    const { restarts, lose, connect } = await hooked();
    connect("net0");
    lose("net0");
    lose("net0");
    expect(restarts.begun).toEqual(["net0"]);
    await restarts.done("net0");
    lose("net0");
    expect(restarts.begun).toEqual(["net0"]);
    connect("net0");
    lose("net0");
    expect(restarts.begun).toEqual(["net0", "net0"]);
  });

  it("restarts one after the other what is lost again meanwhile, and what is not only once", async () => {
    const { restarts, lose, connect } = await hooked();
    lose("net0");
    connect("net0");
    lose("net0");
    connect("net0");
    lose("net0");
    await settled();
    expect(restarts.begun).toEqual(["net0"]);
    await restarts.done("net0");
    expect(restarts.begun).toEqual(["net0", "net0"]);
    connect("net0");
    await restarts.done("net0");
    expect(restarts.begun).toEqual(["net0", "net0"]);
  });

  it("restarts different back-ends side by side", async () => {
    const { monitor, restarts, lose } = await hooked();
    lose("net0");
    monitor.say("NETDEV_VHOST_USER_DISCONNECTED", { "netdev-id": "net1" });
    expect(restarts.begun).toEqual(["net0", "net1"]);
  });

  it("is for one netdev, if that is said", async () => {
    const { restarts, lose } = await hooked({ netdev: "net1" });
    lose("net0");
    lose("net1");
    expect(restarts.begun).toEqual(["net1"]);
  });

  it("is told what was lost, and of which domain", async () => {
    const { domain, monitor } = await hooked();
    const calls: unknown[] = [];
    domain.restartBackend((...args) => calls.push(args));
    monitor.say("NETDEV_VHOST_USER_DISCONNECTED", { "netdev-id": "net0" });
    expect(calls).toMatchObject([
      [
        { id: "interfaceDisconnected", kind: "vhost-user", netdev: "net0" },
        { connection: monitor, domain },
      ],
    ]);
  });

  it("ends with its handle, and with the domain", async () => {
    const { domain, restarts, handle, lose, connect } = await hooked();
    lose("net0");
    connect("net0");
    lose("net0");
    expect(handle.disconnect()).toBe(true);
    await restarts.done("net0");
    lose("net1");
    expect(restarts.begun).toEqual(["net0"]);
    domain.restartBackend(restarts.restart);
    lose("net0");
    connect("net0");
    lose("net0");
    domain.detach();
    await restarts.done("net0");
    expect(restarts.begun).toEqual(["net0", "net0"]);
  });

  it("goes on after a restart that failed, which is reported", async () => {
    const { domain, lose, connect, problems, handle } = await hooked();
    handle.disconnect();
    let calls = 0;
    domain.restartBackend(() => {
      calls += 1;
      throw new Error("no such program");
    });
    lose("net0");
    await settled();
    connect("net0");
    lose("net0");
    await settled();
    expect(calls).toBe(2);
    const report = "CallbackError: vm1: a callback of restartBackend failed: no such program";
    expect(problems.map(String)).toEqual([report, report]);
  });
});
