/**
 * A guest's clock, and how far it is from UTC.
 */
import type { Report } from "../runtime/report.js";
import type { ClockOptions, Origin } from "./api.js";
import { CallbackError } from "./errors.js";
import { isInt64 } from "./kinds.js";

/** A clock that the guest may set. */
export class Clock {
  /** How far from UTC QEMU was told to start it, in seconds. */
  readonly base: bigint;
  readonly #save: ClockOptions["save"];
  readonly #report: Report;
  #offset: bigint;
  /** What is to be saved still; undefined while nothing is. */
  #unsaved: bigint[] | undefined;

  /** @throws TypeError, RangeError for options that make no sense. */
  constructor({ offset = 0n, save }: ClockOptions, report: Report) {
    if (typeof offset !== "bigint") throw new TypeError("clock.offset must be a bigint: seconds");
    if (!isInt64(offset)) throw new RangeError("clock.offset must be an integer of 64 bits");
    this.base = offset;
    this.#offset = offset;
    this.#save = save;
    this.#report = report;
  }

  /** In seconds. */
  get offset(): bigint {
    return this.#offset;
  }

  /** How far it is from UTC if it is so far from where it was started. Undefined: that is no integer of 64 bits. */
  from(change: bigint): bigint | undefined {
    const offset = this.base + change;
    return isInt64(offset) ? offset : undefined;
  }

  /** Sets it, and has that saved: one after the other, so that the last is what stays. */
  set(offset: bigint, origin: Origin): void {
    this.#offset = offset;
    if (this.#save === undefined) return;
    if (this.#unsaved !== undefined) this.#unsaved.push(offset);
    else void this.#saveAll(this.#save, offset, origin);
  }

  async #saveAll(save: NonNullable<ClockOptions["save"]>, first: bigint, origin: Origin): Promise<void> {
    const unsaved = (this.#unsaved = [first]);
    for (let offset = unsaved.shift(); offset !== undefined; offset = unsaved.shift()) {
      try {
        await save(offset, origin);
      } catch (error) {
        this.#report(new CallbackError(origin, "clock.save", error));
      }
    }
    this.#unsaved = undefined;
  }
}
