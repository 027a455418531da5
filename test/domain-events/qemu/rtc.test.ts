/** RTC events of real QEMUs: guests set their clocks, and find them so when they are restored. */
import { expect, test } from "vitest";
import { rtcBase } from "../../../src/domain-events/domain-events.js";
import { eachQemu } from "../../support/each-qemu.js";
import { newStage } from "../../support/stage.js";
import { readClock, setClock } from "./board.js";
import { Guest } from "./guest.js";
import { manage } from "./managed.js";

/** What guests set their clocks to. */
const THEN = new Date("2031-05-06T07:08:09Z");
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
});

function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

function expectBetween(value: number, least: number, most: number): void {
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
}
