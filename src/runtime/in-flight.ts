/**
 * The commands that wait for replies.
 */
import type { QueuedCommand } from "./command.js";

/**
 * Commands, in the order in which they were sent. They are few, and most replies come in that order.
 *
 * It is no Map on purpose: one that is never empty, and that entries come and go in all the time, is copied again and again, and
 * V8 keeps the old copies, with the commands and replies that were in them, until it collects all garbage. That took a third
 * of the time of a client that executes many small commands.
 */
export class InFlight {
  readonly #commands: QueuedCommand[] = [];

  get size(): number {
    return this.#commands.length;
  }

  add(command: QueuedCommand): void {
    this.#commands.push(command);
  }

  get(id: number): QueuedCommand | undefined {
    return this.#commands.find(({ request }) => request.id === id);
  }

  delete(command: QueuedCommand): void {
    const index = this.#commands.indexOf(command);
    if (index === 0) this.#commands.shift();
    else if (index > 0) this.#commands.splice(index, 1);
  }

  /** All of them, which may be deleted meanwhile. */
  all(): readonly QueuedCommand[] {
    return [...this.#commands];
  }

  /** The one that was sent first of those in band, or of all when there are none of those. */
  oldest(): QueuedCommand | undefined {
    return this.#commands.find(({ request }) => !request.oob) ?? this.#commands[0];
  }
}
