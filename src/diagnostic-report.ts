/**
 * Diagnostics as text for people, as JSON for programs, and as commands for the log of a GitHub workflow.
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

/** More than anybody reads; text of a million findings would fill the memory. */
const MAXIMUM_SHOWN = 1000;

/**
 * What is wrong, in the order given, for people to read: each diagnostic with its place, the line, related places and a
 * hint, a blank line behind each, and at the end how many there are. Of more than a thousand, the others are only counted.
 * Ends with a line break; empty for no diagnostics.
 *
 * @example
 * ```ts
 * import { check, formatText, load, memoryHost } from "qapi-codegen";
 *
 * const host = memoryHost({ "a.json": "{ 'event': 'STOP', 'data': 'Reason' }" });
 * const { diagnostics } = check(load("a.json", host));
 * formatText(diagnostics).split("\n")[0]; // => "a.json:1:28: error[undefined-type]: 'data' of event 'STOP': there is no type 'Reason'"
 * ```
 */
export function formatText(diagnostics: readonly Diagnostic[], options: TextOptions = {}): string {
  if (diagnostics.length === 0) return "";
  const style = options.color === true ? COLOR : PLAIN;
  const blocks = diagnostics.slice(0, MAXIMUM_SHOWN).map((diagnostic) => block(diagnostic, style));
  const [severity, total] = totals(diagnostics);
  const shown = diagnostics.length > MAXIMUM_SHOWN ? `, of which the first ${String(MAXIMUM_SHOWN)} are shown` : "";
  return `${blocks.join("\n")}\n${style[severity](total)}${shown}\n`;
}

/** `2 errors, 3 style findings`, and the more severe of what there is. */
function totals(diagnostics: readonly Diagnostic[]): readonly [Severity, string] {
  const errors = diagnostics.filter(({ severity }) => severity === undefined).length;
  const parts = [count(errors, "error"), count(diagnostics.length - errors, "style finding")];
  return [errors > 0 ? "error" : "style", parts.filter((part) => !part.startsWith("0 ")).join(", ")];
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** How much a finding matters: `style` is what only QEMU's compiler would refuse. */
export type Severity = "error" | "style";

/** What `--format json` prints of one diagnostic. Every key is always there. */
export interface DiagnosticJson extends PlaceJson {
  readonly code: string;
  /** `style`: QEMU's compiler refuses it, but its meaning is clear. */
  readonly severity: Severity;
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

/**
 * One JSON array of {@link DiagnosticJson}, in the order given, and a line break.
 *
 * @example
 * ```ts
 * import { check, formatJson, load, memoryHost } from "qapi-codegen";
 *
 * const host = memoryHost({ "a.json": "{ 'event': 'STOP', 'data': 'Reason' }" });
 * const { diagnostics } = check(load("a.json", host));
 * JSON.parse(formatJson(diagnostics))[0].line; // => 1
 * ```
 */
export function formatJson(diagnostics: readonly Diagnostic[]): string {
  const items = diagnostics.map(({ code, severity, message, span, hint, related }): DiagnosticJson => ({
    ...place(span),
    code,
    severity: severity ?? "error",
    message,
    hint: hint ?? null,
    related: (related ?? []).map((other) => ({ ...place(other.span), message: other.message })),
  }));
  return `${printableJson(JSON.stringify(items, undefined, 2))}\n`;
}

/**
 * A workflow command for each diagnostic, in the order given, a line each: what GitHub shows beside the lines of a change.
 * An error is an `error` there, a finding of style a `warning`. Empty for no diagnostics.
 *
 * @example
 * ```ts
 * import { check, formatGithub, load, memoryHost } from "qapi-codegen";
 *
 * const host = memoryHost({ "a.json": "{ 'event': 'STOP', 'data': 'Reason' }" });
 * const { diagnostics } = check(load("a.json", host));
 * formatGithub(diagnostics).slice(0, 26); // => "::error file=a.json,line=1"
 * ```
 */
export function formatGithub(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((diagnostic) => `${workflowCommand(diagnostic)}\n`).join("");
}

function workflowCommand({ code, severity, message, span, hint, related = [] }: Diagnostic): string {
  const lines = [printable(message)];
  for (const other of related) lines.push(`${printable(position(other.span))}: ${printable(other.message)}`);
  if (hint !== undefined) lines.push(`hint: ${printable(hint)}`);
  const properties = span === undefined ? [] : placeProperties(span);
  properties.push(["title", code]);
  const list = properties.map(([key, value]) => `${key}=${escapeProperty(printable(String(value)))}`).join(",");
  return `::${severity === undefined ? "error" : "warning"} ${list}::${escapeData(lines.join("\n"))}`;
}

function placeProperties(span: Span): [string, string | number | null][] {
  const { file, line, column, endLine, endColumn } = place(span);
  const lines: [string, string | number | null][] = [
    ["file", file],
    ["line", line],
    ["endLine", endLine],
  ];
  // The runner takes no columns for what is not within one line.
  return line === endLine ? [...lines, ["col", column], ["endColumn", endColumn]] : lines;
}

/** What GitHub's runner turns back. */
function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

interface Style {
  readonly error: (text: string) => string;
  readonly style: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly note: (text: string) => string;
}

const PLAIN: Style = { error: same, style: same, strong: same, faint: same, note: same };
const COLOR: Style = { error: sgr("1;31"), style: sgr("1;33"), strong: sgr("1"), faint: sgr("2"), note: sgr("36") };

function same(text: string): string {
  return text;
}

function sgr(code: string): (text: string) => string {
  return (text) => `\u001b[${code}m${text}\u001b[0m`;
}

function block(diagnostic: Diagnostic, style: Style): string {
  const { span, related = [], hint } = diagnostic;
  const severity: Severity = diagnostic.severity ?? "error";
  const mark = style[severity];
  const head = `${mark(`${severity}[${printable(diagnostic.code)}]`)}: ${style.strong(printable(diagnostic.message))}`;
  let text = span === undefined ? `${head}\n` : `${where(span, style)}: ${head}\n${frame(span, style, mark)}`;
  for (const other of related) {
    text += `${where(other.span, style)}: ${printable(other.message)}\n${frame(other.span, style, style.note)}`;
  }
  if (hint !== undefined) text += `${style.note("hint")}: ${printable(hint)}\n`;
  return text;
}

function where(span: Span, style: Style): string {
  return style.strong(printable(position(span)));
}

/** `net.json:3:14` */
function position({ source, start }: Span): string {
  const { line, column } = source.position(start);
  return `${source.name}:${String(line)}:${String(column)}`;
}

function frame(span: Span, style: Style, mark: (text: string) => string): string {
  if (!span.source.hasText) return "";
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
