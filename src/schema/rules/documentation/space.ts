/** White space as QEMU's compiler has it, which is Python's, by the codes of UTF-16. */

/** The expression of a character that is none: JavaScript's `\s` lacks five control characters. */
export const NOT_SPACE = "[^\\s\\x1c-\\x1f\\x85]";

/** Whether a character is white space. */
export function isSpace(code: number): boolean {
  if (code > 0x20 && code < 0x7f) return false;
  if (code <= 0x20) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f);
  if (code === 0x85 || code === 0xa0 || code === 0x1680) return true;
  if (code < 0x2000 || code > 0x3000) return false;
  return code <= 0x200a || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000;
}

/** Where the white space at `from` ends. */
export function spaceEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Where a text from `from` to `to` ends when the white space at its end is left off. */
export function trimmedEnd(text: string, from: number, to: number): number {
  let end = to;
  while (end > from && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}
