/**
 * Where text comes from and how a place in it is named.
 *
 * Everything behind this file deals in offsets; lines and columns are worked out only when somebody wants to read them.
 */

/**
 * One schema file: its name, its text, and a line table that is made on first use.
 *
 * @example
 * ```ts
 * import { Source } from "qapi-codegen";
 *
 * new Source("a.json", "# one\n{ 'event': 'STOP' }\n").position(8); // => { line: 2, column: 3 }
 * ```
 */
export class Source {
  /** The path as it is shown to people, with forward slashes: `qapi/net.json`. */
  readonly name: string;
  /** The whole text. Its lines end in `\n`, whatever they end in outside, as QEMU's compiler sees them. */
  readonly text: string;
  /** Whether there is text to show; of what is known by its places only, there is none. */
  readonly hasText: boolean = true;
  #lineStarts: readonly number[] | undefined;

  constructor(name: string, text: string) {
    this.name = name;
    this.text = text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  }

  /** Where `offset` is, for people: line and column both count from 1, the column in UTF-16 code units as editors do. */
  position(offset: number): Position {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  /** The text of line `line` (from 1), without its line break; empty for a line that does not exist. */
  line(line: number): string {
    const starts = this.#starts();
    const start = starts[line - 1];
    if (start === undefined) return "";
    return this.text.slice(start, starts[line] ?? this.text.length).replace(/\n$/, "");
  }

  #starts(): readonly number[] {
    if (this.#lineStarts === undefined) {
      const starts = [0];
      for (let at = this.text.indexOf("\n"); at !== -1; at = this.text.indexOf("\n", at + 1)) starts.push(at + 1);
      this.#lineStarts = starts;
    }
    return this.#lineStarts;
  }
}

/** A place in a source as people count it. */
export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
}

/** A stretch of one source: `start` is the first offset of it, `end` the first one behind it. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}
