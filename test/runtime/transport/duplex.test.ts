import { Duplex, PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { duplex, StreamTransport } from "../../../src/runtime/transport/duplex.js";
import { never, Recorder } from "./recorder.js";

/** A stream, what was written to it, and what makes it read. */
function fake(): { readonly stream: Duplex; readonly written: string[] } {
  const written: string[] = [];
  const stream = new Duplex({
    read: () => undefined,
    write(chunk, _, done) {
      written.push(String(chunk));
      done();
    },
  });
  return { stream, written };
}

function listeners(stream: Duplex): number {
  const ours = ["data", "error", "close", "end"] as const;
  // Duplexes have a listener of their own for the end.
  return ours.reduce((sum, name) => sum + stream.listenerCount(name), 0) - new Duplex().listenerCount("end");
}

test("decodes UTF-8 over the borders of chunks, and shows bytes that are none", async () => {
  const { stream } = fake();
  const recorder = new Recorder(await duplex(stream).connect(never));
  for (const byte of Buffer.from("{ä€😀}")) stream.push(Buffer.of(byte));
  stream.push(Buffer.of(0xff, 0x7b, 0xe2, 0x82));
  stream.push(null);
  expect(await recorder.end()).toBeUndefined();
  expect(recorder.all).toBe("{ä€😀}\uFFFD{\uFFFD");
  expect(recorder.closings).toHaveLength(1);
  expect(listeners(stream)).toBe(0);
});

test("what comes before it is opened is kept, the end included", async () => {
  const { stream } = fake();
  const transport = await duplex(stream).connect(never);
  stream.push("early");
  stream.push(null);
  await setImmediate();
  const recorder = new Recorder(transport);
  expect(await recorder.end()).toBeUndefined();
  expect(recorder.all).toBe("early");
});

test("an error before it is opened is kept, with the text before it", async () => {
  const { stream } = fake();
  const transport = await duplex(stream).connect(never);
  stream.push("early");
  stream.destroy(Object.assign(new Error("broken"), { code: "EIO" }));
  await setImmediate();
  const recorder = new Recorder(transport);
  expect(await recorder.end()).toMatchObject({ name: "TransportError", message: "broken", code: "EIO" });
  expect(recorder.all).toBe("early");
  expect(listeners(stream)).toBe(0);
});

test("hands over nothing while it is paused, and all of it later", async () => {
  const { stream } = fake();
  const transport = new StreamTransport(stream, stream);
  const recorder = new Recorder(transport);
  stream.push("1");
  await recorder.until("1");
  transport.pause();
  stream.push("2");
  stream.push(null);
  await setImmediate();
  expect(recorder).toMatchObject({ all: "1", closings: [] });
  transport.resume();
  await recorder.end();
  expect(recorder.all).toBe("12");
});

test("paused within a text it hands over no other", async () => {
  const { stream } = fake();
  const transport = new StreamTransport(stream, stream);
  const texts: string[] = [];
  transport.open({ text: (text) => (texts.push(text), transport.pause()), closed: () => undefined });
  await setImmediate();
  stream.push("1");
  stream.push("2");
  await setImmediate();
  expect(texts).toEqual(["1"]);
  stream.destroy();
});

test("writes text and bytes, lets them go out, and then hands over nothing", async () => {
  const { stream, written } = fake();
  const transport = new StreamTransport(stream, stream);
  const recorder = new Recorder(transport);
  transport.write("ä");
  transport.write(Uint8Array.of(0x7b));
  transport.close();
  transport.write("late");
  stream.push("late");
  stream.push(null);
  expect(await recorder.end()).toBeUndefined();
  expect(written).toEqual(["ä", "{"]);
  expect(recorder.all).toBe("");
  expect(listeners(stream)).toBe(0);
});

test("closes a stream whose peer takes nothing, and one that is paused", async () => {
  const stream = new Duplex({ read: () => undefined, write: () => undefined });
  const transport = new StreamTransport(stream, stream, { closeTimeout: 1 });
  const recorder = new Recorder(transport);
  transport.pause();
  transport.write("x");
  transport.close();
  expect(await recorder.end()).toBeUndefined();
  expect(stream.destroyed).toBe(true);
});

test("closes a stream that never says that it is closed", async () => {
  const stream = new Duplex({ read: () => undefined, emitClose: false });
  const recorder = new Recorder(new StreamTransport(stream, stream, { closeTimeout: 1 }));
  stream.destroy(new Error("broken"));
  expect(await recorder.end()).toMatchObject({ message: "broken" });
  expect(recorder.closings).toHaveLength(1);
});

test("what was read from one half is not lost when the other breaks", async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  const transport = new StreamTransport(input, output, { closeTimeout: 100_000 });
  const recorder = new Recorder(transport);
  output.destroy(new Error("broken"));
  await setImmediate();
  input.end("last words");
  expect(await recorder.end()).toMatchObject({ message: "broken" });
  expect(recorder.all).toBe("last words");
});

test("is used once, is given up unused, and refuses what is decoded otherwise", async () => {
  const { stream } = fake();
  const connector = duplex(stream);
  const reason = new Error("no more");
  await expect(connector.connect(AbortSignal.abort(reason))).rejects.toBe(reason);
  (await connector.connect(never)).close();
  await expect(connector.connect(never)).rejects.toThrow("once");
  const unused = fake().stream;
  await duplex(unused, { closeTimeout: 1 }).close?.();
  expect(unused.writable).toBe(false);
  const decoded = fake().stream.setEncoding("hex");
  expect(() => duplex(decoded)).toThrow(TypeError);
});
