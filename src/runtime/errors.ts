/**
 * The errors that a client rejects with. Each is a class of its own, told apart with `instanceof`; an aborted wait rejects
 * with the reason of its signal instead.
 */
import type { Issue } from "./schema.js";

/** QEMU refused a command, or failed to execute it. */
export class QmpError extends Error {
  override readonly name = "QmpError";
  /** `GenericError`, but for the few errors that clients need to tell apart: `CommandNotFound`, `DeviceNotFound` and others. */
  readonly class: string;
  /** What went wrong, for people: the text may change with any release of QEMU. */
  readonly description: string;
  /** The command, and what it was given. */
  readonly command: string;
  readonly arguments: unknown;

  constructor(error: { readonly class: string; readonly description: string }, command: string, args?: unknown) {
    super(`${command}: ${error.description}`);
    this.class = error.class;
    this.description = error.description;
    this.command = command;
    this.arguments = args;
  }
}

/** A connection could not be made: nobody is there, or who is there does not speak the protocol. */
export class ConnectError extends Error {
  override readonly name = "ConnectError";
  readonly address: string;

  constructor(address: string, cause: unknown) {
    super(`cannot connect to ${address}: ${messageOf(cause)}`, { cause });
    this.address = address;
  }
}

/** The connection is closed, so that a command gets no reply, or a wait no event. */
export class ConnectionLostError extends Error {
  override readonly name = "ConnectionLostError";
  /** The command, if it was one that waited. */
  readonly command: string | undefined;
  /** Whether QEMU may have executed it: false when it was never sent. */
  readonly mayHaveRun: boolean;

  constructor(reason: unknown, command?: string, mayHaveRun = false) {
    const fate = mayHaveRun ? "it may have been executed" : "it was not sent";
    const lost = reason === undefined ? "the connection is closed" : `the connection is lost: ${messageOf(reason)}`;
    super(command === undefined ? lost : `${command}: ${lost}; ${fate}`, { cause: reason });
    this.command = command;
    this.mayHaveRun = mayHaveRun;
  }
}

/** Something took longer than it was given. */
export class TimeoutError extends Error {
  override readonly name = "TimeoutError";
  /** What was waited for: `connect`, `greeting` (and the negotiation behind it), `sync`, `command` or `event`. */
  readonly phase: "connect" | "greeting" | "sync" | "command" | "event";
  /** How long, in milliseconds. */
  readonly timeout: number;
  /** The command, the event, or the address. */
  readonly subject: string | undefined;
  /** Whether QEMU may have executed the command, or still do so. */
  readonly mayHaveRun: boolean;

  constructor(phase: TimeoutError["phase"], timeout: number, subject?: string, mayHaveRun = false) {
    super(`${subject === undefined ? "" : `${subject}: `}${WAITED_FOR[phase]} after ${timeout} ms`);
    this.phase = phase;
    this.timeout = timeout;
    this.subject = subject;
    this.mayHaveRun = mayHaveRun;
  }
}

const WAITED_FOR: Readonly<Record<TimeoutError["phase"], string>> = {
  connect: "no connection",
  greeting: "no greeting (a monitor serves one client at a time; is there another?)",
  sync: "the guest agent does not answer",
  command: "no reply",
  event: "no such event",
};

/** The peer sent what the protocol does not have. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  /**
   * `syntax`: it is not JSON. `message`: it is JSON, but no message, or none that may come now. `size`: it is longer than the
   * limit. `reply`: it replies to no command that waits.
   */
  readonly kind: "syntax" | "message" | "size" | "reply";
  /** The beginning of it, at most 200 characters. */
  readonly received: string;

  constructor(kind: ProtocolError["kind"], message: string, received: string) {
    super(message);
    this.kind = kind;
    this.received = received.slice(0, 200);
  }
}

/** Arguments, a reply or an event are not as the schema says. */
export class ValidationError extends Error {
  override readonly name = "ValidationError";
  /** What was validated: arguments that were not sent, or what came. */
  readonly subject: "arguments" | "returns" | "event";
  /** The command or event. */
  readonly of: string;
  /** All that is wrong, up to a limit, each with its path. */
  readonly issues: readonly Issue[];
  /** What was validated. */
  readonly value: unknown;

  constructor(subject: ValidationError["subject"], of: string, issues: readonly Issue[], value: unknown) {
    const shown = issues.slice(0, 3).map(({ message }) => message);
    if (issues.length > shown.length) shown.push(`and ${issues.length - shown.length} more`);
    super(
      `${of}: ${subject === "event" ? "its data" : `its ${subject}`} are not as the schema says: ${shown.join("; ")}`,
    );
    this.subject = subject;
    this.of = of;
    this.issues = issues;
    this.value = value;
  }
}

/** The server does not offer what was asked for. */
export class UnsupportedError extends Error {
  override readonly name = "UnsupportedError";
}

/** More waits than may: commands to be sent, or events to be taken. */
export class OverflowError extends Error {
  override readonly name = "OverflowError";
  /** What is full, and how many that is. */
  readonly queue: "commands" | "events";
  readonly limit: number;
  /** How many events were dropped. */
  readonly dropped: number;

  constructor(queue: OverflowError["queue"], limit: number, dropped = 0) {
    super(
      queue === "commands"
        ? `${limit} commands wait to be sent already`
        : `events were not taken in time: of more than ${limit}, ${dropped} were dropped`,
    );
    this.queue = queue;
    this.limit = limit;
    this.dropped = dropped;
  }
}

/** A slot threw, or the promise that it returned was rejected: the cause is what it threw. */
export class SlotError extends Error {
  override readonly name = "SlotError";
  /** What it was called with: the name of the event. */
  readonly event: string;

  constructor(event: string, cause: unknown) {
    super(`a slot of ${event} failed: ${messageOf(cause)}`, { cause });
    this.event = event;
  }
}

/** What was thrown, as an error: JavaScript throws anything. */
export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

/** What is said about something that was thrown. */
export function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
