/**
 * Clocks, as QEMU is told them when it starts.
 */

/**
 * What QEMU is to be told so that the guest's clock is so far from UTC when it starts: the text for `-rtc base=`.
 *
 * @param offset - In seconds: what `clock.save` was called with last.
 * @param now - Default: the time now.
 * @throws RangeError for a clock before the year 0 or after 9999.
 *
 * @example
 * ```ts
 * import { rtcBase } from "qapi-codegen/domain-events";
 *
 * rtcBase(3600n, new Date("2026-11-21T12:00:00Z")); // => "2026-11-21T13:00:00"
 * ```
 */
export function rtcBase(offset: bigint, now: Date = new Date()): string {
  const date = new Date(now.getTime() + Number(offset) * 1000);
  const year = date.getUTCFullYear();
  if (!(year >= 0 && year <= 9999))
    throw new RangeError(`a clock ${offset} seconds from UTC shows no year that QEMU takes`);
  return date.toISOString().slice(0, "2026-11-21T13:00:00".length);
}
