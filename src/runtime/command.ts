/**
 * A command on its way: from the call to its reply.
 */
import { TimeoutError } from "./errors.js";
import { type Limits, type Settle, waitFor } from "./waiting.js";

/** What is to be executed. */
export interface CommandRequest {
  readonly name: string;
  readonly args: unknown;
  readonly id: number;
  readonly oob: boolean;
  /** Whether a reply comes when it succeeds. */
  readonly hasReply: boolean;
  /** Whether the schema has it, so that what it returns can be validated. */
  readonly isTyped: boolean;
  /** The message, as it is sent. */
  readonly text: string;
}

/** A command that waits for its reply, or for its turn to be sent. */
export interface QueuedCommand {
  readonly request: CommandRequest;
  /** Whether it has been sent, so that it may have been executed. */
  isSent: boolean;
  /** Whether nobody waits for it any more. */
  readonly isSettled: boolean;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
}

/** A command of the user's. */
export class PendingCommand implements QueuedCommand {
  readonly request: CommandRequest;
  /** Resolved with what the server returns. */
  readonly reply: Promise<unknown>;
  isSent = false;
  isSettled = false;
  #resolve: (value: unknown) => void = nothing;
  #reject: (reason: unknown) => void = nothing;

  /** @param onGivenUp - Told when its time is up or its signal aborted. */
  constructor(request: CommandRequest, limits: Limits, onGivenUp: (command: PendingCommand) => void) {
    this.request = request;
    if (limits.signal === undefined && limits.timeout === Infinity) {
      this.reply = new Promise((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
      });
      return;
    }
    this.reply = waitFor<unknown>(
      limits,
      () => new TimeoutError("command", limits.timeout, request.name, this.isSent),
      ({ resolve, reject }) => {
        this.#resolve = resolve;
        this.#reject = reject;
        return () => {
          if (this.isSettled) return;
          this.isSettled = true;
          onGivenUp(this);
        };
      },
    );
    if (limits.signal?.aborted === true) this.isSettled = true;
  }

  resolve(value: unknown): void {
    this.isSettled = true;
    this.#resolve(value);
  }

  reject(reason: unknown): void {
    this.isSettled = true;
    this.#reject(reason);
  }
}

/** A command of the client's own. How it ends is told at once, not in the next turn, when further messages have been looked at. */
export class OwnCommand implements QueuedCommand {
  readonly request: CommandRequest;
  isSent = false;
  isSettled = false;
  readonly #settle: Settle<unknown>;

  constructor(request: CommandRequest, settle: Settle<unknown>) {
    this.request = request;
    this.#settle = settle;
  }

  resolve(value: unknown): void {
    this.isSettled = true;
    this.#settle.resolve(value);
  }

  reject(reason: unknown): void {
    this.isSettled = true;
    this.#settle.reject(reason);
  }
}

/** Shared: commands are many. */
function nothing(): void {
  // There is nobody to tell yet.
}
