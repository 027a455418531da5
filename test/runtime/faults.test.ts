/** What a server can do wrong, over real sockets: each ends in an error of a type of its own, and nothing is left behind. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type ClientOptions,
  connect,
  ConnectError,
  ConnectionLostError,
  OverflowError,
  ProtocolError,
  TimeoutError,
  ValidationError,
} from "../../src/runtime/qmp.js";
import type { DoorClient } from "./connected.js";
import { door } from "./door-schema.js";
import { GREETING } from "./fake-peer.js";

const greeting = `${JSON.stringify(GREETING)}\r\n`;
const negotiated = `${greeting}{"return": {}, "id": "negotiation"}\r\n`;

let directory: string;
let server: Server;
let before: number;
let served: Socket[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "qapi-faults-"));
  before = sockets();
  served = [];
});

afterEach(async () => {
  for (const socket of served) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true });
  // No socket is left, once those of the server are closed, too.
  await expect.poll(sockets).toBe(before);
});

/** How many sockets this process has open. */
function sockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "PipeWrap").length;
}

/** A server that does as it is told with each connection. */
async function serve(behave: (socket: Socket) => void): Promise<string> {
  server = createServer((socket) => {
    served.push(socket);
    socket.on("error", () => undefined);
    behave(socket);
  });
  const path = join(directory, "qmp");
  server.listen(path);
  await once(server, "listening");
  return `unix:${path}`;
}

/** Connects, with short deadlines: whatever hangs fails the test. */
function client(address: string, options: ClientOptions = {}): Promise<DoorClient> {
  return connect(door, address, { connectTimeout: 2000, greetingTimeout: 2000, commandTimeout: 2000, ...options });
}

/** Connects to a server that negotiates and then, when a command has come, does as it is told. */
async function ready(
  behave: (socket: Socket) => void,
  options: ClientOptions = {},
  first: readonly string[] = [negotiated],
): Promise<DoorClient> {
  const address = await serve((socket) => {
    for (const text of first) socket.write(text);
    let text = "";
    socket.setEncoding("utf8").on("data", (data: string) => {
      text += data;
      if (!text.includes("query-door")) return;
      text = "";
      behave(socket);
    });
  });
  return client(address, options);
}

describe("before it is ready", () => {
  it.each<[string, (socket: Socket) => void, string]>([
    ["closes before the greeting", (socket) => socket.end(), "the server ended the connection before it was ready"],
    ["closes in the greeting", (socket) => socket.end(greeting.slice(0, 40)), "it ended in the middle of a message"],
    [
      "closes in the negotiation",
      (socket) => socket.end(greeting),
      "the server ended the connection before it was ready",
    ],
    ["is no QMP server", (socket) => socket.write("220 smtp.example.org ESMTP\r\n"), "received what is not JSON"],
    ["sends JSON that is no message", (socket) => socket.write("[]\n"), "received a JSON value that is no message"],
    ["sends a message that is no greeting", (socket) => socket.write('{"hello": 1}\n'), "the server did not greet"],
    ["greets with nonsense", (socket) => socket.write('{"QMP": {"version": 5}}\n'), "the server did not greet"],
    [
      "refuses to negotiate",
      (socket) => socket.write(`${greeting}{"error": {"class": "GenericError", "desc": "no"}, "id": "negotiation"}\n`),
      "the server refused to negotiate: no",
    ],
    [
      "replies to something else",
      (socket) => socket.write(`${greeting}{"return": {}, "id": 5}\n`),
      "another message where",
    ],
    [
      "sends bytes that are no text",
      (socket) => socket.write(Uint8Array.of(0xff, 0, 1, 0xfe, 10)),
      "received what is not JSON",
    ],
  ])("a server that %s cannot be connected to", async (_, behave, message) => {
    const address = await serve(behave);
    const attempt = client(address);
    await expect(attempt).rejects.toThrow(ConnectError);
    await expect(attempt).rejects.toThrow(`cannot connect to ${address}: `);
    await expect(attempt).rejects.toThrow(message);
  });

  it("a server that says nothing is given up", async () => {
    const address = await serve(() => undefined);
    const attempt = client(address, { greetingTimeout: 20 });
    await expect(attempt).rejects.toThrow(TimeoutError);
    await expect(attempt).rejects.toMatchObject({ phase: "greeting", timeout: 20, subject: address });
  });

  it("a server that says nothing is given up when the signal says so", async () => {
    const address = await serve(() => controller.abort(new Error("enough")));
    const controller = new AbortController();
    await expect(client(address, { signal: controller.signal })).rejects.toThrow("enough");
    await expect(client(address, { signal: controller.signal })).rejects.toThrow("enough");
  });

  it("a server that sends nothing but events is given up", async () => {
    const event = '{"event":"RANG","timestamp":{"seconds":1,"microseconds":2}}\n';
    const address = await serve((socket) => {
      const flood = (): boolean => !socket.destroyed && socket.write(event.repeat(1000)) && flood();
      socket.on("drain", flood);
      flood();
    });
    const attempt = client(address);
    await expect(attempt).rejects.toThrow(ConnectError);
    await expect(attempt).rejects.toMatchObject({ cause: expect.any(OverflowError) as unknown });
  });
});

describe("while a command waits", () => {
  it.each<[string, (socket: Socket) => void, string]>([
    ["closes", (socket) => socket.end(), "the connection is closed"],
    [
      "closes in the middle of a line",
      (socket) => socket.end('{"return": {"sta'),
      "it ended in the middle of a message",
    ],
    ["sends garbage", (socket) => socket.write("\u0007garbage\n"), "received what is not JSON"],
    ["sends half a message as a line", (socket) => socket.write('{"return": {"sta\n'), "received what is not JSON"],
    ["greets again", (socket) => socket.write(greeting), "the server greeted a second time"],
    ["nests without end", (socket) => socket.write(`${"[".repeat(100_000)}\n`), "received what is not JSON"],
  ])("a server that %s is lost", async (_, behave, message) => {
    const qmp = await ready(behave);
    const reply = qmp.execute("query-door");
    await expect(reply).rejects.toThrow(ConnectionLostError);
    await expect(reply).rejects.toThrow(message);
    await expect(reply).rejects.toMatchObject({ command: "query-door", mayHaveRun: true });
    expect(qmp.state.state).toBe("closed");
    await qmp.close();
  });

  it("a server that sends a line of a gigabyte is lost before it is all there", async () => {
    let sent = 0;
    const block = Buffer.alloc(2 ** 20, " ");
    const qmp = await ready((socket) => {
      const flood = (): void => {
        while (sent < 2 ** 30 && !socket.destroyed) {
          sent += block.length;
          if (!socket.write(block)) return;
        }
      };
      socket.on("drain", flood);
      socket.write('{"return": "');
      flood();
    });
    const reply = qmp.execute("query-door", undefined, { timeout: 60_000 });
    await expect(reply).rejects.toThrow(ConnectionLostError);
    await expect(reply).rejects.toMatchObject({ cause: { name: "ProtocolError", kind: "size" } });
    expect(sent).toBeLessThan(2 ** 28);
    await qmp.close();
  });

  it("a server that says nothing is waited for no longer than was said", async () => {
    const qmp = await ready(() => undefined);
    await expect(qmp.execute("query-door", undefined, { timeout: 20 })).rejects.toThrow(TimeoutError);
    expect(qmp.state.state).toBe("ready");
    await qmp.close();
  });

  it.each([
    ["nests deeper than any stack", `{"return":${"[".repeat(50_000)}${"]".repeat(50_000)}}`],
    ["returns nothing of what it should", '{"return":[]}'],
  ])("a reply that %s is refused", async (_, reply) => {
    const problem = await failureOf(replying(reply));
    expect(problem).toBeInstanceOf(ValidationError);
  });

  it("a reply that would change what all objects have changes nothing", async () => {
    const reply =
      '{"return": {"state": "open", "__proto__": {"polluted": true}}, "__proto__": {"id": 5, "polluted": true}, "id": 1}\n';
    const qmp = await ready((socket) => socket.write(reply));
    const door = await qmp.execute("query-door");
    expect(Object.getPrototypeOf(door)).toBe(Object.prototype);
    expect({}).not.toHaveProperty("polluted");
    await qmp.close();
  });

  it("an error without its parts is an error", async () => {
    for (const error of [5, {}, { class: 5, desc: "?" }]) {
      const problem = await failureOf(replying({ error }));
      expect(problem).toBeInstanceOf(ProtocolError);
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it.each<[string, string, ProtocolError["kind"]]>([
    ["a reply twice", '{"return": {"state": "open"}, "id": 1}\n', "reply"],
    ["a reply of an unknown id", '{"return": {}, "id": 4711}\n', "reply"],
    ["a message that is neither reply nor event", '{"hello": 1}\n', "message"],
  ])("%s is reported, and no more", async (_, extra, kind) => {
    const problems: Error[] = [];
    const qmp = await ready((socket) => socket.write(`{"return": {"state": "open"}, "id": 1}\n${extra}`), {
      onProblem: (problem) => problems.push(problem),
    });
    expect(await qmp.execute("query-door")).toEqual({ state: "open" });
    expect(problems).toEqual([expect.any(ProtocolError)]);
    expect(problems[0]).toMatchObject({ kind });
    expect(qmp.state.state).toBe("ready");
    await qmp.close();
  });
});

/** Replies with an object, to which the id is added. */
function replying(reply: object | string): (socket: Socket) => void {
  const text = typeof reply === "string" ? reply : JSON.stringify(reply);
  return (socket) => socket.write(`${text.slice(0, -1)},"id":1}\n`);
}

/** What the first command fails with. */
async function failureOf(behave: (socket: Socket) => void): Promise<unknown> {
  const qmp = await ready(behave);
  const failure = await qmp.execute("query-door").then(
    () => undefined,
    (error: unknown) => error,
  );
  await qmp.close();
  return failure;
}

describe("whole", () => {
  it("come replies byte by byte, and a thousand messages in one piece", async () => {
    const events: unknown[] = [];
    const event = '{"event":"RANG","timestamp":{"seconds":1,"microseconds":2}}\r\n';
    const qmp = await ready((socket) => {
      const reply = Buffer.from(`${event}{"return": {"state": "öffen ☃ 🚪"}, "id": 1}\r\n`);
      socket.setNoDelay(true);
      const next = (at: number): void => {
        if (at < reply.length) socket.write(reply.subarray(at, at + 1), () => setImmediate(next, at + 1));
        else socket.write(event.repeat(1000));
      };
      next(0);
    });
    const last = new Promise<void>((resolve) => {
      qmp.signal("RANG").connect((received) => {
        if (events.push(received) === 1001) resolve();
      });
    });
    expect(await qmp.execute("query-door")).toEqual({ state: "öffen ☃ 🚪" });
    await last;
    await qmp.close();
  });

  it("comes a reply of twenty megabytes", async () => {
    const state = "x".repeat(20 * 2 ** 20);
    const qmp = await ready(replying({ return: { state } }));
    expect((await qmp.execute("query-door", undefined, { timeout: 60_000 })).state).toHaveLength(state.length);
    await qmp.close();
  });

  it("come messages that QEMU spreads over lines", async () => {
    const pretty = (message: object): string => `${JSON.stringify(message, undefined, 4)}\r\n`;
    const qmp = await ready((socket) => socket.write(pretty({ return: { state: "open" }, id: 1 })), {}, [
      pretty(GREETING),
      pretty({ return: {}, id: "negotiation" }),
    ]);
    expect(await qmp.execute("query-door")).toEqual({ state: "open" });
    await qmp.close();
  });
});
