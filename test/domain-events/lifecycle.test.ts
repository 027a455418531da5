/** What becomes of a domain. */
import { describe, expect, it } from "vitest";
import type { DomainEvent } from "../../src/domain-events/events.js";
import { domainEvents, Lifecycle, StoppedDetail } from "../../src/domain-events/domain-events.js";
import { HandMonitor, timestamp } from "./hand-monitor.js";
import { VM1, watched } from "./watched.js";

const NAMES = new Map(Object.entries(Lifecycle).map(([name, number]) => [number, name]));

/** Lifecycle events in words: `suspended 2`. */
function changes(told: readonly DomainEvent[]): readonly string[] {
  return told.flatMap((event) =>
    event.id === "lifecycle" ? [`${String(NAMES.get(event.event))} ${String(event.detail)}`] : [],
  );
}

/** A domain that was attached with callbacks there already. */
async function begun(state?: HandMonitor["state"]) {
  const domains = domainEvents();
  const told: DomainEvent[] = [];
  domains.on("lifecycle", (event) => told.push(event));
  domains.on("reboot", (event) => told.push(event));
  const monitor = new HandMonitor(state);
  await domains.attach(monitor, VM1);
  return { domains, monitor, told };
}

const QUIT = { guest: false, reason: "host-qmp-quit" };

describe("lifecycle", () => {
  it("follows QEMU's events", async () => {
    const { monitor, told } = await watched();
    for (const event of ["STOP", "RESUME", "SUSPEND", "WAKEUP", "SUSPEND_DISK"]) monitor.say(event);
    monitor.say("GUEST_PANICKED", { action: "pause" });
    monitor.say("GUEST_CRASHLOADED", { action: "run" });
    monitor.say("SHUTDOWN", { guest: true, reason: "guest-shutdown" });
    expect(changes(told)).toEqual([
      "suspended 0",
      "resumed 0",
      "pmSuspended 0",
      "started 4",
      "pmSuspended 1",
      "crashed 0",
      "crashed 1",
      "shutdown 1",
    ]);
  });

  it("tells who has shut it down, if QEMU does", async () => {
    const { monitor, told } = await watched();
    monitor.say("SHUTDOWN", QUIT);
    monitor.say("SHUTDOWN");
    monitor.say("SHUTDOWN", {});
    monitor.say("SHUTDOWN", { guest: true });
    expect(changes(told)).toEqual(["shutdown 2", "shutdown 0", "shutdown 0", "shutdown 1"]);
  });

  it("says why it is suspended, until it is resumed", async () => {
    const { monitor, told } = await begun();
    const stop = { device: "ide0", operation: "read", action: "stop", reason: "" };
    monitor.say("BLOCK_IO_ERROR", stop);
    monitor.say("STOP");
    monitor.say("RESUME");
    monitor.say("BLOCK_IO_ERROR", { ...stop, action: "report" });
    monitor.say("STOP");
    monitor.say("RESUME");
    monitor.say("WATCHDOG", { action: "pause" });
    monitor.say("STOP");
    monitor.say("RESUME");
    monitor.say("WATCHDOG", { action: "none" });
    monitor.say("STOP");
    expect(changes(told).filter((change) => change.startsWith("suspended"))).toEqual([
      "suspended 2",
      "suspended 0",
      "suspended 3",
      "suspended 0",
    ]);
  });

  it("does not take for the reason what is of before it was resumed, and comes late", async () => {
    const { monitor, told } = await begun();
    const pause = { action: "pause" };
    const at = (microseconds: number): typeof timestamp => ({ seconds: timestamp.seconds, microseconds });
    monitor.say("STOP", undefined, at(2));
    monitor.say("RESUME", undefined, at(3));
    monitor.say("WATCHDOG", pause, at(1));
    monitor.say("STOP", undefined, at(4));
    monitor.say("RESUME", undefined, at(5));
    monitor.say("WATCHDOG", pause, { seconds: timestamp.seconds - 1, microseconds: 9 });
    monitor.say("STOP", undefined, at(6));
    monitor.say("RESUME", undefined, at(7));
    monitor.say("WATCHDOG", pause, at(7));
    monitor.say("STOP", undefined, at(8));
    expect(changes(told).filter((change) => change.startsWith("suspended"))).toEqual([
      "suspended 0",
      "suspended 0",
      "suspended 0",
      "suspended 3",
    ]);
  });

  it("begins with started, where somebody listens to all domains already", async () => {
    const before = Math.floor(Date.now() / 1000);
    const { monitor, told } = await begun();
    expect(changes(told)).toEqual(["started 0"]);
    const [started] = told;
    expect(started?.timestamp.seconds).toBeGreaterThanOrEqual(before);
    expect(started?.timestamp.microseconds).toBeLessThan(1_000_000);
    monitor.say("STOP");
    expect(changes(told)).toEqual(["started 0", "suspended 0"]);
  });

  it("begins when the connection is ready, if it is not yet", async () => {
    const { monitor, told } = await begun({ state: "connecting", attempt: 1 });
    expect(told).toEqual([]);
    monitor.becomes({ state: "ready", greeting: undefined, reconnected: false });
    expect(changes(told)).toEqual(["started 0"]);
  });

  it.each([
    ["host-qmp-quit", "destroyed"],
    ["host-signal", "destroyed"],
    ["guest-panic", "crashed"],
    ["host-error", "failed"],
    ["guest-shutdown", "shutdown"],
    ["host-ui", "shutdown"],
    ["something-new", "shutdown"],
    [undefined, "shutdown"],
  ] as const)("ends with stopped after a shutdown for %s: %s", async (reason, detail) => {
    const { domains, monitor, told } = await begun();
    monitor.say("SHUTDOWN", { guest: false, reason });
    monitor.closes(new Error("the server ended the connection"));
    expect(changes(told)).toEqual(["started 0", "shutdown 2", `stopped ${String(StoppedDetail[detail])}`]);
    expect([domains.domains, monitor.size]).toEqual([[], 0]);
  });

  it("ends so, too, when QEMU was told to quit", async () => {
    const { monitor, told } = await begun();
    monitor.say("SHUTDOWN", QUIT);
    monitor.closes();
    expect(changes(told)).toEqual(["started 0", "shutdown 2", "stopped 1"]);
  });

  it("ends with a failure when QEMU is gone without a word", async () => {
    const { domains, monitor, told } = await begun();
    monitor.closes(new Error("the server ended the connection"));
    expect(changes(told)).toEqual(["started 0", "stopped 5"]);
    expect(domains.domains).toEqual([]);
  });

  it("does not end when the connection is closed on purpose", async () => {
    const { domains, monitor, told } = await begun();
    monitor.closes();
    expect(changes(told)).toEqual(["started 0"]);
    expect(domains.domains).toEqual([]);
  });

  it("goes on after a shutdown that QEMU was told to outlive", async () => {
    const { monitor, told } = await begun();
    monitor.say("SHUTDOWN", QUIT);
    monitor.say("STOP");
    monitor.say("RESET", { guest: false, reason: "host-qmp-system-reset" });
    monitor.say("STOP");
    monitor.say("SHUTDOWN", QUIT);
    monitor.say("RESUME");
    monitor.closes();
    expect(changes(told)).toEqual(["started 0", "shutdown 2", "suspended 0", "shutdown 2", "resumed 0"]);
  });

  it("stops and starts with a client that connects again", async () => {
    const { domains, monitor, told } = await begun();
    const lost = { state: "waiting", attempt: 1, delay: 1, reason: new Error("lost") } as const;
    const ready = { state: "ready", greeting: undefined, reconnected: true } as const;
    monitor.becomes(lost);
    monitor.becomes({ state: "connecting", attempt: 1 });
    monitor.becomes(ready);
    expect(changes(told)).toEqual(["started 0"]);
    monitor.say("SHUTDOWN", { guest: true, reason: "guest-shutdown" });
    monitor.becomes(lost);
    monitor.becomes({ state: "waiting", attempt: 2, delay: 1, reason: new Error("still") });
    expect(changes(told)).toEqual(["started 0", "shutdown 1", "stopped 0"]);
    monitor.becomes(ready);
    expect(changes(told).at(-1)).toBe("started 0");
    monitor.becomes({ state: "closed", reason: new Error("given up") });
    expect(changes(told).at(-1)).toBe("stopped 5");
    expect(domains.domains).toEqual([]);
  });

  it("is not told as stopped twice", async () => {
    const { monitor, told } = await begun();
    monitor.say("SHUTDOWN", QUIT);
    monitor.becomes({ state: "waiting", attempt: 1, delay: 1, reason: new Error("lost") });
    monitor.closes(new Error("given up"));
    expect(changes(told)).toEqual(["started 0", "shutdown 2", "stopped 1"]);
  });
});
