/** What is left behind when all has ended: nothing. */
import { spawn } from "node:child_process";
import { getEventListeners, once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { connect } from "../../src/runtime/core.js";
import { connected, nextTurn, opened } from "./connected.js";
import { door } from "./door-schema.js";
import { FakeServer } from "./fake-peer.js";

it("no listener stays on a signal that outlives what it was passed to", async () => {
  const { signal } = new AbortController();
  const server = new FakeServer();
  const qmp = await connect(door, server, { signal });
  await nextTurn();
  const reply = qmp.execute("query-door", undefined, { signal });
  await server.peer.reply("query-door", { return: { state: "open" } });
  await reply;
  const failing = qmp.execute("query-door", undefined, { signal });
  await server.peer.reply("query-door", { error: { class: "GenericError", desc: "?" } }, 1);
  await expect(failing).rejects.toThrow();
  await expect(qmp.execute("query-door", undefined, { signal, timeout: 1 })).rejects.toThrow();
  const event = qmp.signal("DOOR_OPENED").once({ signal });
  const loop = qmp.events("DOOR_OPENED", { signal });
  const both = qmp.executeThenWait("open-door", { door: "a" }, "DOOR_OPENED", {}, { signal });
  expect(getEventListeners(signal, "abort")).not.toEqual([]);
  server.peer.say(opened("a"));
  await server.peer.reply("open-door");
  await event;
  await both;
  for await (const { data } of loop) if (data.door === "a") break;
  expect(getEventListeners(signal, "abort")).toEqual([]);
  const lost = qmp.execute("query-door", undefined, { signal });
  await qmp.close();
  await expect(lost).rejects.toThrow();
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

it("no slot stays connected by waits that have ended", async () => {
  const { qmp, server, problems } = await connected();
  await expect(qmp.signal("DOOR_OPENED").once({ timeout: 1 })).rejects.toThrow();
  const loop = qmp.events("DOOR_OPENED");
  await loop.return?.();
  // Nobody looks at it any more, so that nobody finds that it is wrong.
  server.peer.say({ event: "DOOR_OPENED" });
  expect(problems).toEqual([]);
});

/**
 * A process of its own, with the built client: it talks to servers that let it down in all ways, and to one that does not, and
 * has to end by itself, since nothing is left that keeps it.
 */
const PROGRAM = `
  import { createServer } from "node:net";
  import { mkdtempSync, rmSync } from "node:fs";
  import { tmpdir } from "node:os";
  import { join } from "node:path";
  const { connect, connectAgent } = await import(process.argv[1]);
  const schema = { int64: "mixed", metadata: new Map(), events: new Set(), validators: async () => ({ commands: new Map(), events: new Map() }) };
  const directory = mkdtempSync(join(tmpdir(), "qapi-leaks-"));
  const greeting = '{"QMP":{"version":{"qemu":{"major":9,"minor":0,"micro":0},"package":""},"capabilities":[]}}\\n';
  const negotiated = greeting + '{"return":{},"id":"negotiation"}\\n';
  const fails = async (promise) => {
    try { await promise; } catch { return; }
    throw new Error("it should have failed");
  };
  let number = 0;
  async function on(behave, use) {
    const sockets = new Set();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket)).resume();
      behave(socket);
    });
    const path = join(directory, String(number++));
    await new Promise((resolve) => server.listen(path, resolve));
    await use("unix:" + path);
    // Those that the client has not closed keep this process alive.
    await new Promise((resolve) => server.close(resolve));
  }
  const options = { validate: "none", greetingTimeout: 50, noReplyTimeout: 60_000 };
  await fails(connect(schema, "unix:" + directory + "/none", options));
  await on(() => undefined, (where) => fails(connect(schema, where, options)));
  await on(() => undefined, (where) => fails(connectAgent(schema, where, options)));
  await on((socket) => socket.end(), (where) => fails(connect(schema, where, options)));
  await on((socket) => socket.write("garbage\\n"), (where) => fails(connect(schema, where, options)));
  await on((socket) => socket.write(greeting), (where) =>
    fails(connect(schema, where, { ...options, signal: AbortSignal.timeout(20) })));
  await on((socket) => socket.write(negotiated), async (where) => {
    const metadata = new Map([["leave", { successResponse: false }]]);
    const qmp = await connect({ ...schema, metadata }, where, { ...options, commandTimeout: 60_000, reconnect: true });
    void qmp.executeUntyped("leave");
    const waits = [qmp.executeUntyped("a"), qmp.signal("B").once({ timeout: 60_000 }), qmp.events("C").next().then(() => { throw 0; })];
    const failures = waits.map(fails);
    await fails(qmp.executeUntyped("d", {}, { timeout: 1 }));
    await qmp.close();
    await Promise.all(failures);
  });
  await on((socket) => socket.end(negotiated), async (where) => {
    const qmp = await connect(schema, where, { ...options, reconnect: { minDelay: 60_000, maxDelay: 60_000 } });
    if (qmp.state.state !== "waiting") await qmp.stateChanged.once();
    await qmp.close();
  });
  const offering = negotiated.replace('"capabilities":[]', '"capabilities":["signals"]').replace("\\n", '\\n{"return":{},"id":"default-signals"}\\n');
  await on((socket) => socket.write(offering), async (where) => {
    const qmp = await connect(schema, where, { ...options, commandTimeout: 60_000, defaultConnection: false });
    qmp.signal("A").connect(() => undefined);
    const waits = [qmp.signal("B").once(), qmp.events("C").next().then(() => { throw 0; })].map(fails);
    qmp.signal("D").connect(() => undefined).disconnect();
    await fails(qmp.executeUntyped("e", {}, { timeout: 1 }));
    await qmp.close();
    await Promise.all(waits);
  });
  rmSync(directory, { recursive: true });
  console.log("done");
`;

it("no handle and no timer keeps a process alive", async () => {
  const client = fileURLToPath(new URL("../../dist/runtime/qmp.js", import.meta.url));
  const child = spawn(process.execPath, ["--input-type=module", "--eval", PROGRAM, client], { timeout: 20_000 });
  let output = "";
  child.stdout.on("data", (data) => (output += String(data)));
  child.stderr.on("data", (data) => (output += String(data)));
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  expect({ code, signal, output }).toEqual({ code: 0, signal: null, output: "done\n" });
});
