/** Lifecycle and reboot events of real QEMUs: what managers do to them, what guests do, and what happens to them. */
import { expect, test } from "vitest";
import {
  CrashedDetail,
  Lifecycle,
  type LifecycleDomainEvent,
  PmSuspendedDetail,
  ShutdownDetail,
  StartedDetail,
  StoppedDetail,
  SuspendedDetail,
} from "../../../src/domain-events/domain-events.js";
import { eachQemu } from "../../support/each-qemu.js";
import { newStage } from "../../support/stage.js";
import { reset, sleep } from "./board.js";
import { Guest } from "./guest.js";
import { manage, RESUMED, type Told } from "./managed.js";

const REBOOT: Told = { id: "reboot" };
const PAUSED = lifecycle(Lifecycle.suspended, SuspendedDetail.paused);

eachQemu("lifecycle", 7, (qemu) => {
  test("stop and cont: suspended and resumed", async () => {
    const domain = await manage(newStage(), qemu, []);
    await domain.execute("cont");
    await domain.execute("stop");
    await domain.execute("cont");
    await domain.expect(RESUMED, PAUSED, RESUMED);
  });

  test("quit: shutdown by the host, and stopped, destroyed", async () => {
    const domain = await manage(newStage(), qemu, []);
    await domain.execute("quit");
    await domain.expect(
      lifecycle(Lifecycle.shutdown, ShutdownDetail.host),
      lifecycle(Lifecycle.stopped, StoppedDetail.destroyed),
    );
    await domain.machine.player.ended;
  });

  test("a signal that ends QEMU: shutdown by the host, and stopped, destroyed", async () => {
    const domain = await manage(newStage(), qemu, []);
    domain.machine.player.process.kill("SIGTERM");
    await domain.expect(
      lifecycle(Lifecycle.shutdown, ShutdownDetail.host),
      lifecycle(Lifecycle.stopped, StoppedDetail.destroyed),
    );
  });

  test("QEMU is killed: stopped, failed", async () => {
    const domain = await manage(newStage(), qemu, []);
    await domain.machine.player.kill();
    await domain.expect(lifecycle(Lifecycle.stopped, StoppedDetail.failed));
    expect(domain.qmp.state.state).toBe("closed");
  });

  test("the guest switches itself off: shutdown by the guest, and stopped, shut down", async () => {
    const stage = newStage();
    const domain = await manage(stage, qemu, Guest.arguments(stage));
    await sleep(await domain.run(stage), "off");
    await domain.expect(
      lifecycle(Lifecycle.shutdown, ShutdownDetail.guest),
      lifecycle(Lifecycle.stopped, StoppedDetail.shutdown),
    );
    await domain.machine.player.ended;
  });

  test("with -no-shutdown QEMU stays: the guest is shut down, not stopped, and can be started again", async () => {
    const stage = newStage();
    const domain = await manage(stage, qemu, [...Guest.arguments(stage), "-no-shutdown"]);
    const guest = await domain.run(stage);
    await sleep(guest, "off");
    await domain.expect(lifecycle(Lifecycle.shutdown, ShutdownDetail.guest));
    await domain.execute("system_reset");
    await domain.expect(REBOOT);
    await domain.execute("cont");
    await guest.started();
    await domain.execute("stop");
    await domain.expect(RESUMED, PAUSED);
  });

  test("the guest sleeps and is woken: suspended by power management, and started, woken up", async () => {
    const stage = newStage();
    const domain = await manage(stage, qemu, Guest.arguments(stage));
    const guest = await domain.run(stage);
    await sleep(guest, "suspend");
    await domain.expect(lifecycle(Lifecycle.pmSuspended, PmSuspendedDetail.memory));
    await domain.execute("system_wakeup");
    await domain.expect(lifecycle(Lifecycle.started, StartedDetail.wakeup));
    await guest.started();
  });
});

eachQemu("lifecycle, pvpanic", 7, (qemu) => {
  /** A port, to which a guest writes 1 when it panics, 2 when it has something better to load. */
  const PANIC = 0x505;

  test("the guest panics: crashed", async () => {
    const stage = newStage();
    const domain = await manage(stage, qemu, [
      ...Guest.arguments(stage),
      "-device",
      "pvpanic",
      "-action",
      "panic=pause",
    ]);
    const guest = await domain.run(stage);
    guest.outAndHalt(PANIC, 1);
    await domain.expect(lifecycle(Lifecycle.crashed, CrashedDetail.panicked), PAUSED);
    expect(await domain.execute("query-status")).toMatchObject({ status: "guest-panicked" });
  });

  test("the guest panics, and QEMU ends: crashed, shutdown, and stopped, crashed", async () => {
    const stage = newStage();
    const domain = await manage(stage, qemu, [
      ...Guest.arguments(stage),
      "-device",
      "pvpanic",
      "-action",
      "panic=shutdown",
    ]);
    const guest = await domain.run(stage);
    guest.outAndHalt(PANIC, 1);
    await domain.expect(
      lifecycle(Lifecycle.crashed, CrashedDetail.panicked),
      lifecycle(Lifecycle.shutdown, ShutdownDetail.guest),
      lifecycle(Lifecycle.stopped, StoppedDetail.crashed),
    );
  });

  test("the guest panics, and loads another system: crashed, and it runs", async () => {
    const stage = newStage();
    const domain = await manage(stage, qemu, [...Guest.arguments(stage), "-device", "pvpanic"]);
    const guest = await domain.run(stage);
    await guest.out(PANIC, 2);
    await domain.expect(lifecycle(Lifecycle.crashed, CrashedDetail.crashloaded));
    expect(await domain.execute("query-status")).toMatchObject({ status: "running" });
  });
});

eachQemu("reboot", 7, (qemu) => {
  test("system_reset: the domain's state does not change, and QEMU does not restart", async () => {
    const stage = newStage();
    const domain = await manage(stage, qemu, Guest.arguments(stage));
    const guest = await domain.run(stage);
    await domain.execute("system_reset");
    await guest.started();
    // And no lifecycle event.
    await domain.expect(REBOOT);
    expect(await domain.execute("query-status")).toMatchObject({ status: "running" });
    expect(domain.machine.player.process.exitCode).toBeNull();
  });

  test("the guest resets its processor", async () => {
    const stage = newStage();
    const domain = await manage(stage, qemu, Guest.arguments(stage));
    const guest = await domain.run(stage);
    for (let time = 0; time < 3; time += 1) {
      reset(guest);
      await guest.started();
    }
    await domain.expect(REBOOT, REBOOT, REBOOT);
  });
});

/** A lifecycle event. */
function lifecycle(event: Lifecycle, detail: LifecycleDomainEvent["detail"]): Told {
  return { id: "lifecycle", event, detail } as Told;
}
