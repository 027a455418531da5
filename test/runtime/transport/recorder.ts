/** What becomes of a transport. */
import type { Receiver, Transport } from "../../../src/runtime/transport.js";

/** Keeps what comes over a transport, and waits for it. */
export class Recorder implements Receiver {
  all = "";
  readonly closings: (Error | undefined)[] = [];
  readonly #checks = new Set<() => void>();

  constructor(transport?: Transport) {
    transport?.open(this);
  }

  text(text: string): void {
    if (this.closings.length > 0) throw new Error("text after closed");
    this.all += text;
    for (const check of this.#checks) check();
  }

  closed(reason?: Error): void {
    this.closings.push(reason);
    for (const check of this.#checks) check();
  }

  /** Resolved with all text once it has come. */
  async until(part: string): Promise<string> {
    await this.#when(() => this.all.includes(part) || this.closings.length > 0);
    if (!this.all.includes(part)) throw new Error(`closed (${String(this.closings[0])}) after: ${this.all}`);
    return this.all;
  }

  /** Resolved with the reason once it is closed. */
  async end(): Promise<Error | undefined> {
    await this.#when(() => this.closings.length > 0);
    return this.closings[0];
  }

  #when(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!isSo()) return;
        this.#checks.delete(check);
        resolve();
      };
      this.#checks.add(check);
      check();
    });
  }
}

/** A signal that nobody aborts. */
export const never: AbortSignal = new AbortController().signal;

/** What of ours keeps the process alive. */
export function resources(): readonly string[] {
  return process
    .getActiveResourcesInfo()
    .filter((name) => /TCP|Pipe|TLS|Process|Connect/.test(name))
    .sort();
}
