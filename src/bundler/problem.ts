/** What is wrong, in the terms that bundlers have in common. */
import { relative, resolve } from "node:path";
import { codeFrame } from "../code-frame.js";
import type { Diagnostic } from "../diagnostic.js";
import { printable } from "../printable.js";
import type { Span } from "../syntax/source.js";

/** One thing that is wrong with a schema, a configuration, an output or an import. */
export interface Problem {
  /** What is wrong and what to do about it, fit for a terminal; may have several lines. */
  readonly message: string;
  /** Absent where there is no text to point into. */
  readonly place?: Place;
}

/** Where it is. */
export interface Place {
  /** An absolute path. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units. */
  readonly column: number;
  /** How much of the line it is about, in UTF-16 code units: at least one. */
  readonly length: number;
  /** The whole line, without its line break. */
  readonly lineText: string;
  /** The line with carets below, fit for a terminal; empty where the file's text is not known. */
  readonly frame: string;
}

/** More problems than this are only counted: nobody reads them in an overlay. */
const MAXIMUM_SHOWN = 20;

/** What a diagnostic says. */
export function problemOf(diagnostic: Diagnostic): Problem {
  const { code, message, span, related = [], hint } = diagnostic;
  const lines = [`${printable(message)} [${code}]`];
  for (const other of related) lines.push(`${where(placeOf(other.span))}: ${printable(other.message)}`);
  if (hint !== undefined) lines.push(`hint: ${printable(hint)}`);
  return { message: lines.join("\n"), ...(span !== undefined && { place: placeOf(span) }) };
}

/** All problems as one, for bundlers that take one error at a time: it is where the first is, and says all. */
export function combined(problems: readonly [Problem, ...Problem[]]): Problem {
  const [first] = problems;
  if (problems.length === 1) return first;
  const shown = problems.slice(0, MAXIMUM_SHOWN).map(problemText);
  const left = problems.length > MAXIMUM_SHOWN ? ["…"] : [];
  const message = [`${String(problems.length)} errors:`, ...shown, ...left].join("\n\n");
  // Its frame is in the message.
  return { message, ...(first.place !== undefined && { place: { ...first.place, frame: "" } }) };
}

/** A problem as text: `net.json:14:21: there is no type 'Foo'`, and the frame. */
export function problemText({ message, place }: Problem): string {
  if (place === undefined) return message;
  const head = `${where(place)}: ${message}`;
  return place.frame === "" ? head : `${head}\n${place.frame}`;
}

/** `schema/net.json:14:21` */
function where({ file, line, column }: Place): string {
  return `${printable(shownPath(file))}:${String(line)}:${String(column)}`;
}

/** A path for people: relative to the current directory, with forward slashes. */
export function shownPath(file: string): string {
  return relative("", file).replaceAll("\\", "/");
}

function placeOf(span: Span): Place {
  const { source, start, end } = span;
  const { line, column } = source.position(start);
  const lineText = source.line(line);
  const length = Math.max(1, Math.min(end - start, lineText.length - column + 1));
  return { file: resolve(source.name), line, column, length, lineText, frame: source.hasText ? frameText(span) : "" };
}

function frameText(span: Span): string {
  const { line, text, indent, carets } = codeFrame(span);
  // No blanks in front: Vite's overlay trims the text, and the carets would be elsewhere.
  const number = String(line);
  return `${number} | ${text}\n${" ".repeat(number.length)} | ${" ".repeat(indent)}${"^".repeat(carets)}`;
}
