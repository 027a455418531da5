/** Domains of monitors by hand, and what is told of them. */
import { domainEvents } from "../../src/domain-events/domain-events.js";
import type {
  AttachOptions,
  Domain,
  DomainEvents,
  DomainEventsOptions,
  DomainEventSource,
} from "../../src/domain-events/api.js";
import type { DomainEvent, DomainEventId } from "../../src/domain-events/events.js";
import { HandMonitor } from "./hand-monitor.js";

/** All ids of events. */
export const IDS: readonly DomainEventId[] = [
  "lifecycle",
  "reboot",
  "rtcChange",
  "watchdog",
  "ioError",
  "graphics",
  "interfaceConnected",
  "interfaceDisconnected",
];

/** Who it is, where nobody cares. */
export const VM1 = { name: "vm1", uuid: "12345678-9abc-4def-8123-456789abcdef" } as const;

/** A domain, and what was told of it. */
export interface Watched {
  readonly domains: DomainEvents;
  readonly domain: Domain<HandMonitor>;
  readonly monitor: HandMonitor;
  /** All that was told since it was attached, in order, without time stamps. */
  readonly told: DomainEvent[];
  readonly problems: Error[];
}

/** Attaches a monitor by hand and registers for everything. */
export async function watched(options: AttachOptions & DomainEventsOptions = {}): Promise<Watched> {
  const problems: Error[] = [];
  const domains = domainEvents({ onProblem: (problem) => problems.push(problem), ...options });
  const monitor = new HandMonitor();
  const domain = await domains.attach(monitor, { ...VM1, ...options });
  return { domains, domain, monitor, told: everythingOf(domain), problems };
}

/** Registers for everything. What is told is in the list, in order. */
export function everythingOf(source: DomainEventSource): DomainEvent[] {
  const told: DomainEvent[] = [];
  for (const id of IDS) source.on(id, (event) => told.push(event));
  return told;
}

/** Events without their time stamps. */
export function untimed(events: readonly DomainEvent[]): readonly object[] {
  return events.map((event) => without(event, "timestamp"));
}

/** Lets all go on that can. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** An object without a member. */
export function without(object: object, name: string): object {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}
