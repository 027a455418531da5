/**
 * A guest of a few bytes: the machine's firmware, which executes what it is sent over the serial port, and says when it is done. So a
 * test does on the machine's processor what an operating system would: it reads disks, feeds watchdogs, sets clocks.
 */
import { writeFileSync } from "node:fs";
import type { Socket } from "node:net";
import type { Stage } from "../../support/stage.js";
import { ByteReader } from "./byte-reader.js";
import { dial } from "./dial.js";

/** Where the code is in the 64 KiB of the firmware, which are at 0xf0000; code that is sent is executed at 0x7e00. */
const CODE = 0xff00;

/** The code, as a processor reads it that has just been reset. */
const FIRMWARE = Uint8Array.of(
  ...[0x31, 0xc0, 0x8e, 0xd8, 0x8e, 0xc0, 0x8e, 0xd0, 0xbc, 0x00, 0x7c], // ax = ds = es = ss = 0, sp = 0x7c00
  ...[0xc7, 0x06, 0x08, 0x00, 0x7c, 0xff, 0x8c, 0x0e, 0x0a, 0x00], // vector 2, non-maskable: cs:nmi
  ...[0xc7, 0x06, 0x30, 0x00, 0x86, 0xff, 0x8c, 0x0e, 0x32, 0x00], // vector 12, of the serial port: cs:irq
  ...[0xb0, 0x11, 0xe6, 0x20, 0xb0, 0x08, 0xe6, 0x21], // interrupt controller: interrupts are vectors from 8 on,
  ...[0xb0, 0x04, 0xe6, 0x21, 0xb0, 0x01, 0xe6, 0x21], // there is a second one, it is that of a PC,
  ...[0xb0, 0xef, 0xe6, 0x21], // and all but number 4 are masked
  ...[0xba, 0xf9, 0x03, 0xb0, 0x01, 0xee], // serial port: interrupt when there is a byte,
  ...[0xba, 0xfc, 0x03, 0xb0, 0x08, 0xee], // and let interrupts out
  ...[0xb0, 0x53, 0xe8, 0x33, 0x00], // put 'S'
  // next: how many bytes of code come
  ...[0xe8, 0x1e, 0x00, 0xb5, 0x00, 0x88, 0xc1, 0xbf, 0x00, 0x7e], // cx = get, di = 0x7e00
  ...[0xe8, 0x14, 0x00, 0xaa, 0xe2, 0xfa], // as often: get, store
  ...[0x9a, 0x00, 0x7e, 0x00, 0x00], // call 0:0x7e00
  ...[0x50, 0xb0, 0x41, 0xe8, 0x18, 0x00], // put 'A',
  ...[0x58, 0xe8, 0x14, 0x00, 0xeb, 0xdf], // put what it has left in al, goto next
  // get: a byte into al; sleeps until there is one
  ...[0xba, 0xfd, 0x03, 0xfa, 0xec, 0xa8, 0x01, 0x75, 0x04, 0xfb, 0xf4, 0xeb, 0xf6],
  ...[0xba, 0xf8, 0x03, 0xec, 0xc3],
  // put: the byte in al
  ...[0xba, 0xf8, 0x03, 0xee, 0xc3],
  // nmi: put 'N'
  ...[0x50, 0x52, 0xb0, 0x4e, 0xe8, 0xf4, 0xff, 0x5a, 0x58, 0xcf],
  // irq: tell the interrupt controller that it was heard
  ...[0x50, 0xb0, 0x20, 0xe6, 0x20, 0x58, 0xcf],
);

/** What a processor executes first, 16 bytes before the end: jump to the code. */
const RESET_VECTOR = 0xfff0;
const JUMP = Uint8Array.of(0xe9, 0x0d, 0xff);

/** What the guest says: that it has started, that it was interrupted, and, before a byte more, that it has done what it was sent. */
const SAID = { started: 0x53, nmi: 0x4e, done: 0x41 } as const;

/** A guest that is told over its serial port what to do. */
export class Guest {
  readonly #socket: Socket;
  readonly #reader: ByteReader;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.#reader = new ByteReader(socket);
  }

  /** What a machine is started with, to have this guest. */
  static arguments(stage: Stage): readonly string[] {
    const image = new Uint8Array(0x10000);
    image.set(FIRMWARE, CODE);
    image.set(JUMP, RESET_VECTOR);
    writeFileSync(stage.path("firmware"), image);
    return [
      "-cpu",
      "486",
      "-bios",
      stage.path("firmware"),
      "-serial",
      `unix:${stage.path("serial")},server=on,wait=off`,
    ];
  }

  /** Connects to the guest of a machine, before it runs. */
  static async connect(stage: Stage): Promise<Guest> {
    const { socket } = await dial({ path: stage.path("serial") });
    return new Guest(socket);
  }

  /** Is resolved when the guest has started, for the first time or once more. */
  async started(): Promise<void> {
    await this.#expect(SAID.started);
  }

  /** Is resolved when the guest has got a non-maskable interrupt. */
  async interrupted(): Promise<void> {
    await this.#expect(SAID.nmi);
  }

  /** Writes a byte to a port. */
  async out(port: number, value: number): Promise<void> {
    this.#send([...dx(port), ...al(value), 0xee]); // out
    await this.#done();
  }

  /** Writes a byte to a port, and does nothing any more: that resets the machine, say. */
  outAndHalt(port: number, value: number): void {
    this.#sendLast([...dx(port), ...al(value), 0xee]);
  }

  /** Writes 16 bits to a port, and does nothing any more. */
  outWordAndHalt(port: number, value: number): void {
    this.#sendLast([...dx(port), 0xb8, value & 0xff, value >> 8, 0xef]); // ax = value, out
  }

  /** Writes 32 bits to a port. */
  async outLong(port: number, value: number): Promise<void> {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    this.#send([...dx(port), 0x66, 0xb8, ...bytes, 0x66, 0xef]); // eax = value, out
    await this.#done();
  }

  /** Writes 256 words to a port, whatever they are: a sector to a disk. */
  async outSector(port: number): Promise<void> {
    this.#send([...dx(port), 0xb9, 0x00, 0x01, 0xf3, 0x6f]); // cx = 256, as often: out
    await this.#done();
  }

  /** Reads 256 words from a port, and looks not at them: a sector from a disk. */
  async inSector(port: number): Promise<void> {
    this.#send([...dx(port), 0xb9, 0x00, 0x01, 0xbf, 0x00, 0x60, 0xf3, 0x6d]); // cx = 256, di = 0x6000, as often: in
    await this.#done();
  }

  /** Reads a byte from a port. */
  async in(port: number): Promise<number> {
    this.#send([...dx(port), 0xec]); // in
    return this.#done();
  }

  /** Sends code, and a far return behind it. */
  #send(code: readonly number[]): void {
    this.#socket.write(Uint8Array.of(code.length + 1, ...code, 0xcb));
  }

  /** Sends code, and a loop behind it in which the processor sleeps. */
  #sendLast(code: readonly number[]): void {
    this.#socket.write(Uint8Array.of(code.length + 3, ...code, 0xf4, 0xeb, 0xfd));
  }

  /** @returns what the code that was sent has left in al. */
  async #done(): Promise<number> {
    await this.#expect(SAID.done);
    return this.#byte();
  }

  async #expect(said: number): Promise<void> {
    const byte = await this.#byte();
    if (byte !== said)
      throw new Error(`the guest says '${String.fromCharCode(byte)}', not '${String.fromCharCode(said)}'`);
  }

  async #byte(): Promise<number> {
    return (await this.#reader.read(1)).readUInt8();
  }
}

/** dx = port */
function dx(port: number): readonly number[] {
  return [0xba, port & 0xff, port >> 8];
}

/** al = value */
function al(value: number): readonly number[] {
  return [0xb0, value];
}
