/**
 * Code frames: the line that a span begins in, with carets under what it covers.
 */
import { cell } from "./printable.js";
import type { Span } from "./syntax/source.js";

/** A line of text as it is shown, and where to put the carets. Both are measured in columns of a terminal. */
export interface Frame {
  /** The number of the line, from 1. */
  readonly line: number;
  /** The line, fit for a terminal; `…` stands for what was cut off. */
  readonly text: string;
  /** How many columns are left of the carets. */
  readonly indent: number;
  /** How many carets: at least one. */
  readonly carets: number;
}

/** Tabs go to the next multiple of this, as most terminals and QEMU's schemas have it. */
const TAB = 8;
/** Lines wider than this are cut. */
const MAX_WIDTH = 100;
/** How much of a line that is cut stays to the left of the span. */
const LEFT_CONTEXT = 30;
/** No more of a line is looked at, in UTF-16 code units on each side of where the span begins. */
const REACH = 400;

/** The frame of `span`; of a span over several lines it shows the first. */
export function codeFrame(span: Span): Frame {
  const { line, column } = span.source.position(span.start);
  const whole = span.source.line(line);
  const from = Math.max(0, column - 1 - REACH);
  const text = whole.slice(from, column - 1 + REACH);
  const start = column - 1 - from;
  const end = Math.max(start + 1, Math.min(start + span.end - span.start, text.length));

  const cells: { readonly text: string; readonly left: number; readonly right: number }[] = [];
  let width = 0;
  let indent: number | undefined;
  let right = 0;
  let offset = 0;
  for (const character of text) {
    if (offset <= start) indent = width;
    const left = width;
    if (character === "\t") {
      width += TAB - (width % TAB);
      cells.push({ text: " ".repeat(width - left), left, right: width });
    } else {
      const { text: drawn, width: columns } = cell(character);
      width += columns;
      cells.push({ text: drawn, left, right: width });
    }
    if (offset < end) right = width;
    offset += character.length;
  }
  // Behind the last character of the line: the end of a file, or of a line that lacks something.
  if (offset <= start || indent === undefined) {
    indent = width;
    right = width + 1;
  }

  const isCut = from > 0 || text.length < whole.length - from || width > MAX_WIDTH;
  if (!isCut)
    return {
      line,
      text: cells
        .map((drawn) => drawn.text)
        .join("")
        .trimEnd(),
      indent,
      carets: Math.max(1, right - indent),
    };

  const first = indent <= MAX_WIDTH - LEFT_CONTEXT && from === 0 ? 0 : indent - LEFT_CONTEXT;
  const shown = cells.filter((drawn) => drawn.left >= first && drawn.right <= first + MAX_WIDTH);
  const shownFrom = shown[0]?.left ?? indent;
  const shownTo = shown.at(-1)?.right ?? indent;
  const before = shownFrom > 0 || from > 0 ? "…" : "";
  const after = shownTo < width || text.length < whole.length - from ? "…" : "";
  return {
    line,
    text: before + shown.map((drawn) => drawn.text).join("") + after,
    indent: before.length + indent - shownFrom,
    carets: Math.max(1, Math.min(right, shownTo) - indent),
  };
}
