/**
 * Documentation from reStructuredText to the Markdown of TSDoc.
 *
 * The lines stay as they are broken in the source. TSDoc knows a code fence only at the start of a line, so a block of code
 * inside a list is not indented with it; and it takes a `>` for a piece of HTML, so notes are no block quotes.
 */
import { inline, withoutTags, type References } from "./markdown-inline.js";
import { GRID_BORDER, printTable, readListTable, readTable, SIMPLE_BORDER, type Table } from "./table.js";

/** An example that was found in a text. */
export interface Example {
  /** Markdown; empty if it has none. */
  readonly title: string;
  /** Markdown that begins on a line of its own. */
  readonly body: string;
}

/**
 * Converts a section of a documentation comment. Examples are added to `examples` instead: TSDoc wants them elsewhere. No line
 * of the result has blanks at its end.
 */
export function markdown(text: string, references: References, examples: Example[]): string {
  const clean = cleaned(text);
  if (STRUCTURE.test(clean) || clean.trim() !== clean)
    return new Converter(references, examples).blocks(clean.split("\n"), 0);
  if (!clean.includes("\n\n")) return inline(clean, references);
  return clean
    .split("\n\n")
    .map((paragraph) => inline(paragraph, references))
    .join("\n\n");
}

/** Whether {@link markdown} leaves a text as it is, as it does most: it takes less to find that out. */
export function isPlain(text: string): boolean {
  // The expression takes memory for each word, and nothing this long is worth the time that is saved.
  return text.length < 10_000 && PLAIN.test(text);
}

/** A fenced block with the text as it is. A run of three backquotes would end it: it becomes `'''`. */
export function codeBlock(text: string, language: string): string {
  return fence(cleaned(text), language);
}

function fence(text: string, language: string): string {
  const safe = text.replace(/^\n+|(?<!\n)\n+$/g, "").replaceAll("```", "'''");
  return safe === "" ? "" : withoutTags(`\`\`\`${language}\n${safe}\n\`\`\``);
}

/** An item of a list, `marker` with the blank behind it. */
export function listItem(marker: string, text: string): string {
  if (!text.includes("\n")) return text === "" ? marker.trimEnd() : marker + text;
  const indent = " ".repeat(marker.length);
  let fenced = false;
  let item = "";
  for (const line of text.split("\n")) {
    const fence = line.startsWith("```");
    if (item === "") item = fence ? `${marker.trimEnd()}\n${line}` : marker + line;
    else item += line === "" || fenced || fence ? `\n${line}` : `\n${indent}${line}`;
    if (fence) fenced = !fenced;
  }
  return item;
}

/** Whether Markdown begins with what cannot follow other text on the same line: a list or a block of code. */
export function needsOwnLine(text: string): boolean {
  return /^(?:[-*+] |\d+[.)] |```)/.test(text);
}

/** `head`, and behind it a text, or below it if need be. */
export function lead(head: string, text: string): string {
  return text === "" ? head : `${head}${needsOwnLine(text) ? "\n\n" : " "}${text}`;
}

/** The first characters of a line of ordinary prose, which is no item of a list: a word, a number, a parenthesis. */
const PLAIN_START = /(?:[A-Za-z"'][A-Za-z0-9 "',-]|\d(?!\d*[.)] )|\((?!\w+\) ))/.source;
const PLAIN_LINE = `${PLAIN_START}[A-Za-z0-9 "'.,;:?!()/%+$-]*(?<! )`;

/** Lines of ordinary prose, which none of what follows is about. */
const PLAIN = new RegExp(`^${PLAIN_LINE}(?:\\n\\n?${PLAIN_LINE})*$`);

/** Whether a text is more than paragraphs without indentation, each in a run of lines, and one empty line between them. */
const STRUCTURE =
  /\n |\n\n\n|::|^(?:\.\.(?: |$)|[-*+•] |(?:\d+|#|[A-Za-z])[.)] |\(\w+\) |=+ +=|\+[-=]|->|<-|#optional)/m;

const DIRECTIVE = /^\.\. +([\w:-]+)::(?: +(.*))?$/;
const OPTION = /^:([\w-]+):(?: +(.*))?$/;
const ITEM = /^(?:([-*+•])|(\d+)[.)]|#\.|(\((?:\d+|[A-Za-z])\)|[A-Za-z]\))) +(?=\S)/;
const ARROW = /^(?:->|<-) /;

/** Deeper than this, what is in lists in lists is taken as it comes: no person wrote it. */
const MAX_DEPTH = 12;

/** What the usual admonitions are called. */
const ADMONITIONS: ReadonlyMap<string, string> = new Map([
  ["attention", "Attention"],
  ["caution", "Caution"],
  ["danger", "Danger"],
  ["error", "Error"],
  ["hint", "Hint"],
  ["important", "Important"],
  ["note", "Note"],
  ["seealso", "See also"],
  ["tip", "Tip"],
  ["warning", "Warning"],
]);

const CODE_DIRECTIVES: ReadonlySet<string> = new Set(["code", "code-block", "math", "parsed-literal", "sourcecode"]);

/** Lines `start` to `end` (exclusive). */
interface Range {
  readonly start: number;
  readonly end: number;
}

class Converter {
  readonly #references: References;
  readonly #examples: Example[];

  constructor(references: References, examples: Example[]) {
    this.#references = references;
    this.#examples = examples;
  }

  /** Converts a sequence of blocks, the first of which may be indented. */
  blocks(lines: readonly string[], depth: number): string {
    let result = "";
    let afterItem = false;
    let at = 0;
    while (at < lines.length) {
      const line = lines[at] ?? "";
      if (line === "") {
        at++;
        continue;
      }
      const item = depth < MAX_DEPTH ? ITEM.exec(line) : null;
      let block: string;
      let end: number;
      if (item !== null) {
        end = itemEnd(lines, at + 1);
        block = this.#item(item, lines.slice(at, end), depth);
      } else if (line.startsWith(" ") && depth < MAX_DEPTH) {
        end = indentedEnd(lines, at);
        block = this.blocks(dedent(lines.slice(at, end)), depth + 1);
      } else if (depth < MAX_DEPTH && line.startsWith("..") && /^\.\.(?: |$)/.test(line)) {
        end = indentedEnd(lines, at + 1);
        block = this.#directive(line, lines.slice(at + 1, end), depth);
      } else if (SIMPLE_BORDER.test(line) || GRID_BORDER.test(line)) {
        end = tableEnd(lines, at);
        const table = lines.slice(at, end);
        block = this.#table(readTable(table)) ?? fence(table.join("\n"), "text");
      } else if (ARROW.test(line)) {
        end = runEnd(lines, at);
        block = fence(lines.slice(at, end).join("\n"), "text");
      } else if (at > 0 && depth < MAX_DEPTH && lines[at + 1]?.startsWith(" ") === true && !line.endsWith(":")) {
        // A definition list: a term, and indented below it what it means.
        end = indentedEnd(lines, at + 1);
        const meaning = this.blocks(dedent(lines.slice(at + 1, end)), depth + 1);
        block = listItem("- ", lead(`**${inline(line, this.#references)}**:`, meaning));
      } else {
        end = paragraphEnd(lines, at);
        const literal = literalRange(lines, end);
        block = this.#paragraph(lines.slice(at, end), literal !== undefined);
        if (literal !== undefined) {
          const body = fence(dedent(lines.slice(literal.start, literal.end)).join("\n"), "text");
          block += block === "" ? body : `\n\n${body}`;
          end = literal.end;
        }
      }
      if (block !== "") {
        const tight = afterItem && item !== null && lines[at - 1] !== "";
        result += result === "" ? block : (tight ? "\n" : "\n\n") + block;
      }
      afterItem = item !== null;
      at = end;
    }
    return result;
  }

  #paragraph(lines: readonly string[], beforeLiteral: boolean): string {
    let text = lines.map((line) => line.trimStart()).join("\n");
    if (text.startsWith("#optional")) text = text.slice("#optional".length).trimStart();
    // "Run this::" is to be read as "Run this:", and "Run this ::" as "Run this".
    if (beforeLiteral) text = /(?:^|\s)::$/.test(text) ? text.slice(0, -2).trimEnd() : text.slice(0, -1);
    return inline(text, this.#references);
  }

  #item(marker: RegExpExecArray, lines: readonly string[], depth: number): string {
    const [whole, bullet, number, other] = marker;
    const first = (lines[0] ?? "").slice(whole.length);
    const text = this.blocks([first, ...outdent(lines.slice(1), whole.length)], depth + 1);
    if (bullet !== undefined) return listItem("- ", text);
    return other === undefined ? listItem(`${number ?? "1"}. `, text) : listItem("- ", lead(other, text));
  }

  /** Converts a directive; comments and link targets, which look alike, say nothing to a reader. */
  #directive(line: string, content: readonly string[], depth: number): string {
    const match = DIRECTIVE.exec(line);
    if (match === null) return "";
    const [, name = "", argument = ""] = match;
    const options = new Map<string, string>();
    let start = 0;
    for (; start < content.length; start++) {
      const option = OPTION.exec(content[start]?.trimStart() ?? "");
      if (option === null) break;
      options.set(option[1] ?? "", option[2] ?? "");
    }
    const body = dedent(content.slice(start));
    const admonition = ADMONITIONS.get(name);
    if (admonition !== undefined) {
      const text = this.blocks([argument, ...body], depth + 1);
      return text === "" ? "" : lead(`**${admonition}:**`, text);
    }
    if (name === "qmp-example") {
      const example = options.has("annotated") ? this.blocks(body, depth + 1) : fence(body.join("\n"), "text");
      const title = inline(options.get("title") ?? "", this.#references);
      if (example !== "") this.#examples.push({ title, body: example });
      return "";
    }
    if (CODE_DIRECTIVES.has(name)) {
      return fence(body.join("\n"), /^[\w+-]+$/.test(argument) ? argument : "text");
    }
    const title = inline(argument, this.#references);
    const headerRows = Number(options.get("header-rows") ?? 0);
    const table = name === "list-table" ? this.#table(readListTable(body, headerRows)) : undefined;
    const text = table ?? this.blocks(body, depth + 1);
    if (name !== "admonition" && name !== "table" && name !== "list-table") return text;
    return title === "" ? text : `**${title}**${text === "" ? "" : `\n\n${text}`}`;
  }

  #table(table: Table | undefined): string | undefined {
    return table === undefined ? undefined : printTable(table, (text) => inline(text, this.#references));
  }
}

/** What calls for {@link cleaned}, or may: blanks at the ends of lines, and all characters but the common ones. */
const UNCLEAN = /[^\n -~\u00A1-\u00AC\u00AE-\u05FF\u2070-\u2FFF\u3001-\uD7FF]| (?:\n|$)/;

/** Without control characters and invisible ones, tabs expanded, nothing at the ends of lines. */
function cleaned(text: string): string {
  if (!UNCLEAN.test(text)) return text;
  return text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/^.*\t.*$/gm, expandTabs)
    .replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/gu, "")
    .replace(/(?<![^\S\n])[^\S\n]+$/gm, "");
}

function expandTabs(line: string): string {
  let expanded = "";
  for (const part of line.split("\t")) expanded += part + " ".repeat(8 - ((expanded.length + part.length) % 8));
  return expanded;
}

function indentOf(line: string): number {
  let indent = 0;
  while (line.charCodeAt(indent) === 0x20) indent++;
  return indent;
}

/** Without the indentation that all lines have. */
function dedent(lines: readonly string[]): readonly string[] {
  let common = Infinity;
  for (const line of lines) if (line !== "") common = Math.min(common, indentOf(line));
  return common === 0 || common === Infinity ? lines : lines.map((line) => line.slice(common));
}

/** Without so much indentation, or all that they have. */
function outdent(lines: readonly string[], width: number): readonly string[] {
  return lines.map((line) => (line.startsWith(" ") ? line.slice(Math.min(width, indentOf(line))) : line));
}

/** The end of the indented lines at `at`, with the empty ones between them. */
function indentedEnd(lines: readonly string[], at: number): number {
  let end = at;
  for (let next = at; next < lines.length; next++) {
    const line = lines[next] ?? "";
    if (line.startsWith(" ")) end = next + 1;
    else if (line !== "") break;
  }
  return end;
}

/** The end of an item whose first line is before `at`: an unindented line continues its paragraph but begins none. */
function itemEnd(lines: readonly string[], at: number): number {
  let end = at;
  for (let next = at; next < lines.length; next++) {
    const line = lines[next] ?? "";
    if (line === "") continue;
    if (!line.startsWith(" ") && (lines[next - 1] === "" || ITEM.test(line))) break;
    end = next + 1;
  }
  return end;
}

/**
 * The end of the table that begins at `at`. A simple one may have empty lines in it: it ends with the border behind which there is
 * an empty line, or with the second one below the first, since above that there is a header at most.
 */
function tableEnd(lines: readonly string[], at: number): number {
  if (SIMPLE_BORDER.test(lines[at] ?? "")) {
    let borders = 0;
    for (let next = at + 1; next < lines.length; next++) {
      if (!SIMPLE_BORDER.test(lines[next] ?? "")) continue;
      if (++borders === 2 || (lines[next + 1] ?? "") === "") return next + 1;
    }
  }
  return runEnd(lines, at);
}

/** The end of the lines up to the next empty one. */
function runEnd(lines: readonly string[], at: number): number {
  let end = at + 1;
  while (end < lines.length && lines[end] !== "") end++;
  return end;
}

/** The end of the paragraph that begins at `at`. Of old, a list may follow without an empty line. */
function paragraphEnd(lines: readonly string[], at: number): number {
  let end = at + 1;
  for (; end < lines.length; end++) {
    const line = lines[end] ?? "";
    if (line === "" || DIRECTIVE.test(line) || /^ +[-*+] /.test(line)) break;
    if (lines[end - 1]?.endsWith(":") === true && ITEM.test(line)) break;
  }
  return end;
}

/** The indented lines of the literal block that the paragraph before `end` announces. */
function literalRange(lines: readonly string[], end: number): Range | undefined {
  if (!(lines[end - 1] ?? "").endsWith("::")) return undefined;
  let start = end;
  while (lines[start] === "") start++;
  const stop = indentedEnd(lines, start);
  return stop > start ? { start, end: stop } : undefined;
}
