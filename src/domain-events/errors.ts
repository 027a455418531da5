/**
 * What `onProblem` is told of. Each is a class of its own, told apart with `instanceof`.
 */
import { messageOf } from "../runtime/errors.js";
import type { Origin } from "./api.js";
import type { DomainEventId } from "./events.js";

/** An event of QEMU is not as it should be, so that there is no domain event of it. */
export class DomainEventError extends Error {
  override readonly name = "DomainEventError";
  /** Where it came from. */
  readonly origin: Origin;
  /** The name of QEMU's event. */
  readonly event: string;
  /** Where in it something is wrong: `data.client.host`. */
  readonly path: string;
  /** What should be there, in words. */
  readonly expected: string;

  /** @param received - What is there, in words. */
  constructor(origin: Origin, event: string, path: string, expected: string, received: string) {
    super(`${called(origin)}${event}: ${path}: expected ${expected}, received ${received}`);
    this.origin = origin;
    this.event = event;
    this.path = path;
    this.expected = expected;
  }
}

/** A callback threw, or the promise that it returned was rejected: the cause is what it threw. */
export class CallbackError extends Error {
  override readonly name = "CallbackError";
  /** What happened where, when it was called. */
  readonly origin: Origin;
  /** What it was registered for; `clock.save` and those of `restartBackend` are told by these names. */
  readonly callback: DomainEventId | "clock.save" | "restartBackend";

  constructor(origin: Origin, callback: CallbackError["callback"], cause: unknown) {
    super(`${called(origin)}a callback of ${callback} failed: ${messageOf(cause)}`, { cause });
    this.origin = origin;
    this.callback = callback;
  }
}

/** QEMU did not tell what the path of an image is, so that the last known was told. */
export class LookupError extends Error {
  override readonly name = "LookupError";
  readonly origin: Origin;

  constructor(origin: Origin, cause: unknown) {
    super(`${called(origin)}the paths of images are not known: ${messageOf(cause)}`, { cause });
    this.origin = origin;
  }
}

/** The name, unless the domain has not yet told it. */
function called({ domain }: Origin): string {
  return domain.name === "" ? "" : `${domain.name}: `;
}
