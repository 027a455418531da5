/**
 * The numbers of a JSON text, which are told from digits in its strings.
 */
import { Pieces } from "./pieces.js";

/** Integers that doubles cannot tell from their neighbours have at least so many digits: 2 ** 53 has. */
export const UNSAFE_DIGITS = 16;

/** All that begins, continues or ends a number: it lasts until another character comes. */
const IN_NUMBER: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  "0123456789+-.eE".includes(String.fromCharCode(code)),
);
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const UPPER_E = 0x45;
const LOWER_E = 0x65;

/**
 * Replaces numbers that are large, or long: all that have an exponent, or {@link UNSAFE_DIGITS} characters. Numbers are what
 * stands outside of strings and begins like one, also where the text is no JSON. Takes linear time.
 *
 * @param replace - Takes a number and returns what is to stand in its place: the same, if it is to stay.
 * @returns The text itself when nothing is replaced.
 */
export function replaceLargeNumbers(text: string, replace: (number: string) => string): string {
  const result = new Pieces();
  const length = text.length;
  let copied = 0;
  let at = 0;
  while (at < length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const start = at;
      let isLarge = false;
      for (let next = code; IN_NUMBER[next] === true; next = text.charCodeAt(++at)) {
        if (next === LOWER_E || next === UPPER_E) isLarge = true;
      }
      if (!isLarge && at - start < UNSAFE_DIGITS) continue;
      const number = text.slice(start, at);
      const replacement = replace(number);
      if (replacement === number) continue;
      if (start > copied) result.add(text.slice(copied, start));
      result.add(replacement);
      copied = at;
    } else {
      at++;
    }
  }
  if (copied === 0) return text;
  result.add(text.slice(copied));
  return result.take();
}

/** Where the string ends that begins at a quotation mark: behind its other one, or at the end of the text. */
function endOfString(text: string, start: number): number {
  const length = text.length;
  for (let at = start + 1; at < length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at++;
  }
  return length;
}
