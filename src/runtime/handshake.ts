/**
 * What is said before commands are: QMP's greeting and the negotiation of capabilities.
 */
import type { Greeting } from "./client-api.js";
import { ProtocolError } from "./errors.js";
import { errorOf, isJsonObject, type JsonObject, type Message, readMessage } from "./message.js";

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

/** The id of the command that ends the negotiation: those of users are numbers. */
const ID = "negotiation";

/** The greeting, and `qmp_capabilities`. */
export class QmpHandshake implements Handshake {
  greeting: Greeting | undefined;
  readonly #wanted: readonly string[];
  #send: (data: string) => void = () => undefined;

  /** @param wanted - The capabilities to enable, where the server offers them. */
  constructor(wanted: readonly string[]) {
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
      const enable = this.#wanted.filter((name) => this.greeting?.capabilities.includes(name));
      const args = enable.length > 0 ? { arguments: { enable } } : {};
      this.#send(`${JSON.stringify({ execute: "qmp_capabilities", ...args, id: ID })}\n`);
      return "more";
    }
    if (message.error !== undefined) {
      const why = errorOf(message.error)?.description ?? "without saying why";
      throw new ProtocolError("message", `the server refused to negotiate: ${why}`, line);
    }
    if (message.return === undefined || message.id !== ID) {
      throw new ProtocolError("message", "received another message where the reply to qmp_capabilities was due", line);
    }
    return "done";
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
