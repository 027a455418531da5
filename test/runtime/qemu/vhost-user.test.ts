/** Seed scenario 2: a vhost-user back-end is killed and started again, on one monitor connection all along. */
import { expect, onTestFinished, test, vi } from "vitest";
import type { NetdevVhostUserConnectedEvent } from "../../../generated/fixtures/machine/index.js";
import { schema as proposal } from "../../../generated/fixtures/net/index.js";
import { connect } from "../../../src/runtime/qmp.js";
import { eachQemu } from "../../support/each-qemu.js";
import { connectTo, startMachine } from "../../support/machine.js";
import { DEADLINE, newStage } from "../../support/stage.js";
import { TestServer } from "./test-server.js";
import { serveVhostUser } from "./vhost-user-backend.js";

const NET0 = { "netdev-id": "net0" } as const;

// The events came with 10.0.
eachQemu("netdev vhost-user", 10, (qemu) => {
  test("is lost, and found again within reconnect-ms", async () => {
    const stage = newStage();
    const path = stage.path("backend");
    const first = await TestServer.start({ path }, serveVhostUser);
    const { monitor } = await startMachine(stage, qemu, [
      ...["-machine", "pc,memory-backend=mem", "-m", "64M"],
      ...["-object", "memory-backend-memfd,id=mem,size=64M,share=on"],
      ...["-chardev", `socket,id=chr0,path=${path},reconnect-ms=20`],
      ...["-netdev", "vhost-user,id=net0,chardev=chr0"],
      ...["-device", "virtio-net-pci,netdev=net0,romfile="],
    ]);
    const qmp = await connectTo(monitor);
    const states: string[] = [];
    qmp.stateChanged.connect(({ state }) => states.push(state));
    const filename = async (label: string): Promise<string | undefined> => {
      const devices = await qmp.execute("query-chardev");
      return devices.find((device) => device.label === label)?.filename;
    };

    const lost: unknown[] = [];
    const back = new Promise<NetdevVhostUserConnectedEvent>((resolve) => {
      qmp.signal("NETDEV_VHOST_USER_DISCONNECTED", NET0).connect(async ({ data }) => {
        lost.push(data, await filename("chr0"));
        resolve(qmp.signal("NETDEV_VHOST_USER_CONNECTED", NET0).once({ timeout: DEADLINE }));
        await TestServer.start({ path }, serveVhostUser);
      });
    });
    await first.kill();
    const { data } = await back;
    expect(data).toEqual({ "netdev-id": "net0", "chardev-id": "chr0" });
    expect(await filename(data["chardev-id"])).toBe(`unix:${path}`);
    expect(lost).toEqual([NET0, `disconnected:unix:${path}`]);
    expect(states).toEqual([]);
  });

  test("what was released is not what was proposed: an event that is not as a schema says is reported", async () => {
    const stage = newStage();
    const path = stage.path("backend");
    const first = await TestServer.start({ path }, serveVhostUser);
    const { monitor } = await startMachine(stage, qemu, [
      ...["-chardev", `socket,id=chr0,path=${path},reconnect-ms=20`],
      ...["-netdev", "vhost-user,id=net0,chardev=chr0"],
    ]);
    // The schema of the proposal, in which the event has a ChardevInfo.
    let report: ((problem: Error) => void) | undefined;
    const problem = new Promise<Error>((resolve) => (report = resolve));
    const qmp = await connect(proposal, monitor, { onProblem: (error) => report?.(error) });
    onTestFinished(() => qmp.close());
    const slot = vi.fn();
    qmp.signal("NETDEV_VHOST_USER_CONNECTED").connect(slot);
    const lost = qmp.signal("NETDEV_VHOST_USER_DISCONNECTED", NET0).once({ timeout: DEADLINE });
    await first.kill();
    expect((await lost).data).toEqual(NET0);
    await TestServer.start({ path }, serveVhostUser);
    expect(await problem).toMatchObject({
      name: "ValidationError",
      subject: "event",
      of: "NETDEV_VHOST_USER_CONNECTED",
      issues: [{ path: ["data", "info"] }],
    });
    expect(slot).not.toHaveBeenCalled();
  });
});
