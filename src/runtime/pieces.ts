/**
 * Text that comes in pieces.
 */

/** So many pieces are joined to one, so that tiny ones take not much more memory than their text. */
const JOINED_AT = 1024;

/** Pieces of text that become one. Each character is copied at most twice, however many pieces there are. */
export class Pieces {
  /** Many pieces each. */
  #joined: string[] = [];
  #recent: string[] = [];
  #length = 0;

  /** How many UTF-16 code units all of them have. */
  get length(): number {
    return this.#length;
  }

  add(piece: string): void {
    this.#length += piece.length;
    if (this.#recent.push(piece) < JOINED_AT) return;
    this.#joined.push(this.#recent.join(""));
    this.#recent = [];
  }

  /** The first `length` characters, or all when there are no more. */
  start(length: number): string {
    let text = "";
    for (const pieces of [this.#joined, this.#recent]) {
      for (const piece of pieces) {
        if (text.length >= length) return text.slice(0, length);
        text += piece.slice(0, length - text.length);
      }
    }
    return text;
  }

  /** All of the text. Nothing is left of it here. */
  take(): string {
    const all = this.#joined.length === 0 ? this.#recent : this.#joined.concat(this.#recent);
    this.clear();
    return all.join("");
  }

  clear(): void {
    if (this.#length === 0) return;
    this.#joined = [];
    this.#recent = [];
    this.#length = 0;
  }
}
