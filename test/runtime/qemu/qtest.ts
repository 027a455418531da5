/**
 * QEMU's qtest protocol: the test does to the machine what its processor would, a line for each access. And what takes a virtio-net
 * device a few of them: a command to it, by the registers of the device of virtio 0.9.
 */
import { createConnection, type Socket } from "node:net";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

/** Accesses to a machine that was started with `-qtest unix:PATH,server=on,wait=off`. */
export class Qtest {
  readonly #socket: Socket;
  readonly #lines: NodeJS.AsyncIterator<string>;

  constructor(path: string) {
    this.#socket = createConnection({ path });
    const lines = createInterface({ input: this.#socket });
    this.#lines = lines[Symbol.asyncIterator]();
    onTestFinished(() => {
      lines.close();
      this.#socket.destroy();
    });
  }

  /** @returns what is told besides that it is done: the number or bytes that were read, as hexadecimal. */
  async do(...words: readonly (string | number)[]): Promise<string> {
    this.#socket.write(`${words.join(" ")}\n`);
    const next: IteratorResult<string, unknown> = await this.#lines.next();
    if (next.done === true) throw new Error("the machine is gone");
    if (!next.value.startsWith("OK")) throw new Error(`${words.join(" ")}: ${next.value}`);
    return next.value.slice(3);
  }
}

/** Where the registers go in the space of ports: nothing else is there. */
const BASE = 0xc000;
/** The registers, by their offsets. */
const PORT = {
  features: BASE + 4,
  queueAddress: BASE + 8,
  queueSize: BASE + 12,
  queueSelect: BASE + 14,
  queueNotify: BASE + 16,
  status: BASE + 18,
};
/** The feature of a control queue, which is queue 2 then. */
const CONTROL = { feature: 1 << 17, queue: 2 };
/** Where in memory the queue is and what it tells of: nothing else runs there. */
const QUEUE = 0x100000;
const BUFFER = 0x110000;

/** A virtio-net device of virtio 0.9: `virtio-net-pci,disable-modern=on,addr=SLOT`. */
export class VirtioNet {
  readonly #qtest: Qtest;
  readonly #slot: number;
  #queueSize = 0;
  #count = 0;

  constructor(qtest: Qtest, slot: number) {
    this.#qtest = qtest;
    this.#slot = slot;
  }

  /** Begins to drive the device. */
  async start(): Promise<void> {
    const device = 0x80000000 + this.#slot * 0x800;
    await this.#write("outl", 0xcf8, device + 0x10);
    await this.#write("outl", 0xcfc, BASE);
    await this.#write("outl", 0xcf8, device + 0x04);
    // It reacts to ports and memory, and may read memory by itself.
    await this.#write("outw", 0xcfc, 7);
    await this.#write("outb", PORT.status, 0);
    await this.#write("outb", PORT.status, 1 | 2);
    await this.#write("outl", PORT.features, CONTROL.feature);
    await this.#write("outw", PORT.queueSelect, CONTROL.queue);
    this.#queueSize = Number(await this.#qtest.do("inw", PORT.queueSize));
    await this.#write("outl", PORT.queueAddress, QUEUE / 0x1000);
    await this.#write("outb", PORT.status, 1 | 2 | 4);
  }

  /** Sets whether the device takes packets for everybody: class 0 of its commands, command 0. */
  async setPromiscuous(isOn: boolean): Promise<void> {
    await this.#memory(BUFFER, [0, 1], [0, 1], [Number(isOn), 1], [0xff, 1]);
    await this.#memory(
      QUEUE,
      ...descriptor(BUFFER, 2, 1, 1),
      ...descriptor(BUFFER + 2, 1, 1, 2),
      ...descriptor(BUFFER + 3, 1, 2, 0),
    );
    this.#count += 1;
    await this.#memory(QUEUE + 16 * this.#queueSize, [0, 2], [this.#count, 2], [0, 2 * this.#count]);
    await this.#write("outw", PORT.queueNotify, CONTROL.queue);
    const answer = await this.#qtest.do("read", BUFFER + 3, 1);
    if (answer !== "0x00") throw new Error(`the device has refused: ${answer}`);
  }

  async #write(access: "outb" | "outw" | "outl", port: number, value: number): Promise<void> {
    await this.#qtest.do(access, port, value);
  }

  /** Writes numbers, each of so many bytes. */
  async #memory(address: number, ...numbers: readonly (readonly [value: number, size: number])[]): Promise<void> {
    const bytes = Buffer.concat(numbers.map(([value, size]) => littleEndian(value, size)));
    await this.#qtest.do("write", address, bytes.length, `0x${bytes.toString("hex")}`);
  }
}

/** A part of what a queue tells of. Flags: 1, it goes on with the next one; 2, the device writes it. */
function descriptor(
  address: number,
  length: number,
  flags: number,
  next: number,
): readonly (readonly [number, number])[] {
  return [
    [address, 8],
    [length, 4],
    [flags, 2],
    [next, 2],
  ];
}

function littleEndian(value: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, Math.min(size, 6));
  return bytes;
}
