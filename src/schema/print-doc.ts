/** Documentation comments, laid out as QEMU's compiler of today wants them. */
import type { Doc, DocSection, DocSectionKind } from "./schema.js";

/** How a section begins that is not about a part of the definition. */
const TAGS: Readonly<Record<Exclude<DocSectionKind, "text" | "member" | "feature">, string>> = {
  returns: "Returns:",
  errors: "Errors:",
  since: "Since:",
  todo: "TODO:",
  note: "Note:",
  example: "Example:",
};

const INDENTATION = "    ";

/** How long lines of documentation may be; longer ones are not broken, since a line break may mean something. */
const WIDTH = 70;

/**
 * A documentation comment.
 *
 * @param name - The definition that it is of; absent: free-form documentation.
 */
export function printDoc({ symbol, sections }: Doc, name: string | undefined = symbol): string {
  const lines = name === undefined ? freeForm(sections) : [` @${name}:`, ...ofDefinition(sections)];
  return `##\n${lines.map((line) => `#${line}\n`).join("")}##\n`;
}

/** All lines are without the `#`, but with the blank behind it. */
function freeForm(sections: readonly DocSection[]): readonly string[] {
  const lines = sections.flatMap(({ text }) => text.split("\n")).map(line);
  // A name alone on the first line would make it the documentation of a definition.
  return SYMBOL.test(lines[0] ?? "") ? ["", ...lines] : lines;
}

function ofDefinition(sections: readonly DocSection[]): readonly string[] {
  const lines: string[] = [];
  let inFeatures = false;
  let last: DocSection | undefined;
  for (const section of sections) {
    const isFeature = section.kind === "feature";
    // The line ends a section, too: what follows cannot be taken for more of it.
    if ((isFeature && !inFeatures) || (last !== undefined && continues(section, last))) lines.push("", " Features:");
    inFeatures = isFeature;
    lines.push("", ...printSection(section));
    last = section;
  }
  return lines;
}

/** Whether a section, printed behind another one, would be read as more of it. */
function continues({ kind, text }: DocSection, last: DocSection): boolean {
  return kind === "text" && (last.kind === "text" || last.text === "" || /^[ \t]/.test(text));
}

function printSection({ kind, name = "", text }: DocSection): readonly string[] {
  const texts = text.split("\n");
  if (kind === "text") return texts.map(textLine);
  const head = ` ${kind === "member" || kind === "feature" ? `@${name}:` : TAGS[kind]}`;
  if (text === "") return [head];
  const [first = "", ...others] = texts;
  const isFlush = others.every((other) => other === "") || others.some((other) => /^\S/.test(other));
  // The lines behind the first one tell how far the section is indented, so one of them has to begin at its edge.
  const isWide = `#${head} ${first}`.length > WIDTH && `# ${INDENTATION}${first}`.length <= WIDTH;
  const fits = !isWide && !/^[-*] /.test(first);
  if (!BEGINS_BLANK.test(first) && isFlush && fits) return [`${head} ${first}`, ...others.map(indented)];
  return [head, ...texts.map(indented)];
}

function indented(text: string): string {
  return line(text === "" ? "" : INDENTATION + text);
}

/** White space within a line, as the grammar has it. */
const BLANK = "\\t\\v-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const BEGINS_BLANK = new RegExp(`^[${BLANK}]`);
const SYMBOL = new RegExp(`^ ?@[^${BLANK}:]+:?[${BLANK}]*$`);
/** What a line of a section would be read as the beginning of, if it had a blank before it. */
const BEGINNING = new RegExp(`^(?:@[^${BLANK}:]+|Features?|Returns|Errors|Since|TODO|Todo|Notes?|Examples?):`);

function textLine(text: string): string {
  return BEGINNING.test(text) ? text : line(text);
}

function line(text: string): string {
  return text === "" ? "" : ` ${text}`;
}
