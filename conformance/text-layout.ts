/**
 * What stands at the top level of a file, found by looking at brackets only, so that it works on text that does not parse
 * and on values that define nothing: QEMU's compiler names the line of the value that a mistake is in.
 */

/** A value or a documentation comment at the top level. */
export interface Item {
  readonly kind: "value" | "doc";
  readonly start: number;
  readonly end: number;
  /** Where the next token behind it begins, plain comments left out; at the end of the file, that of {@link endOfFile}. */
  readonly next: number;
  /** Whether it is an object with the key `include` or `pragma`. */
  readonly isDirective: boolean;
  /** Of documentation: whether a `##` ends it. */
  readonly isClosed: boolean;
  /** Where documentation begins within a value; for QEMU's compiler that is a token in the wrong place. */
  readonly docWithin?: number;
}

/** Where QEMU's compiler sees the end of a file: at the last line break, which it adds where there is none. */
export function endOfFile(text: string): number {
  return text.endsWith("\n") ? text.length - 1 : text.length;
}

interface OpenItem {
  readonly kind: "value" | "doc";
  readonly start: number;
  end: number;
  isDirective: boolean;
  isClosed: boolean;
  docWithin?: number;
}

/** White space as QEMU's compiler has it: Python's str.isspace, which is not JavaScript's `\\s`. */
export const BLANK = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const TOKEN = new RegExp(`#[^\\n]*|'(?:[^'\\\\\\n]|\\\\.)*'?|[{}[\\],:]|[^${BLANK}{}[\\],:'#]+`, "g");

/** The items of a file, from top to bottom. */
export function itemsOf(text: string): readonly Item[] {
  const open: OpenItem[] = [];
  let current: OpenItem | undefined;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (current?.kind === "doc") {
      if (token.startsWith("#")) current.end = index + token.length;
      current.isClosed = token.startsWith("##");
      if (current.isClosed || !token.startsWith("#")) current = undefined;
      if (token.startsWith("#")) continue;
    }
    if (token.startsWith("#")) {
      if (token.startsWith("##") && depth > 0 && current !== undefined) current.docWithin ??= index;
      if (!token.startsWith("##") || depth > 0) continue;
      current = { kind: "doc", start: index, end: index + token.length, isDirective: false, isClosed: false };
      open.push(current);
      continue;
    }
    if (current === undefined) {
      current = { kind: "value", start: index, end: index, isDirective: false, isClosed: false };
      open.push(current);
    }
    current.end = index + token.length;
    if (depth === 1 && (token === "'include'" || token === "'pragma'")) {
      current.isDirective ||= /^\s*:/.test(text.slice(current.end, current.end + 40));
    }
    if (token === "{" || token === "[") depth++;
    else if ((token === "}" || token === "]") && depth > 0) depth--;
    if (depth === 0) current = undefined;
  }
  return open.map((item, index) => ({ ...item, next: open[index + 1]?.start ?? endOfFile(text) }));
}

/** The item that `offset` is in, or else the last one before it. */
export function itemAt(items: readonly Item[], offset: number): Item | undefined {
  return items.findLast((item) => item.start <= offset);
}

/** Where the value of the key at `offset` begins. */
export function valueBehind(text: string, offset: number): number {
  const behind = /'(?:[^'\\\n]|\\.)*'(?:\s|#[^\n]*)*:(?:\s|#[^\n]*)*/y;
  behind.lastIndex = offset;
  return behind.test(text) ? behind.lastIndex : offset;
}
