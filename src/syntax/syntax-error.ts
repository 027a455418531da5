/** What to say where the grammar does not go on. */
import type { Diagnostic, RelatedSpan } from "../diagnostic.js";
import type { Expectation } from "./grammar.js";
import type { Source, Span } from "./source.js";

/**
 * The diagnostic for text that does not parse.
 *
 * @param entryStart - where the entry begins that does not parse
 * @param at - the offset that the parser did not get beyond
 * @param expected - what it would have taken there
 */
export function explainSyntaxError(
  source: Source,
  entryStart: number,
  at: number,
  expected: readonly Expectation[],
): Diagnostic {
  const { text } = source;
  const wanted = expectationList(expected);
  const found = text.charAt(at);
  if (found === "") {
    const diagnostic = {
      code: "syntax",
      message: `expected ${wanted}, but the file ends`,
      span: spanAt(source, at, at),
    };
    const open = innermostOpen(text, entryStart, at);
    if (open === undefined) return diagnostic;
    return { ...diagnostic, related: [notClosed(source, open)] };
  }
  if (found === "'") {
    const malformed = explainString(source, at);
    if (malformed !== undefined) return malformed;
  }
  const end = at + tokenLength(text, at);
  const token = text.slice(at, end);
  const open = unclosed(text, entryStart, at, token);
  const hint = open === undefined ? hintFor(text, at, token, wanted) : undefined;
  return {
    code: "syntax",
    message: `expected ${wanted}, found ${found === "'" ? "a string" : `'${token}'`}`,
    span: spanAt(source, at, end),
    ...(open === undefined ? {} : { related: [notClosed(source, open)] }),
    ...(hint === undefined ? {} : { hint }),
  };
}

/** The bracket that should have been closed before `at`, if the token there shows that: it closes or begins another one. */
function unclosed(text: string, entryStart: number, at: number, token: string): number | undefined {
  const isNextEntry = (token === "{" || token === "[") && text.charAt(at - 1) === "\n";
  if (!isNextEntry && token !== "}" && token !== "]") return undefined;
  const open = innermostOpen(text, entryStart, at);
  const matches = open !== undefined && `${text.charAt(open)}${token}` === (token === "}" ? "{}" : "[]");
  return matches ? undefined : open;
}

function notClosed(source: Source, open: number): RelatedSpan {
  return { span: spanAt(source, open, open + 1), message: `this '${source.text.charAt(open)}' is not closed` };
}

/** What is wrong with the string that begins at `start`; undefined when nothing is. */
function explainString(source: Source, start: number): Diagnostic | undefined {
  const { text } = source;
  for (let at = start + 1; ; at++) {
    const character = text.charAt(at);
    if (character === "'") return undefined;
    if (character === "" || character === "\n") {
      return {
        code: "unterminated-string",
        message: "the string is not closed on its line",
        span: spanAt(source, start, at),
        hint: "add the missing single quote; a string cannot contain one",
      };
    }
    if (character === "\\") {
      if (text.charAt(at + 1) === "\\") {
        at++;
        continue;
      }
      return {
        code: "invalid-escape",
        message: `'\\${printable(text, at + 1)}' is no escape sequence`,
        span: spanAt(source, start, Math.min(at + 2, text.length)),
        hint: "the only one is '\\\\', a backslash",
      };
    }
    if (!/[ -~]/.test(character)) {
      return {
        code: "invalid-character",
        message: `a string cannot contain ${printable(text, at)}`,
        span: spanAt(source, start, at + 1),
        hint: "strings are of printable ASCII characters",
      };
    }
  }
}

function hintFor(text: string, at: number, token: string, wanted: string): string | undefined {
  const before = text.slice(0, at).trimEnd();
  if (token.startsWith('"')) return "strings are in single quotes";
  if ((token === "}" || token === "]") && before.endsWith(",")) return "remove the comma before it";
  if (wanted.includes("'##'")) {
    if (token === ",") return "definitions follow each other without commas";
    return token === "[" ? "definitions follow each other; they are not in a list" : undefined;
  }
  const isWord = /^[A-Za-z_]/.test(token) && token !== "true" && token !== "false";
  if (isWord && text.charAt(at - 1) === "'") return "is there a single quote missing before it?";
  if (token === "null") return "there is no null in schemas";
  if (/^[-+.]?\d/.test(token)) return "there are no numbers in schemas";
  if (isWord) return "strings are in single quotes";
  return wanted.includes("','") && /^['{[tf]/.test(token) ? "is there a comma missing before it?" : undefined;
}

/** `a, b or c`, in the order of the grammar and each once. */
function expectationList(expected: readonly Expectation[]): string {
  const names = new Set<string>();
  for (const expectation of expected) {
    if (expectation.type === "end") names.add("the end of the file");
    else names.add(expectation.type === "other" ? expectation.description : `'${expectation.text}'`);
  }
  const list = [...names];
  const last = list.pop() ?? "something else";
  return list.length === 0 ? last : `${list.join(", ")} or ${last}`;
}

/** The length of what a reader sees as one thing: a bracket, a comma, a word. */
function tokenLength(text: string, at: number): number {
  const word = /[^[\]{}:,\s'#]{1,40}/y;
  word.lastIndex = at;
  return word.exec(text)?.[0].length ?? 1;
}

function printable(text: string, at: number): string {
  const point = text.codePointAt(at);
  if (point === undefined || point === 0x0a) return "the end of the line";
  if (point === 0x09) return "a tab";
  if (point > 0x20 && point < 0x7f) return String.fromCodePoint(point);
  const code = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
  return point > 0xa0 && /\p{L}|\p{P}|\p{S}/u.test(String.fromCodePoint(point))
    ? `'${String.fromCodePoint(point)}' (${code})`
    : code;
}

/** The offset of the bracket that is still open at `end`. */
function innermostOpen(text: string, start: number, end: number): number | undefined {
  const open: number[] = [];
  const token = /#[^\n]*|'[^'\n]*'|[[\]{}]/g;
  token.lastIndex = start;
  for (let match = token.exec(text); match !== null && match.index < end; match = token.exec(text)) {
    if (match[0] === "{" || match[0] === "[") open.push(match.index);
    else if (match[0] === "}" || match[0] === "]") open.pop();
  }
  return open.at(-1);
}

function spanAt(source: Source, start: number, end: number): Span {
  return { source, start, end };
}
