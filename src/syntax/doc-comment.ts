/**
 * Documentation comments: the lines that the grammar found, put together to sections.
 *
 * The layout is that of QEMU 10: a description `@name: text` goes on in indented lines, an unindented line begins a new
 * paragraph of text. What releases before it did otherwise is read as well: a tag alone on its line (`Example:`) takes the
 * unindented lines after it, descriptions may follow other sections and begin with `#optional`, `Since 0.14` needs no colon, and a
 * comment may say what it is about by its place and its `@member:` descriptions alone.
 */
import type { DocNode, DocSection, DocSectionKind } from "./ast.js";
import type { RawComment } from "./grammar.js";
import type { Source } from "./source.js";

/** A line of a documentation comment, or several of just text. */
export interface DocLine {
  /** What the line begins: `@name: text`, `Since: text`; or nothing, when it is just text. */
  readonly kind: "description" | "tag" | "text";
  /** The name or the tag. */
  readonly name: string;
  /** What follows it, without trailing blanks. Of `text`: all behind the first `#`, the further lines with theirs. */
  readonly text: string;
  /** The offset of `text`. */
  readonly at: number;
}

/** The tags, by how they are written. */
const TAGS: Readonly<Record<string, DocSectionKind>> = {
  Returns: "returns",
  Errors: "errors",
  Since: "since",
  TODO: "todo",
  Todo: "todo",
  Note: "note",
  Notes: "note",
  Example: "example",
  Examples: "example",
};

/** A section while lines are added to it. */
interface OpenSection {
  readonly kind: DocSectionKind;
  readonly name: string | undefined;
  readonly lines: string[];
  /** Whether its text is not indented: of old, "Example:" and the like alone on their line, and the text below. */
  loose: boolean;
  readonly start: number;
  end: number;
}

/** Reads the comments of one file. */
export class DocReader {
  readonly #hasIndentation: boolean;

  constructor({ text }: Source) {
    this.#hasIndentation = !text.includes("\n'");
  }

  /** Makes sections of the lines of a comment; one text, unless it names what it documents or is known to be of a definition. */
  read(comment: RawComment, isOfDefinition: boolean = comment.symbol !== null): DocNode {
    const { symbol, span } = comment;
    const sections: DocSection[] = [];
    const open = isOfDefinition ? definitionSections(comment, this.#hasIndentation) : freeFormSections(comment);
    for (const section of open) {
      const whole = textOf(section);
      const text = section.kind === "member" ? whole.replace(OPTIONAL, "") : whole;
      if (text === "" && section.kind === "text") continue;
      const { kind, name, start, end } = section;
      const place = { source: span.source, start, end };
      sections.push(name === undefined ? { kind, text, span: place } : { kind, name, text, span: place });
    }
    return symbol === null ? { kind: "doc", sections, span } : { kind: "doc", symbol, sections, span };
  }
}

/** How descriptions began before 2.10; that a member is optional is said by its `*`. */
const OPTIONAL = /^\(?#optional\b\)?[,:.]?\s*/;

const INDENTED = /^\s/;

/** The version that something is there since, without a colon. */
const SINCE = /^Since (\d[\d.]*\d)\.?$/;

/** Whether a comment that does not name `definition`, which follows it, is about it all the same: it describes a part of it. */
export function isAbout(comment: RawComment, definition: string, parts: readonly string[]): boolean {
  const [first] = comment.lines;
  if (first?.kind === "text") {
    const title = first.text.split("\n").find((line) => line.replace(/^\s*#/, "").trim() !== "");
    if (title?.replace(/^\s*#/, "").trim() === `${definition}:`) return true;
  }
  return comment.lines.some(({ kind, name }) => kind === "description" && parts.includes(name));
}

/** Free-form documentation is one text, whatever its lines look like. */
function freeFormSections({ lines, span }: RawComment): readonly OpenSection[] {
  const section = open("text", undefined, span.start);
  const append = (text: string, at: number): void => addLine(section, text, at);
  for (const line of lines) {
    if (line.kind === "text") forEachLine(line, append);
    else append(wholeLine(line, span.source.text), line.at);
  }
  return [section];
}

function definitionSections({ lines }: RawComment, hasIndentation: boolean): readonly OpenSection[] {
  const sections: OpenSection[] = [];
  let inFeatures = false;
  let current: OpenSection | undefined;

  function begin(kind: DocSectionKind, name: string | undefined, at: number): OpenSection {
    const section = open(kind, name, at);
    sections.push(section);
    return section;
  }

  function addText(text: string, at: number): void {
    // A comment that is not closed by "##" but by "# ##".
    if (text === "##") return;
    const since = SINCE.exec(text)?.[1];
    if (since !== undefined) {
      inFeatures = false;
      current = begin("since", undefined, at);
      addLine(current, since, at + text.indexOf(since));
      return;
    }
    if (text !== "" && (current === undefined || !continues(current, text, hasIndentation))) {
      inFeatures = false;
      current = begin("text", undefined, at);
    }
    if (current !== undefined) addLine(current, text, at);
  }

  for (const line of lines) {
    if (line.kind === "text") {
      forEachLine(line, addText);
    } else if (line.kind === "tag" && line.name === "Features") {
      inFeatures = true;
      current = undefined;
    } else {
      if (line.kind === "tag") inFeatures = false;
      current =
        line.kind === "tag"
          ? begin(TAGS[line.name] ?? "text", undefined, line.at)
          : begin(inFeatures ? "feature" : "member", line.name, line.at);
      addLine(current, line.text, line.at);
    }
  }
  return sections;
}

/** Calls `use` for each line of just text, with what is behind the `#` and one blank, and its offset. */
function forEachLine({ text: lines, at }: DocLine, use: (text: string, at: number) => void): void {
  let start = 0;
  while (true) {
    const lineBreak = lines.indexOf("\n", start);
    const end = lineBreak === -1 ? lines.length : lineBreak;
    const skipped = lines.charAt(start) === " " ? start + 1 : start;
    use(lines.slice(skipped, end).trimEnd(), at + skipped);
    const hash = lineBreak === -1 ? -1 : lines.indexOf("#", lineBreak);
    if (hash === -1) return;
    start = hash + 1;
  }
}

/**
 * Whether a line of text that is not blank belongs to the section before it. Where a file has lost its indentation, on a web
 * page say, which shows by keys at the beginning of lines, everything does that is not behind a blank line.
 */
function continues(section: OpenSection, text: string, hasIndentation: boolean): boolean {
  if (section.kind === "text" || section.loose || INDENTED.test(text)) return true;
  if (!hasIndentation && section.lines.at(-1) !== "") return true;
  section.loose = section.lines.every((line) => line === "");
  return section.loose;
}

function open(kind: DocSectionKind, name: string | undefined, start: number): OpenSection {
  return { kind, name, lines: [], loose: false, start, end: start };
}

function addLine(section: OpenSection, text: string, at: number): void {
  section.lines.push(text);
  if (text !== "") section.end = at + text.length;
}

/** The lines of a section without blank ones at the ends and, but for a paragraph of text, without their indentation. */
function textOf({ kind, lines }: OpenSection): string {
  let end = lines.length;
  while (end > 0 && lines[end - 1] === "") end--;
  let start = 0;
  while (start < end && lines[start] === "") start++;
  if (end - start <= 1 && start === 0) return lines[0] ?? "";
  // The first line of a description stands behind its name, so only the others tell how far they are indented.
  const indent = kind === "text" ? 0 : indentation(lines);
  let text = start === 0 ? (lines[0] ?? "") : (lines[start] ?? "").slice(indent);
  for (let index = start + 1; index < end; index++) text += `\n${(lines[index] ?? "").slice(indent)}`;
  return text;
}

/** How far the lines behind the first are indented at least. */
function indentation(lines: readonly string[]): number {
  let least = Infinity;
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line !== "") least = Math.min(least, line.length - line.trimStart().length);
  }
  return least === Infinity ? 0 : least;
}

/** A line that would begin something in the documentation of a definition, with what it begins with. */
function wholeLine({ at, text: rest }: DocLine, text: string): string {
  const hash = text.indexOf("#", text.lastIndexOf("\n", at - 1));
  return text.slice(hash + 2, at + rest.length);
}
