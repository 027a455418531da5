/**
 * Documentation comments: the lines that the grammar found, put together to sections.
 *
 * The layout is that of QEMU 10: a description `@name: text` goes on in indented lines, an unindented line begins a new
 * paragraph of text. What releases before it did otherwise is read as well: a tag alone on its line (`Example:`) takes the
 * unindented lines after it, and descriptions may follow other sections.
 */
import type { DocNode, DocSection, DocSectionKind } from "./ast.js";
import type { RawComment } from "./grammar.js";

/** One line of a documentation comment. */
export interface DocLine {
  /** What the line begins: `@name: text`, `Since: text`; or nothing, when it is just text. */
  readonly kind: "description" | "tag" | "text";
  /** The name or the tag. */
  readonly name: string;
  /** What follows it, without trailing blanks. Of `text` lines all behind the `#` and one blank. */
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
  readonly name?: string;
  readonly lines: string[];
  /** Whether its text is not indented: of old, "Example:" and the like alone on their line, and the text below. */
  loose: boolean;
  readonly start: number;
  end: number;
}

/** Makes sections of the lines of a comment. */
export function buildDoc(comment: RawComment): DocNode {
  const sections = comment.symbol === null ? freeFormSections(comment) : definitionSections(comment);
  return {
    kind: "doc",
    ...(comment.symbol === null ? {} : { symbol: comment.symbol }),
    sections: sections
      .map((section) => close(section, comment))
      .filter((section) => section.text !== "" || section.kind !== "text"),
    span: comment.span,
  };
}

/** Free-form documentation is one text, whatever its lines look like. */
function freeFormSections(comment: RawComment): readonly OpenSection[] {
  const section = open("text", undefined, comment.span.start);
  for (const line of comment.lines) append(section, wholeLine(line, comment), line.at + line.text.length);
  return [section];
}

function definitionSections(comment: RawComment): readonly OpenSection[] {
  const sections: OpenSection[] = [];
  let inFeatures = false;
  let current: OpenSection | undefined;

  function begin(kind: DocSectionKind, name: string | undefined, line: DocLine): OpenSection {
    const section = open(kind, name, line.at);
    sections.push(section);
    return section;
  }

  for (const line of comment.lines) {
    const end = line.at + line.text.length;
    switch (line.kind) {
      case "description":
        current = begin(inFeatures ? "feature" : "member", line.name, line);
        append(current, line.text, end);
        break;
      case "tag":
        inFeatures = line.name.startsWith("Feature");
        current = inFeatures ? undefined : begin(TAGS[line.name] ?? "text", undefined, line);
        if (current !== undefined) append(current, line.text, end);
        break;
      case "text":
        if (line.text !== "" && (current === undefined || !continues(current, line.text))) {
          inFeatures = false;
          current = begin("text", undefined, line);
        }
        if (current !== undefined) append(current, line.text, end);
        break;
    }
  }
  return sections;
}

/** Whether a line of text that is not blank belongs to the section before it. */
function continues(section: OpenSection, text: string): boolean {
  if (section.kind === "text" || section.loose || text.startsWith(" ") || text.startsWith("\t")) return true;
  section.loose = section.lines.every((line) => line === "");
  return section.loose;
}

function open(kind: DocSectionKind, name: string | undefined, start: number): OpenSection {
  return { kind, ...(name === undefined ? {} : { name }), lines: [], loose: false, start, end: start };
}

function append(section: OpenSection, text: string, end: number): void {
  section.lines.push(text);
  if (text !== "") section.end = end;
}

function close(section: OpenSection, comment: RawComment): DocSection {
  const { kind, name, lines, start, end } = section;
  // The first line of a description stands behind its name, so only the others tell how far they are indented.
  const isText = kind === "text";
  const indent = isText ? 0 : indentation(lines.slice(1));
  const first = lines.findIndex((line) => line !== "");
  const last = lines.findLastIndex((line) => line !== "");
  const text = lines
    .slice(Math.max(first, 0), last + 1)
    .map((line, index) => (index + first === 0 ? line : line.slice(indent)))
    .join("\n");
  return {
    kind,
    ...(name === undefined ? {} : { name }),
    text,
    span: { source: comment.span.source, start, end },
  };
}

function indentation(lines: readonly string[]): number {
  let least = Infinity;
  for (const line of lines) {
    if (line === "") continue;
    least = Math.min(least, line.length - line.trimStart().length);
  }
  return least === Infinity ? 0 : least;
}

/** The text of a line of a free-form comment, where nothing has a meaning of its own. */
function wholeLine(line: DocLine, comment: RawComment): string {
  if (line.kind === "text") return line.text;
  const { text } = comment.span.source;
  // Behind the "#" and a blank, which only a line without anything of a meaning may lack.
  return text.slice(text.lastIndexOf("#", line.at - 1) + 2, line.at + line.text.length);
}
