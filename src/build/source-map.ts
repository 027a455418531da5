/**
 * Source maps, as far as maps of declarations need them (ECMA-426): segments of a line, some of which lead to a source.
 */

/** What one place of the generated text stands for, and all behind it up to the next segment. */
export interface Segment {
  /** Both count from 0, the column in UTF-16 code units. */
  readonly line: number;
  readonly column: number;
  /** Where it comes from; absent: from nowhere. */
  readonly origin?: Origin;
}

/** A place in a source. */
export interface Origin {
  /** Which one: its index among the sources. */
  readonly source: number;
  /** Both count from 0, the column in UTF-16 code units. */
  readonly line: number;
  readonly column: number;
}

/**
 * The text of a source map.
 *
 * @param file - The name of the generated file.
 * @param sources - As paths relative to the map, with forward slashes.
 * @param segments - In the order of their places.
 */
export function sourceMap(file: string, sources: readonly string[], segments: readonly Segment[]): string {
  const map = { version: 3, file, sources, names: [], mappings: mappings(segments) };
  return `${JSON.stringify(map)}\n`;
}

/** Every number is the difference to the one before it of its kind; columns begin anew with each line. */
function mappings(segments: readonly Segment[]): string {
  let text = "";
  let line = 0;
  let column = 0;
  let before: Origin = { source: 0, line: 0, column: 0 };
  let separator = "";
  for (const segment of segments) {
    if (segment.line > line) {
      text += ";".repeat(segment.line - line);
      ({ line } = segment);
      column = 0;
      separator = "";
    }
    text += separator + digits(segment.column - column);
    ({ column } = segment);
    separator = ",";
    const { origin } = segment;
    if (origin === undefined) continue;
    text += digits(origin.source - before.source) + digits(origin.line - before.line);
    text += digits(origin.column - before.column);
    before = origin;
  }
  return text;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** A number in base 64: five bits a digit, the lowest first, the sixth for "there are more"; the very lowest is the sign. */
function digits(number: number): string {
  let rest = number < 0 ? -number * 2 + 1 : number * 2;
  let text = "";
  do {
    const digit = rest % 32;
    rest = Math.floor(rest / 32);
    text += DIGITS.charAt(rest > 0 ? digit + 32 : digit);
  } while (rest > 0);
  return text;
}
