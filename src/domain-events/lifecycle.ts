/**
 * The state of a domain, as far as its lifecycle events depend on it.
 */
import type { ClientState } from "../runtime/client-api.js";
import type { LifecycleChange } from "./entries.js";
import { IoErrorAction, Lifecycle, StartedDetail, StoppedDetail, SuspendedDetail, WatchdogAction } from "./events.js";
import type { Happening, Timestamp } from "./read.js";

/** The state: it says what lifecycle event comes of what happens, if any does. */
export class LifecycleState {
  #isRunning = false;
  /** Why the guest stops next. */
  #cause: SuspendedDetail = SuspendedDetail.paused;
  /** Since when it runs, if that is known. */
  #resumed: Timestamp | undefined;
  /** That QEMU is about to end, and as what that is told. */
  #shutdown: StoppedDetail | undefined;

  /** What QEMU has told. */
  happened(happening: Happening): LifecycleChange | undefined {
    switch (happening.id) {
      case "ioError":
        if (happening.action === IoErrorAction.pause) this.#stopsFor(SuspendedDetail.ioError, happening.timestamp);
        return undefined;
      case "watchdog":
        if (happening.action === WatchdogAction.pause) this.#stopsFor(SuspendedDetail.watchdog, happening.timestamp);
        return undefined;
      case "reboot":
        this.#shutdown = undefined;
        return undefined;
      case "suspended":
        // A guest that is shut down has nothing to be suspended, though QEMU says so if it was told to stay (-no-shutdown).
        return this.#shutdown === undefined ? { event: Lifecycle.suspended, detail: this.#cause } : undefined;
      case "shutdown":
        this.#shutdown = happening.stopped;
        return { event: Lifecycle.shutdown, detail: happening.detail };
      case "lifecycle":
        if (happening.change.event === Lifecycle.resumed) {
          this.#goOn();
          this.#resumed = happening.timestamp;
        }
        return happening.change;
      default:
        return undefined;
    }
  }

  /** What has become of the connection. */
  connection(state: ClientState): LifecycleChange | undefined {
    switch (state.state) {
      case "ready":
        if (this.#isRunning) return undefined;
        this.#isRunning = true;
        return { event: Lifecycle.started, detail: StartedDetail.booted };
      case "waiting":
        return this.#shutdown === undefined ? undefined : this.#stop(this.#shutdown);
      case "closed":
        if (this.#shutdown !== undefined) return this.#stop(this.#shutdown);
        return state.reason === undefined ? undefined : this.#stop(StoppedDetail.failed);
      case "connecting":
        return undefined;
    }
  }

  /** QEMU holds back what comes often: what comes after it runs again may be why it had stopped before. */
  #stopsFor(cause: SuspendedDetail, timestamp: Timestamp): void {
    if (this.#resumed === undefined || !isBefore(timestamp, this.#resumed)) this.#cause = cause;
  }

  /** The guest runs: what was before does not count any more. */
  #goOn(): void {
    this.#cause = SuspendedDetail.paused;
    this.#shutdown = undefined;
    this.#resumed = undefined;
  }

  #stop(detail: StoppedDetail): LifecycleChange | undefined {
    this.#goOn();
    if (!this.#isRunning) return undefined;
    this.#isRunning = false;
    return { event: Lifecycle.stopped, detail };
  }
}

function isBefore(one: Timestamp, other: Timestamp): boolean {
  return one.seconds < other.seconds || (one.seconds === other.seconds && one.microseconds < other.microseconds);
}
