/** Errors of disks: which disk it is, and where its image is. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { domainEvents, LookupError } from "../../src/domain-events/domain-events.js";
import { HandMonitor } from "./hand-monitor.js";
import { settled, untimed, VM1, watched } from "./watched.js";

const ERROR = { device: "ide0", operation: "read", action: "report", reason: "Input/output error" };
const IDE0 = { device: "ide0", inserted: { file: "/images/disk.qcow2", "node-name": "#block1" } };

function ioError(srcPath: string, devAlias: string, action = 2): object {
  return { id: "ioError", srcPath, devAlias, action };
}

describe("ioError", () => {
  it.each([
    ["ignore", 0],
    ["stop", 1],
    ["report", 2],
    ["explode", -1],
  ])("tells the action %s, and the path that QEMU was asked for", async (action, number) => {
    const { monitor, told } = await watched();
    monitor.say("BLOCK_IO_ERROR", { ...ERROR, action });
    expect(told).toEqual([]);
    expect(monitor.asked).toMatchObject([
      { command: "query-block", args: undefined },
      { command: "query-named-block-nodes", args: { flat: true } },
    ]);
    monitor.reply("query-named-block-nodes", []);
    await settled();
    expect(told).toEqual([]);
    monitor.reply("query-block", [IDE0]);
    await settled();
    expect(untimed(told)).toEqual([ioError("/images/disk.qcow2", "ide0", number)]);
  });

  it("keeps its place among the other events", async () => {
    const { monitor, told } = await watched();
    monitor.say("BLOCK_IO_ERROR", { ...ERROR, action: "stop" });
    monitor.say("STOP");
    monitor.say("RTC_CHANGE", { offset: 5, "qom-path": "/machine/rtc" });
    expect(told).toEqual([]);
    monitor.reply("query-block", [IDE0]);
    monitor.reply("query-named-block-nodes", []);
    await settled();
    expect(told.map(({ id }) => id)).toEqual(["ioError", "lifecycle", "rtcChange"]);
  });

  it("asks nothing for nobody", async () => {
    const domains = domainEvents();
    const monitor = new HandMonitor();
    const domain = await domains.attach(monitor, VM1);
    const told: unknown[] = [];
    domain.on("lifecycle", (event) => told.push(event));
    monitor.say("BLOCK_IO_ERROR", { ...ERROR, action: "stop" });
    monitor.say("STOP");
    expect(told).toMatchObject([{ event: 3, detail: 2 }]);
    expect(monitor.asked).toEqual([]);
  });

  it("asks one question at a time however many there are, and none that is older than the event", async () => {
    const { monitor, told } = await watched();
    for (let count = 0; count < 100; count++) monitor.say("BLOCK_IO_ERROR", ERROR);
    expect(monitor.asked).toHaveLength(2);
    monitor.reply("query-block", [IDE0]);
    monitor.reply("query-named-block-nodes", []);
    await settled();
    // The first, which the question was asked for; for the others it may have been answered before they came.
    expect(untimed(told)).toEqual([ioError("/images/disk.qcow2", "ide0")]);
    expect(monitor.asked).toHaveLength(4);
    monitor.reply("query-block", [{ ...IDE0, inserted: { file: "/images/next.qcow2" } }]);
    monitor.reply("query-named-block-nodes", []);
    await settled();
    expect(untimed(told).slice(1)).toEqual(Array.from({ length: 99 }, () => ioError("/images/next.qcow2", "ide0")));
    expect(monitor.asked).toHaveLength(4);
  });

  it("is for those who are registered when it comes, and still are when it is told", async () => {
    const { domain, monitor, told } = await watched();
    const calls: string[] = [];
    const gone = domain.on("ioError", () => calls.push("gone"));
    domain.on("ioError", () => calls.push("there"));
    monitor.say("BLOCK_IO_ERROR", ERROR);
    domain.on("ioError", () => calls.push("too late"));
    gone.disconnect();
    monitor.reply("query-block", [IDE0]);
    monitor.reply("query-named-block-nodes", []);
    await settled();
    expect(told).toHaveLength(1);
    expect(calls).toEqual(["there"]);
  });

  it("does without query-named-block-nodes where there is none", async () => {
    const { monitor, told, problems } = await watched();
    monitor.say("BLOCK_IO_ERROR", ERROR);
    monitor.reply("query-block", [IDE0]);
    monitor.asked[1]?.fail(new Error("CommandNotFound"));
    await settled();
    expect(untimed(told)).toEqual([ioError("/images/disk.qcow2", "ide0")]);
    expect(problems).toEqual([]);
  });

  it("tells the last known path when QEMU fails to tell", async () => {
    const { domain, monitor, told, problems } = await watched();
    monitor.say("BLOCK_IO_ERROR", ERROR);
    monitor.reply("query-block", [IDE0]);
    monitor.reply("query-named-block-nodes", []);
    await settled();
    monitor.say("BLOCK_IO_ERROR", ERROR);
    monitor.say("BLOCK_IO_ERROR", { ...ERROR, device: "ide1" });
    for (let times = 0; times < 2; times++) {
      for (const asked of monitor.asked.slice(2)) asked.fail(new Error("not now"));
      await settled();
    }
    expect(untimed(told).slice(1)).toEqual([ioError("/images/disk.qcow2", "ide0"), ioError("", "ide1")]);
    const report = "LookupError: vm1: the paths of images are not known: not now";
    expect(problems.map(String)).toEqual([report, report]);
    expect(problems[0]).toBeInstanceOf(LookupError);
    expect(problems[0]).toMatchObject({ origin: { domain } });
  });

  it("forgets the paths when QEMU has ended: the next one may have others", async () => {
    const { monitor, told } = await watched();
    monitor.say("BLOCK_IO_ERROR", ERROR);
    monitor.reply("query-block", [IDE0]);
    monitor.reply("query-named-block-nodes", []);
    await settled();
    monitor.say("SHUTDOWN", { guest: true, reason: "guest-shutdown" });
    monitor.becomes({ state: "waiting", attempt: 1, delay: 1, reason: new Error("lost") });
    monitor.becomes({ state: "ready", greeting: undefined, reconnected: true });
    monitor.say("BLOCK_IO_ERROR", ERROR);
    monitor.reply("query-block", []);
    monitor.reply("query-named-block-nodes", []);
    await settled();
    expect(untimed(told).at(-1)).toEqual(ioError("", "ide0"));
  });

  it("comes before the end, though QEMU does not answer any more", async () => {
    const { domains, monitor, told, problems } = await watched();
    monitor.say("BLOCK_IO_ERROR", ERROR);
    monitor.closes(new Error("gone"));
    expect([told, domains.domains.length]).toEqual([[], 1]);
    for (const asked of monitor.asked) asked.fail(new Error("the connection is lost"));
    await settled();
    expect(told.map(({ id }) => id)).toEqual(["ioError", "lifecycle"]);
    expect([domains.domains, problems]).toEqual([[], []]);
  });

  it("waits in thousands at most: then the first is told with what is known", async () => {
    const { monitor, told } = await watched();
    for (let count = 0; count < 10_000; count++) monitor.say("BLOCK_IO_ERROR", ERROR);
    expect(told).toEqual([]);
    monitor.say("BLOCK_IO_ERROR", ERROR);
    expect(untimed(told)).toEqual([ioError("", "ide0")]);
    for (let times = 0; times < 2; times++) {
      monitor.reply("query-block", [IDE0]);
      monitor.reply("query-named-block-nodes", []);
      await settled();
    }
    expect(told).toHaveLength(10_001);
    expect(untimed(told).at(1)).toEqual(ioError("/images/disk.qcow2", "ide0"));
  });
});

describe("a QEMU that does not answer", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is not waited for longer than lookupTimeout, and not asked again before it has", async () => {
    const { monitor, told, problems } = await watched({ lookupTimeout: 300 });
    monitor.say("BLOCK_IO_ERROR", ERROR);
    await vi.advanceTimersByTimeAsync(299);
    expect(told).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(untimed(told)).toEqual([ioError("", "ide0")]);
    expect(problems.map(String)).toEqual([
      "LookupError: vm1: the paths of images are not known: no answer after 300 ms",
    ]);
    monitor.say("BLOCK_IO_ERROR", ERROR);
    await vi.advanceTimersByTimeAsync(300);
    expect([told.length, monitor.asked.length]).toEqual([2, 2]);
    monitor.say("BLOCK_IO_ERROR", ERROR);
    monitor.reply("query-block", []);
    monitor.reply("query-named-block-nodes", []);
    await vi.advanceTimersByTimeAsync(0);
    expect([told.length, monitor.asked.length]).toEqual([2, 4]);
    monitor.reply("query-block", [IDE0]);
    monitor.reply("query-named-block-nodes", []);
    await vi.advanceTimersByTimeAsync(0);
    expect(untimed(told).at(-1)).toEqual(ioError("/images/disk.qcow2", "ide0"));
  });

  it("keeps no timer once the domain is detached", async () => {
    const { domain, monitor, told } = await watched();
    monitor.say("BLOCK_IO_ERROR", ERROR);
    expect(vi.getTimerCount()).toBe(1);
    domain.detach();
    expect(vi.getTimerCount()).toBe(0);
    monitor.reply("query-block", [IDE0]);
    monitor.reply("query-named-block-nodes", []);
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([]);
  });
});
