import { setImmediate } from "node:timers/promises";
import { expect, it } from "vitest";
import { connect } from "../../src/runtime/connect.js";
import { FakeServer, GREETING } from "./fake-peer.js";
import { door } from "./door-schema.js";

it("keeps an event that comes with the end of the negotiation, right before the end of the connection", async () => {
  const server = new FakeServer(async (peer) => {
    peer.say(GREETING);
    void peer.command("qmp_capabilities").then(async ({ id }) => {
      const event = { event: "SHUTDOWN", timestamp: { seconds: 1, microseconds: 2 } };
      peer.say([{ return: {}, id }, event].map((message) => `${JSON.stringify(message)}\r\n`).join(""));
      await setImmediate();
      peer.end();
    });
    await Promise.resolve();
  });
  const client = await connect(door, server, { validate: "none" });
  const events = client.events();
  expect((await events.next()).value).toMatchObject({ event: "SHUTDOWN" });
  await expect(events.next()).rejects.toThrow("the server ended the connection");
});
