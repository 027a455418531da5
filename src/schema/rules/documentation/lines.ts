/** The lines of documentation comments as QEMU's compiler reads them, and what it demands of each for itself. */
import type { Diagnostic } from "../../../diagnostic.js";
import type { Source } from "../../../syntax/source.js";
import type { Report } from "../../report.js";
import type { CommentLaw } from "./comment-laws.js";
import type { SectionLaw } from "./section-laws.js";
import { LiteralBlocks } from "./literal-blocks.js";
import { isAbbreviation, isItemNumber, nextSentence } from "./sentence.js";
import { NOT_SPACE, spaceEnd, trimmedEnd } from "./space.js";

/** What a diagnostic may say besides. */
export type Extra = Pick<Diagnostic, "hint" | "related">;

/** The longest line that QEMU's compiler takes, in characters, the "# " included. */
const MAXIMUM_LENGTH = 70;

const HASH = 0x23;
const SPACE = 0x20;
const DELETE = 0x7f;
const LOW_SURROGATE = 0xdc00;

const DESCRIPTION = new RegExp(`(?:\\n#){0,9}\\n(?=[^\\n]{0,70}\\n)# @[^:\\n]+:[^\\n]*${NOT_SPACE}(?=\\n)`, "y");
const URL_ALONE = /^ *(?:https?|ftp):\/\/[^ ]*$/;

/** Goes through the comments of one file, line by line. */
export class DocLines {
  readonly source: Source;
  /** All text of the file. */
  readonly text: string;
  /** The offset of the current line's `#`. */
  hash = 0;
  /** Where its text begins, behind the `# `. */
  from = 0;
  /** Where its text ends, trailing blanks left off; `from` on a blank line. */
  to = 0;
  /** Where the comment ends, once {@link next} has said so. */
  end = 0;
  /** Whether it ends with its mark. */
  isClosed = false;
  /** Whether a mark of the comment is not as it should be, so that it may have been meant to be something else. */
  hasBadMark = false;

  readonly #report: Report;
  #mark = 0;
  #lineEnd = 0;
  #hasSentenceFinding = false;
  readonly #blocks: LiteralBlocks;
  /** The next place in the file that looks like a single blank between sentences; Infinity: there is none. */
  #sentence = -1;
  /** The next ':' of the file behind the line for which it was last asked; Infinity: there is none. */
  #colon = -1;

  constructor(source: Source, report: Report) {
    this.source = source;
    this.text = source.text;
    this.#blocks = new LiteralBlocks(source.text);
    this.#report = report;
  }

  /** Begins the comment whose first mark is at `mark`. The current line is the one of the mark. */
  open(mark: number): void {
    this.#mark = mark;
    this.hasBadMark = false;
    this.isClosed = false;
    this.#goTo(mark);
    this.#blocks.open(this.#lineEnd);
    if (this.#sentence < mark) this.#sentence = nextSentence(this.text, mark);
    if (this.to > mark + 2 || this.#hasTrailingBlanks()) {
      this.#find("doc-mark", mark, this.to, "the mark that begins documentation is not '##' alone on its line", {
        hint: "leave nothing but '##' there; an ordinary comment begins with a single '#'",
      });
    }
  }

  /** Goes to the next line; false: the comment is at its end. */
  next(): boolean {
    const { text } = this;
    let hash = this.#lineEnd + 1;
    if (text.charCodeAt(hash) !== HASH) {
      hash = spaceEnd(text, this.#lineEnd);
      if (text.charCodeAt(hash) !== HASH) return this.#stop(hash);
    }
    this.#goTo(hash);
    const code = text.charCodeAt(hash + 1);
    if (code === SPACE) {
      if (this.#sentence < this.to || this.to - hash > MAXIMUM_LENGTH) this.#checkFormat();
      return true;
    }
    if (code === HASH) return this.#endMark();
    if (this.to > hash + 1 || this.#hasTrailingBlanks()) {
      this.#find("doc-space", hash, hash + 1, "the '#' of this line of documentation has no blank behind it");
    }
    return true;
  }

  /**
   * Goes to the first line of a description, if that is laid out as usual, comes next but for blank lines, and cannot be
   * wrong in itself. It is what most lines are that are not just text.
   */
  nextDescription(): boolean {
    DESCRIPTION.lastIndex = this.#lineEnd;
    if (!DESCRIPTION.test(this.text)) return false;
    const end = DESCRIPTION.lastIndex;
    if (this.#sentence < end) return false;
    this.from = this.text.indexOf("@", this.#lineEnd);
    this.hash = this.from - 2;
    this.to = end;
    this.#lineEnd = end;
    this.#hasSentenceFinding = false;
    return true;
  }

  /**
   * Skips the lines that `expression` takes, from the end of the current one on, unless there may be something wrong with
   * one of them. Says whether it did.
   */
  skip(expression: RegExp): boolean {
    expression.lastIndex = this.#lineEnd;
    if (!expression.test(this.text)) return false;
    const end = expression.lastIndex;
    if (end === this.#lineEnd || this.#sentence < end) return false;
    this.#lineEnd = end;
    return true;
  }

  /** The offset of the first ':' of the current line, behind its first character; -1: there is none. */
  colon(): number {
    // Asked for ever later lines, this looks at no text twice.
    if (this.#colon <= this.from) {
      const at = this.text.indexOf(":", this.from + 1);
      this.#colon = at === -1 ? Infinity : at;
    }
    return this.#colon < this.to ? this.#colon : -1;
  }

  /** Whether the current line is `text`. */
  is(text: string): boolean {
    return this.to - this.from === text.length && this.text.startsWith(text, this.from);
  }

  /** How far the text of the current line is indented. */
  indent(): number {
    return spaceEnd(this.text, this.from) - this.from;
  }

  /** What the current line, from `#` on, says that is wrong as a whole. */
  reportLine(code: CommentLaw | SectionLaw, message: string, extra?: Extra): void {
    this.report(code, this.hash, this.to, message, extra);
  }

  /**
   * Reports something about the current line, or of what is before it. QEMU's compiler looks at the sentences of a line
   * first; what is further left on it would be in front of that, so it has to wait.
   */
  report(code: CommentLaw | SectionLaw, start: number, end: number, message: string, extra?: Extra): void {
    if (!this.#hasSentenceFinding) this.#find(code, start, end, message, extra);
  }

  #find(code: CommentLaw | SectionLaw, start: number, end: number, message: string, extra?: Extra): void {
    if (code === "doc-mark") this.hasBadMark = true;
    this.#report({ code, message, span: { source: this.source, start, end }, ...extra });
  }

  #goTo(hash: number): void {
    const { text } = this;
    const lineBreak = text.indexOf("\n", hash);
    this.#lineEnd = lineBreak === -1 ? text.length : lineBreak;
    this.#hasSentenceFinding = false;
    this.hash = hash;
    const last = text.charCodeAt(this.#lineEnd - 1);
    // Most lines end in a letter or a full stop.
    this.to = last > SPACE && last < DELETE ? this.#lineEnd : trimmedEnd(text, hash + 1, this.#lineEnd);
    const from = text.charCodeAt(hash + 1) === SPACE ? hash + 2 : hash + 1;
    this.from = from < this.to ? from : this.to;
  }

  #hasTrailingBlanks(): boolean {
    // The line break may be "\r\n".
    return this.to < this.#lineEnd && (this.to + 1 < this.#lineEnd || this.text[this.to] !== "\r");
  }

  /** The current line begins with `##`. */
  #endMark(): boolean {
    if (this.to > this.hash + 2 || this.#hasTrailingBlanks()) {
      this.#find(
        "doc-mark",
        this.hash,
        this.#lineEnd,
        "the mark that ends documentation is not '##' alone on its line",
        {
          hint: "leave nothing but '##' there, also no blanks behind it",
        },
      );
      if (this.to > this.hash + 2) {
        this.from = this.to;
        return true;
      }
    }
    this.end = this.#lineEnd;
    this.isClosed = true;
    return false;
  }

  /** There are no more lines of comment. */
  #stop(at: number): false {
    const { text } = this;
    this.end = at;
    this.#hasSentenceFinding = false;
    // It may have been meant to end there, or not to be documentation at all.
    if (this.hasBadMark) return false;
    // The end of a file is where its last line ends.
    const isEnd = at >= text.length;
    const start = isEnd && text.endsWith("\n") ? text.length - 1 : at;
    this.#find("doc-mark", start, isEnd ? start : start + 1, "documentation is not closed by a line '##' before this", {
      related: [{ span: { source: this.source, start: this.#mark, end: this.#mark + 2 }, message: "it begins here" }],
    });
    return false;
  }

  /** There may be something wrong with the length or the sentences of the current line. */
  #checkFormat(): void {
    const { text } = this;
    const isLiteral = this.#blocks.include(this.#lineEnd);
    if (!isLiteral && this.to - this.hash > MAXIMUM_LENGTH) this.#checkLength();
    for (let isFirst = true; this.#sentence < this.to; isFirst = false) {
      if (!isLiteral && this.#sentence >= this.from) this.#checkSentence(this.#sentence, isFirst);
      this.#sentence = nextSentence(text, this.#sentence + 1);
    }
  }

  #checkLength(): void {
    const { text } = this;
    let length = this.to - this.hash;
    for (let at = this.from; at < this.to; at++) {
      // Characters beyond the first 65536 take two units each.
      if ((text.charCodeAt(at) & 0xfc00) === LOW_SURROGATE) length--;
    }
    if (length <= MAXIMUM_LENGTH || URL_ALONE.test(text.slice(this.from, this.to))) return;
    this.#find("doc-line-length", this.hash, this.to, `a line of documentation has ${length} characters`, {
      hint: `break it after at most ${MAXIMUM_LENGTH} characters, the '#' included`,
    });
  }

  /** `at` is the offset of what may be a full stop, the first of its line or a further one. */
  #checkSentence(at: number, isFirst: boolean): void {
    const { text } = this;
    if (isFirst && isItemNumber(text, this.from, at)) return;
    if (isAbbreviation(text, this.from, at)) return;
    this.#hasSentenceFinding = true;
    this.#find("doc-sentence", at + 1, at + 3, "there is only one blank between sentences", {
      hint: "put two blanks there; if no sentence ends there, break the line instead, or word it another way",
    });
  }
}
