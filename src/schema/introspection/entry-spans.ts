/** Where things are in an answer. */
import type { Source, Span } from "../../syntax/source.js";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

/**
 * The spans of the elements of a list of objects, in one pass.
 *
 * @param start - Where the list begins in the text, which is known to be JSON.
 */
export function elementSpans(source: Source, start: number): readonly Span[] {
  const { text } = source;
  const spans: Span[] = [];
  let depth = 0;
  let first = start + 1;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === 0x5b || code === 0x7b) {
      depth++;
    } else if (code === 0x5d || code === 0x7d) {
      depth--;
      if (depth === 0) {
        spans.push(trimmed(source, first, at));
        return spans;
      }
    } else if (code === COMMA && depth === 1) {
      spans.push(trimmed(source, first, at));
      first = at + 1;
    }
  }
  return spans;
}

/** Where the value of a name is in the object at `span`; the whole object where that is not plain to see. */
export function nameSpan(span: Span, name: string): Span {
  const { source, start, end } = span;
  const text = source.text.slice(start, end);
  const quoted = JSON.stringify(name);
  for (const match of text.matchAll(/"name"[ \t\r\n]*:[ \t\r\n]*/g)) {
    const at = match.index + match[0].length;
    if (text.startsWith(quoted, at)) return { source, start: start + at, end: start + at + quoted.length };
  }
  return span;
}

/** The last character of the string that begins at `at`. */
function endOfString(text: string, at: number): number {
  for (at++; at < text.length && text.charCodeAt(at) !== QUOTE; at++) if (text.charCodeAt(at) === BACKSLASH) at++;
  return at;
}

function trimmed(source: Source, start: number, end: number): Span {
  const { text } = source;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return { source, start, end };
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
