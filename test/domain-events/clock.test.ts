/** The guest's clock, and how its offset is kept. */
import { describe, expect, it } from "vitest";
import { domainEvents, rtcBase } from "../../src/domain-events/domain-events.js";
import { HandMonitor } from "./hand-monitor.js";
import { settled, untimed, VM1, watched } from "./watched.js";

const AT = { "qom-path": "/machine/unattached/device[6]" };

describe("rtcChange", () => {
  it.each([
    [0, 0n],
    [-3600, -3600n],
    [Number.MAX_SAFE_INTEGER, 9007199254740991n],
    [9007199254740993n, 9007199254740993n],
    [2n ** 63n - 1n, 2n ** 63n - 1n],
    [-(2n ** 63n), -(2n ** 63n)],
  ])("tells an offset of %s exactly", async (offset, utcoffset) => {
    const { domain, monitor, told, problems } = await watched();
    monitor.say("RTC_CHANGE", { ...AT, offset });
    expect(untimed(told)).toEqual([{ id: "rtcChange", utcoffset }]);
    expect([domain.utcoffset, problems]).toEqual([utcoffset, []]);
  });

  it.each([2 ** 53, 2n ** 63n, -(2n ** 63n) - 1n, 1.5, NaN, "5", null, undefined])(
    "does not take %s for a 64-bit integer",
    async (offset) => {
      const { domain, monitor, told, problems } = await watched();
      monitor.say("RTC_CHANGE", { ...AT, offset });
      expect([told, domain.utcoffset]).toEqual([[], 0n]);
      expect(String(problems)).toContain("vm1: RTC_CHANGE: data.offset: expected a 64-bit integer, received");
    },
  );

  it("counts from where QEMU was told to start the clock", async () => {
    const { domain, monitor, told, problems } = await watched({ clock: { offset: 3600n } });
    expect(domain.utcoffset).toBe(3600n);
    monitor.say("RTC_CHANGE", { ...AT, offset: 60 });
    monitor.say("RTC_CHANGE", { ...AT, offset: -3600 });
    monitor.say("RTC_CHANGE", { ...AT, offset: 2n ** 63n - 1n });
    expect(untimed(told)).toEqual([
      { id: "rtcChange", utcoffset: 3660n },
      { id: "rtcChange", utcoffset: 0n },
    ]);
    expect(domain.utcoffset).toBe(0n);
    expect(problems.map(String)).toEqual([
      "DomainEventError: vm1: RTC_CHANGE: data.offset: expected a 64-bit integer with 3600 added, received 9223372036854775807",
    ]);
  });

  it("is what the domain says already when callbacks are called", async () => {
    const { domain, monitor } = await watched();
    const offsets: bigint[] = [];
    domain.on("rtcChange", () => offsets.push(domain.utcoffset));
    monitor.say("RTC_CHANGE", { ...AT, offset: 1 });
    monitor.say("RTC_CHANGE", { ...AT, offset: 2 });
    expect(offsets).toEqual([1n, 2n]);
  });
});

describe("clock.save", () => {
  it("is called with each offset, also when nobody is registered", async () => {
    const saved: unknown[] = [];
    const domains = domainEvents();
    const monitor = new HandMonitor();
    const clock = { offset: 10n, save: (...args: unknown[]) => saved.push(args) };
    const domain = await domains.attach(monitor, { ...VM1, clock });
    monitor.say("RTC_CHANGE", { ...AT, offset: 5 });
    await settled();
    monitor.say("RTC_CHANGE", { ...AT, offset: 6 });
    const origin = { connection: monitor, domain };
    expect(saved).toEqual([
      [15n, origin],
      [16n, origin],
    ]);
  });

  it("is called in order: not before it is done with the one before", async () => {
    const began: bigint[] = [];
    const waiting: (() => void)[] = [];
    const save = (offset: bigint): Promise<void> => {
      began.push(offset);
      return new Promise((resolve) => waiting.push(resolve));
    };
    const { monitor } = await watched({ clock: { save } });
    for (const offset of [1, 2, 3]) monitor.say("RTC_CHANGE", { ...AT, offset });
    await settled();
    expect(began).toEqual([1n]);
    waiting.shift()?.();
    await settled();
    expect(began).toEqual([1n, 2n]);
    waiting.shift()?.();
    await settled();
    expect(began).toEqual([1n, 2n, 3n]);
    waiting.shift()?.();
    await settled();
    monitor.say("RTC_CHANGE", { ...AT, offset: 4 });
    expect(began).toEqual([1n, 2n, 3n, 4n]);
  });

  it("hurts nobody with what it throws or rejects with", async () => {
    const save = (offset: bigint): Promise<void> => {
      if (offset === 1n) throw new Error("no disk");
      return Promise.reject(new Error("disk full"));
    };
    const { monitor, told, problems } = await watched({ clock: { save } });
    monitor.say("RTC_CHANGE", { ...AT, offset: 1 });
    monitor.say("RTC_CHANGE", { ...AT, offset: 2 });
    await settled();
    expect(told).toHaveLength(2);
    expect(problems.map(String)).toEqual([
      "CallbackError: vm1: a callback of clock.save failed: no disk",
      "CallbackError: vm1: a callback of clock.save failed: disk full",
    ]);
  });

  it("is given no offset that is none", async () => {
    const domains = domainEvents();
    const attach = (offset: unknown) =>
      domains.attach(new HandMonitor(), { ...VM1, clock: { offset: offset as bigint } });
    await expect(attach(5)).rejects.toThrow(new TypeError("clock.offset must be a bigint: seconds"));
    await expect(attach(2n ** 63n)).rejects.toThrow(RangeError);
    expect(domains.domains).toEqual([]);
  });
});

describe("rtcBase", () => {
  const now = new Date("2026-11-21T12:00:00.750Z");

  it.each([
    [0n, "2026-11-21T12:00:00"],
    [3600n, "2026-11-21T13:00:00"],
    [-86400n * 365n, "2025-11-21T12:00:00"],
  ])("makes %s seconds the text for -rtc base=", (offset, text) => {
    expect(rtcBase(offset, now)).toBe(text);
  });

  it("begins with the time now", () => {
    const before = Date.now();
    const base = Date.parse(`${rtcBase(7200n)}Z`) - 7_200_000;
    expect(base).toBeGreaterThan(before - 1000);
    expect(base).toBeLessThanOrEqual(Date.now());
  });

  it.each([2n ** 63n - 1n, -(2n ** 63n), 86400n * 366n * 9000n])("refuses %s", (offset) => {
    expect(() => rtcBase(offset, now)).toThrow(RangeError);
  });
});
