/** A real guest agent, whose guest is this very machine: it executes nothing but `echo` and `cat`. */
import { createConnection } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type GuestExecStatus, schema } from "../../../generated/fixtures/agent/index.js";
import { type Client, type ClientOptions, connectAgent } from "../../../src/runtime/qmp.js";
import { skip } from "../../support/each-qemu.js";
import { nextState } from "../../support/machine.js";
import { DEADLINE, findProgram, isListening, newStage, type Player } from "../../support/stage.js";

type Agent = Client<typeof schema>;

const executable = findProgram("qemu-ga");

if (executable === undefined) skip("the guest agent", "there is no qemu-ga: see scripts/install-qemu.sh");
else {
  test("guest-ping, guest-info", async () => {
    const { agent } = await startAgent(executable);
    expect(agent.greeting).toBeUndefined();
    expect(await agent.execute("guest-ping")).toEqual({});
    const { version, supported_commands: commands } = await agent.execute("guest-info");
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    const shutdown = commands.find(({ name }) => name === "guest-shutdown");
    expect(shutdown).toEqual({ name: "guest-shutdown", enabled: false, "success-response": false });
  });

  test("guest-exec and its output", async () => {
    const { agent } = await startAgent(executable);
    const { pid } = await agent.execute("guest-exec", {
      path: "/bin/cat",
      arg: ["-", "/no/such/file"],
      env: ["LC_ALL=C"],
      "input-data": Buffer.from("grüße\n").toString("base64"),
      "capture-output": true,
    });
    const status = await ended(agent, pid);
    expect(status).toMatchObject({ exited: true, exitcode: 1 });
    expect(decoded(status["out-data"])).toBe("grüße\n");
    expect(decoded(status["err-data"])).toContain("/no/such/file");
    // What was told once is forgotten.
    await expect(agent.execute("guest-exec-status", { pid })).rejects.toMatchObject({ name: "QmpError" });
    await expect(agent.execute("guest-exec", { path: "/no/such/program" })).rejects.toMatchObject({
      name: "QmpError",
      command: "guest-exec",
      arguments: { path: "/no/such/program" },
    });
  });

  test("64-bit integers are exact", async () => {
    const { agent } = await startAgent(executable);
    // The numbers that connecting makes up are at most 2 to the power of 53.
    const id = 9223372036854775807n;
    expect(await agent.execute("guest-sync-delimited", { id })).toBe(id);
    const time = await agent.execute("guest-get-time");
    expect(typeof time).toBe("bigint");
  });

  test("a command without a reply, when it is refused", async () => {
    const { agent } = await startAgent(executable);
    // It is disabled: this machine is not to be switched off.
    await expect(agent.execute("guest-shutdown", { mode: "halt" })).rejects.toMatchObject({
      name: "QmpError",
      class: "CommandNotFound",
    });
  });

  test("what a client before us left half said does no harm", async () => {
    const { path, agent: first } = await startAgent(executable);
    await first.close();
    await new Promise<void>((resolve) => {
      const half = createConnection({ path }, () => half.end('{"execute": "guest-exec", "arguments": {"path": ["'));
      half.on("close", () => resolve()).resume();
    });
    const agent = await connect(path);
    expect(await agent.execute("guest-ping")).toEqual({});
  });

  test("nobody there: a timeout, in the phase of synchronisation", async () => {
    const { path, player, agent: first } = await startAgent(executable);
    await first.close();
    // It is there, but does nothing.
    player.process.kill("SIGSTOP");
    const connecting = connect(path, { greetingTimeout: 50 });
    await expect(connecting).rejects.toMatchObject({ name: "TimeoutError", phase: "sync", timeout: 50 });
    player.process.kill("SIGCONT");
    const agent = await connect(path);
    expect(await agent.execute("guest-ping")).toEqual({});
  });

  test("an agent that hangs for a while: the command times out, and the next one finds out where it is", async () => {
    const { player, agent } = await startAgent(executable);
    player.process.kill("SIGSTOP");
    await expect(agent.execute("guest-get-time", {}, { timeout: 20 })).rejects.toMatchObject({
      name: "TimeoutError",
      subject: "guest-get-time",
      mayHaveRun: true,
    });
    const next = agent.execute("guest-ping");
    player.process.kill("SIGCONT");
    expect(await next).toEqual({});
    expect(typeof (await agent.execute("guest-get-time"))).toBe("bigint");
  });

  test("an agent that is killed and started again", async () => {
    const { player, agent, restart } = await startAgent(executable, { reconnect: { minDelay: 5, maxDelay: 20 } });
    const lost = nextState(agent, "waiting");
    await player.kill();
    await lost;
    const ping = agent.execute("guest-ping");
    await restart();
    expect(await ping).toEqual({});
  });
}

/** Starts an agent, and connects to it. */
async function startAgent(
  command: string,
  options: ClientOptions = {},
): Promise<{
  readonly path: string;
  readonly player: Player;
  readonly agent: Agent;
  readonly restart: () => Promise<Player>;
}> {
  const stage = newStage();
  const path = stage.path("agent");
  const files = ["--statedir", stage.directory, "--pidfile", stage.path("pid")];
  // What could do harm is disabled by whoever starts it, too.
  const blocked = ["guest-shutdown", "guest-suspend-disk", "guest-suspend-ram", "guest-suspend-hybrid"];
  const args = ["--method", "unix-listen", "--path", path, ...files, `--block-rpcs=${blocked.join(",")}`];
  const restart = (): Promise<Player> => stage.startAndWait(command, args, () => isListening(path));
  const player = await restart();
  return { path, player, agent: await connect(path, options), restart };
}

async function connect(path: string, options: ClientOptions = {}): Promise<Agent> {
  const problems: Error[] = [];
  const agent = await connectAgent(schema, `unix:${path}`, {
    commandTimeout: DEADLINE,
    onProblem: (problem) => problems.push(problem),
    ...options,
  });
  onTestFinished(async () => {
    await agent.close();
    expect(problems).toEqual([]);
  });
  return agent;
}

/** What has become of a process once it has ended: the agent tells that only when it is asked. */
async function ended(agent: Agent, pid: number | bigint): Promise<GuestExecStatus> {
  for (;;) {
    const status = await agent.execute("guest-exec-status", { pid });
    if (status.exited) return status;
  }
}

function decoded(base64: string | undefined): string {
  return Buffer.from(base64 ?? "", "base64").toString();
}
