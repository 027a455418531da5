/**
 * How a handler refuses a command.
 */
import { messageOf } from "../errors.js";

/** The classes of errors that QEMU's own schema has (`QapiErrorClass`); clients must cope with others. */
export type ErrorClass =
  | "GenericError"
  | "CommandNotFound"
  | "DeviceNotActive"
  | "DeviceNotFound"
  | "KVMMissingCap"
  // For other schemas, without losing the completion of these.
  | (string & Record<never, never>);

/** What a handler throws to reply with an error of its own choice. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly class: ErrorClass;
  /** What went wrong, for people. */
  readonly description: string;

  constructor(errorClass: ErrorClass, description: string) {
    super(description);
    this.class = errorClass;
    this.description = description;
  }
}

/** A handler threw something else than a {@link CommandError}, which is the cause. The client got a `GenericError`. */
export class HandlerError extends Error {
  override readonly name = "HandlerError";
  readonly command: string;

  constructor(command: string, cause: unknown) {
    super(`the handler of ${command} failed: ${messageOf(cause)}`, { cause });
    this.command = command;
  }
}
