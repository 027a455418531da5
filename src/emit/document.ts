/**
 * Documents: text that knows where it may be broken, and the printer that decides where it is.
 *
 * The algebra and the printer are those of prettier (after Wadler's "A prettier printer"): a group is printed on one
 * line when all of it fits, up to the next possible break behind it, else all of its own lines break and the groups in it
 * are tried anew. So what is laid out here comes out of prettier as it went in.
 */

/** The column that lines are kept within; prettier's default. */
export const LINE_WIDTH = 80;

const INDENT_WIDTH = 2;

/** A piece of text, pieces one after another, or one of the parts below. Strings have no line breaks. */
export type Layout = string | readonly Layout[] | Group | Indent | Line | IfBreak;

/** What is on one line if it fits. */
export interface Group {
  readonly kind: "group";
  readonly content: Layout;
  /** Whether it has a break that must be taken. */
  readonly broken: boolean;
}

/** What is indented one step more, where its lines break. */
export interface Indent {
  readonly kind: "indent";
  readonly content: Layout;
}

/** A place for a line break. */
export interface Line {
  readonly kind: "line";
  /** What it is where the line does not break. */
  readonly flat: "" | " ";
  readonly hard: boolean;
}

/** What depends on whether the group around it breaks. */
export interface IfBreak {
  readonly kind: "ifBreak";
  readonly broken: Layout;
  readonly flat: Layout;
}

/** A blank, or a line break. */
export const line: Line = { kind: "line", flat: " ", hard: false };
/** Nothing, or a line break. */
export const softline: Line = { kind: "line", flat: "", hard: false };
/** A line break, which also breaks all groups around it. */
export const hardline: Line = { kind: "line", flat: "", hard: true };

/** Content that is printed on one line if it fits. */
export function group(...content: readonly Layout[]): Group {
  return { kind: "group", content, broken: isBroken(content) };
}

/** Content that is indented. */
export function indent(...content: readonly Layout[]): Indent {
  return { kind: "indent", content };
}

/** `broken` where the group around it breaks, else `flat`. */
export function ifBreak(broken: Layout, flat: Layout = ""): IfBreak {
  return { kind: "ifBreak", broken, flat };
}

/** `docs` with `separator` between them. */
export function join(separator: Layout, docs: readonly Layout[]): Layout {
  return docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc]));
}

/** The text of a document whose first line starts behind `column` columns and whose lines are indented by `steps`. */
export function printDocument(doc: Layout, steps = 0, column: number = steps * INDENT_WIDTH): string {
  let text = "";
  /** What the text ends with: to look for blanks at its end there is faster than in all of it. */
  let last = "";
  /** What is still to be printed, the next at the end; all of it in groups that break. */
  const stack: Entry[] = [{ doc, steps }];
  for (let entry = stack.pop(); entry !== undefined; entry = stack.pop()) {
    const { doc: part, steps } = entry;
    if (typeof part === "string") {
      text += last;
      last = part;
      column += part.length;
    } else if (isList(part)) {
      for (let index = part.length - 1; index >= 0; index--) stack.push({ doc: part[index] ?? "", steps });
    } else if (part.kind === "indent") {
      stack.push({ doc: part.content, steps: steps + 1 });
    } else if (part.kind === "ifBreak") {
      stack.push({ doc: part.broken, steps });
    } else if (part.kind === "line") {
      column = steps * INDENT_WIDTH;
      text += last.endsWith(" ") ? last.replace(/ +$/, "") : last;
      last = `\n${" ".repeat(column)}`;
    } else if (!part.broken && fits(part.content, stack, LINE_WIDTH - column)) {
      text += last;
      last = flatText(part.content);
      column += last.length;
    } else {
      stack.push({ doc: part.content, steps });
    }
  }
  return text + last;
}

/** A document that is still to be printed. */
interface Entry {
  readonly doc: Layout;
  readonly steps: number;
}

/** Whether `content` on one line, and what is behind it up to the next line break, takes at most `width` columns. */
function fits(content: Layout, rest: readonly Entry[], width: number): boolean {
  let left = widthLeft(content, true, width);
  for (let index = rest.length - 1; index >= 0 && left >= 0 && left !== BROKEN; index--) {
    left = widthLeft(rest[index]?.doc ?? "", false, left);
  }
  return left >= 0;
}

/** Of {@link widthLeft}: the document has a line break before the width is used up. */
const BROKEN = Infinity;

/** What is left of `width` behind a document; negative when it is too little. */
function widthLeft(doc: Layout, flat: boolean, width: number): number {
  if (typeof doc === "string") return width - doc.length;
  if (isList(doc)) {
    let left = width;
    for (let index = 0; index < doc.length && left >= 0 && left !== BROKEN; index++) {
      left = widthLeft(doc[index] ?? "", flat, left);
    }
    return left;
  }
  switch (doc.kind) {
    case "line":
      return flat ? width - doc.flat.length : BROKEN;
    case "ifBreak":
      return widthLeft(flat ? doc.flat : doc.broken, flat, width);
    case "group":
    case "indent":
      return widthLeft(doc.content, flat, width);
  }
}

/** The text of a document on one line. */
export function flatText(doc: Layout): string {
  if (typeof doc === "string") return doc;
  if (isList(doc)) {
    let text = "";
    for (const part of doc) text += flatText(part);
    return text;
  }
  switch (doc.kind) {
    case "line":
      return doc.flat;
    case "ifBreak":
      return flatText(doc.flat);
    case "group":
    case "indent":
      return flatText(doc.content);
  }
}

function isBroken(doc: Layout): boolean {
  if (typeof doc === "string") return false;
  if (isList(doc)) return doc.some(isBroken);
  switch (doc.kind) {
    case "line":
      return doc.hard;
    case "group":
      return doc.broken;
    case "indent":
      return isBroken(doc.content);
    case "ifBreak":
      return isBroken(doc.broken) || isBroken(doc.flat);
  }
}

function isList(doc: Exclude<Layout, string>): doc is readonly Layout[] {
  return Array.isArray(doc);
}
