/** Each enumeration and constant of libvirt's domain events, with its numbers, as a manager's program finds them. */
import { expect, it } from "vitest";
import {
  GraphicsAddressType,
  GraphicsPhase,
  IoErrorAction,
  Lifecycle,
  WatchdogAction,
} from "../../src/domain-events/domain-events.js";

it("virDomainEventGraphicsPhase: connect 0, initialize 1, disconnect 2", () => {
  expect(GraphicsPhase).toEqual({ connect: 0, initialize: 1, disconnect: 2 });
});

it("virDomainEventGraphicsAddressType: IPv4 0, IPv6 1", () => {
  expect(GraphicsAddressType).toMatchObject({ ipv4: 0, ipv6: 1 });
});

it("virDomainEventIOErrorAction: none 0, pause 1, report 2", () => {
  expect(IoErrorAction).toMatchObject({ none: 0, pause: 1, report: 2 });
});

it("virDomainEventWatchdogAction: none 0, pause 1, reset 2, poweroff 3, shutdown 4, debug 5", () => {
  expect(WatchdogAction).toMatchObject({ none: 0, pause: 1, reset: 2, poweroff: 3, shutdown: 4, debug: 5 });
});

it("what libvirt has no number for takes none of those that the document gives", () => {
  const beyond = (values: object, count: number): readonly unknown[] =>
    Object.values(values).filter((value) => !(Number(value) >= 0 && Number(value) < count));
  expect(beyond(GraphicsAddressType, 2)).toHaveLength(Object.keys(GraphicsAddressType).length - 2);
  expect(beyond(IoErrorAction, 3)).toEqual([IoErrorAction.unknown]);
  expect(beyond(WatchdogAction, 6)).toEqual([WatchdogAction.injectNmi, WatchdogAction.unknown]);
});

it("virDomainEventType: the lifecycle events of old, reboot not among them", () => {
  expect(Object.keys(Lifecycle)).toEqual([
    ...["started", "suspended", "resumed", "stopped", "shutdown", "pmSuspended", "crashed"],
  ]);
});
