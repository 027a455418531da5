// Measures in a process of its own: `node --expose-gc worker.js RUNS` prints what it found as JSON. The other end of each client is in
// the same process and costs nothing: it hands over text that was made before.
import { nextTick } from "node:process";
import { setTimeout } from "node:timers/promises";
import { domainEvents } from "../../dist/domain-events/domain-events.js";
import { connect } from "../../dist/runtime/core.js";
import { schema } from "../../dist/ready/qemu-10.2/index.js";

const runs = Number(process.argv[2]);
/** How many events a round has, over all domains. */
const EVENTS = 100_000;
/** How many events come at once: about 6 KB. */
const AT_ONCE = 20;
/** Until compilers have done what they can. */
const WARM_UP = 3;
const MANY = 100;
/** So many, that what all of them share does not count. */
const REMEMBERED = 1000;

const vnc = { family: "ipv4", service: "5900", host: "127.0.0.1", websocket: false };
const EVENT = {
  timestamp: { seconds: 1_790_000_000, microseconds: 123_456 },
  event: "VNC_INITIALIZED",
  data: {
    server: { ...vnc, auth: "vencrypt+x509+sasl" },
    client: { ...vnc, service: "40312", x509_dname: "CN=joe,O=Example", sasl_username: "joe@EXAMPLE.ORG" },
  },
};
const GREETING = { QMP: { version: { qemu: { micro: 0, minor: 2, major: 10 }, package: "" }, capabilities: ["oob"] } };
const TEXT = `${JSON.stringify(EVENT)}\r\n`.repeat(AT_ONCE);

/** The other end of a client. It replies to everything with an object without members. */
class Monitor {
  address = "memory:";
  canReconnect = false;
  /** @type {import("../../dist/runtime/core.js").Receiver | undefined} */
  #receiver;

  connect() {
    const transport = {
      open: (receiver) => this.#open(receiver),
      write: (data) => this.#answer(data),
      pause: () => undefined,
      resume: () => undefined,
      close: () => nextTick(() => this.#receiver?.closed()),
    };
    return Promise.resolve(transport);
  }

  #open(receiver) {
    this.#receiver = receiver;
    this.say(`${JSON.stringify(GREETING)}\r\n`);
  }

  #answer(data) {
    const ids = data.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line).id]));
    nextTick(() => {
      for (const id of ids) this.say(`${JSON.stringify({ return: {}, id })}\r\n`);
    });
  }

  say(text) {
    this.#receiver?.text(text);
  }
}

async function machine() {
  const monitor = new Monitor();
  return { monitor, qmp: await connect(schema, monitor) };
}

/** What is registered for the event. Each returns when it is there. */
const WAYS = {
  plain: async (machines, slot) => {
    for (const { qmp } of machines) qmp.signal("VNC_INITIALIZED").connect(slot);
  },
  facade: async (machines, slot) => {
    for (const domain of await attached(machines)) domain.on("graphics", slot);
  },
  all: async (machines, slot) => {
    const domains = domainEvents();
    await attached(machines, domains);
    domains.on("graphics", slot);
  },
  ignored: async (machines) => {
    await attached(machines);
  },
};

function attached(machines, domains = domainEvents()) {
  const identity = (index) => ({ name: `vm${index}`, uuid: "12345678-9abc-4def-8123-456789abcdef" });
  return Promise.all(machines.map(({ qmp }, index) => domains.attach(qmp, identity(index))));
}

async function contender(way, count) {
  let seen = 0;
  const machines = [];
  while (machines.length < count) machines.push(await machine());
  await WAYS[way](machines, () => void seen++);
  const expected = way === "ignored" ? 0 : EVENTS;
  const round = () => {
    seen = 0;
    const start = process.cpuUsage();
    for (let sent = 0; sent < EVENTS; sent += AT_ONCE) machines[(sent / AT_ONCE) % count].monitor.say(TEXT);
    const { user, system } = process.cpuUsage(start);
    if (seen !== expected) throw new Error(`${way}: ${seen} of ${expected} events`);
    return (user + system) / 1000;
  };
  /** @type {number[]} */
  const times = [];
  return { way, count, round, times };
}

async function speed() {
  const contenders = [];
  for (const count of [1, MANY]) for (const way of Object.keys(WAYS)) contenders.push(await contender(way, count));
  // What comes in the turn in which a client is connected is kept for the next.
  await setTimeout(0);
  for (let round = -WARM_UP; round < runs; round++) {
    for (const { round: run, times } of contenders) {
      const time = run();
      if (round >= 0) times.push(time);
    }
  }
  return contenders.map(({ way, count, times }) => ({ way, count, times }));
}

/** Bytes of the heap that each domain takes besides its client, with a callback. */
async function memory() {
  const machines = [];
  while (machines.length < REMEMBERED + MANY) machines.push(await machine());
  const few = machines.splice(0, MANY);
  const domains = domainEvents();
  const callback = () => undefined;
  for (const domain of await attached(few, domains)) domain.on("graphics", callback);
  const before = await used();
  for (const domain of await attached(machines, domains)) domain.on("graphics", callback);
  const after = await used();
  if (domains.domains.length !== REMEMBERED + MANY) throw new Error("domains are lost");
  return (after - before) / REMEMBERED;
}

async function used() {
  for (let i = 0; i < 5; i++) {
    await setTimeout(20);
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

process.stdout.write(
  JSON.stringify({ events: EVENTS, bytes: TEXT.length / AT_ONCE, speed: await speed(), memory: await memory() }),
);
