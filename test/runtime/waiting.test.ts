import { describe, expect, it, vi } from "vitest";
import { type Settle, waitFor } from "../../src/runtime/waiting.js";

const never = { timeout: Infinity };
const timedOut = (): Error => new Error("time is up");

/** A wait, how it is ended, and what was called when it had ended. */
function wait(limits: { readonly signal?: AbortSignal; readonly timeout: number } = never) {
  const released = vi.fn<() => void>();
  const settles: Settle<number>[] = [];
  const promise = waitFor<number>(limits, timedOut, (given) => {
    settles.push(given);
    return released;
  });
  return { promise, released, settles };
}

describe("a wait", () => {
  it("ends once, and then frees what it held", async () => {
    const { promise, released, settles } = wait();
    expect(released).not.toHaveBeenCalled();
    settles[0]?.resolve(5);
    expect(released).toHaveBeenCalledOnce();
    settles[0]?.resolve(6);
    settles[0]?.reject(new Error("too late"));
    expect(await promise).toBe(5);
    expect(released).toHaveBeenCalledOnce();
  });

  it("ends when time is up", async () => {
    const { promise, released } = wait({ timeout: 1 });
    await expect(promise).rejects.toThrow("time is up");
    expect(released).toHaveBeenCalledOnce();
  });

  it("ends when its signal is aborted, with its reason whatever that is", async () => {
    const controller = new AbortController();
    const { promise, released } = wait({ signal: controller.signal, timeout: 60_000 });
    controller.abort("enough");
    await expect(promise).rejects.toBe("enough");
    expect(released).toHaveBeenCalledOnce();
    const late = wait({ signal: controller.signal, timeout: 60_000 });
    await expect(late.promise).rejects.toBe("enough");
    expect(late.settles).toEqual([]);
  });

  it("may end while it begins", async () => {
    const released = vi.fn<() => void>();
    const promise = waitFor<number>(never, timedOut, ({ resolve }) => {
      resolve(5);
      return released;
    });
    expect(await promise).toBe(5);
    expect(released).toHaveBeenCalledOnce();
  });

  it("of more time than timers know does not end at once", async () => {
    vi.useFakeTimers();
    try {
      const { settles, promise } = wait({ timeout: 2 ** 40 });
      vi.advanceTimersByTime(2 ** 20);
      settles[0]?.resolve(5);
      expect(await promise).toBe(5);
    } finally {
      vi.useRealTimers();
    }
  });
});
