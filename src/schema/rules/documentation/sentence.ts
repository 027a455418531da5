/** Where sentences end, as QEMU's compiler guesses it. */

/** The end of a sentence with one blank behind it, and what may begin the next. */
const SENTENCE = /[.!?] [A-Z0-9(]/g;

/** The offset of the next full stop (or the like) from `from` on that has only one blank behind it; Infinity: there is none. */
export function nextSentence(text: string, from: number): number {
  SENTENCE.lastIndex = from;
  return SENTENCE.exec(text)?.index ?? Infinity;
}

/** Whether the full stop at `at` is that of "e.g."; the line begins at `from`. */
export function isAbbreviation(text: string, from: number, at: number): boolean {
  const start = at - 3;
  return start >= from && text.startsWith("e.g.", start) && !(start > from && isWordEnd(text, start));
}

/** Whether the full stop at `at`, the first of its line, belongs to the number of an item of a list; of one digit, that is. */
export function isItemNumber(text: string, from: number, at: number): boolean {
  return text[at] === "." && at > from && isDigit(text, at - 1) && text.slice(from, at - 1).replace(/^ +/, "") === "";
}

// Unicode's properties take a millisecond when they are used first, which hardly any schema needs.

function isWordEnd(text: string, end: number): boolean {
  const code = text.charCodeAt(end - 1);
  return code < 0x80 ? /\w/.test(text.charAt(end - 1)) : /[\p{L}\p{N}]$/u.test(text.slice(Math.max(0, end - 2), end));
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code < 0x80 ? code >= 0x30 && code <= 0x39 : /\p{Nd}/u.test(text.charAt(at));
}
