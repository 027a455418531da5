/**
 * The commands that wait to be sent.
 */
import { type CommandRequest, type OwnCommand, PendingCommand } from "./command.js";
import type { Connection } from "./connection.js";
import { OverflowError } from "./errors.js";
import type { Limits } from "./waiting.js";

/** What a queue sends on. */
export interface QueueHost {
  /** The most commands that may wait. */
  readonly limit: number;
  /** The connection, while there is one. */
  connection(): Connection | undefined;
  /**
   * Makes sure that the server listens, after a command was not answered in time. Absent where that takes nothing, as with
   * connections that have ends.
   */
  readonly synchronise: ((connection: Connection) => Promise<unknown>) | undefined;
}

/** A queue of commands. */
export class CommandQueue {
  readonly #host: QueueHost;
  #waiting: PendingCommand[] = [];
  /** Those of the client's own, which go before. */
  readonly #own: OwnCommand[] = [];
  #isOutOfSync = false;
  #isSynchronising = false;
  /** One function for all commands, which are many. */
  readonly #onGivenUp = (command: PendingCommand): void => this.#givenUp(command);

  constructor(host: QueueHost) {
    this.#host = host;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0 && this.#own.length === 0;
  }

  /** Adds a command, or sends it if it can be sent now. @throws OverflowError */
  add(request: CommandRequest, limits: Limits): PendingCommand {
    const { limit } = this.#host;
    if (this.#waiting.length >= limit) throw new OverflowError("commands", limit);
    const command = new PendingCommand(request, limits, this.#onGivenUp);
    if (command.isSettled) return command;
    const connection = this.#host.connection();
    if (request.oob && connection !== undefined) connection.send(command);
    else {
      this.#waiting.push(command);
      this.pump();
    }
    return command;
  }

  /**
   * Adds a command of the client's own, which does not count. It goes before those of users that wait: the events of what they do must
   * not be missed.
   */
  addOwn(command: OwnCommand): void {
    // Others of the same moment go before those of users, too.
    if (this.#own.push(command) === 1) queueMicrotask(() => this.pump());
  }

  /** Forgets those that wait: they were for a connection that is lost. */
  forgetOwn(): void {
    this.#own.length = 0;
  }

  /** Sends what can be sent. */
  pump(): void {
    const connection = this.#host.connection();
    if (connection === undefined || this.isEmpty) return;
    if (this.#isOutOfSync && !this.#isSynchronising) void this.#synchronise(connection);
    while (connection.hasRoom) {
      const command = this.#own.shift() ?? this.#waiting.shift();
      if (command === undefined) return;
      if (!command.isSettled) connection.send(command);
    }
  }

  /** A new connection is in sync. */
  connected(): void {
    this.#isOutOfSync = false;
    this.pump();
  }

  /** @param error - What becomes of each command that waits. */
  rejectAll(error: (command: CommandRequest) => unknown): void {
    for (const command of this.#waiting.splice(0)) command.reject(error(command.request));
  }

  #givenUp(command: PendingCommand): void {
    if (command.isSent) this.#isOutOfSync = this.#host.synchronise !== undefined;
    else this.#waiting = this.#waiting.filter((other) => other !== command);
  }

  async #synchronise(connection: Connection): Promise<void> {
    this.#isSynchronising = true;
    try {
      await this.#host.synchronise?.(connection);
      this.#isOutOfSync = false;
      connection.forgetSettled();
    } catch (error) {
      // If the connection is lost meanwhile, they can wait for the next one.
      if (connection === this.#host.connection()) this.rejectAll(() => error);
    }
    this.#isSynchronising = false;
    this.pump();
  }
}
