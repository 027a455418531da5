/** The commands that talk to a running QEMU, with real ones. */
import { PassThrough, Readable } from "node:stream";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Outcome, runCommand } from "../support/command-line.js";
import { eachQemu } from "../support/each-qemu.js";
import { isListening, Stage } from "../support/stage.js";

eachQemu("the command line", 0, ({ executable, name }) => {
  let stage: Stage;
  /** A monitor serves one client at a time, so there are two. */
  const address = (monitor: string): string => `unix:${stage.path(monitor)}`;

  beforeEach(async () => {
    stage = new Stage();
    const monitors = ["a", "b"].flatMap((monitor) => ["-qmp", `${address(monitor)},server=on,wait=off`]);
    // The last of them listens last.
    const isReady = (): Promise<boolean> => isListening(stage.path("b"));
    await stage.startAndWait(executable, ["-machine", "none", "-nodefaults", "-display", "none", ...monitors], isReady);
  });

  afterEach(() => stage.end());

  test("exec executes, and says why not", async () => {
    expect(await runCommand(["exec", address("a"), "query-status"])).toMatchObject({
      status: 0,
      out: expect.stringMatching(/^\{.*"running":true.*\}\n$/) as string,
      error: "",
    });
    expect(await runCommand(["exec", address("a"), "set_link", "name=nothing", "up=false"])).toEqual({
      status: 1,
      out: "",
      error: "qapi-codegen: set_link: Device 'nothing' not found (DeviceNotFound)\n",
    });
  });

  test("events are printed until QEMU has been told to quit", async () => {
    let isHeard = false;
    const running = runCommand(["events", address("b"), "--only", "STO?", "--only", "SHUTDOWN"], {
      out() {
        isHeard = true;
        return true;
      },
    });
    // What happens before it has connected, it does not hear.
    const exec = (command: string): Promise<Outcome> => runCommand(["exec", address("a"), command]);
    const hasHeard = (): boolean => isHeard;
    while (!hasHeard()) {
      expect(await exec("stop")).toMatchObject({ status: 0 });
      expect(await exec("cont")).toMatchObject({ status: 0 });
    }
    expect(await exec("quit")).toMatchObject({ status: 0, out: "{}\n" });
    const { status, out, error } = await running;
    expect({ status, error }).toEqual({ status: 0, error: "" });
    const events = out.split("\n").slice(0, -1);
    expect(events[0]).toContain('"event":"STOP"');
    expect(out).not.toContain('"event":"RESUME"');
    expect(JSON.parse(events.at(-1) ?? "")).toMatchObject({ event: "SHUTDOWN", data: { guest: false } });
  });

  test("the shell knows what it takes, and that it quits", async () => {
    const text = "query-version\nhelp set_link\nnetdev_add type=hubport id=net0 hubid=0\nnetdev_del id=net0\nquit\n";
    const streams = { input: Readable.from([text]), output: new PassThrough() };
    const { status, out, error } = await runCommand(["shell", address("a")], { streams: () => streams });
    expect({ status, error }).toEqual({ status: 0, error: "" });
    expect(out).toContain(`"minor":${/\.(\d+)/.exec(name)?.[1] ?? ""}`);
    expect(out).toContain("set_link (command)\n\nTakes:\n  name: text\n  up: true or false\n");
    expect(out).toMatch(/\n\{\}\n\{\}\n\{\}\n$/);
  });
});
