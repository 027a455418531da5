/** Virtual machines of which things are told by chance: a server of the library, and a client of it, in memory. */
import { connect, type Client } from "../../src/runtime/core.js";
import { createServer } from "../../src/runtime/server/create-server.js";
import type { QmpServer } from "../../src/runtime/server/server-api.js";
import type { DomainEventId } from "../../src/domain-events/events.js";
import { door } from "../runtime/door-schema.js";
import { memoryConnector } from "../runtime/server/memory-pair.js";

/** A number from 0 on, less than what is given. */
export type Chance = (below: number) => number;

/** The same numbers for the same seed: mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** What may happen to a machine. */
export interface Happening {
  /** QEMU's name of it. */
  readonly name: string;
  /** What it becomes. */
  readonly id: DomainEventId;
  readonly data?: object;
}

const vnc = {
  server: { host: "127.0.0.1", service: "5900", family: "ipv4", websocket: false, auth: "none" },
  client: { host: "127.0.0.1", service: "40312", family: "ipv4", websocket: false },
};

/** All that happens: each becomes one domain event. */
export const HAPPENINGS: readonly Happening[] = [
  { name: "VNC_CONNECTED", id: "graphics", data: vnc },
  { name: "VNC_INITIALIZED", id: "graphics", data: vnc },
  { name: "VNC_DISCONNECTED", id: "graphics", data: vnc },
  { name: "NETDEV_STREAM_DISCONNECTED", id: "interfaceDisconnected", data: { "netdev-id": "net0" } },
  {
    name: "NETDEV_VHOST_USER_CONNECTED",
    id: "interfaceConnected",
    data: { "netdev-id": "net1", "chardev-id": "char1" },
  },
  { name: "WATCHDOG", id: "watchdog", data: { action: "reset" } },
  { name: "RTC_CHANGE", id: "rtcChange", data: { offset: 3600 } },
  { name: "RESET", id: "reboot", data: { guest: true, reason: "guest-reset" } },
  { name: "STOP", id: "lifecycle" },
  { name: "RESUME", id: "lifecycle" },
];
/** This happens less often than all others. */
const IO_ERROR: Happening = {
  name: "BLOCK_IO_ERROR",
  id: "ioError",
  data: { device: "ide0", action: "report", operation: "read" },
};
/** One of how many events is an error of a disk. */
const IO_ERRORS = 50;
/** One of how many questions is answered late. */
const LATE = 4;

/** A machine. */
export class Machine {
  /** What happened so far: the times of its events, in order. */
  readonly happened: number[] = [];
  readonly #chance: Chance;
  /** Its image has a new name now and then, which has this number in it. */
  #image = 0;
  /** The image that there was when an error came, by the time of that. */
  readonly #imageThen = new Map<number, number>();
  /** Questions that are answered late. */
  readonly #late: (() => void)[] = [];
  #server: QmpServer<typeof door> | undefined;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** Starts it, and connects. */
  async start(): Promise<Client<typeof door>> {
    const fallback = (_: unknown, { command }: { readonly command: string }) => this.#answer(command);
    this.#server = await createServer(door, {}, { fallback, validate: "none" });
    return connect(door, memoryConnector(this.#server), { validate: "none" });
  }

  /** Something happens. @param time - By the clock that the server has. */
  happen(time: number): void {
    const { name, data } = this.#chance(IO_ERRORS) === 0 ? IO_ERROR : pick(this.#chance, HAPPENINGS);
    this.happened.push(time);
    this.#server?.emitUntyped(name, data);
  }

  /** An error came. */
  errorCame(time: number): void {
    this.#imageThen.set(time, this.#image);
  }

  /** Whether an error is told with the name of an image that there was between when it came and now. */
  isRight(time: number, path: string): boolean {
    const then = this.#imageThen.get(time) ?? Infinity;
    this.#imageThen.delete(time);
    const told = Number(/^\/images\/([0-9]+)$/.exec(path)?.[1]);
    return told >= then && told <= this.#image;
  }

  /** Time goes by: questions are answered, some or all, or the image is another. */
  goOn(all: boolean): void {
    if (this.#chance(10) === 0) this.#image++;
    if (all || this.#chance(3) === 0) for (const answer of this.#late.splice(0)) answer();
  }

  async #answer(command: string): Promise<object> {
    if (this.#chance(LATE) === 0) await new Promise<void>((resolve) => this.#late.push(resolve));
    // As with QEMU, the answer is of when it is sent.
    const file = `/images/${this.#image}`;
    return command === "query-block" ? [{ device: "ide0", inserted: { file } }] : [];
  }
}

/** One of some. */
export function pick<T>(chance: Chance, from: readonly T[]): T {
  const picked = from[chance(from.length)];
  if (picked === undefined) throw new RangeError("there is nothing to pick");
  return picked;
}
