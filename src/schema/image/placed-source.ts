import { type Position, Source, type Span } from "../../syntax/source.js";

/** Offsets are lines of this many columns; the product of line and column stays exact. */
const COLUMNS = 2 ** 20;
const LINES = 2 ** 32;

/**
 * A file that is known by name only: an image says where things stood in it, not what else did. Its offsets are numbers for
 * places, in the order of the places, but not of characters.
 */
export class PlacedSource extends Source {
  override readonly hasText = false;

  constructor(name: string) {
    super(name, "");
  }

  override position(offset: number): Position {
    return { line: Math.floor(offset / COLUMNS) + 1, column: (offset % COLUMNS) + 1 };
  }

  /** The span of `length` characters from a place, which counts from 1 as people do. */
  span({ line, column }: Position, length: number): Span {
    const inLine = Math.min(Math.max(column, 1), COLUMNS - 1) - 1;
    const start = (Math.min(Math.max(line, 1), LINES) - 1) * COLUMNS + inLine;
    return { source: this, start, end: start + Math.min(length, COLUMNS - 1 - inLine) };
  }
}
