/**
 * What is said before commands are: QMP's greeting and the negotiation of capabilities.
 */
import type { Greeting } from "./client-api.js";
import { ProtocolError } from "./errors.js";
import { errorOf, isJsonObject, type JsonObject, type Message, readMessage } from "./message.js";
import { DISCONNECT_DEFAULT_SIGNALS, SIGNALS } from "./wire-signals.js";

/** What is said first on a connection. */
export interface Handshake {
  /** What the server said of itself. */
  readonly greeting: Greeting | undefined;
  /** Begins. @param send - Sends to the server. */
  begin(send: (data: string | Uint8Array) => void): void;
  /**
   * Takes what the server said: `more` has to come, it was the end of it (`done`), or it is an `other` message, which is no part
   * of it.
   *
   * @throws ProtocolError when it is not what had to come.
   */
  take(line: string): "more" | "done" | "other";
  /** Frees what it holds: timers. */
  end?(): void;
}

/** The ids of the commands of the negotiation, in their order: those of users are numbers. */
const DEFAULT_SIGNALS_ID = "default-signals";
const ID = "negotiation";

/** What to agree on, where the server offers it. */
export interface Wanted {
  /** The capabilities to enable. */
  readonly capabilities: readonly string[];
  /** Whether the server is to send nothing but the events of signals that are connected. */
  readonly dropsDefaultSignals: boolean;
}

/** The greeting, and `qmp_capabilities`; before that, the default connection may be dropped. */
export class QmpHandshake implements Handshake {
  greeting: Greeting | undefined;
  readonly #wanted: Wanted;
  #send: (data: string) => void = () => undefined;
  /** What is to be replied to. */
  readonly #due: { readonly name: string; readonly id: string }[] = [];

  constructor(wanted: Wanted) {
    this.#wanted = wanted;
  }

  begin(send: (data: string) => void): void {
    this.#send = send;
  }

  take(line: string): "more" | "done" | "other" {
    const message = readMessage(line);
    if (message.event !== undefined) return "other";
    if (this.greeting === undefined) {
      this.greeting = greetingOf(message, line);
      this.#negotiate(this.greeting.capabilities);
      return "more";
    }
    const due = this.#due.shift();
    if (message.error !== undefined) {
      const why = errorOf(message.error)?.description ?? "without saying why";
      const what = due?.id === DEFAULT_SIGNALS_ID ? "drop the default connection, which it offers" : "negotiate";
      throw new ProtocolError("message", `the server refused to ${what}: ${why}`, line);
    }
    if (due === undefined || message.return === undefined || message.id !== due.id) {
      const name = due?.name ?? "nothing";
      throw new ProtocolError("message", `received another message where the reply to ${name} was due`, line);
    }
    return this.#due.length === 0 ? "done" : "more";
  }

  #negotiate(offered: readonly string[]): void {
    const { capabilities, dropsDefaultSignals } = this.#wanted;
    if (dropsDefaultSignals && offered.includes(SIGNALS)) this.#ask(DISCONNECT_DEFAULT_SIGNALS, {}, DEFAULT_SIGNALS_ID);
    const enable = capabilities.filter((name) => offered.includes(name));
    this.#ask("qmp_capabilities", enable.length > 0 ? { arguments: { enable } } : {}, ID);
  }

  #ask(name: string, args: object, id: string): void {
    this.#due.push({ name, id });
    this.#send(`${JSON.stringify({ execute: name, ...args, id })}\n`);
  }
}

function greetingOf(message: Message, line: string): Greeting {
  const { QMP } = message;
  const version = isJsonObject(QMP) ? QMP["version"] : undefined;
  const qemu = isJsonObject(version) ? version["qemu"] : undefined;
  if (!isJsonObject(QMP) || !isJsonObject(version) || !isJsonObject(qemu)) {
    throw new ProtocolError("message", "the server did not greet: this is no QMP server", line);
  }
  const { capabilities } = QMP;
  const { package: name } = version;
  return {
    version: {
      qemu: { major: part(qemu, "major"), minor: part(qemu, "minor"), micro: part(qemu, "micro") },
      package: typeof name === "string" ? name : "",
    },
    capabilities: Array.isArray(capabilities) ? capabilities.filter((one) => typeof one === "string") : [],
  };
}

/** A part of a version; older servers had other forms of it. */
function part(version: JsonObject, name: string): number {
  const value = version[name];
  return typeof value === "number" ? value : 0;
}
