import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { build } from "esbuild";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { spawn, type SpawnConnector, type SpawnOptions } from "../../../src/runtime/transport/spawn.js";
import { never, Recorder, resources } from "./recorder.js";

let before: readonly string[];
let exitListeners: number;

beforeEach(() => {
  before = resources();
  exitListeners = process.listenerCount("exit");
});

afterEach(async () => {
  await vi.waitFor(() => expect(resources()).toEqual(before));
  expect(process.listenerCount("exit")).toBe(exitListeners);
});

function node(script: string, options?: SpawnOptions): SpawnConnector {
  return spawn(process.execPath, ["-e", script], options);
}

const ECHO = "process.stdin.pipe(process.stdout)";

test("carries both ways; closing ends the process", async () => {
  const connector = node(ECHO);
  expect(connector).toMatchObject({ canReconnect: false, pid: undefined, address: `process:${process.execPath}` });
  const transport = await connector.connect(never);
  const recorder = new Recorder(transport);
  transport.write("hello");
  await recorder.until("hello");
  expect(connector.pid).toBe(connector.process?.pid);
  expect(connector.pid).toBeGreaterThan(0);
  transport.close();
  expect(await recorder.end()).toBeUndefined();
  await connector.close();
  expect(connector.process?.signalCode ?? connector.process?.exitCode).not.toBeNull();
  await expect(connector.connect(never)).rejects.toThrow("once");
});

test("a process that ends well just ends the connection, after all that it has written", async () => {
  const connector = node("process.stdout.write('x'.repeat(1e6)); process.stderr.write('fine')");
  const transport = await connector.connect(never);
  transport.pause();
  const recorder = new Recorder(transport);
  const { stdin } = connector.process ?? {};
  transport.resume();
  expect(await recorder.end()).toBeUndefined();
  expect(recorder.all).toHaveLength(1_000_000);
  expect(stdin?.destroyed).toBe(true);
});

test("what a process has written is not lost when it is gone and text is paused", async () => {
  const connector = node("process.stdout.write('x'.repeat(60_000))");
  const transport = await connector.connect(never);
  const recorder = new Recorder(transport);
  transport.pause();
  if (connector.process?.exitCode === null) await once(connector.process, "exit");
  transport.resume();
  expect(await recorder.end()).toBeUndefined();
  expect(recorder.all).toHaveLength(60_000);
});

test("a process that fails is told with its status and the end of what it said", async () => {
  const seen: string[] = [];
  const script = "process.stderr.write('a'.repeat(5000) + ' bad option\\n', () => process.exit(3))";
  const connector = node(script, { onStderr: (text) => seen.push(text) });
  const reason = await new Recorder(await connector.connect(never)).end();
  expect(reason?.message).toMatch(/exited with status 3: a+ bad option$/);
  expect(reason?.message.length).toBeLessThan(2200);
  expect(seen.join("")).toBe(`${"a".repeat(5000)} bad option\n`);
});

test("a process that is killed is told with the signal", async () => {
  const connector = node("setInterval(() => {}, 1000)");
  const recorder = new Recorder(await connector.connect(never));
  connector.process?.kill("SIGKILL");
  expect((await recorder.end())?.message).toMatch(/was ended by SIGKILL$/);
});

test("a process whose child holds the output open is gone all the same", async () => {
  const sleeper = `require("node:child_process").spawn("sleep", ["60"], { stdio: "inherit", detached: true })`;
  const script = `const c = ${sleeper}; process.stdout.write(String(c.pid), () => process.exit(0))`;
  const recorder = new Recorder(await node(script).connect(never));
  expect(await recorder.end()).toBeUndefined();
  process.kill(Number(recorder.all), "SIGKILL");
});

test("a process that dies since it was asked to has just ended", async () => {
  const connector = node("setInterval(() => {}, 1000)");
  const recorder = new Recorder(await connector.connect(never));
  await connector.close();
  expect(connector.process?.signalCode).toBe("SIGTERM");
  expect(await recorder.end()).toBeUndefined();
});

test("a process that does not want to end is killed", async () => {
  const connector = node("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('ready')", {
    stopTimeout: 50,
  });
  const recorder = new Recorder(await connector.connect(never));
  await recorder.until("ready");
  await connector.close();
  expect(connector.process?.signalCode).toBe("SIGKILL");
  expect((await recorder.end())?.message).toContain("SIGKILL");
});

test("a command that does not exist, and an attempt that is given up", async () => {
  const attempt = spawn("/none/qemu").connect(never);
  await expect(attempt).rejects.toMatchObject({ name: "TransportError", code: "ENOENT" });
  await expect(attempt).rejects.toThrow("is /none/qemu installed");
  await expect(node("", { cwd: "/none" }).connect(never)).rejects.toThrow("the directory /none");
  await expect(spawn("/").connect(never)).rejects.toThrow("cannot be executed");

  const reason = new Error("no more");
  const unused = node(ECHO);
  await expect(unused.connect(AbortSignal.abort(reason))).rejects.toBe(reason);
  await unused.close();
  const controller = new AbortController();
  const connector = node(ECHO);
  const aborted = connector.connect(controller.signal);
  setImmediate(() => controller.abort(reason));
  await aborted.then(
    (transport) =>
      new Promise((resolve) => (transport.open({ text: () => undefined, closed: resolve }), transport.close())),
    (error: unknown) => expect(error).toBe(reason),
  );
  await connector.close();
});

test("does not outlive our own process", async () => {
  const directory = mkdtempSync(join(tmpdir(), "qapi-codegen-spawn-"));
  try {
    const bundle = join(directory, "spawn.mjs");
    await build({
      entryPoints: ["src/runtime/transport/spawn.ts"],
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: bundle,
    });
    const script = `
      import { spawn } from ${JSON.stringify(bundle)};
      const child = spawn("sleep", ["60"]);
      await child.connect(new AbortController().signal);
      console.log(child.pid);
      process.exit(0);`;
    const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
    expect(stderr).toBe("");
    const pid = Number(stdout);
    expect(pid).toBeGreaterThan(0);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow("ESRCH"), 10_000);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
