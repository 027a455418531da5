/**
 * Waits that end: by what was waited for, by a time limit or by a signal.
 */

/** What limits a wait. */
export interface Limits {
  readonly signal?: AbortSignalLike | undefined;
  /** In milliseconds; Infinity for no limit. */
  readonly timeout: number;
}

/** An `AbortSignal`, or what works like one. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  /** Calls `listener` once, when the signal is aborted. */
  addEventListener(type: "abort", listener: () => void): void;
  /** Takes that back. */
  removeEventListener(type: "abort", listener: () => void): void;
}

/** How a wait ends. Only the first call counts. */
export interface Settle<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

/** The longest time that timers know: a longer one would end at once. Nobody waits for 24 days. */
export const LONGEST: number = 2 ** 31 - 1;

/**
 * A promise with limits.
 *
 * @param timedOut - What to reject with when time is up.
 * @param begin - Begins the wait; what it returns is called once when the wait has ended, however it did. It is not called
 * at all when the signal is aborted already.
 */
export function waitFor<T>(
  limits: Limits,
  timedOut: () => Error,
  begin: (settle: Settle<T>) => () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const { signal, timeout } = limits;
    if (signal?.aborted === true) return rejectWith(reject, signal.reason);
    let ended = false;
    let release = (): void => undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (): boolean => {
      if (ended) return false;
      ended = true;
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      release();
      return true;
    };
    const onAbort = (): void => {
      if (end()) rejectWith(reject, signal?.reason);
    };
    signal?.addEventListener("abort", onAbort);
    if (timeout <= LONGEST) {
      timer = setTimeout(() => {
        if (end()) reject(timedOut());
      }, timeout);
    }
    release = begin({
      resolve: (value) => {
        if (end()) resolve(value);
      },
      reject: (reason) => {
        if (end()) rejectWith(reject, reason);
      },
    });
    // It may have ended while it began.
    if (isTrue(ended)) release();
  });
}

/** TypeScript takes a variable that a closure changes for what it was before. */
function isTrue(value: boolean): boolean {
  return value;
}

/** The reasons of signals are what their users say, mostly but not always an Error. */
function rejectWith(reject: (reason?: unknown) => void, reason: unknown): void {
  reject(reason);
}
