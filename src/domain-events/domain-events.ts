/**
 * What happens to virtual machines, as those who manage them want to know it: the domain events of libvirt, from QMP. `qapi-codegen/domain-events`.
 *
 * @packageDocumentation
 */
import { AllDomains } from "./all-domains.js";
import type { DomainEvents, DomainEventsOptions } from "./api.js";

export type * from "./api.js";
export { CallbackError, DomainEventError, LookupError } from "./errors.js";
export * from "./events.js";
export { rtcBase } from "./rtc-base.js";

/**
 * The domains of a manager: one for each connection that is attached.
 *
 * @throws RangeError for options that make no sense.
 */
export function domainEvents(options: DomainEventsOptions = {}): DomainEvents {
  return new AllDomains(options);
}
