/** The guest's drivers of what is on the board of a PC: its clock, its power management, what resets it. */
import type { Guest } from "./guest.js";

/** The registers of the clock are read and written through two ports: which, and what. */
const CLOCK = { index: 0x70, data: 0x71 };
/** Its registers for a date; the last one is the century. */
const SECONDS = 0x00;
const MINUTES = 0x02;
const HOURS = 0x04;
const DAY = 0x07;
const MONTH = 0x08;
const YEAR = 0x09;
const CENTURY = 0x32;
const STATUS_A = 0x0a;
const STATUS_B = 0x0b;
/** Of status A: it is about to change. */
const CHANGES = 0x80;
/** Of status B: that it is set, that a day has 24 hours. Numbers are decimal, two digits a byte. */
const SETTING = 0x80;
const HOURS_24 = 0x02;

/** Sets the clock, all of it at once. */
export async function setClock(guest: Guest, date: Date): Promise<void> {
  const write = async (register: number, value: number): Promise<void> => {
    await guest.out(CLOCK.index, register);
    await guest.out(CLOCK.data, value);
  };
  const writeDecimal = async (register: number, value: number): Promise<void> =>
    write(register, Number.parseInt(String(value), 16));
  await write(STATUS_B, SETTING | HOURS_24);
  await writeDecimal(SECONDS, date.getUTCSeconds());
  await writeDecimal(MINUTES, date.getUTCMinutes());
  await writeDecimal(HOURS, date.getUTCHours());
  await writeDecimal(DAY, date.getUTCDate());
  await writeDecimal(MONTH, date.getUTCMonth() + 1);
  await writeDecimal(YEAR, date.getUTCFullYear() % 100);
  await writeDecimal(CENTURY, Math.floor(date.getUTCFullYear() / 100));
  await write(STATUS_B, HOURS_24);
}

/** Reads the clock. */
export async function readClock(guest: Guest): Promise<Date> {
  const read = async (register: number): Promise<number> => {
    await guest.out(CLOCK.index, register);
    return guest.in(CLOCK.data);
  };
  const readDecimal = async (register: number): Promise<number> => Number((await read(register)).toString(16));
  for (;;) {
    while (((await read(STATUS_A)) & CHANGES) !== 0);
    const seconds = await readDecimal(SECONDS);
    const date = new Date(
      Date.UTC(
        (await readDecimal(CENTURY)) * 100 + (await readDecimal(YEAR)),
        (await readDecimal(MONTH)) - 1,
        await readDecimal(DAY),
        await readDecimal(HOURS),
        await readDecimal(MINUTES),
        seconds,
      ),
    );
    // If no second has passed, it is all of the same moment.
    if ((await readDecimal(SECONDS)) === seconds) return date;
  }
}

/** PCI: which register of which device, and its 32 bits. */
const PCI = { address: 0xcf8, data: 0xcfc };
/** Of the device of a PC that manages power: where its ports begin, and whether it has some. */
const POWER = { base: 0x8000_0b40, enable: 0x8000_0b80 };
/** Where we want them. */
const POWER_PORTS = 0xb000;
/** Where sleep is asked for, by the kind and this bit. */
const POWER_CONTROL = POWER_PORTS + 4;
const SLEEP = 1 << 13;
/** The kinds: with the system in memory, and switched off. */
const KIND = { suspend: 0x0400, off: 0 } as const;

/** Lets the guest sleep, or switches it off. */
export async function sleep(guest: Guest, kind: keyof typeof KIND): Promise<void> {
  await guest.outLong(PCI.address, POWER.base);
  await guest.outLong(PCI.data, POWER_PORTS | 1);
  await guest.outLong(PCI.address, POWER.enable);
  await guest.outLong(PCI.data, 1);
  guest.outWordAndHalt(POWER_CONTROL, SLEEP | KIND[kind]);
}

/** Resets the processor, as operating systems do it: by the keyboard's controller. */
export function reset(guest: Guest): void {
  guest.outAndHalt(0x64, 0xfe);
}
