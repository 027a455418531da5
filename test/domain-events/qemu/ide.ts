/** The guest's driver of IDE disks: sectors are read and written by ports (ATA's programmed input and output). */
import type { Guest } from "./guest.js";

/** The registers of the first channel. */
const PORT = { data: 0x1f0, count: 0x1f2, low: 0x1f3, middle: 0x1f4, high: 0x1f5, drive: 0x1f6, command: 0x1f7 };
const COMMAND = { read: 0x20, write: 0x30 } as const;
/** What the status says, which is read where commands are written. */
const STATUS = { error: 0x01, hasData: 0x08, busy: 0x80 };
/** The disks of the channel, with sectors that are numbered all through. */
const DRIVE = { first: 0xe0, second: 0xf0 } as const;

/** A disk of the first channel. */
export class IdeDisk {
  readonly #guest: Guest;
  readonly #drive: keyof typeof DRIVE;

  constructor(guest: Guest, drive: keyof typeof DRIVE = "first") {
    this.#guest = guest;
    this.#drive = drive;
  }

  /** Reads a sector, or writes one, whatever: one of the first 256. @returns whether the disk says that it could. */
  async transfer(command: keyof typeof COMMAND, sector: number): Promise<boolean> {
    await this.#guest.out(PORT.drive, DRIVE[this.#drive]);
    await this.#guest.out(PORT.count, 1);
    await this.#guest.out(PORT.low, sector);
    await this.#guest.out(PORT.middle, 0);
    await this.#guest.out(PORT.high, 0);
    await this.#guest.out(PORT.command, COMMAND[command]);
    if (command === "write") {
      await this.#status();
      await this.#guest.outSector(PORT.data);
    }
    const status = await this.#status();
    if ((status & STATUS.hasData) !== 0) await this.#guest.inSector(PORT.data);
    return (status & STATUS.error) === 0;
  }

  /** Waits until the disk is not busy any more. */
  async #status(): Promise<number> {
    let status: number;
    do status = await this.#guest.in(PORT.command);
    while ((status & STATUS.busy) !== 0);
    return status;
  }
}
