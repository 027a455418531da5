/** Interface events of real QEMUs: back-ends are killed, and the hook starts them again, once for each loss. */
import { expect, test } from "vitest";
import type { InterfaceDisconnectedDomainEvent } from "../../../src/domain-events/domain-events.js";
import { TestServer } from "../../runtime/qemu/test-server.js";
import { serveVhostUser } from "../../runtime/qemu/vhost-user-backend.js";
import { eachQemu } from "../../support/each-qemu.js";
import type { Qemu } from "../../support/qemu.js";
import { newStage } from "../../support/stage.js";
import { type Managed, manage } from "./managed.js";

/** How often it is killed. */
const LOSSES = 3;
const RECONNECT = 20;

/** A domain with a back-end. */
interface Setup {
  readonly domain: Managed;
  readonly first: TestServer;
  /** What the events say of it. */
  readonly backend: { readonly netdev: string; readonly kind: "stream" | "vhost-user" };
  readonly peer: string;
}

eachQemu("interface, stream", 7, (qemu) => {
  test("restartBackend: a back-end that is killed is started again, once for each loss", async () => {
    const path = newStage().path("passt");
    const add = { type: "stream", id: "net0", server: false, addr: { type: "unix", path } };
    await loseAndRestart(await streamTo(path, qemu, add), async (domain) => {
      // Releases before 9.2 do not connect again by themselves.
      await domain.execute("netdev_del", { id: "net0" });
      const server = await TestServer.start({ path });
      await domain.execute("netdev_add", add);
      return server;
    });
  });
});

// QEMU connects again by itself, to streams since 9.2, and tells of vhost-user since 10.0.
eachQemu("interface, with reconnect-ms", 10, (qemu) => {
  test("restartBackend: a stream's back-end is started again, once for each loss", async () => {
    const path = newStage().path("passt");
    const add = { type: "stream", id: "net0", addr: { type: "unix", path }, "reconnect-ms": RECONNECT };
    await loseAndRestart(await streamTo(path, qemu, add), async () => TestServer.start({ path }));
  });

  test("restartBackend: a vhost-user back-end is started again, once for each loss", async () => {
    const stage = newStage();
    const path = stage.path("backend");
    const first = await TestServer.start({ path }, serveVhostUser);
    const domain = await manage(stage, qemu, [
      ...["-machine", "pc,memory-backend=mem", "-m", "64M"],
      ...["-object", "memory-backend-memfd,id=mem,size=64M,share=on"],
      ...["-chardev", `socket,id=chr0,path=${path},reconnect-ms=${RECONNECT}`],
      ...["-netdev", "vhost-user,id=net0,chardev=chr0"],
      ...["-device", "virtio-net-pci,netdev=net0,romfile="],
    ]);
    const setup = { domain, first, backend: { netdev: "net0", kind: "vhost-user" }, peer: "chr0" } as const;
    await loseAndRestart(setup, async () => TestServer.start({ path }, serveVhostUser));
  });
});

/** A domain that is connected to a back-end of a stream. */
async function streamTo(path: string, qemu: Qemu, add: object): Promise<Setup> {
  const first = await TestServer.start({ path });
  const domain = await manage(newStage(), qemu, []);
  const setup = { domain, first, backend: { netdev: "net0", kind: "stream" }, peer: `unix:${path}` } as const;
  await domain.execute("netdev_add", add);
  await domain.expect({ id: "interfaceConnected", ...setup.backend, peer: setup.peer });
  return setup;
}

/** Kills the back-end a few times. Each time the hook must start it once, and QEMU find it again. */
async function loseAndRestart(
  { domain, first, backend, peer }: Setup,
  restart: (domain: Managed) => Promise<TestServer>,
): Promise<void> {
  const losses: InterfaceDisconnectedDomainEvent[] = [];
  let server = first;
  let restarted: () => void = () => undefined;
  domain.domain.restartBackend(async (loss, origin) => {
    expect(origin.domain).toBe(domain.domain);
    losses.push(loss);
    server = await restart(domain);
    restarted();
  });
  for (let loss = 1; loss <= LOSSES; loss += 1) {
    const back = new Promise<void>((resolve) => (restarted = resolve));
    await server.kill();
    await domain.expect({ id: "interfaceDisconnected", ...backend }, { id: "interfaceConnected", ...backend, peer });
    await back;
    expect(losses).toHaveLength(loss);
  }
  expect(losses.every((loss) => loss.netdev === backend.netdev && loss.kind === backend.kind)).toBe(true);
  // That the last one ends with the test is no loss.
  domain.domain.detach();
}
