import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { connectorFor } from "../../../src/runtime/transport/connector-for.js";
import { StreamTransport } from "../../../src/runtime/transport/duplex.js";
import { listen, listenFor } from "../../../src/runtime/transport/listen.js";
import { PeerQueue } from "../../../src/runtime/transport/peer-queue.js";
import { never, Recorder, resources } from "./recorder.js";

let directory: string;
let before: readonly string[];

beforeEach(() => {
  before = resources();
  directory = mkdtempSync(join(tmpdir(), "qapi-codegen-listen-"));
});

afterEach(async () => {
  rmSync(directory, { recursive: true });
  await vi.waitFor(() => expect(resources()).toEqual(before));
});

async function peerOf(path: string, greeting: string): Promise<Socket> {
  const socket = connect(path);
  await once(socket, "connect");
  socket.resume().end(greeting);
  return socket;
}

test("tells the real port, and hands over peers in their order, those that came before they were asked for included", async () => {
  const listener = await listen("tcp:127.0.0.1:0", { maxWaiting: 2 });
  expect(listener.address).toMatch(/^tcp:127\.0\.0\.1:[1-9]\d*$/);
  expect(listener.canReconnect).toBe(true);
  for (const greeting of ["first", "second"]) {
    const recorder = new Recorder(await connectorFor(listener.address).connect(never));
    const transport = await listener.connect(never);
    transport.write(greeting);
    transport.close();
    await recorder.end();
    expect(recorder.all).toBe(greeting);
  }
  await listener.close();
});

test("whom nobody asks for waits, and too many are refused", async () => {
  const path = join(directory, "s");
  const listener = await listen(`unix:${path}`);
  const [first, second] = [await peerOf(path, "first"), await peerOf(path, "second")];
  await once(second, "close");
  expect(first.closed).toBe(false);
  const recorder = new Recorder(await listener.connect(never));
  await recorder.end();
  expect(recorder.all).toBe("first");
  await listener.close();
});

test("who leaves while it waits is forgotten, and makes room", async () => {
  const peers = new PeerQueue(1);
  const [first, second] = [new PassThrough(), new PassThrough()];
  peers.add(new StreamTransport(first, first), first);
  first.destroy();
  await once(first, "close");
  const transport = new StreamTransport(second, second);
  peers.add(transport, second);
  expect(await peers.take(never)).toBe(transport);
  second.destroy();
});

test("an attempt ends with its signal, or when nobody listens any more, and takes no peer", async () => {
  const path = join(directory, "s");
  const listener = await listen(`unix:${path}`);
  const reason = new Error("no more");
  await expect(listener.connect(AbortSignal.abort(reason))).rejects.toBe(reason);
  const controller = new AbortController();
  const aborted = listener.connect(controller.signal);
  controller.abort(reason);
  await expect(aborted).rejects.toBe(reason);
  const recorders = listener.connect(never).then((transport) => new Recorder(transport));
  await peerOf(path, "hello");
  expect(await (await recorders).until("hello")).toBe("hello");
  const waiting = listener.connect(never);
  const closing = listener.close();
  await expect(waiting).rejects.toThrow("nobody listens");
  await closing;
  await expect(listener.connect(never)).rejects.toThrow("nobody listens");
  expect(existsSync(path)).toBe(false);
});

test("closing refuses who waits, and leaves alone who was taken", async () => {
  const path = join(directory, "s");
  const listener = await listen(`unix:${path}`);
  const taken = await connectorFor(`unix:${path}`).connect(never);
  const recorder = new Recorder(await listener.connect(never));
  const waiting = new Recorder(await connectorFor(`unix:${path}`).connect(never));
  // It is known to wait when what was connected later is refused.
  await new Recorder(await connectorFor(`unix:${path}`).connect(never)).end();
  await listener.close();
  expect(await waiting.end()).toBeUndefined();
  taken.write("still here");
  await recorder.until("still here");
  taken.open(new Recorder());
  taken.close();
  expect(await recorder.end()).toBeUndefined();
});

test("replaces the socket of a server that has died, but no living one, and no file", async () => {
  const stale = join(directory, "stale");
  const script = `require("node:net").createServer().listen(${JSON.stringify(stale)}, () => process.kill(process.pid, "SIGKILL"))`;
  expect(spawnSync(process.execPath, ["-e", script]).signal).toBe("SIGKILL");
  expect(existsSync(stale)).toBe(true);
  const listener = await listen(`unix:${stale}`);
  const transport = await connectorFor(listener.address).connect(never);
  transport.open(new Recorder());
  transport.close();

  const again = listen(`unix:${stale}`);
  await expect(again).rejects.toMatchObject({ name: "TransportError", code: "EADDRINUSE" });
  await expect(again).rejects.toThrow("somebody listens there already");
  expect(existsSync(stale)).toBe(true);
  await listener.close();

  const file = join(directory, "file");
  writeFileSync(file, "precious");
  await expect(listen(`unix:${file}`)).rejects.toMatchObject({ code: "EADDRINUSE" });
  expect(readFileSync(file, "utf8")).toBe("precious");
});

test("says what cannot be listened on", async () => {
  await expect(listen("tls:localhost:1")).rejects.toThrow(TypeError);
  await expect(listen("nonsense")).rejects.toThrow(TypeError);
  await expect(listen(`unix:/${"a".repeat(200)}`)).rejects.toThrow(TypeError);
  await expect(listen(`unix:${join(directory, "none", "s")}`)).rejects.toMatchObject({ name: "TransportError" });
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as { readonly port: number };
  await expect(listen(`tcp:127.0.0.1:${port}`)).rejects.toMatchObject({ code: "EADDRINUSE" });
  other.close();
});

test("hands each connection to a server", async () => {
  const listener = await listenFor("tcp:[::1]:0", (transport) => {
    transport.open({ text: (text) => transport.write(text.toUpperCase()), closed: () => undefined });
  }).catch((error: unknown) => {
    // No IPv6 here.
    expect(error).toMatchObject({ code: expect.stringMatching(/EADDRNOTAVAIL|EAFNOSUPPORT/) as unknown });
    return undefined;
  });
  if (listener === undefined) return;
  const connections = await Promise.all([1, 2, 3].map(() => connectorFor(listener.address).connect(never)));
  for (const transport of connections) {
    const recorder = new Recorder(transport);
    transport.write("hello");
    await recorder.until("HELLO");
    transport.close();
    await recorder.end();
  }
  await listener.close();
});
