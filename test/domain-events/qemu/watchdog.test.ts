/** Watchdog events of real QEMUs: a guest arms a watchdog, which runs out at once, and QEMU does what it was told to do then. */
import { expect, test } from "vitest";
import { Lifecycle, StoppedDetail, SuspendedDetail, WatchdogAction } from "../../../src/domain-events/domain-events.js";
import { eachQemu } from "../../support/each-qemu.js";
import type { Qemu } from "../../support/qemu.js";
import { DEADLINE, newStage } from "../../support/stage.js";
import { Guest } from "./guest.js";
import { type Managed, manage, RESUMED, type Told } from "./managed.js";

/** The port of an iB700, and what is written to it to have no time left. */
const WATCHDOG = 0x443;
const AT_ONCE = 0x0f;

/** The event, with its action. */
function barks(action: keyof typeof WatchdogAction): Told {
  return { id: "watchdog", action: WatchdogAction[action] };
}

eachQemu("watchdog", 7, (qemu) => {
  test("action none: nothing else happens", async () => {
    const { domain, guest } = await armed(qemu, "none");
    await guest.out(WATCHDOG, AT_ONCE);
    await domain.expect(barks("none"));
    expect(await domain.execute("query-status")).toMatchObject({ status: "running" });
  });

  test("action pause: suspended, because of the watchdog", async () => {
    const { domain, guest } = await armed(qemu, "pause");
    guest.outAndHalt(WATCHDOG, AT_ONCE);
    const suspended = { id: "lifecycle", event: Lifecycle.suspended, detail: SuspendedDetail.watchdog } as const;
    await domain.expect(barks("pause"), suspended);
    expect(await domain.execute("query-status")).toMatchObject({ status: "watchdog" });
    // What suspends it next has another reason.
    await domain.execute("cont");
    await domain.execute("stop");
    await domain.expect(RESUMED, { ...suspended, detail: SuspendedDetail.paused });
  });

  test("action reset: reboot", async () => {
    const { domain, guest } = await armed(qemu, "reset");
    guest.outAndHalt(WATCHDOG, AT_ONCE);
    await domain.expect(barks("reset"), { id: "reboot" });
    await guest.started();
  });

  test("action poweroff: QEMU ends, and does not say so", async () => {
    const { domain, guest } = await armed(qemu, "poweroff");
    guest.outAndHalt(WATCHDOG, AT_ONCE);
    await domain.expect(barks("poweroff"), {
      id: "lifecycle",
      event: Lifecycle.stopped,
      detail: StoppedDetail.failed,
    });
    await domain.machine.player.ended;
  });

  test("action shutdown: the guest is asked to, and need not", async () => {
    const { domain, guest } = await armed(qemu, "shutdown");
    const asked = domain.qmp.signalUntyped("POWERDOWN").once();
    await guest.out(WATCHDOG, AT_ONCE);
    await domain.expect(barks("shutdown"));
    await asked;
    expect(await domain.execute("query-status")).toMatchObject({ status: "running" });
  });

  test("action debug: QEMU says so", async () => {
    const { domain, guest } = await armed(qemu, "debug");
    await guest.out(WATCHDOG, AT_ONCE);
    await domain.expect(barks("debug"));
    await expect.poll(() => domain.machine.player.stderr, { timeout: DEADLINE }).toContain("watchdog: timer fired");
  });

  test("an action that QEMU has grown since: inject-nmi, which interrupts the guest", async () => {
    const { domain, guest } = await armed(qemu, "inject-nmi");
    guest.outAndHalt(WATCHDOG, AT_ONCE);
    await domain.expect(barks("injectNmi"));
    await guest.interrupted();
  });
});

/** A domain with a watchdog, and its guest, which runs. */
async function armed(qemu: Qemu, action: string): Promise<{ readonly domain: Managed; readonly guest: Guest }> {
  const stage = newStage();
  const domain = await manage(stage, qemu, [...Guest.arguments(stage), "-device", "ib700"]);
  await domain.execute("watchdog-set-action", { action });
  return { domain, guest: await domain.run(stage) };
}
