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
 *
 * @example
 * ```ts
 * import { domainEvents } from "qapi-codegen/domain-events";
 * import { connect, createServer } from "qapi-codegen/qmp";
 * import { schema } from "qapi-codegen/qemu-10.2";
 *
 * await using server = await createServer(schema, { "query-uuid": () => ({ UUID: "4dea22b3-1d52-d8f3-2516-782e98ab3fa0" }) });
 * await server.listen("unix:domain.qmp"); // In the place of a QEMU.
 * await using qmp = await connect(schema, "unix:domain.qmp");
 *
 * using domains = domainEvents();
 * const vm1 = await domains.attach(qmp, { name: "vm1" });
 * const happened: string[] = [];
 * vm1.on("reboot", (event, { domain }) => happened.push(`${domain.name}: ${event.id}`));
 * const reset = qmp.signal("RESET").once();
 * server.emit("RESET", { guest: true, reason: "guest-reset" });
 * await reset;
 * happened; // => ["vm1: reboot"]
 * ```
 */
export function domainEvents(options: DomainEventsOptions = {}): DomainEvents {
  return new AllDomains(options);
}
