import { afterEach, describe, expect, it } from "vitest";
import { runCommand } from "../support/command-line.js";
import { FakeMonitor, type Replies } from "../support/fake-monitor.js";

let monitor: FakeMonitor | undefined;

afterEach(async () => {
  await monitor?.close();
  monitor = undefined;
});

async function listen(replies: Replies, greeting?: string | null): Promise<FakeMonitor> {
  monitor = await FakeMonitor.listen(replies, greeting);
  return monitor;
}

it("prints the reply in one line, or indented", async () => {
  const { address } = await listen({
    "query-status": () => '{"return":{"running":true,"tags":[],"list":[1,"a:b,{"]}}',
  });
  expect(await runCommand(["exec", address, "query-status"])).toEqual({
    status: 0,
    out: '{"running":true,"tags":[],"list":[1,"a:b,{"]}\n',
    error: "",
  });
  expect((await runCommand(["exec", address, "query-status", "--pretty"])).out).toBe(`{
  "running": true,
  "tags": [],
  "list": [
    1,
    "a:b,{"
  ]
}
`);
});

it("keeps 64-bit integers exact, both ways", async () => {
  const { address, lines } = await listen({ "qom-set": () => '{"return":18446744073709551615}' });
  const { out } = await runCommand(["exec", address, "qom-set", "value=9223372036854775807"]);
  expect(out).toBe("18446744073709551615\n");
  expect((await runCommand(["exec", address, "qom-set", '{"value":-9007199254740993}'])).status).toBe(0);
  expect(lines[0]).toContain('"arguments":{"value":9223372036854775807}');
  expect(lines[1]).toContain('"arguments":{"value":-9007199254740993}');
});

it("sends what pairs and objects say", async () => {
  const { address, received } = await listen({ netdev_add: () => '{"return":{}}' });
  const args = ["id=5", "name='7'", "addr.type=unix", "addr.path=/run/s=1", 'list.1="b"', "list.0=a", '{"up":false}'];
  expect(await runCommand(["exec", address, "netdev_add", ...args])).toMatchObject({ status: 0, out: "{}\n" });
  expect(received[0]).toMatchObject({
    execute: "netdev_add",
    arguments: { id: 5, name: "7", addr: { type: "unix", path: "/run/s=1" }, list: ["a", "b"], up: false },
  });
});

it("sends no arguments when there are none, and out of band when asked to", async () => {
  const { address, received } = await listen({ stop: () => '{"return":{}}' });
  expect((await runCommand(["exec", address, "stop", "--oob"])).status).toBe(0);
  expect(received[0]).toEqual({ "exec-oob": "stop", id: expect.any(Number) as number });
});

it("shows nothing that a terminal would obey", async () => {
  const { address } = await listen({
    good: () => '{"return":"\\u001b[31m"}',
    bad: () => '{"error":{"class":"GenericError","desc":"no \\u001b[31m"}}',
  });
  expect((await runCommand(["exec", address, "good"])).out).toBe('"\\u001b[31m"\n');
  expect(await runCommand(["exec", address, "bad"])).toEqual({
    status: 1,
    out: "",
    error: "qapi-codegen: bad: no \\x1b[31m (GenericError)\n",
  });
});

it("says that a reply nests too deeply, which it has read", async () => {
  const { address } = await listen({ deep: () => `{"return":${"[".repeat(50_000)}${"]".repeat(50_000)}}` });
  expect(await runCommand(["exec", address, "deep"])).toEqual({
    status: 1,
    out: "",
    error: "qapi-codegen: what came nests too deeply to be printed\n",
  });
});

describe("what goes wrong", () => {
  it.each([
    [["exec"], "which QEMU?"],
    [["exec", "unix:/x"], "which command?"],
    [["exec", "/run/x", "stop"], "for this path, write unix:/run/x"],
    [["exec", "unix:/x", "stop", "now"], "'now' is neither name=value nor a JSON object"],
    [["exec", "unix:/x", "stop", "a={"], "'{' is no JSON"],
    [["exec", "unix:/x", "stop", "a=1", "a.b=2"], "'a' is given twice"],
    [["exec", "unix:/x", "stop", "a..b=2"], "a part of the name 'a..b' is empty"],
    [["exec", "unix:/x", "stop", "--timeout", "soon"], "the value of '--timeout' is no number"],
    [["exec", "unix:/x", '{"execute":5}'], "the name of a command"],
  ])("is bad usage: %j", async (args, message) => {
    const { status, out, error } = await runCommand(args);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(error).toContain(message);
    expect(error).toContain("usage: qapi-codegen exec <address> <command>");
  });

  it("is nobody there", async () => {
    const { status, error } = await runCommand(["exec", "unix:/nonexistent/socket", "stop"]);
    expect(status).toBe(1);
    expect(error).toMatch(
      /^qapi-codegen: cannot connect to unix:\/nonexistent\/socket: .*there is no such socket.*\n$/,
    );
  });

  it("is nobody who greets, or replies, in time", async () => {
    const silent = await listen({}, null);
    expect(await runCommand(["exec", silent.address, "stop", "--timeout", "50"])).toMatchObject({
      status: 1,
      error: expect.stringContaining("no greeting") as string,
    });
    await silent.close();
    const { address } = await listen({ stop: () => undefined });
    expect(await runCommand(["exec", address, "stop", "--timeout", "50"])).toMatchObject({
      status: 1,
      error: "qapi-codegen: stop: no reply after 50 ms\n",
    });
  });

  it("is a connection that ends before the reply", async () => {
    const { address } = await listen({
      stop(_, server) {
        server.end();
        return undefined;
      },
    });
    expect(await runCommand(["exec", address, "stop"])).toMatchObject({
      status: 1,
      error: expect.stringContaining("it may have been executed") as string,
    });
  });
});

it("talks to a guest agent, whose guest-shutdown has no reply", async () => {
  const { address, received } = await listen(
    { "guest-ping": () => '{"return":{}}', "guest-shutdown": () => undefined },
    null,
  );
  expect(await runCommand(["exec", address, "guest-ping", "--agent"])).toMatchObject({ status: 0, out: "{}\n" });
  expect(await runCommand(["exec", address, "guest-shutdown", "--agent"])).toMatchObject({ status: 0, out: "{}\n" });
  expect(received.map(({ execute }) => execute)).toEqual(["guest-ping", "guest-shutdown"]);
});
