/**
 * A hundred domains in one process, ten thousand events each, while registrations come and go: every callback sees exactly the events
 * between its registration and its deregistration, in order. `SEED=1234` tries another history.
 */
import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Domain, DomainEventSource } from "../../src/domain-events/api.js";
import { CallbackError, domainEvents } from "../../src/domain-events/domain-events.js";
import { type Chance, chanceOf, HAPPENINGS, Machine, pick } from "./many-machine.js";
import { type Action, type Call, Model, type Registration } from "./many-model.js";
import { IDS } from "./watched.js";

const DOMAINS = 100;
const EVENTS = 10_000;
/** How many events are under way at once, at most. */
const BURST = 400;
/** How many callbacks there are, about. */
const CALLBACKS = 600;
/** One of how many callbacks is for all domains. */
const FOR_ALL = 20;
const SEED = Number(process.env["SEED"] ?? 20);

/** The time of servers, in milliseconds: each event has one of its own, by which it is known. */
let time = 1_795_000_000_000;
const { now } = Date;
beforeEach(() => {
  Date.now = () => time;
});
afterEach(() => {
  Date.now = now;
});

function timeOf({ seconds, microseconds }: { readonly seconds: number; readonly microseconds: number }): number {
  return seconds * 1000 + microseconds / 1000;
}

it(`100 domains, 10,000 events each: callbacks see what comes while they are registered (SEED=${SEED})`, async () => {
  const chance = chanceOf(SEED);
  const model = new Model(DOMAINS, (of, called) => ({ actions: actionsOf(chance, of, called), ends: endOf(chance) }));
  const machines = Array.from({ length: DOMAINS }, () => new Machine(chance));
  const history = await History.of(model, machines);

  const running = machines.map((machine) => ({ machine, left: EVENTS }));
  while (running.length > 0) {
    for (let count = 1 + chance(BURST); count > 0 && running.length > 0; count--) {
      const one = pick(chance, running);
      one.machine.happen(++time);
      if (--one.left === 0) running.splice(running.indexOf(one), 1);
    }
    await history.settle();
    for (let count = chance(20); count > 0; count--) history.perform(changeOf(chance, model));
    for (const machine of machines) machine.goOn(false);
  }
  // An answer may be followed by one question more.
  for (let turns = 0; model.waiting > 0 && turns < 1000; turns++) {
    for (const machine of machines) machine.goOn(true);
    await history.settle();
  }

  expect(model.waiting).toBe(0);
  expect(history.came).toBe(DOMAINS * EVENTS);
  expect(history.calls).toBeGreaterThan(DOMAINS * EVENTS);
  expect(history.failed).toBeGreaterThan(1000);
  expect(history.problems.filter((problem) => !(problem instanceof CallbackError))).toEqual([]);
  expect(history.problems).toHaveLength(history.failed);
  history.end();
});

/** What callbacks do, one of some times: the model knows it first. */
function actionsOf(chance: Chance, model: Model, called: Registration): readonly Action[] {
  if (chance(100) !== 0) return [];
  const own = chance(4) === 0 ? model.indexOf(called) : -1;
  return own === -1 ? [changeOf(chance, model)] : [{ does: "deregister", registration: model.deregister(own) }];
}

/** A callback more, or one less. */
function changeOf(chance: Chance, model: Model): Action {
  if (chance(2 * CALLBACKS) < model.size)
    return { does: "deregister", registration: model.deregister(chance(model.size)) };
  const id = pick(chance, IDS);
  const domain = chance(FOR_ALL) === 0 ? "all" : chance(DOMAINS);
  return { does: "register", registration: model.register(id, domain, id === "lifecycle" && chance(2) === 0) };
}

function endOf(chance: Chance): Call["ends"] {
  return chance(200) !== 0 ? "well" : chance(2) === 0 ? "throws" : "rejects";
}

/** What happens to the facade, held against the model. */
class History {
  readonly problems: Error[] = [];
  came = 0;
  calls = 0;
  /** How many calls threw, or were rejected. */
  failed = 0;
  readonly #model: Model;
  readonly #facade = domainEvents({ lookupTimeout: 600_000, onProblem: (problem) => this.problems.push(problem) });
  readonly #domains: Domain[] = [];
  /** How to deregister callbacks. */
  readonly #registered = new Map<number, () => boolean>();
  /** How many of the model's calls were made. */
  #made = 0;
  /** What went wrong first: callbacks cannot throw it, since the facade takes care of that. */
  #wrong: string | undefined;

  private constructor(model: Model) {
    this.#model = model;
  }

  static async of(model: Model, machines: readonly Machine[]): Promise<History> {
    const history = new History(model);
    for (const [number, machine] of machines.entries()) await history.#attach(number, machine);
    return history;
  }

  /** Lets all come that is under way: then all calls must have been made. */
  async settle(): Promise<void> {
    await setImmediate();
    if (this.#made < this.#model.calls.length) this.#fail(`${nameOf(this.#model.calls[this.#made])} was not made`);
    if (this.#wrong !== undefined) throw new Error(`SEED=${SEED}: ${this.#wrong}`);
    this.calls += this.#made;
    this.#model.calls.length = this.#made = 0;
  }

  perform({ does, registration }: Action): void {
    const { callback, id, domain, isOld } = registration;
    if (does === "deregister") {
      const deregister = this.#registered.get(callback);
      this.#registered.delete(callback);
      if (deregister?.() !== true) this.#fail(`callback ${callback} was not registered any more`);
      return;
    }
    const source: DomainEventSource | undefined = domain === "all" ? this.#facade : this.#domains[domain];
    if (source === undefined) throw new RangeError(`there is no domain ${domain}`);
    if (isOld) {
      const old = (_: unknown, from: Domain): unknown => this.#called(callback, from.id, undefined);
      if (!source.register(old)) this.#fail(`callback ${callback} was registered already`);
      this.#registered.set(callback, () => source.deregister(old));
    } else {
      const handle = source.on(id, (event, from) => this.#called(callback, from.domain.id, timeOf(event.timestamp)));
      this.#registered.set(callback, () => source.off(handle));
    }
  }

  end(): void {
    this.#facade.close();
  }

  async #attach(number: number, machine: Machine): Promise<void> {
    const qmp = await machine.start();
    // The model is told first.
    let next = 0;
    for (const { name, id } of [...HAPPENINGS, { name: "BLOCK_IO_ERROR", id: "ioError" as const }]) {
      qmp.signalUntyped(name).connect(({ timestamp }) => {
        const serial = timeOf(timestamp);
        if (serial !== machine.happened[next++]) this.#fail(`domain ${number} got event ${serial} out of order`);
        if (id === "ioError") machine.errorCame(serial);
        this.came++;
        this.#model.came({ domain: number, id, serial });
      });
    }
    const uuid = `12345678-9abc-4def-8123-${String(number).padStart(12, "0")}`;
    const domain = await this.#facade.attach(qmp, { name: `vm${number}`, uuid, id: number });
    this.#domains.push(domain);
    domain.on("ioError", ({ timestamp, srcPath }) => {
      const serial = timeOf(timestamp);
      if (!this.#model.errorIsTold(number, serial)) this.#fail(`domain ${number} told error ${serial} out of turn`);
      if (!machine.isRight(serial, srcPath)) this.#fail(`domain ${number} told error ${serial} with ${srcPath}`);
    });
  }

  /** A callback is called: it must be the call that the model has next. @param serial - Undefined if it is not told. */
  #called(callback: number, domain: number, serial: number | undefined): unknown {
    const call = this.#model.calls[this.#made++];
    const isRight = call?.callback === callback && call.event.domain === domain;
    if (!isRight || (serial !== undefined && serial !== call.event.serial))
      return this.#fail(`callback ${callback} got event ${serial} of domain ${domain}, but ${nameOf(call)} was next`);
    for (const action of call.actions) this.perform(action);
    if (call.ends === "well") return undefined;
    this.failed++;
    if (call.ends === "throws") throw new Error("thrown");
    return Promise.reject(new Error("rejected"));
  }

  #fail(what: string): void {
    this.#wrong ??= what;
  }
}

function nameOf(call: Call | undefined): string {
  if (call === undefined) return "no call";
  const { callback, event } = call;
  return `the call of callback ${callback} with event ${event.serial} (${event.id}) of domain ${event.domain}`;
}
