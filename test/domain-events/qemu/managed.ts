/** Domains whose QEMUs are real, as a manager has them: with all that it is told of them. */
import { expect, onTestFinished } from "vitest";
import { schema as newest } from "qapi-codegen/qemu-10.2";
import { schema as oldest } from "qapi-codegen/qemu-7.2";
import {
  type AttachOptions,
  type Domain,
  type DomainEvent,
  type DomainEventId,
  domainEvents,
  Lifecycle,
  ResumedDetail,
  StartedDetail,
} from "../../../src/domain-events/domain-events.js";
import { type Client, connect } from "../../../src/runtime/qmp.js";
import { type Machine, startMachine } from "../../support/machine.js";
import type { Qemu } from "../../support/qemu.js";
import { DEADLINE, type Stage } from "../../support/stage.js";
import { IDS, untimed } from "../watched.js";
import { Guest } from "./guest.js";

/** A client that has the types of the release that is nearest. */
type ManagerClient = Client<typeof oldest> | Client<typeof newest>;

/** What was told: an event, but for when it was. */
export type Told = DomainEvent extends infer Each
  ? Each extends DomainEvent
    ? Omit<Each, "timestamp">
    : never
  : never;

/** That the guest runs, from the beginning or again. */
export const RESUMED: Told = { id: "lifecycle", event: Lifecycle.resumed, detail: ResumedDetail.unpaused };

/** A domain, and all that is told of it. */
export class Managed {
  readonly machine: Machine;
  readonly qmp: ManagerClient;
  readonly domain: Domain;
  readonly #inbox: Inbox;

  constructor(machine: Machine, qmp: ManagerClient, domain: Domain, inbox: Inbox) {
    this.machine = machine;
    this.qmp = qmp;
    this.domain = domain;
    this.#inbox = inbox;
  }

  /** Executes a command, which a release need not have. */
  async execute(command: string, args?: object): Promise<unknown> {
    return this.qmp.executeUntyped(command, args);
  }

  /**
   * What is told next, of whatever id: as many as are named here, in this order, and they must be so.
   */
  async expect(...events: readonly Told[]): Promise<void> {
    expect(untimed(await this.take(events.length))).toEqual(events);
  }

  /** What is told next, so many events. */
  async take(count: number): Promise<readonly DomainEvent[]> {
    return this.#inbox.take(count);
  }

  /** The next event, which must be of an id. */
  async next<Id extends DomainEventId>(id: Id): Promise<Extract<DomainEvent, { readonly id: Id }>> {
    const [event] = await this.take(1);
    if (event === undefined || !isOf(event, id)) throw new Error(`${id} was expected, not ${told([event])}`);
    return event;
  }

  /** Lets the machine run, and waits until its guest does. */
  async run(stage: Stage): Promise<Guest> {
    const guest = await Guest.connect(stage);
    await this.execute("cont");
    await guest.started();
    await this.expect(RESUMED);
    return guest;
  }
}

/**
 * Starts a machine, and attaches to it. When the test is over, everything must have been expected that was told, and nothing be
 * reported.
 *
 * @param args - What it is started with, beside a monitor and TCG. It does not run before it is told.
 */
export async function manage(
  stage: Stage,
  qemu: Qemu,
  args: readonly string[],
  attachOptions: AttachOptions = {},
): Promise<Managed> {
  const machine = await startMachine(stage, qemu, ["-accel", "tcg", ...args]);
  const problems: Error[] = [];
  const onProblem = (problem: Error): void => void problems.push(problem);
  const options = { commandTimeout: DEADLINE, onProblem };
  const qmp =
    qemu.major < 10 ? await connect(oldest, machine.monitor, options) : await connect(newest, machine.monitor, options);
  const events = domainEvents({ onProblem, lookupTimeout: DEADLINE });
  const inbox = new Inbox();
  for (const id of IDS) events.on(id, (event) => inbox.add(event));
  const domain = await events.attach(qmp, attachOptions);
  const managed = new Managed(machine, qmp, domain, inbox);
  onTestFinished(async () => {
    events.close();
    await qmp.close();
    expect(problems).toEqual([]);
    expect(inbox.rest).toEqual([]);
  });
  await managed.expect({ id: "lifecycle", event: Lifecycle.started, detail: StartedDetail.booted });
  return managed;
}

/** What was told, and has not been asked for. */
class Inbox {
  readonly #events: DomainEvent[] = [];
  readonly #since = Date.now();
  #wake: () => void = () => undefined;

  get rest(): readonly DomainEvent[] {
    return this.#events;
  }

  add(event: DomainEvent): void {
    this.#events.push(event);
    this.#wake();
  }

  /** Takes the next events. Their times must be those of this test: QEMU's clock is ours. */
  async take(count: number): Promise<readonly DomainEvent[]> {
    const signal = AbortSignal.timeout(DEADLINE);
    while (this.#events.length < count) {
      await new Promise<void>((resolve, reject) => {
        this.#wake = resolve;
        const late = (): void => reject(new Error(`${count} events were expected, not ${told(this.#events)}`));
        signal.addEventListener("abort", late, { once: true });
      });
    }
    const events = this.#events.splice(0, count);
    for (const { timestamp } of events) {
      const time = timestamp.seconds * 1000 + Math.floor(timestamp.microseconds / 1000);
      expect(time).toBeGreaterThanOrEqual(this.#since);
      expect(time).toBeLessThanOrEqual(Date.now());
    }
    return events;
  }
}

function isOf<Id extends DomainEventId>(
  event: DomainEvent,
  id: Id,
): event is Extract<DomainEvent, { readonly id: Id }> {
  return event.id === id;
}

function told(events: readonly (DomainEvent | undefined)[]): string {
  return JSON.stringify(events, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}
