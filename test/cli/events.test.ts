import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { globMatches } from "../../src/cli/shell/glob.js";
import { type Outcome, runCommand } from "../support/command-line.js";
import { FakeMonitor } from "../support/fake-monitor.js";

let monitor: FakeMonitor;

beforeEach(async () => {
  monitor = await FakeMonitor.listen();
});

afterEach(() => monitor.close());

/** Runs the command; `react` is called with each line that it prints. */
function watch(args: readonly string[], react: (line: string) => boolean = () => true): Promise<Outcome> {
  return runCommand(["events", monitor.address, ...args], { out: react });
}

it("prints events as they come, a line each, and ends after --count", async () => {
  const running = watch(["--count", "2"], (line) => {
    if (line.includes("STOP")) monitor.event("RESUME");
    return true;
  });
  await monitor.connected();
  monitor.event("STOP", { big: "x" });
  expect(await running).toEqual({
    status: 0,
    out: `{"timestamp":{"seconds":1,"microseconds":2},"event":"STOP","data":{"big":"x"}}
{"timestamp":{"seconds":1,"microseconds":2},"event":"RESUME"}
`,
    error: "",
  });
});

it("prints those that a pattern matches only, with integers exact and nothing that a terminal would obey", async () => {
  const running = watch(["--only", "NETDEV_*", "--only", "STO?", "--count", "2"]);
  await monitor.connected();
  monitor.event("VNC_CONNECTED");
  monitor.say('{"event":"NETDEV_X","data":{"n":18446744073709551615},"timestamp":{"seconds":1,"microseconds":2}}');
  monitor.event("STOPPED");
  monitor.event("STOP", { why: "\u001b[2J" });
  const { out } = await running;
  expect(out).toBe(`{"event":"NETDEV_X","data":{"n":18446744073709551615},"timestamp":{"seconds":1,"microseconds":2}}
{"timestamp":{"seconds":1,"microseconds":2},"event":"STOP","data":{"why":"\\u001b[2J"}}
`);
});

it("ends quietly when nobody reads any more", async () => {
  const running = watch([], () => false);
  await monitor.connected();
  monitor.event("STOP");
  expect(await running).toMatchObject({ status: 0, error: "" });
});

describe("the end of the connection", () => {
  it("is a failure", async () => {
    const running = watch(["--only", "NONE"]);
    await monitor.connected();
    monitor.event("SHUTDOWN", { guest: true, reason: "guest-reset" });
    monitor.event("RESET");
    monitor.end();
    expect(await running).toEqual({
      status: 1,
      out: "",
      error: "qapi-codegen: the connection is lost: the server ended the connection\n",
    });
  });

  it("is none after a SHUTDOWN, printed or not", async () => {
    const running = watch(["--only", "NONE"]);
    await monitor.connected();
    monitor.event("SHUTDOWN", { guest: false, reason: "host-qmp-quit" });
    monitor.end();
    expect(await running).toEqual({ status: 0, out: "", error: "" });
  });

  it("is the beginning of another with --reconnect", async () => {
    const running = watch(["--reconnect", "--count", "2"]);
    await monitor.connected();
    monitor.event("ONE");
    monitor.end();
    await monitor.connected(2);
    monitor.event("TWO");
    const { status, out, error } = await running;
    expect(status).toBe(0);
    expect(out.match(/"event":"\w+"/g)).toEqual(['"event":"ONE"', '"event":"TWO"']);
    expect(error).toBe(`qapi-codegen: the server ended the connection; trying again
qapi-codegen: connected again, to QEMU 10.2.0 (fake\\x1b[31m); events may have been missed
`);
  });
});

it("ends when the time is up, which is a failure if there were to be more", async () => {
  expect(await watch(["--timeout", "40"])).toEqual({ status: 0, out: "", error: "" });
  expect(await watch(["--timeout", "40", "--count", "1"])).toEqual({
    status: 1,
    out: "",
    error: "qapi-codegen: 0 of 1 events after 40 ms\n",
  });
});

it.each([
  [["events"], "which QEMU?"],
  [["events", "unix:/x", "STOP"], "See --only"],
  [["events", "unix:/x", "--agent"], "a guest agent has no events"],
  [["events", "unix:/x", "--count", "0"], "the value of '--count' is no number from 1 on: '0'"],
])("refuses %j", async (args, message) => {
  const { status, error } = await runCommand(args);
  expect(status).toBe(2);
  expect(error).toContain(message);
});

it.each([
  ["*", "", true],
  ["", "", true],
  ["", "A", false],
  ["A*C", "ABBC", true],
  ["A*C", "ABCB", false],
  ["*BLOCK*", "A_BLOCK_B", true],
  ["?", "", false],
  ["A?C", "ABC", true],
  ["A.C", "ABC", false],
  ["*A*B", "AAB", true],
  ["***", "X", true],
])("matches: %j %j %j", (pattern, text, expected) => {
  expect(globMatches(pattern, text)).toBe(expected);
});
