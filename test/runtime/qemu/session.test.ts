/** Beginnings and ends of sessions with real QEMUs, and what is executed out of band. */
import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { type ClientState, ConnectionLostError, listen, spawn } from "../../../src/runtime/qmp.js";
import { eachQemu } from "../../support/each-qemu.js";
import { BARE, connectTo, nextState, startMachine } from "../../support/machine.js";
import { DEADLINE, newStage } from "../../support/stage.js";
import { TestServer } from "./test-server.js";
import { serveVhostUser } from "./vhost-user-backend.js";

const LIMITS = { timeout: DEADLINE };

eachQemu("sessions", 7, (qemu) => {
  test("quit and its SHUTDOWN, and the end of the connection, which is no loss", async () => {
    const { monitor, player } = await startMachine(newStage(), qemu, []);
    const qmp = await connectTo(monitor, { reconnect: true });
    expect(qmp.greeting).toMatchObject({ version: { qemu: { major: qemu.major } }, capabilities: ["oob"] });
    const closed = nextState(qmp, "closed");
    const { returns, event } = await qmp.executeThenWait("quit", undefined, "SHUTDOWN", {}, LIMITS);
    expect(returns).toEqual({});
    expect(event.data).toEqual({ guest: false, reason: "host-qmp-quit" });
    expect(await closed).toEqual({ state: "closed", reason: undefined });
    await player.ended;
    expect(player.process.exitCode).toBe(0);
    await expect(qmp.execute("query-status")).rejects.toMatchObject({ name: "ConnectionLostError", mayHaveRun: false });
  });

  test("a command and the event that comes of it", async () => {
    const { monitor } = await startMachine(newStage(), qemu, [
      ...["-device", "qemu-xhci,id=usb0"],
      ...["-device", "usb-tablet,id=tablet0", "-device", "usb-tablet,id=tablet1"],
    ]);
    const qmp = await connectTo(monitor);
    const deleted: unknown[] = [];
    qmp.signal("DEVICE_DELETED").connect(({ data }) => deleted.push(data.device));
    for (const id of ["tablet1", "tablet0"]) {
      const { event } = await qmp.executeThenWait("device_del", { id }, "DEVICE_DELETED", { device: id }, LIMITS);
      expect(event.data).toEqual({ device: id, path: `/machine/peripheral/${id}` });
    }
    expect(deleted).toEqual(["tablet1", "tablet0"]);
    const gone = qmp.executeThenWait("device_del", { id: "tablet0" }, "DEVICE_DELETED", { device: "tablet0" }, LIMITS);
    await expect(gone).rejects.toMatchObject({ name: "QmpError", class: "DeviceNotFound" });
  });

  test("the machine runs and stops; events that the schema lacks, too", async () => {
    const { monitor } = await startMachine(newStage(), qemu, []);
    const qmp = await connectTo(monitor);
    expect(await qmp.execute("query-status")).toMatchObject({ status: "prelaunch", running: false });
    // An accessor that asks for nothing is right for an event that has no data.
    await qmp.executeThenWait("cont", undefined, "RESUME", {}, LIMITS);
    expect(await qmp.execute("query-status")).toMatchObject({ status: "running", running: true });
    await qmp.executeThenWait("stop", undefined, "STOP", undefined, LIMITS);
    const reset = await qmp.executeThenWait("system_reset", undefined, "RESET", { guest: false }, LIMITS);
    expect(reset.event.data.reason).toBe("host-qmp-system-reset");
    const powerdown = qmp.unknownEvent.once(LIMITS);
    await qmp.executeUntyped("system_powerdown");
    expect(await powerdown).toMatchObject({ event: "POWERDOWN" });
  });

  test("out of band, while a command in band waits for a back-end that does not answer", async () => {
    const stage = newStage();
    const path = stage.path("silent");
    const { asked, frontEnds } = await startSilent(path);
    const { monitor } = await startMachine(stage, qemu, ["-chardev", `socket,id=chr0,path=${path}`]);
    const qmp = await connectTo(monitor);
    const order: string[] = [];
    const adding = qmp
      .execute("netdev_add", { type: "vhost-user", id: "net0", chardev: "chr0" }, LIMITS)
      .finally(() => order.push("netdev_add"));
    // QEMU would not even read any further if it had to keep all of these.
    const inBand = Array.from({ length: 100 }, () => qmp.execute("query-status", {}, LIMITS));
    // It waits for the features of the back-end now, and does nothing else.
    await asked;
    const instances = await qmp.execute("query-yank", {}, { oob: true, ...LIMITS });
    order.push("query-yank");
    expect(instances).toContainEqual({ type: "chardev", id: "chr0" });
    expect(order).toEqual(["query-yank"]);
    for (const frontEnd of frontEnds) serveVhostUser(frontEnd);
    expect(await adding).toEqual({});
    for (const { status } of await Promise.all(inBand)) expect(status).toBe("prelaunch");
    expect(order).toEqual(["query-yank", "netdev_add"]);
    // @ts-expect-error -- it does not allow that
    await expect(qmp.execute("query-status", {}, { oob: true })).rejects.toBeInstanceOf(Error);
  });

  test("a connection that is cut out of band, so that a command that hangs ends", async () => {
    const stage = newStage();
    const path = stage.path("silent");
    const { asked, backEnd } = await startSilent(path);
    const { monitor } = await startMachine(stage, qemu, ["-chardev", `socket,id=chr0,path=${path}`]);
    const qmp = await connectTo(monitor);
    const adding = qmp
      .execute("netdev_add", { type: "vhost-user", id: "net0", chardev: "chr0" }, LIMITS)
      .catch((error: unknown) => error);
    await asked;
    // It would connect again, and wait again.
    backEnd.refuse();
    const instances = [{ type: "chardev", id: "chr0" }] as const;
    expect(await qmp.execute("yank", { instances: [...instances] }, { oob: true, ...LIMITS })).toEqual({});
    expect(await adding).toMatchObject({ name: "QmpError", command: "netdev_add" });
  });

  test("a command that nobody waits for any more hurts no other", async () => {
    const stage = newStage();
    const path = stage.path("silent");
    const { asked, frontEnds } = await startSilent(path);
    const { monitor } = await startMachine(stage, qemu, ["-chardev", `socket,id=chr0,path=${path}`]);
    const qmp = await connectTo(monitor);
    const add = { type: "vhost-user", id: "net0", chardev: "chr0" } as const;
    const abort = new AbortController();
    const adding = qmp.execute("netdev_add", add, { signal: abort.signal }).catch((error: unknown) => error);
    const late = qmp.execute("query-status", {}, { timeout: 1 }).catch((error: unknown) => error);
    await asked;
    abort.abort("no more");
    expect(await adding).toBe("no more");
    expect(await late).toMatchObject({ name: "TimeoutError", phase: "command", subject: "query-status" });
    const next = qmp.execute("query-status", {}, LIMITS);
    for (const frontEnd of frontEnds) serveVhostUser(frontEnd);
    expect(await next).toMatchObject({ status: "prelaunch" });
    // What QEMU had begun, it has done.
    expect(await qmp.execute("netdev_del", { id: "net0" }, LIMITS)).toEqual({});
  });

  test("a monitor serves one client at a time: the second one learns that", async () => {
    const { monitor } = await startMachine(newStage(), qemu, []);
    const first = await connectTo(monitor);
    const second = connectTo(monitor, { greetingTimeout: 50 });
    await expect(second).rejects.toMatchObject({ name: "TimeoutError", phase: "greeting" });
    await first.close();
    const third = await connectTo(monitor);
    expect(await third.execute("query-status")).toMatchObject({ status: "prelaunch" });
  });

  test("a QEMU that is killed and started again: commands in flight are lost, signals stay", async () => {
    const stage = newStage();
    const path = stage.path("silent");
    const { asked } = await startSilent(path);
    const { monitor, player } = await startMachine(stage, qemu, ["-chardev", `socket,id=chr0,path=${path}`]);
    const qmp = await connectTo(monitor, { reconnect: { minDelay: 5, maxDelay: 20 } });
    const states: ClientState[] = [];
    qmp.stateChanged.connect((state) => states.push(state));
    const resumed: unknown[] = [];
    const handle = qmp.signal("RESUME").connect(({ event }) => resumed.push(event));
    await qmp.executeThenWait("cont", undefined, "RESUME", undefined, LIMITS);

    const lost = qmp
      .execute("netdev_add", { type: "vhost-user", id: "net0", chardev: "chr0" })
      .catch((error: unknown) => error);
    await asked;
    await player.kill();
    const error = await lost;
    expect(error).toBeInstanceOf(ConnectionLostError);
    expect(error).toMatchObject({ command: "netdev_add", mayHaveRun: true });

    // It waits for the next one.
    const status = qmp.execute("query-status", {}, LIMITS);
    await startMachine(stage, qemu, []);
    expect(await status).toMatchObject({ status: "prelaunch" });
    expect(states.at(-1)).toMatchObject({ state: "ready", reconnected: true });
    expect(states.filter(({ state }) => state === "ready").length).toBe(1);
    await qmp.executeThenWait("cont", undefined, "RESUME", undefined, LIMITS);
    expect(resumed).toEqual(["RESUME", "RESUME"]);
    expect(handle.connected).toBe(true);
  });

  test("a QEMU that is killed, without reconnect: closed, with the reason", async () => {
    const { monitor, player } = await startMachine(newStage(), qemu, []);
    const qmp = await connectTo(monitor);
    const closed = nextState(qmp, "closed");
    const waiting = qmp
      .signal("RESUME")
      .once()
      .catch((error: unknown) => error);
    await player.kill();
    expect((await closed).state).toBe("closed");
    expect(await waiting).toBeInstanceOf(ConnectionLostError);
    await expect(qmp.execute("query-status")).rejects.toBeInstanceOf(ConnectionLostError);
  });

  test.each(["unix", "tcp"])("server mode: QEMU connects to us: %s", async (family) => {
    const stage = newStage();
    const connector = await listen(family === "unix" ? `unix:${stage.path("us")}` : "tcp:127.0.0.1:0");
    const player = stage.start(qemu.executable, [...BARE, "-qmp", `${connector.address},server=off`]);
    const qmp = await connectTo(connector);
    expect(await qmp.execute("query-status")).toMatchObject({ status: "prelaunch" });
    await qmp.execute("quit");
    await player.ended;
  });

  test("spawn, over its standard input and output", async () => {
    const qmp = await connectTo(spawn(qemu.executable, [...BARE, "-qmp", "stdio"]));
    expect(await qmp.execute("query-status")).toMatchObject({ status: "prelaunch" });
    const { event } = await qmp.executeThenWait("quit", undefined, "SHUTDOWN", undefined, LIMITS);
    expect(event.data.reason).toBe("host-qmp-quit");
  });

  test("spawn: close ends the process", async () => {
    const process = spawn(qemu.executable, [...BARE, "-qmp", "stdio"]);
    const qmp = await connectTo(process);
    await qmp.execute("query-status");
    await qmp.close();
    expect(process.process?.exitCode).toBe(0);
  });

  test("spawn: a QEMU that refuses its arguments says why", async () => {
    const connecting = connectTo(spawn(qemu.executable, [...BARE, "-qmp", "stdio", "-device", "no-such"]));
    await expect(connecting).rejects.toThrow("'no-such' is not a valid device model name");
  });
});

/** A back-end that does not answer. It tells when it is asked something. */
async function startSilent(path: string): Promise<{
  readonly backEnd: TestServer;
  readonly asked: Promise<void>;
  readonly frontEnds: readonly Socket[];
}> {
  const frontEnds: Socket[] = [];
  let tell = (): void => undefined;
  const asked = new Promise<void>((resolve) => (tell = resolve));
  const backEnd = await TestServer.start({ path }, (frontEnd) => {
    frontEnds.push(frontEnd);
    frontEnd.once("readable", tell);
  });
  return { backEnd, asked, frontEnds };
}
