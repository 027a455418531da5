import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { duplex } from "../../../src/runtime/transport/duplex.js";
import { tcp, unix } from "../../../src/runtime/transport/socket.js";
import { tls } from "../../../src/runtime/transport/tls.js";
import { never, Recorder, resources } from "./recorder.js";

let directory: string;
let server: Server;
let before: readonly string[];

beforeEach(() => {
  before = resources();
  directory = mkdtempSync(join(tmpdir(), "qapi-codegen-socket-"));
  server = createServer();
});

afterEach(async () => {
  server.close();
  rmSync(directory, { recursive: true });
  // Handles are gone a turn of the loop after they are closed.
  await vi.waitFor(() => expect(resources()).toEqual(before));
});

async function listening(where: string | number): Promise<number> {
  if (typeof where === "string") server.listen(where);
  else server.listen(where, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function peer(): Promise<Socket> {
  const [socket] = (await once(server, "connection")) as [Socket];
  return socket;
}

test.each(["unix", "tcp"])("%s carries both ways, and ends when either side ends it", async (kind) => {
  const path = join(directory, "s");
  const port = await listening(kind === "unix" ? path : 0);
  const connector = kind === "unix" ? unix(path) : tcp("127.0.0.1", port);
  for (const who of ["we", "they"]) {
    const coming = peer();
    const transport = await connector.connect(never);
    const socket = await coming;
    socket.write("hello");
    const recorder = new Recorder(transport);
    await recorder.until("hello");
    transport.write("to you");
    const [data] = (await once(socket, "data")) as [Buffer];
    expect(String(data)).toBe("to you");
    if (who === "we") transport.close();
    else socket.end("bye");
    expect(await recorder.end()).toBeUndefined();
    expect(recorder.all).toBe(who === "we" ? "hello" : "hellobye");
  }
});

test("a reset is told with its code", async () => {
  const port = await listening(0);
  const coming = peer();
  const recorder = new Recorder(await tcp("127.0.0.1", port).connect(never));
  (await coming).resetAndDestroy();
  expect(await recorder.end()).toMatchObject({ name: "TransportError", code: "ECONNRESET" });
});

test.each([
  ["ENOENT", "is QEMU running", () => unix(join(directory, "none"))],
  ["ECONNREFUSED", "nobody listens", () => unix(fileAt(join(directory, "file")))],
  ["ENOTDIR", "ENOTDIR", () => unix(join(fileAt(join(directory, "file")), "s"))],
  ["ECONNREFUSED", "nobody listens", () => tcp("127.0.0.1", 1)],
  ["ECONNREFUSED", "nobody listens", () => tcp("localhost", 1)],
  ["ECONNREFUSED", "nobody listens", () => tls({ host: "127.0.0.1", port: 1 })],
] as const)("%s: %s", async (code, message, connector) => {
  const attempt = connector().connect(never);
  await expect(attempt).rejects.toMatchObject({ name: "TransportError", code });
  await expect(attempt).rejects.toThrow(message);
});

function fileAt(path: string): string {
  writeFileSync(path, "");
  return path;
}

test("an aborted attempt is rejected with the reason, and leaves nothing open", async () => {
  const port = await listening(0);
  const reason = new Error("no more");
  for (const connector of [tcp("127.0.0.1", port), tls({ host: "127.0.0.1", port }), unix(join(directory, "none"))]) {
    await expect(connector.connect(AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const attempt = connector.connect(controller.signal);
    controller.abort(reason);
    await expect(attempt).rejects.toBe(reason);
  }
  // A server that takes the connection, but never speaks TLS.
  const coming = peer();
  const controller = new AbortController();
  const attempt = tls({ host: "127.0.0.1", port }).connect(controller.signal);
  const socket = await coming;
  controller.abort(reason);
  await expect(attempt).rejects.toBe(reason);
  socket.on("error", () => undefined).resume();
  await once(socket, "close");
});

test("leaves no listeners at the signal", async () => {
  await listening(join(directory, "s"));
  const { signal } = new AbortController();
  const added = vi.spyOn(signal, "addEventListener");
  const removed = vi.spyOn(signal, "removeEventListener");
  const recorder = new Recorder();
  const transport = await unix(join(directory, "s")).connect(signal);
  await expect(unix(join(directory, "none")).connect(signal)).rejects.toThrow("ENOENT");
  expect(added).toHaveBeenCalledTimes(2);
  expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(added.mock.calls.map(([, listener]) => listener));
  transport.open(recorder);
  transport.close();
  await recorder.end();
});

test("a server that speaks no TLS is told from others", async () => {
  const port = await listening(0);
  server.on("connection", (socket) =>
    socket
      .on("error", () => undefined)
      .resume()
      .write('{"QMP": {}}\r\n'),
  );
  await expect(tls({ host: "127.0.0.1", port }).connect(never)).rejects.toThrow("does not speak TLS");
});

test("a connected socket of the caller's own is a transport, too", async () => {
  await listening(join(directory, "s"));
  const coming = peer();
  const { connect } = await import("node:net");
  const recorder = new Recorder(await duplex(connect(join(directory, "s"))).connect(never));
  (await coming).end("hello");
  expect(await recorder.end()).toBeUndefined();
  expect(recorder.all).toBe("hello");
});
