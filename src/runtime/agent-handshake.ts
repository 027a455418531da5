/**
 * What is said first to a guest agent, which does not greet: both sides make sure that they hear each other, and forget what
 * earlier clients left behind in the channel.
 */
import type { Handshake } from "./handshake.js";
import { readMessage } from "./message.js";

/** How long to wait for an answer before asking again, in milliseconds: the agent may just be starting. */
const INTERVAL = 500;

/** Ids of synchronisation are strings, those of commands numbers, so that late answers are told from replies. */
export const SYNC_ID = "sync";

/**
 * `guest-sync-delimited`, after a byte that puts the agent's parser into a known state; the answer has one before it
 * (QEMU's protocol specification, "QGA Synchronization"). What a client of before has not read is skipped.
 */
export class AgentHandshake implements Handshake {
  readonly greeting = undefined;
  /** What was asked, the last of it last. */
  readonly #asked: number[] = [];
  #isHeard = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  begin(send: (data: string | Uint8Array) => void): void {
    const ask = (): void => {
      // Any number does, as long as no client before us used it.
      const id = 1 + Math.floor(Math.random() * 0x7ffffffe);
      this.#asked.push(id);
      send(Uint8Array.of(0xff));
      send(`${JSON.stringify({ execute: "guest-sync-delimited", arguments: { id }, id: SYNC_ID })}\n`);
    };
    ask();
    this.#timer = setInterval(() => {
      if (!this.#isHeard) ask();
    }, INTERVAL);
  }

  take(line: string): "more" | "done" | "other" {
    if (isReply(line)) return "other";
    const answer = behindDelimiter(line);
    const returned = answer === undefined ? undefined : returnOf(answer);
    const question = this.#asked.findIndex((id) => id === returned);
    // What a client before us has asked, or what it has not read to the end.
    if (question === -1) return "more";
    // Answers to the later questions are on their way, and that to the last of them ends it.
    this.#isHeard = true;
    return question === this.#asked.length - 1 ? "done" : "more";
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

/** What stands behind the byte 0xFF, which is no UTF-8, so that it was read as U+FFFD. */
export function behindDelimiter(line: string): string | undefined {
  const delimiter = line.lastIndexOf("\ufffd");
  return delimiter === -1 ? undefined : line.slice(delimiter + 1);
}

function returnOf(line: string): unknown {
  try {
    return readMessage(line).return;
  } catch {
    return undefined;
  }
}

/** Whether it may be the reply to a command that is still waited for: synchronised again after a command took too long. */
function isReply(line: string): boolean {
  try {
    return typeof readMessage(line).id === "number";
  } catch {
    return false;
  }
}
