/** What messages are of. */
import type { DomainEventOf } from "./events.js";

type WithoutTimestamp<T> = T extends unknown ? Omit<T, "timestamp"> : never;

/** The events that there is a message for, as the wire has them: nothing says when they happened. */
export interface WireEvents {
  readonly lifecycle: WithoutTimestamp<DomainEventOf<"lifecycle">>;
  readonly reboot: WithoutTimestamp<DomainEventOf<"reboot">>;
  readonly rtcChange: WithoutTimestamp<DomainEventOf<"rtcChange">>;
  readonly watchdog: WithoutTimestamp<DomainEventOf<"watchdog">>;
  readonly ioError: WithoutTimestamp<DomainEventOf<"ioError">>;
  readonly graphics: WithoutTimestamp<DomainEventOf<"graphics">>;
}

/** Their ids. */
export type WireEventId = keyof WireEvents;
