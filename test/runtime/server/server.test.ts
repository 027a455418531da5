import { afterEach, describe, expect, it } from "vitest";
import { connect } from "../../../src/runtime/connect.js";
import { ValidationError } from "../../../src/runtime/errors.js";
import { CommandError, HandlerError } from "../../../src/runtime/server/command-error.js";
import { createServer } from "../../../src/runtime/server/create-server.js";
import type { Handlers, QmpServer, ServerClient, ServerOptions } from "../../../src/runtime/server/server-api.js";
import { door, type DoorSchema } from "../door-schema.js";
import { memoryConnector } from "./memory-pair.js";
import { RawClient } from "./raw-client.js";

type Options = ServerOptions<DoorSchema["events"]>;

const servers: QmpServer<typeof door>[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A server, a client of it that has been greeted, and what the server complains of. */
async function serve(handlers: Handlers<typeof door> = {}, options: Options = {}) {
  const problems: Error[] = [];
  const server = await createServer(door, handlers, { onProblem: (problem) => problems.push(problem), ...options });
  servers.push(server);
  return { server, problems, client: admit(server) };
}

function admit(server: QmpServer<typeof door>): RawClient {
  const client = new RawClient();
  server.accept(client);
  return client;
}

/** A promise, and who settles it. */
function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => (resolve = settle));
  return { promise, resolve };
}

const QUERY = { execute: "query-door" };

describe("greeting and negotiation", () => {
  it("greets first, and offers what it has", async () => {
    const { client } = await serve();
    expect(client.received).toBe(
      '{"QMP": {"version": {"qemu":{"major":10,"minor":2,"micro":0},"package":"qapi-codegen"}, "capabilities": ["oob"]}}\r\n',
    );
    const version = { qemu: { major: 7, minor: 2, micro: 0 }, package: "" };
    const other = await serve({}, { oob: false, version });
    expect(other.client.messages).toEqual([{ QMP: { version, capabilities: [] } }]);
  });

  it("executes nothing and sends no events before, everything after", async () => {
    const { server, client } = await serve({ "query-door": () => ({ state: "open" }) });
    server.emit("RANG");
    const [refused] = await client.ask({ ...QUERY, id: 1 });
    expect(refused).toMatchObject({ id: 1, error: { class: "CommandNotFound" } });
    expect(server.clients.map(({ isReady }) => isReady)).toEqual([false]);

    const from = client.messages.length;
    await client.negotiate();
    server.emit("RANG");
    const [negotiated, event, reply] = [...(await client.until(from + 2, from)), ...(await client.ask(QUERY))];
    expect(negotiated).toEqual({ return: {} });
    expect(event).toMatchObject({ event: "RANG" });
    expect(reply).toEqual({ return: { state: "open" } });
    expect(server.clients.map(({ isReady, oob }) => [isReady, oob])).toEqual([[true, false]]);
  });

  it.each([[["nope"]], ["oob"], [null], [[5]], [[["oob"]]], [{}]])("refuses to enable %j", async (enable) => {
    const { client } = await serve();
    const [reply] = await client.ask({ execute: "qmp_capabilities", arguments: { enable }, id: 1 });
    expect(reply).toMatchObject({ id: 1, error: { class: "GenericError" } });
    const [still] = await client.ask({ ...QUERY, id: 2 });
    expect(still?.error?.class).toBe("CommandNotFound");
  });

  it("refuses to enable what it does not offer", async () => {
    const { client } = await serve({}, { oob: false });
    const [reply] = await client.ask({ execute: "qmp_capabilities", arguments: { enable: ["oob"] } });
    expect(reply?.error?.class).toBe("GenericError");
  });

  it("negotiates once", async () => {
    const { client } = await serve();
    await client.negotiate();
    const replies = await client.ask({ execute: "qmp_capabilities", id: 1 });
    expect(replies).toMatchObject([{ id: 1, error: { class: "CommandNotFound" } }]);
  });
});

describe("what is built in", () => {
  it("tells its version and its commands", async () => {
    const { client } = await serve({ "query-door": () => ({ state: "open" }), ring: undefined });
    await client.negotiate();
    const [version, commands] = await client.ask({ execute: "query-version" }, { execute: "query-commands" });
    expect(version?.return).toEqual({ qemu: { major: 10, minor: 2, micro: 0 }, package: "qapi-codegen" });
    const names = ["qmp_capabilities", "query-version", "quit", "query-commands", "query-door"];
    expect(commands?.return).toEqual(names.map((name) => ({ name })));
    const [refused] = await client.ask({ execute: "query-version", arguments: { x: 1 } });
    expect(refused?.error).toEqual({ class: "GenericError", desc: "arguments: 'x' is none of them" });
  });

  it("tells the schema it was given", async () => {
    const introspection = [{ name: "query-door", "meta-type": "command" }];
    const { client } = await serve({}, { introspection });
    await client.negotiate();
    expect(await client.ask({ execute: "query-qmp-schema" })).toEqual([{ return: introspection }]);
    const without = await serve();
    await without.client.negotiate();
    expect(await without.client.ask({ execute: "query-qmp-schema" })).toMatchObject([
      { error: { class: "CommandNotFound" } },
    ]);
  });

  it("quits as QEMU does: the reply, SHUTDOWN, the end", async () => {
    const { server, client } = await serve();
    const from = (await client.negotiate()).messages.length;
    client.send({ execute: "quit", id: "q" });
    expect(await client.until(from + 2, from)).toMatchObject([
      { return: {}, id: "q" },
      { event: "SHUTDOWN", data: { guest: false, reason: "host-qmp-quit" } },
    ]);
    await server.close();
    expect(client.isClosed).toBe(true);
  });

  it("lets handlers take precedence, but for negotiation", async () => {
    const { client } = await serve({ quit: () => ({}) });
    await client.negotiate();
    expect(await client.ask({ execute: "quit" }, { execute: "query-version" })).toHaveLength(2);
    expect(client.isClosed).toBe(false);
  });
});

describe("commands", () => {
  it("gives handlers the arguments, and who calls", async () => {
    const seen: unknown[] = [];
    const { server, client } = await serve({
      "open-door": (args, { command, oob, client: caller }) => {
        seen.push([args, command, oob, caller === server.clients[0]]);
      },
      "query-door": (args) => {
        seen.push(args);
        return Promise.resolve({ state: "open" });
      },
    });
    await client.negotiate();
    const args = { door: "front", width: 2n ** 53n + 1n };
    const replies = await client.ask(
      '{"execute":"open-door","arguments":{"door":"front","width":9007199254740993}}',
      QUERY,
    );
    expect(replies).toEqual([{ return: {} }, { return: { state: "open" } }]);
    expect(seen).toEqual([[args, "open-door", false, true], {}]);
  });

  it.each([
    "0",
    "null",
    "false",
    '""',
    '{"a":[1,"x",null]}',
    "[]",
    "18446744073709551615",
    "9007199254740993",
    "-9223372036854775808",
    "1.5",
    '"\\u00E9\\uD83D\\uDE00\\u007F"',
    '{"__proto__":{"x":1}}',
  ])("echoes the id %s, exactly and in ASCII", async (id) => {
    const { client } = await serve({ ring: () => ({}) });
    await client.negotiate();
    const from = client.received.length;
    await client.ask(`{"execute":"ring","id":${id}}`, `{"execute":"no-such","id":${id}}`);
    const [reply, error] = client.received.slice(from).split("\r\n");
    expect(reply).toBe(`{"return": {}, "id": ${id}}`);
    expect(error).toContain(`{"id": ${id}, "error": {"class": "CommandNotFound", "desc": "`);
  });

  it("executes one after the other, in order, however long one takes", async () => {
    const { promise, resolve } = deferred<{ state: string }>();
    const log: string[] = [];
    const { client } = await serve({
      "query-door": () => {
        log.push("query");
        return promise;
      },
      ring: () => {
        log.push("ring");
      },
    });
    const from = (await client.negotiate()).messages.length;
    client.send({ ...QUERY, id: 1 }, { execute: "ring", id: 2 }, '{"id":3', ',"execute":"ring"}');
    expect(log).toEqual(["query"]);
    resolve({ state: "late" });
    const ids = (await client.until(from + 3, from)).map(({ id }) => id);
    expect(ids).toEqual([1, 2, 3]);
    expect(log).toEqual(["query", "ring", "ring"]);
  });

  it("stops reading while a command is executed, and goes on then", async () => {
    const { promise, resolve } = deferred<{ state: string }>();
    const { client } = await serve({ "query-door": () => promise, ring: () => ({}) });
    const from = (await client.negotiate()).messages.length;
    client.send(QUERY);
    expect(client.isPaused).toBe(false);
    client.send({ execute: "ring", id: 2 });
    expect(client.isPaused).toBe(true);
    resolve({ state: "late" });
    expect((await client.until(from + 2, from)).at(-1)).toEqual({ return: {}, id: 2 });
    while (client.isPaused) await client.changed();
  });

  it("sends no reply where the schema has none, but errors", async () => {
    let fails = false;
    const { client } = await serve({
      leave: () => {
        if (fails) throw new CommandError("GenericError", "no");
      },
    });
    await client.negotiate();
    expect(await client.ask({ execute: "leave", id: 1 })).toEqual([]);
    fails = true;
    expect(await client.ask({ execute: "leave", id: 1 })).toMatchObject([{ id: 1, error: { desc: "no" } }]);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty", "", "no-such", "query-door"])(
    "does not find the command '%s', which has no handler",
    async (execute) => {
      const { client, problems } = await serve({});
      await client.negotiate();
      expect(await client.ask({ execute, id: 1 })).toMatchObject([{ id: 1, error: { class: "CommandNotFound" } }]);
      expect(problems).toEqual([]);
    },
  );

  it("falls back where there is no handler, and lists what can be executed then", async () => {
    const calls: unknown[] = [];
    const { client } = await serve(
      { ring: () => ({}) },
      {
        fallback: (args, { command }) => {
          calls.push([command, args]);
          return command === "query-door" ? { state: "any" } : {};
        },
      },
    );
    await client.negotiate();
    await client.ask(QUERY, { execute: "ring" }, { execute: "x-new", arguments: { a: 1 } });
    expect(calls).toEqual([
      ["query-door", {}],
      ["x-new", { a: 1 }],
    ]);
    const [commands] = await client.ask({ execute: "query-commands" });
    expect(commands?.return).toContainEqual({ name: "open-door" });
  });
});

describe("errors", () => {
  it("refuses arguments that the schema does not have, and names them", async () => {
    const { client, problems } = await serve({ "open-door": () => ({}) });
    await client.negotiate();
    const wrong = [{}, { door: 5 }, { door: "a", other: 1 }, { door: "a", width: "b" }];
    const replies = await client.ask(...wrong.map((args) => ({ execute: "open-door", arguments: args })));
    expect(replies.map(({ error }) => error?.class)).toEqual(wrong.map(() => "GenericError"));
    expect(replies.map(({ error }) => /^arguments: (\w+): /.exec(error?.desc ?? "")?.[1])).toEqual([
      "door",
      "door",
      "other",
      "width",
    ]);
    expect(problems).toEqual([]);
  });

  it("lets all arguments pass when it does not validate", async () => {
    const { client } = await serve({ "open-door": () => ({}) }, { validate: "none" });
    await client.negotiate();
    expect(await client.ask({ execute: "open-door", arguments: { door: 5 } })).toEqual([{ return: {} }]);
  });

  it("sends the error that a handler chooses", async () => {
    const { client, problems } = await serve({
      ring: () => {
        throw new CommandError("DeviceNotFound", "no b\u00e9ll");
      },
    });
    await client.negotiate();
    const replies = await client.ask({ execute: "ring", id: 1 });
    expect(replies).toEqual([{ id: 1, error: { class: "DeviceNotFound", desc: "no b\u00e9ll" } }]);
    expect(problems).toEqual([]);
  });

  it("reports a handler that fails, and tells the client without a stack trace", async () => {
    const failure = new TypeError("x is not a function");
    const { client, problems } = await serve({ ring: () => Promise.reject(failure) });
    await client.negotiate();
    const replies = await client.ask({ execute: "ring", id: 1 });
    expect(replies).toEqual([{ id: 1, error: { class: "GenericError", desc: "x is not a function" } }]);
    expect(problems).toMatchObject([{ name: "HandlerError", command: "ring", cause: failure }]);
    expect(problems[0]).toBeInstanceOf(HandlerError);
  });

  it("reports what is returned against the schema", async () => {
    const handlers = { "query-door": () => JSON.parse('{"state":5}') as { state: string } };
    const { client, problems } = await serve(handlers);
    await client.negotiate();
    expect(await client.ask(QUERY)).toMatchObject([{ error: { class: "GenericError" } }]);
    expect(problems).toMatchObject([{ subject: "returns", of: "query-door" }]);
    expect(problems[0]).toBeInstanceOf(ValidationError);

    const lenient = await serve(handlers, { validate: "arguments" });
    await lenient.client.negotiate();
    expect(await lenient.client.ask(QUERY)).toEqual([{ return: { state: 5 } }]);
  });

  it("reports what is returned and is not JSON", async () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    const { client, problems } = await serve({}, { fallback: () => cycle });
    await client.negotiate();
    expect(await client.ask({ execute: "x", id: 1 })).toMatchObject([{ id: 1, error: { class: "GenericError" } }]);
    expect(problems).toMatchObject([{ name: "HandlerError", command: "x" }]);
  });
});

describe("out of band", () => {
  it("executes at once what may be, past those that wait", async () => {
    const { promise, resolve } = deferred<{ state: string }>();
    const { client } = await serve({ "query-door": () => promise, ring: (_, { oob }) => (expect(oob).toBe(true), {}) });
    const from = (await client.negotiate("oob")).messages.length;
    client.send({ ...QUERY, id: 1 }, { "exec-oob": "ring", id: 2 });
    expect(await client.until(from + 1, from)).toEqual([{ return: {}, id: 2 }]);
    resolve({ state: "late" });
    expect((await client.until(from + 2, from)).at(-1)).toMatchObject({ id: 1 });
  });

  it("is refused for other commands, and where it was not negotiated", async () => {
    const { client } = await serve({ "query-door": () => ({ state: "" }), ring: () => ({}) });
    await client.negotiate();
    const [refused] = await client.ask({ "exec-oob": "ring", id: 1 });
    expect(refused).toMatchObject({ id: 1, error: { class: "GenericError" } });
    const other = await serve({ "query-door": () => ({ state: "" }) });
    await other.client.negotiate("oob");
    expect(await other.client.ask({ "exec-oob": "query-door", id: 1 })).toMatchObject([
      { id: 1, error: { class: "GenericError" } },
    ]);
  });

  it("lets eight commands wait besides the one that is executed, and then stops reading", async () => {
    const { promise, resolve } = deferred<{ state: string }>();
    const { client } = await serve({ "query-door": () => promise, ring: () => ({}) });
    const from = (await client.negotiate("oob")).messages.length;
    client.send({ ...QUERY, id: 0 });
    for (let id = 1; id < 8; id += 1) client.send({ execute: "ring", id });
    client.send({ "exec-oob": "ring", id: "oob" });
    expect(await client.until(from + 1, from)).toEqual([{ return: {}, id: "oob" }]);
    // The eighth that waits, and what is not read any more.
    client.send({ execute: "ring", id: 8 }, { "exec-oob": "ring", id: "late" });
    expect(client.isPaused).toBe(false);
    client.send("\n");
    expect(client.isPaused).toBe(true);
    expect(client.messages).toHaveLength(from + 1);
    resolve({ state: "" });
    const ids = (await client.until(from + 11, from)).map(({ id }) => id);
    expect(ids[1]).toBe(0);
    expect(ids.filter((id) => typeof id === "number")).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(ids).toContain("late");
    while (client.isPaused) await client.changed();
  });
});

describe("events", () => {
  it("sends them to all that have negotiated, or to one", async () => {
    const { server, client } = await serve();
    const other = admit(server);
    const third = admit(server);
    await client.negotiate();
    await other.negotiate();
    const before = Math.floor(Date.now() / 1000);
    const data = { door: "fr\u00f6nt", width: 2n ** 53n + 1n };
    server.emit("DOOR_OPENED", data);
    server.clients[1]?.emit("RANG");
    const [event, none] = client.messages.slice(2);
    expect(event).toMatchObject({ event: "DOOR_OPENED", data });
    expect(none).toBeUndefined();
    expect(event?.timestamp?.seconds).toBeGreaterThanOrEqual(before);
    expect(event?.timestamp?.microseconds).toBeLessThan(1_000_000);
    expect(client.received).toMatch(
      /\{"timestamp": \{"seconds": \d+, "microseconds": \d+\}, "event": "DOOR_OPENED", "data": /,
    );
    expect(client.received).toMatch(/^[\x20-\x7e\r\n]*$/);
    expect(other.messages.slice(2).map((message) => message.event)).toEqual(["DOOR_OPENED", "RANG"]);
    expect(third.messages).toHaveLength(1);
  });

  it("throws when they are not as the schema says", async () => {
    const { server, client } = await serve();
    await client.negotiate();
    const wrong = JSON.parse('{"door":5}') as { door: string; width: number };
    expect(() => server.emit("DOOR_OPENED", wrong)).toThrow(ValidationError);
    expect(() => server.clients[0]?.emit("DOOR_OPENED", wrong)).toThrow(ValidationError);
    // @ts-expect-error -- no such event
    expect(() => server.emit("NOPE")).toThrow(TypeError);
    expect(client.messages).toHaveLength(2);
    server.emitUntyped("NOPE", { any: "thing" });
    server.clients[0]?.emitUntyped("NOPE");
    expect(client.messages.slice(2)).toMatchObject([{ event: "NOPE", data: { any: "thing" } }, { event: "NOPE" }]);
  });
});

describe("input", () => {
  it("takes several commands in a packet, and one in many", async () => {
    const { client } = await serve({ ring: () => ({}) });
    const from = (await client.negotiate()).messages.length;
    client.send(`{"execute":"ring","id":1}{'execute':'ring','id':2}\n\n\n{"execute":"ring",\n\t"id":3}`);
    expect((await client.until(from + 3, from)).map(({ id }) => id)).toEqual([1, 2, 3]);
    for (const char of '{"execute":"ring","id":4}') client.send(char);
    expect((await client.until(from + 4, from)).at(-1)).toEqual({ return: {}, id: 4 });
  });

  it("is reset by a control character or 0xFF, with an error", async () => {
    const { client } = await serve({ ring: () => ({}) });
    await client.negotiate();
    for (const reset of ["\u0001", "\ufffd"]) {
      const replies = await client.ask('{"execute":"ri', reset, { execute: "ring", id: 1 });
      expect(replies).toMatchObject([{ error: { class: "GenericError" } }, { return: {}, id: 1 }]);
      expect(replies[0]).not.toHaveProperty("id");
    }
  });

  it("survives a thousand commands in one packet, and a long one", async () => {
    const { client } = await serve({
      ring: () => ({}),
      "open-door": ({ door: name }) => {
        expect(name.length).toBe(1e6);
      },
    });
    await client.negotiate();
    expect(await client.ask(JSON.stringify({ execute: "ring" }).repeat(1000))).toHaveLength(1000);
    const args = { door: "x".repeat(1e6) };
    expect(await client.ask({ execute: "open-door", arguments: args, id: 1 })).toEqual([{ return: {}, id: 1 }]);
  });

  it("refuses what is longer than its limit, and goes on", async () => {
    const { client } = await serve({ ring: () => ({}) }, { maxMessageLength: 1000 });
    await client.negotiate();
    const replies = await client.ask(`{"execute":"${"x".repeat(2000)}`, `\n`, { execute: "ring", id: 1 });
    expect(replies.at(-1)).toEqual({ return: {}, id: 1 });
    expect(replies[0]?.error?.class).toBe("GenericError");
  });
});

describe("connections", () => {
  it("tells handlers and others when a client is gone", async () => {
    const { promise, resolve } = deferred<ServerClient>();
    const { server, client } = await serve({
      ring: (_, { client: caller }) => {
        resolve(caller);
        return new Promise(() => undefined);
      },
    });
    await client.negotiate();
    client.send({ execute: "ring" });
    const caller = await promise;
    expect(caller.signal.aborted).toBe(false);
    client.end();
    expect(caller.signal.aborted).toBe(true);
    expect(server.clients).toEqual([]);
    server.emit("RANG");
    caller.emitUntyped("RANG");
    expect(client.messages).toHaveLength(2);
  });

  it("serves as many as it is told to, the others after them", async () => {
    const { server, client } = await serve({}, { clients: 1 });
    const second = admit(server);
    const third = admit(server);
    expect([client, second, third].map(({ messages }) => messages.length)).toEqual([1, 0, 0]);
    client.end();
    expect([second, third].map(({ messages }) => messages.length)).toEqual([1, 0]);
    await server.close();
    expect([second, third].map(({ isClosed }) => isClosed)).toEqual([true, true]);
    expect(third.messages).toEqual([]);
  });

  it("closes all, once, and serves nobody then", async () => {
    const { server, client } = await serve();
    await Promise.all([server.close(), server[Symbol.asyncDispose]()]);
    expect(client.isClosed).toBe(true);
    const late = admit(server);
    await server.close();
    while (!late.isClosed) await late.changed();
    expect(late.messages).toEqual([]);
  });

  it("closes one, as a QEMU that dies does", async () => {
    const { server, client } = await serve();
    const other = admit(server);
    await server.clients[0]?.close();
    expect([client.isClosed, other.isClosed]).toEqual([true, false]);
    expect(server.clients).toHaveLength(1);
  });
});

describe("our own client", () => {
  it("executes commands and hears events", async () => {
    const { server } = await serve({
      "query-door": () => ({ state: "open" }),
      "open-door": ({ door: name, width = 1 }, { client }) => {
        client.emit("DOOR_OPENED", { door: name, width });
      },
      ring: (_, { oob }) => {
        if (oob) throw new CommandError("DeviceNotActive", "asleep");
      },
      leave: () => undefined,
    });
    await using client = await connect(door, memoryConnector(server), { noReplyTimeout: 1 });
    expect(client.greeting?.capabilities).toEqual(["oob"]);
    expect(await client.execute("query-door")).toEqual({ state: "open" });
    const args = { door: "front", width: 2n ** 63n - 1n };
    const { event } = await client.executeThenWait(
      "open-door",
      args,
      "DOOR_OPENED",
      { door: "front" },
      { timeout: 5000 },
    );
    expect(event.data).toEqual(args);
    await expect(client.execute("ring", {}, { oob: true })).rejects.toMatchObject({ class: "DeviceNotActive" });
    expect(await client.execute("leave")).toBeUndefined();
    expect(server.clients.at(-1)?.oob).toBe(true);
  });
});
