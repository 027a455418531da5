/** What docs/signals.md says of the wire: its messages are those of the server, and its numbers are counted. */
import { readFileSync } from "node:fs";
import { expect, it, onTestFinished, vi } from "vitest";
import { schema as proposal } from "../generated/fixtures/proposal/index.js";
import { schema as qemu } from "qapi-codegen/qemu-10.2";
import { connect, type Connector, createServer, parseJson } from "../src/runtime/core.js";
import { isJsonObject, type JsonObject } from "../src/runtime/message.js";
import { memoryConnector } from "./runtime/server/memory-pair.js";
import { RawClient } from "./runtime/server/raw-client.js";
import { blocksOf } from "./support/docs/page.js";

const PAGE = "docs/signals.md";

it("its messages are what a server says that is told what is there", async () => {
  const [first = [], second = [], old = []] = blocksOf(PAGE)
    .filter(({ language }) => language === "text")
    .map(({ text }) => text.trimEnd().split("\n"));
  expect([first.length, second.length, old.length]).toEqual([5, 7, 4]);
  await play([...first, ...second]);
  await play(old);
});

/** Says what the client says, lets happen what the server tells of, and compares. */
async function play(lines: readonly string[]): Promise<void> {
  const server = await createServer(proposal, {}, { signals: true });
  onTestFinished(() => server.close());
  const client = new RawClient();
  server.accept(client);
  let count = 0;
  for (const line of lines) {
    const message = objectOf(line.slice(3));
    if (line.startsWith("-> ")) {
      client.send(message, "\n");
      continue;
    }
    expect(line.slice(0, 3)).toBe("<- ");
    if (message["event"] === "BLOCK_DEVICE_EVENT") {
      for (const device of ["ide1", "ide0"])
        server.emitSignal("block-device-event", { device }, { action: "stop", operation: "read", reason: "io" });
    } else if (message["event"] === "BLOCK_IO_EVENT") {
      server.emit("BLOCK_IO_EVENT", { device: "ide0", action: "stop", operation: "read" });
    }
    const received = (await client.until(++count)).at(-1);
    // Nobody knows when it will be.
    expect({ ...received, timestamp: message["timestamp"] }).toEqual({ timestamp: undefined, ...message });
  }
  await client.ask();
  // That of what was just asked is the only one that the page does not have.
  expect(client.messages).toHaveLength(count + 1);
}

function objectOf(text: string): JsonObject {
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new Error(`${PAGE}: ${text} is no message`);
  return value;
}

it("its table of what signals save is what is counted", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_700_000_000_123 });
  onTestFinished(() => void vi.useRealTimers());
  const without = await received(false);
  const withSignals = await received(true);
  const row = (name: string, { messages, bytes }: Traffic): string =>
    `| ${name} | ${String(messages)} | ${String(bytes)} |`;
  const counted = readFileSync(PAGE, "utf8").match(/^\| with(out)? signals \|.*$/gm);
  expect(counted).toEqual([row("without signals", without), row("with signals", withSignals)]);
});

interface Traffic {
  readonly messages: number;
  readonly bytes: number;
}

/** What comes to a client of a machine with 50 disks, which have 20 errors each, when it wants to know of one. */
async function received(signals: boolean): Promise<Traffic> {
  const server = await createServer(qemu, {}, { signals });
  onTestFinished(() => server.close());
  const counter = new Counter(memoryConnector(server));
  const qmp = await connect(qemu, counter, { defaultConnection: false });
  onTestFinished(() => qmp.close());
  const disk = qmp.signal("BLOCK_IO_ERROR", { device: "drive7" }).events();
  await expect.poll(() => server.clients[0]?.signals.connections.length).toBe(signals ? 1 : 0);
  const { negotiation } = counter;
  for (let error = 0; error < 20; error++) {
    for (let number = 0; number < 50; number++) {
      server.emit("BLOCK_IO_ERROR", {
        device: `drive${String(number)}`,
        "qom-path": `/machine/peripheral/disk${String(number)}/virtio-backend`,
        operation: "read",
        action: "report",
        nospace: false,
        reason: "Input/output error",
      });
    }
  }
  for (let error = 0; error < 20; error++) expect((await disk.next()).value?.data.device).toBe("drive7");
  const { messages, bytes } = counter;
  return { messages: messages - negotiation.messages, bytes: bytes - negotiation.bytes };
}

/** Counts what is received. */
class Counter implements Connector {
  readonly address = "memory:";
  readonly canReconnect = false;
  messages = 0;
  bytes = 0;
  /** What was received before anything was connected. */
  negotiation: Traffic = { messages: 0, bytes: 0 };
  readonly #inner: Connector;

  constructor(inner: Connector) {
    this.#inner = inner;
  }

  async connect(signal: AbortSignal): ReturnType<Connector["connect"]> {
    const transport = await this.#inner.connect(signal);
    return {
      open: (receiver) =>
        transport.open({
          text: (text) => {
            this.bytes += Buffer.byteLength(text);
            this.messages += text.split("\n").length - 1;
            if (text.includes('"negotiation"')) this.negotiation = { messages: this.messages, bytes: this.bytes };
            receiver.text(text);
          },
          closed: (reason) => receiver.closed(reason),
        }),
      write: (data) => transport.write(data),
      pause: () => transport.pause(),
      resume: () => transport.resume(),
      close: () => transport.close(),
    };
  }
}
