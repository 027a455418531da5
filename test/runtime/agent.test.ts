import { describe, expect, it } from "vitest";
import { ConnectError, connectAgent, TimeoutError } from "../../src/runtime/core.js";
import { UnsupportedError } from "../../src/runtime/core.js";
import { nextTurn } from "./connected.js";
import { door } from "./door-schema.js";
import { type FakePeer, FakeServer } from "./fake-peer.js";

/** Answers the n-th synchronisation, as the agent does. */
async function answersSync(peer: FakePeer, n = 0): Promise<void> {
  const { arguments: args, id } = await peer.command("guest-sync-delimited", n);
  const { id: token } = args as { id: number };
  peer.say(`\ufffd${JSON.stringify({ return: token, id })}\n`);
}

const synchronises = (peer: FakePeer): void => void answersSync(peer);

describe("a guest agent", () => {
  it("is synchronised with before anything else", async () => {
    const server = new FakeServer((peer) => {
      // What a client before us has not read, cut off somewhere.
      peer.say('rn": {}}\n', '{"return": 5}\n', '{"error": {"class": "GenericError", "desc": "what was that?"}}\n');
      synchronises(peer);
    });
    const agent = await connectAgent(door, server);
    expect(server.peer.sent).toMatch(
      /^\ufffd\{"execute":"guest-sync-delimited","arguments":\{"id":\d+\},"id":"sync"\}\n$/,
    );
    expect(agent.greeting).toBeUndefined();
    const reply = agent.execute("query-door");
    await server.peer.reply("query-door", { return: { state: "open" } });
    expect(await reply).toEqual({ state: "open" });
    await agent.close();
  });

  it("is asked again until it answers, and late answers are nobody's problem", async () => {
    const problems: Error[] = [];
    let isConnected = false;
    const answersTwice = async (peer: FakePeer): Promise<void> => {
      await peer.command("guest-sync-delimited", 1);
      await answersSync(peer, 0);
      await nextTurn();
      expect(isConnected).toBe(false);
      await answersSync(peer, 1);
    };
    const server = new FakeServer((peer) => void answersTwice(peer));
    await connectAgent(door, server, { onProblem: (problem) => problems.push(problem) });
    isConnected = true;
    expect(problems).toEqual([]);
  });

  it("is asked again though there is an answer to what another client has asked", async () => {
    const answersLater = async (peer: FakePeer): Promise<void> => {
      peer.say('\ufffd{"return": 4711}\n');
      await peer.command("guest-sync-delimited", 1);
      await answersSync(peer, 1);
    };
    await connectAgent(door, new FakeServer((peer) => void answersLater(peer)));
  });

  it("may reply, while it is synchronised with, with what looks like the delimiter", async () => {
    const server = new FakeServer(synchronises);
    const agent = await connectAgent(door, server);
    const reply = agent.execute("query-door", undefined, { timeout: 5000 });
    await expect(agent.execute("query-door", undefined, { timeout: 1 })).rejects.toThrow(TimeoutError);
    void agent.execute("ring");
    await server.peer.command("guest-sync-delimited", 1);
    await server.peer.reply("query-door", { return: { state: "\ufffd5" } });
    expect(await reply).toEqual({ state: "\ufffd5" });
  });

  it("that is not there is not waited for without end", async () => {
    const server = new FakeServer(() => undefined);
    const agent = connectAgent(door, server, { greetingTimeout: 1 });
    await expect(agent).rejects.toThrow(TimeoutError);
    await expect(agent).rejects.toMatchObject({ phase: "sync", timeout: 1 });
    expect(server.peer.isClosed).toBe(true);
    expect(server.isClosed).toBe(true);
  });

  it("that closes the connection is not there either", async () => {
    const server = new FakeServer((peer) => peer.end());
    await expect(connectAgent(door, server)).rejects.toThrow(ConnectError);
  });

  it("is synchronised with again after a command that took too long", async () => {
    const server = new FakeServer(synchronises);
    const agent = await connectAgent(door, server);
    await expect(agent.execute("query-door", undefined, { timeout: 1 })).rejects.toThrow(TimeoutError);
    const next = agent.execute("ring");
    // The answer to what nobody waits for any more.
    await server.peer.command("guest-sync-delimited", 1);
    expect(server.peer.sent).not.toContain("ring");
    await server.peer.reply("query-door", { return: { state: "open" } });
    await answersSync(server.peer, 1);
    await server.peer.reply("ring");
    expect(await next).toEqual({});
  });

  it("that has gone rejects what waits, and is there again when it is back", async () => {
    const server = new FakeServer(synchronises);
    const agent = await connectAgent(door, server, { greetingTimeout: 1 });
    await expect(agent.execute("query-door", undefined, { timeout: 1 })).rejects.toThrow(TimeoutError);
    await expect(agent.execute("ring")).rejects.toMatchObject({ name: "TimeoutError", phase: "sync" });
    void answersSync(server.peer, 2);
    const again = agent.execute("ring", undefined, { timeout: 1000 });
    await server.peer.reply("ring");
    expect(await again).toEqual({});
  });

  it("tells what it supports", async () => {
    const server = new FakeServer(synchronises);
    const agent = await connectAgent(door, server);
    const supported_commands = [
      { name: "query-door", enabled: true, "success-response": true },
      { name: "ring", enabled: false, "success-response": true },
      { name: "sing", enabled: true, "success-response": true },
    ];
    const answer = server.peer.reply("guest-info", { return: { version: "10", supported_commands } });
    expect(await agent.supports("query-door")).toBe(true);
    await answer;
    expect(await agent.supports("ring")).toBe(false);
    await expect(agent.supports("query-door/ret-type")).rejects.toThrow(UnsupportedError);
    expect(await agent.compare()).toEqual({
      missing: ["open-door", "ring", "leave", "quit"],
      added: ["sing"],
      changed: [],
    });
    expect(server.peer.commands.filter(({ execute }) => execute === "guest-info")).toHaveLength(1);
  });
});
