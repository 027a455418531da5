/** Blocks of documentation that are shown as they are, so that it is no matter how long their lines are. */
import { spaceEnd, trimmedEnd } from "./space.js";

/** The line before a block, behind its `# `. */
const BEGINNING = /^(?:\.\. +qmp-example)? *::$/;

/**
 * Knows which lines of a comment are in such a block: those behind the line `::` or `.. qmp-example::`, until one is
 * indented less than the first indented one. Looks at lines only when asked about them or later ones.
 */
export class LiteralBlocks {
  readonly #text: string;
  /** Where the lines begin that have not been looked at. */
  #at = 0;
  #isInside = false;
  /** The indentation of the block; 0: not known yet. */
  #indent = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Begins with the comment whose lines are behind the offset `start`, which is the end of a line. */
  open(start: number): void {
    this.#at = start;
    this.#isInside = false;
  }

  /** Whether the line that ends at `lineEnd` is in a block, or before one. It must not be before one asked about already. */
  include(lineEnd: number): boolean {
    const text = this.#text;
    while (this.#at < lineEnd) {
      const hash = spaceEnd(text, this.#at);
      const lineBreak = text.indexOf("\n", hash);
      this.#at = lineBreak === -1 ? text.length : lineBreak;
      const from = hash + 2;
      const to = trimmedEnd(text, hash + 1, this.#at);
      if (from < to) this.#look(from, to);
    }
    return this.#isInside;
  }

  /** Looks at a line that is not blank. */
  #look(from: number, to: number): void {
    const text = this.#text;
    if (text.startsWith("::", to - 2) && BEGINNING.test(text.slice(from, to))) {
      this.#isInside = true;
      this.#indent = 0;
    } else if (this.#isInside) {
      const indent = spaceEnd(text, from) - from;
      if (this.#indent === 0) this.#indent = indent;
      else if (indent < this.#indent) this.#isInside = false;
    }
  }
}
