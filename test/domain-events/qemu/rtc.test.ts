/** RTC events of real QEMUs: guests set their clocks, and find them so when they are restored. */
import { expect, test } from "vitest";
import { Lifecycle, rtcBase, StoppedDetail, SuspendedDetail } from "../../../src/domain-events/domain-events.js";
import { eachQemu } from "../../support/each-qemu.js";
import { DEADLINE, newStage } from "../../support/stage.js";
import { readClock, setClock } from "./board.js";
import { Guest } from "./guest.js";
import { manage, RESUMED } from "./managed.js";

/** What guests set their clocks to. */
const THEN = new Date("2031-05-06T07:08:09Z");
const LATER = new Date("2040-12-31T23:59:58Z");
const LIMITS = { timeout: DEADLINE };
/** Clocks show whole seconds, and so do both of the times that an offset is the difference of. */
const WHOLE_SECOND = 1;

eachQemu("rtcChange", 7, (qemu) => {
  test("the new UTC offset, in seconds", async () => {
    const stage = newStage();
    const domain = await manage(stage, qemu, [...Guest.arguments(stage), "-rtc", "base=utc"]);
    expect(domain.domain.utcoffset).toBe(0n);
    const guest = await domain.run(stage);
    const before = secondsOf(new Date());
    await setClock(guest, THEN);
    const { utcoffset } = await domain.next("rtcChange");
    const after = secondsOf(new Date());
    expect(typeof utcoffset).toBe("bigint");
    // When it was set, by the clock of the host.
    expectBetween(secondsOf(THEN) - Number(utcoffset), before, after);
    expect(domain.domain.utcoffset).toBe(utcoffset);
  });

  test("a clock that has an offset already: the new one is from UTC, not from where it was started", async () => {
    const stage = newStage();
    // The differences that QEMU tells have 32 bits.
    const offset = -1_000_000_000n;
    const start = new Date();
    const args = [...Guest.arguments(stage), "-rtc", `base=${rtcBase(offset, start)}`];
    const domain = await manage(stage, qemu, args, { clock: { offset } });
    expect(domain.domain.utcoffset).toBe(offset);
    const guest = await domain.run(stage);
    const running = new Date();
    await setClock(guest, THEN);
    const { utcoffset } = await domain.next("rtcChange");
    // The clock began to run when QEMU had started: it is late by as long as that took at most.
    const late = secondsOf(running) - secondsOf(start) + WHOLE_SECOND;
    expectBetween(secondsOf(THEN) - Number(utcoffset), secondsOf(running) - late, secondsOf(new Date()) + WHOLE_SECOND);
  });

  test("offset variable: the new value is kept, and preserved when the domain is saved and restored", async () => {
    const saved: bigint[] = [];
    const save = (offset: bigint): void => void saved.push(offset);

    const stage = newStage();
    const first = await manage(stage, qemu, [...Guest.arguments(stage), "-rtc", `base=${rtcBase(0n)}`], {
      clock: { save },
    });
    const guest = await first.run(stage);
    await setClock(guest, THEN);
    const { utcoffset } = await first.next("rtcChange");
    expect(saved).toEqual([utcoffset]);

    const [offset = 0n] = saved;
    const next = newStage();
    const start = new Date();
    const args = [...Guest.arguments(next), "-rtc", `base=${rtcBase(offset, start)}`];
    const second = await manage(next, qemu, args, { clock: { offset, save } });
    expect(second.domain.utcoffset).toBe(utcoffset);
    const restored = await second.run(next);

    // Both are asked at the same time, one after the other: they differ by what it took to start each of them, and by that.
    const asked = new Date();
    const [clock, other] = [await readClock(restored), await readClock(guest)];
    const late = secondsOf(asked) - secondsOf(start) + WHOLE_SECOND;
    const between = secondsOf(new Date()) - secondsOf(asked) + WHOLE_SECOND;
    expectBetween(secondsOf(clock), secondsOf(other) - late - between, secondsOf(other) + late + between);
    // And it is the time that the guest has set, not that of the host.
    expectBetween(secondsOf(clock) - secondsOf(THEN), -late, secondsOf(new Date()) - secondsOf(start) + late + 60);
  });

  test("migration, save and restore: a guest that goes on elsewhere finds its clock, and sets it again", async () => {
    const saved: bigint[] = [];
    const save = (offset: bigint): void => void saved.push(offset);
    const stage = newStage();
    const state = stage.path("state");
    const machine = ["-m", "16M", ...Guest.arguments(stage)];
    const first = await manage(stage, qemu, [...machine, "-rtc", `base=${rtcBase(0n)}`], { clock: { save } });
    const guest = await first.run(stage);
    await setClock(guest, THEN);
    await first.next("rtcChange");
    const isDone = first.qmp.signalUntyped("STOP").once();
    await first.execute("migrate", { uri: `exec:cat >${state}` });
    await isDone;
    await first.expect({ id: "lifecycle", event: Lifecycle.suspended, detail: SuspendedDetail.paused });
    await expect.poll(() => first.execute("query-migrate"), LIMITS).toMatchObject({ status: "completed" });
    const paused = new Date();
    await first.machine.player.kill();
    await first.expect({ id: "lifecycle", event: Lifecycle.stopped, detail: StoppedDetail.failed });

    const [offset = 0n] = saved;
    const start = new Date();
    const rtc = ["-rtc", `base=${rtcBase(offset, start)}`];
    const second = await manage(stage, qemu, [...machine, ...rtc, "-incoming", `exec:cat ${state}`], {
      clock: { offset, save },
    });
    await expect.poll(() => second.execute("query-migrate"), LIMITS).toMatchObject({ status: "completed" });
    const restored = await Guest.connect(stage);
    await second.execute("cont");
    await second.expect(RESUMED);
    const clock = await readClock(restored);
    // As if it had been there all the time.
    const late = secondsOf(new Date()) - secondsOf(paused) + WHOLE_SECOND;
    expectBetween(secondsOf(clock) - secondsOf(THEN), -late, late + 60);
    await setClock(restored, LATER);
    const { utcoffset } = await second.next("rtcChange");
    const now = secondsOf(new Date());
    const started = now - secondsOf(start) + WHOLE_SECOND;
    expectBetween(secondsOf(LATER) - Number(utcoffset), now - started, now + started);
    expect(saved).toEqual([offset, utcoffset]);
  });
});

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function expectBetween(value: number, least: number, most: number): void {
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
}
