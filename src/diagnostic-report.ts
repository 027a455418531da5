/**
 * Diagnostics as text for people and as JSON for programs.
 *
 * What a schema says may end up in a message, a file name or a code frame: all of it is made fit for a terminal here.
 */
import { codeFrame } from "./code-frame.js";
import type { Diagnostic } from "./diagnostic.js";
import { printable, printableJson } from "./printable.js";
import type { Span } from "./syntax/source.js";

/** How text is made of diagnostics. */
export interface TextOptions {
  /** Whether to use ANSI colours. Default: no. */
  readonly color?: boolean;
}

/**
 * What is wrong, in the order given, for people to read: each diagnostic with its place, the line, related places and a
 * hint, a blank line behind each, and at the end how many there are. Ends with a line break; empty for no diagnostics.
 */
export function formatText(diagnostics: readonly Diagnostic[], options: TextOptions = {}): string {
  if (diagnostics.length === 0) return "";
  const style = options.color === true ? COLOR : PLAIN;
  const blocks = diagnostics.map((diagnostic) => block(diagnostic, style));
  const count = diagnostics.length === 1 ? "1 error" : `${String(diagnostics.length)} errors`;
  return `${blocks.join("\n")}\n${style.error(count)}\n`;
}

/** What `--format json` prints of one diagnostic. Every key is always there. */
export interface DiagnosticJson extends PlaceJson {
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
  readonly related: readonly RelatedJson[];
}

/** A place that a diagnostic mentions besides its own. */
export interface RelatedJson extends PlaceJson {
  readonly message: string;
}

/** A stretch of a file; all of it is null for a diagnostic without a place. */
export interface PlaceJson {
  /** The path as it is shown to people, with forward slashes. */
  readonly file: string | null;
  /** From 1. */
  readonly line: number | null;
  /** From 1, in UTF-16 code units. */
  readonly column: number | null;
  /** The line of the first character behind the stretch. */
  readonly endLine: number | null;
  /** The column of the first character behind the stretch. */
  readonly endColumn: number | null;
}

/** One JSON array of {@link DiagnosticJson}, in the order given, and a line break. */
export function formatJson(diagnostics: readonly Diagnostic[]): string {
  const items = diagnostics.map(({ code, message, span, hint, related }): DiagnosticJson => ({
    ...place(span),
    code,
    message,
    hint: hint ?? null,
    related: (related ?? []).map((other) => ({ ...place(other.span), message: other.message })),
  }));
  return `${printableJson(JSON.stringify(items, undefined, 2))}\n`;
}

interface Style {
  readonly error: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly note: (text: string) => string;
}

const PLAIN: Style = { error: same, strong: same, faint: same, note: same };
const COLOR: Style = { error: sgr("1;31"), strong: sgr("1"), faint: sgr("2"), note: sgr("36") };

function same(text: string): string {
  return text;
}

function sgr(code: string): (text: string) => string {
  return (text) => `\u001b[${code}m${text}\u001b[0m`;
}

function block(diagnostic: Diagnostic, style: Style): string {
  const { span, related = [], hint } = diagnostic;
  const head = `${style.error(`error[${printable(diagnostic.code)}]`)}: ${style.strong(printable(diagnostic.message))}`;
  let text = span === undefined ? `${head}\n` : `${where(span, style)}: ${head}\n${frame(span, style, style.error)}`;
  for (const other of related) {
    text += `${where(other.span, style)}: ${printable(other.message)}\n${frame(other.span, style, style.note)}`;
  }
  if (hint !== undefined) text += `${style.note("hint")}: ${printable(hint)}\n`;
  return text;
}

function where(span: Span, style: Style): string {
  const { line, column } = span.source.position(span.start);
  return style.strong(`${printable(span.source.name)}:${String(line)}:${String(column)}`);
}

function frame(span: Span, style: Style, mark: (text: string) => string): string {
  const { line, text, indent, carets } = codeFrame(span);
  const number = String(line).padStart(4);
  const gutter = " ".repeat(number.length);
  return (
    `${style.faint(`${number} |`)}${text === "" ? "" : ` ${text}`}\n` +
    `${style.faint(`${gutter} |`)} ${" ".repeat(indent)}${mark("^".repeat(carets))}\n`
  );
}

function place(span: Span | undefined): PlaceJson {
  if (span === undefined) return { file: null, line: null, column: null, endLine: null, endColumn: null };
  const start = span.source.position(span.start);
  const end = span.source.position(span.end);
  return {
    file: span.source.name,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
  };
}
