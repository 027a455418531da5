/**
 * Where QEMU's compiler, which stops at its first error, would have stopped.
 *
 * We report every mistake, in source order, at the most precise place. QEMU's compiler works in passes over the whole
 * schema and names the line where the definition begins, or for what it finds while it reads the place where it stands
 * then. So our findings are put in its order here, and the first one is placed as it would place it.
 */
import type { Diagnostic } from "../src/diagnostic.js";
import type { Stage } from "../src/law.js";
import { lawOf } from "../src/schema/laws/index.js";
import type { Tree } from "../src/schema/load.js";
import type { Source } from "../src/syntax/source.js";
import { DIRECTIVE, expand, type Expanded } from "./expanded.js";
import { endOfFile, type Item, valueBehind } from "./text-layout.js";
import { partAt, type VisitOrder, visitOrder } from "./visit-order.js";

/** A place as QEMU's compiler names it. */
export interface QemuPlace {
  /** Relative to the folder of the root file; null when not even that can be read. */
  readonly file: string | null;
  readonly line: number | null;
  /** As {@link columnOf} counts. */
  readonly column: number | null;
}

/** A finding, where QEMU's compiler would place it, and when it would find it. */
export interface Placed {
  readonly finding: Diagnostic;
  readonly place: QemuPlace;
  /** Compared item by item; the smaller one is earlier. */
  readonly time: readonly number[];
}

/** The passes of QEMU's compiler. */
const PASS = { read: 0, form: 1, names: 2, meaning: 3, documentation: 4, total: 5 } as const;

/** Within the pass `read`: what is done about documentation that belongs to nothing, and at the end of a comment. */
const PLACEMENT = -0.6;
const END_OF_COMMENT = -0.7;
const LEXER = -0.8;

/** Findings in the order in which QEMU's compiler would come upon them. */
export function inQemuOrder(findings: readonly Diagnostic[], tree: Tree): readonly Placed[] {
  const expanded = expand(tree);
  const order = visitOrder(expanded.definitions);
  const names = new Map<Source, string>(tree.files.map((file) => [file.node.span.source, file.name]));
  return findings
    .map((finding) => placed(finding, { expanded, order, names }))
    .sort((a, b) => compareTimes(a.time, b.time));
}

interface Context {
  readonly expanded: Expanded;
  readonly order: VisitOrder;
  readonly names: ReadonlyMap<Source, string>;
}

function placed(finding: Diagnostic, context: Context): Placed {
  const { span, code } = finding;
  if (span === undefined) return { finding, place: { file: null, line: null, column: null }, time: [] };
  const { source, start } = span;
  const at = (offset: number, time: readonly number[]): Placed => ({
    finding,
    place: {
      file: context.names.get(source) ?? source.name,
      line: source.position(offset).line,
      column: columnOf(source, offset),
    },
    time,
  });
  const index = context.expanded.indexOf(span) ?? -1;
  const item = context.expanded.places[index]?.item;
  const way = context.expanded.wayTo(source) ?? [];
  const stage = stageOf(code);
  if (item === undefined)
    return at(start === source.text.length ? endOfFile(source.text) : start, [PASS.read, ...way, start]);

  if (item.kind === "doc") return inDocumentation(finding, start, item, index, stage, way, context, at);
  if (stage === "text" || item.isDirective) {
    if (item.isDirective && !READING.has(code)) return at(item.start, [PASS.read, ...way, item.next + DIRECTIVE]);
    const offset = readingPlace(code, source, start);
    const isLexical = LEXICAL.has(code) || isStray(source.text, offset);
    return at(offset, [PASS.read, ...way, offset + (isLexical ? LEXER : 0)]);
  }
  if (stage === "form") return at(item.start, [PASS.form, index, formStep(code)]);
  return inMeaning(finding, start, item, index, context, at);
}

/** Codes of what is found while tokens are put together, rather than when a directive is carried out. */
const LEXICAL: ReadonlySet<string> = new Set(["unterminated-string", "invalid-escape", "invalid-character"]);
const READING: ReadonlySet<string> = new Set([...LEXICAL, "syntax", "nesting-too-deep", "duplicate-key"]);

function stageOf(code: string): Stage {
  return lawOf(code)?.stage ?? "form";
}

/** Where the token is that QEMU's compiler has in hand. */
function readingPlace(code: string, source: Source, start: number): number {
  if (start >= source.text.length) return endOfFile(source.text);
  return code === "duplicate-key" ? valueBehind(source.text, start) : start;
}

/** Whether the lexer has no token that begins like that. */
function isStray(text: string, offset: number): boolean {
  return !/[{}[\]:,'#\s]|true|false|$/y.test(text.slice(offset, offset + 5));
}

/** Within the pass over forms: the name is looked at first, then the documentation, then all else. */
function formStep(code: string): number {
  return code === "unknown-form" || code === "ambiguous-form" ? 0 : 2;
}

type At = (offset: number, time: readonly number[]) => Placed;

function inDocumentation(
  { code }: Diagnostic,
  start: number,
  item: Item,
  index: number,
  stage: Stage,
  way: readonly number[],
  { expanded }: Context,
  at: At,
): Placed {
  const next = expanded.places[index + 1]?.item;
  if (stage === "text") {
    if (DOC_PLACEMENT.has(code)) {
      // Found out when the value that follows, if one does, has been read.
      const found = next?.kind === "value" && next.start === item.next ? next.next : item.next;
      return at(item.start, [PASS.read, ...way, found + PLACEMENT]);
    }
    return at(start, [PASS.read, ...way, DOC_END.has(code) ? item.next + END_OF_COMMENT : start]);
  }
  if (stage === "form") return at(start, [PASS.form, index + 1, 1]);
  return at(start, [PASS.documentation, index, start]);
}

/** Codes of documentation that stands in the wrong place, and of what is seen at the end of a comment. */
const DOC_PLACEMENT: ReadonlySet<string> = new Set([]);
const DOC_END: ReadonlySet<string> = new Set([]);

function inMeaning(
  { code }: Diagnostic,
  start: number,
  item: Item,
  index: number,
  { expanded, order }: Context,
  at: At,
): Placed {
  if (code === "duplicate-definition") return at(item.start, [PASS.names, index]);
  const node = expanded.definitions.find(
    ({ span }) => span.source === expanded.places[index]?.file.node.span.source && span.start === item.start,
  );
  if (node === undefined) return at(item.start, [PASS.meaning, Infinity, index]);
  const { part, branch } =
    stageOf(code) === "documentation"
      ? { part: "documentation" as const, branch: undefined }
      : code === "member-clash"
        ? { part: "clash" as const, branch: undefined }
        : { branch: undefined, ...partAt(node, start) };
  return at(item.start, [PASS.meaning, order.time(node, part, branch) ?? Infinity, start]);
}

/**
 * The column of an offset, counted from 1 in characters; a tab takes the count back into its first block of eight, as
 * QEMU's compiler has it.
 */
export function columnOf(source: Source, offset: number): number {
  const { line } = source.position(offset);
  const start = offset - (source.position(offset).column - 1);
  let column = 1;
  for (const character of source.line(line).slice(0, offset - start)) {
    column = character === "\t" ? ((column - 1) % 8) + 1 : column + 1;
  }
  return column;
}

function compareTimes(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return a.length - b.length;
}
