/** The documentation comments of a file, and what each of them is followed by. */
import type { DefinitionNode, EntryNode, FileNode } from "../../../syntax/ast.js";
import type { Source, Span } from "../../../syntax/source.js";
import type { Report } from "../../report.js";
import { type Comment, readComment } from "./comment.js";
import type { CommentLaw } from "./comment-laws.js";
import type { DefinitionLaw } from "./definition-laws.js";
import { type Extra, DocLines } from "./lines.js";
import { isSpace } from "./space.js";

/** A definition and the comment right before it, which names it. */
export interface Documented {
  readonly definition: DefinitionNode;
  readonly comment: Comment;
}

/** Whatever has braces. */
type ObjectEntry = Exclude<EntryNode, { readonly kind: "doc" }>;

const HASH = 0x23;
/** Strings, in which a "#" is no comment, and comments. */
const STRING_OR_COMMENT = /'(?:[^'\\\n]+|\\.){0,100000}'?|#[^\n]*/g;

/** Reads all comments of a file, reports what is wrong with them, and returns those that belong to definitions. */
export function readComments({ entries, span }: FileNode, report: Report): readonly Documented[] {
  const reader = new FileReader(span.source, report);
  for (const entry of entries) {
    // What does not stand in the file as it is was made of something that does.
    if (entry.kind === "doc" || "implicit" in entry) continue;
    reader.readObject(entry);
  }
  reader.readEnd();
  return reader.documented;
}

class FileReader {
  readonly documented: Documented[] = [];
  readonly #source: Source;
  readonly #report: Report;
  readonly #lines: DocLines;
  #at = 0;
  /** The comment that is just over, if nothing but space and ordinary comments is behind it. */
  #comment: Comment | undefined;
  /** The next "##" of the file, behind the place where it was last looked for. */
  #nextMarks = -1;

  constructor(source: Source, report: Report) {
    this.#source = source;
    this.#report = report;
    this.#lines = new DocLines(source, report);
  }

  /** Reads what is between the object before and this one, and looks into it. */
  readObject(entry: ObjectEntry): void {
    const { span } = entry;
    this.#readGap(span.start);
    if (this.#comment !== undefined) this.#place(this.#comment, entry);
    this.#comment = undefined;
    this.#lookInto(span);
    this.#at = span.end;
  }

  /** Reads what is behind the last object. */
  readEnd(): void {
    this.#readGap(this.#source.text.length);
    if (this.#comment !== undefined) this.#misplaced(this.#comment, "the end of the file follows");
  }

  #readGap(end: number): void {
    const { text } = this.#source;
    let at = this.#at;
    // In text that could not be understood; the next "##" at the beginning of a line is certain to be documentation again.
    let isLost = false;
    while (at < end) {
      const code = text.charCodeAt(at);
      if (isSpace(code)) {
        at++;
      } else if (code !== HASH) {
        // The comment before may belong to it.
        this.#comment = undefined;
        isLost = true;
        at = lineEnd(text, at);
      } else if (text.charCodeAt(at + 1) === HASH && !(isLost && at > 0 && text[at - 1] !== "\n")) {
        isLost = false;
        const comment = readComment(this.#lines, at);
        if (this.#comment !== undefined) {
          this.#misplaced(this.#comment, "another comment follows", this.#span(at, at + 2));
        }
        this.#comment = comment;
        at = comment.end;
      } else {
        at = lineEnd(text, at);
      }
    }
  }

  /** `entry` follows the comment. */
  #place(comment: Comment, entry: ObjectEntry): void {
    if (entry.kind === "include" || entry.kind === "pragma") {
      return this.#misplaced(comment, `this '${entry.kind}' follows`, entry.span);
    }
    const { kind, name } = entry;
    const { symbol, isCertain, mark } = comment;
    if (symbol === undefined) {
      if (!isCertain) return;
      this.#find(
        "doc-missing-symbol",
        this.#span(mark, mark + 2),
        `documentation of ${kind} '${name.text}' does not name it`,
        {
          hint: `let it begin with the line '# @${name.text}:'; or, if it is not about the ${kind}, move it away`,
          related: [{ span: name.span, message: "it stands right before this" }],
        },
      );
    } else if (symbol.name === name.text || symbol.name === name.written) {
      this.documented.push({ definition: entry, comment });
    } else if (isCertain) {
      this.#find(
        "doc-wrong-symbol",
        name.span,
        `the documentation before ${kind} '${name.text}' is for '${symbol.name}'`,
        {
          hint: `let it begin with the line '# @${name.text}:'`,
          related: [{ span: this.#span(symbol.start, symbol.end), message: "the name that it has" }],
        },
      );
    }
  }

  /** The comment is of a definition, and what follows is none. */
  #misplaced({ symbol, isCertain, mark }: Comment, instead: string, span?: Span): void {
    if (symbol === undefined || !isCertain) return;
    const related = span === undefined ? [] : [{ span, message: instead }];
    const because = span === undefined ? `: ${instead}` : "";
    this.#find(
      "doc-placement",
      this.#span(mark, mark + 2),
      `documentation of '${symbol.name}' does not stand right before its definition${because}`,
      { related, hint: `move it there; if it is not about a definition, let it not begin with '@${symbol.name}:'` },
    );
  }

  /** Looks for documentation within braces. */
  #lookInto({ start, end }: Span): void {
    const { text } = this.#source;
    if (this.#nextMarks < start) this.#nextMarks = text.indexOf("##", start);
    if (this.#nextMarks === -1) this.#nextMarks = Infinity;
    if (this.#nextMarks >= end) return;
    STRING_OR_COMMENT.lastIndex = start;
    for (let match = STRING_OR_COMMENT.exec(text); match !== null; match = STRING_OR_COMMENT.exec(text)) {
      if (match.index >= end) return;
      if (!match[0].startsWith("##")) continue;
      this.#find("doc-within", this.#span(match.index, match.index + 2), "documentation stands within a definition", {
        hint: "an ordinary comment begins with a single '#'; documentation goes in front of the definition",
      });
    }
  }

  #span(start: number, end: number): Span {
    return { source: this.#source, start, end };
  }

  #find(code: CommentLaw | DefinitionLaw, span: Span, message: string, extra: Extra): void {
    this.#report({ code, message, span, ...extra });
  }
}

function lineEnd(text: string, at: number): number {
  const lineBreak = text.indexOf("\n", at);
  return lineBreak === -1 ? text.length : lineBreak;
}
