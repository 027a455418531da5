/** The server as a guest agent, alone and next to a real one. */
import { createConnection } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectAgent } from "../../../src/runtime/connect.js";
import { createServer } from "../../../src/runtime/server/create-server.js";
import type { Handlers } from "../../../src/runtime/server/server-api.js";
import { skip } from "../../support/each-qemu.js";
import { findProgram, isListening, Stage } from "../../support/stage.js";
import { door } from "../door-schema.js";
import { memoryConnector } from "./memory-pair.js";
import { RawClient } from "./raw-client.js";

async function agent(handlers: Handlers<typeof door> = {}, fallback?: () => unknown) {
  const server = await createServer(door, handlers, { protocol: "agent", fallback });
  const client = new RawClient();
  server.accept(client);
  return { server, client };
}

describe("the agent's protocol", () => {
  it("begins without greeting and negotiation", async () => {
    const { client } = await agent({ "query-door": () => ({ state: "open" }) });
    expect(client.received).toBe("");
    client.send({ execute: "query-door", id: 1 }, { execute: "qmp_capabilities" }, { execute: "query-version" });
    expect(await client.until(3)).toMatchObject([
      { return: { state: "open" }, id: 1 },
      { error: { class: "CommandNotFound" } },
      { error: { class: "CommandNotFound" } },
    ]);
    expect(client.received).not.toContain("\r");
  });

  it("is synchronised, and marks the reply with 0xFF if it is asked to", async () => {
    const { client } = await agent({ ring: () => ({}) });
    client.send('{"execute":"ri\ufffd{"execute":"guest-sync-delimited","arguments":{"id":9223372036854775807}}');
    client.send({ execute: "guest-sync", arguments: { id: -5 } }, { execute: "ring" });
    await client.until(4);
    const [error, ...rest] = client.received.split("\n");
    expect(error).toContain('{"error": {"class": "GenericError"');
    expect(rest).toEqual(['\u00ff{"return": 9223372036854775807}', '{"return": -5}', '{"return": {}}', ""]);
  });

  it("is what our own client speaks to an agent", async () => {
    const { server } = await agent({ "query-door": () => ({ state: "open" }) });
    await using client = await connectAgent(door, memoryConnector(server), { greetingTimeout: 5000 });
    expect(await client.execute("query-door")).toEqual({ state: "open" });
  });
});

const qemuGa = findProgram("qemu-ga");
if (qemuGa === undefined) skip("the server compared with qemu-ga", "there is no qemu-ga: see scripts/install-qemu.sh");
else
  describe("qemu-ga", () => {
    const stage = new Stage();
    const path = stage.path("qga");
    const files = ["-t", stage.directory, "-f", stage.path("pid")];

    beforeAll(async () => {
      await stage.startAndWait(qemuGa, ["-m", "unix-listen", "-p", path, ...files], () => isListening(path));
    });

    afterAll(() => stage.end());

    /** What the real one replies, as bytes, up to the reply with the id `end`. */
    function talk(input: Buffer): Promise<string> {
      return new Promise((resolve, reject) => {
        let received = "";
        const socket = createConnection(path, () => {
          socket.write(input);
          socket.write('\n{"execute":"guest-ping","id":"end"}\n');
        });
        socket.setEncoding("latin1").on("data", (text: string) => {
          received += text;
          if (!received.includes('"id": "end"')) return;
          socket.end();
          resolve(received);
        });
        socket.setTimeout(5000, () => socket.destroy());
        socket.on("error", reject).on("close", () => reject(new Error(`closed after ${received}`)));
      });
    }

    it.each([
      '{"execute":"guest-ping","id":1}',
      '\xff{"execute":"guest-sync-delimited","arguments":{"id":12345}}',
      '{"execute":"guest-sync-delimited","arguments":{"id":9223372036854775807},"id":3}{"execute":"guest-ping"}',
      '{"execute":"guest-sync-delimited","arguments":{"id":9223372036854775808}}',
      '{"execute":"guest-sync-delimited","arguments":{"id":1.5}}',
      '{"execute":"guest-sync-delimited","arguments":{"id":"x"}}',
      '{"execute":"guest-sync-delimited","arguments":{"id":1,"x":1}}',
      '{"execute":"guest-sync-delimited","arguments":{}}{"execute":"guest-ping"}',
      '{"execute":"guest-sync","arguments":{"id":-5}}',
      '{"exec-oob":"guest-ping"}',
      '{"execute":"qmp_capabilities"}',
      '{"execute":"query-version"}',
      '{"execute":"guest-ping","x":1}',
      "}",
      '{"execute":"gue\xff\xff{"execute":"guest-ping"}',
    ])("replies the same as the server: %s", async (input) => {
      const bytes = Buffer.from(input, "latin1");
      const theirs = await talk(bytes);
      const { client } = await agent(withPing);
      client.send(bytes.toString("utf8"), '\n{"execute":"guest-ping","id":"end"}\n');
      while (!client.received.includes('"id": "end"')) await client.changed();
      const withoutWords = (text: string): string => text.replace(/"desc": "(?:[^"\\]|\\.)*"/g, '"desc"');
      expect(withoutWords(client.received)).toBe(withoutWords(theirs));
    });
  });

const withPing = { "guest-ping": () => ({}), ring: undefined };
