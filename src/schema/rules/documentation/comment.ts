/** One documentation comment as QEMU's compiler reads it: which sections it has, and what is wrong with them. */
import type { DocLines, Extra } from "./lines.js";

/** What stands at the beginning of a section, `@id:` or `Returns:`, and where. */
export interface Place {
  /** What is described, without the `@`; or the tag as it is written. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** What a comment says that it describes. */
export interface Comment {
  /** The offset of the `##` that begins it. */
  readonly mark: number;
  /** The offset behind it. */
  readonly end: number;
  /** The definition that it is about, as its first line says; undefined: free-form documentation. */
  readonly symbol: Place | undefined;
  /** The members, values, arguments or alternatives that it describes, by name; undefined: none. */
  readonly members: ReadonlyMap<string, Place> | undefined;
  readonly features: ReadonlyMap<string, Place> | undefined;
  /** The tags that it has, by how they are written. */
  readonly tags: ReadonlyMap<string, Place> | undefined;
  /** Whether it is certain what it is about. */
  readonly isCertain: boolean;
}

const AT = 0x40;
const COLON = 0x3a;

const FEATURES = "Features:";

/** The tags that may begin a section. "Returns::" would be markup. */
const TAG = /(?:Returns|Errors|Since|Notes?|Examples?|TODO)(?!::):/y;

/** More lines of a paragraph. Like all expressions for lines to skip, it takes none that may be too long. */
const PARAGRAPH = /(?:\n# [^\n]{0,67}[^\s](?=\n)){0,500}/y;

/** Blank lines, and lines that are indented by at least `columns`. */
function indented(columns: number): RegExp {
  return (INDENTED[columns] ??= new RegExp(`(?:\\n#(?: {${columns + 1}}[^\\n]{0,66}[^\\s])?(?=\\n)){0,500}`, "y"));
}

const INDENTED: (RegExp | undefined)[] = [];

/** Reads the comment that begins at `mark`. */
export function readComment(lines: DocLines, mark: number): Comment {
  lines.open(mark);
  const hasLines = lines.next();
  if (hasLines && lines.firstCode === AT && !lines.isBlank) return new DefinitionComment(lines, mark).read();
  const isCertain = !hasLines || readFreeForm(lines);
  return {
    mark,
    end: lines.end,
    symbol: undefined,
    members: undefined,
    features: undefined,
    tags: undefined,
    isCertain: isCertain && !lines.hasBadMark,
  };
}

/** The current line and all behind it are free-form documentation. False: it looks as if they were meant to be a definition's. */
function readFreeForm(lines: DocLines): boolean {
  let isStart = true;
  do {
    const named = nameOf(lines);
    if (named !== undefined) {
      const isSymbol = isStart && named.end === lines.to;
      lines.reportLine(
        "doc-free-form",
        `'@${named.name}:' begins a line of documentation that is about no definition`,
        {
          hint: isSymbol
            ? `if it is about '${named.name}', its first line has to be '# @${named.name}:'`
            : "let the line begin with another word, or break it elsewhere",
        },
      );
      if (isSymbol) {
        // All its descriptions would be wrong for the one reason.
        while (lines.next()) continue;
        return false;
      }
    }
    isStart &&= lines.isBlank;
  } while (lines.next());
  return true;
}

/** The `@NAME:` with which the current line begins, if it does. */
function nameOf({ source: { text }, from: start, to }: DocLines): Place | undefined {
  if (text.charCodeAt(start) !== AT || start === to) return undefined;
  for (let at = start + 1; at < to; at++) {
    if (text.charCodeAt(at) === COLON) return { name: text.slice(start + 1, at), start, end: at + 1 };
  }
  return undefined;
}

/** What the next line can be. */
type Expected =
  /** Anything that begins a section. */
  | "section"
  /** More of a paragraph, which a blank line ends. */
  | "paragraph"
  /** The first description of a feature. */
  | "feature"
  /** The first indented line of a section, if there is one. */
  | "text"
  /** The line right behind that, which may not be indented less. */
  | "second-line"
  /** More of the section. */
  | "more-text";

/** Reads the comment of a definition. */
class DefinitionComment {
  readonly #lines: DocLines;
  readonly #mark: number;
  // Most comments have only one or two of these.
  #members: Map<string, Place> | undefined;
  #features: Map<string, Place> | undefined;
  #tags: Map<string, Place> | undefined;
  readonly #empty: Place[] = [];
  #expected: Expected = "section";
  /** What begins the current section, as long as there is no text in it. */
  #textless: Place | undefined;
  #indent = 0;
  #hasGoodSymbol = true;
  /** The list that a description which comes next would go on with. */
  #list: "members" | "features" | undefined;
  /** Whether there is a section already; paragraphs are none. */
  #hasSections = false;
  #featuresLine: Place | undefined;

  constructor(lines: DocLines, mark: number) {
    this.#lines = lines;
    this.#mark = mark;
  }

  /** Reads all of it; the current line is its first. */
  read(): Comment {
    const lines = this.#lines;
    const symbol = this.#readSymbol();
    while (lines.next()) this.#readLine();
    this.#endSection();
    // What is missing may be behind the end of a comment that is not closed.
    if (lines.isClosed) {
      if (this.#expected === "feature") this.#reportMissingFeatures();
      for (const place of this.#empty) this.#reportEmpty(place);
    }
    return {
      mark: this.#mark,
      end: lines.end,
      symbol,
      members: this.#members,
      features: this.#features,
      tags: this.#tags,
      isCertain: this.#hasGoodSymbol && !lines.hasBadMark,
    };
  }

  #readSymbol(): Place {
    const lines = this.#lines;
    const { text, from: start, to: end } = lines;
    if (!text.endsWith(":")) {
      this.#hasGoodSymbol = false;
      lines.reportLine("doc-symbol", "the line that names the definition does not end with ':'", {
        hint: "text about the definition goes below that line",
      });
      return { name: /^@([^\s:]*)/.exec(text)?.[1] ?? "", start, end };
    }
    if (text === "@:") {
      this.#hasGoodSymbol = false;
      lines.reportLine("doc-symbol", "there is no name between '@' and ':'");
    }
    return { name: text.slice(1, -1), start, end };
  }

  #readLine(): void {
    const lines = this.#lines;
    const { isBlank } = lines;
    switch (this.#expected) {
      case "section":
        if (!isBlank) this.#begin();
        return;
      case "paragraph":
        if (isBlank) this.#expected = "section";
        return;
      case "feature":
        if (isBlank) return;
        if (nameOf(lines) === undefined) this.#reportMissingFeatures();
        return this.#begin();
      case "text":
        if (isBlank) return;
        if (lines.indent === 0) return this.#begin();
        this.#indent = lines.indent;
        this.#expected = lines.skip(indented(this.#indent)) ? "more-text" : "second-line";
        this.#textless = undefined;
        return;
      case "second-line":
        this.#expected = "more-text";
        if (isBlank || lines.indent >= this.#indent) return;
        if (nameOf(lines) !== undefined) return this.#begin();
        return this.#readOutdented();
      case "more-text":
        if (isBlank) return;
        if (lines.indent < this.#indent || (this.#indent === 0 && this.#looksLikeSection())) this.#begin();
        return;
    }
  }

  /** The current line is indented less than the one before it, which has just begun the text of a section. */
  #readOutdented(): void {
    const lines = this.#lines;
    const columns = this.#indent === 1 ? "a column" : `${String(this.#indent)} columns`;
    lines.reportLine("doc-indent", `this line is indented by less than the ${columns} of the line before it`, {
      hint: "indent it alike; or, if something else begins here, put a blank line before it",
    });
    // What does not look like the beginning of something is taken for more text from here on, however it is indented.
    this.#indent = 0;
    if (this.#looksLikeSection()) this.#begin();
  }

  #looksLikeSection(): boolean {
    const lines = this.#lines;
    return nameOf(lines) !== undefined || lines.is(FEATURES) || this.#tag() !== undefined;
  }

  /** The current line begins a section. */
  #begin(): void {
    const lines = this.#lines;
    this.#endSection();
    const named = nameOf(lines);
    if (named !== undefined) return this.#beginDescription(named);
    this.#list = undefined;
    if (lines.is(FEATURES)) return this.#beginFeatures();
    const tag = this.#tag();
    if (tag !== undefined) return this.#beginTagged(tag);
    this.#expected = "paragraph";
    lines.skip(PARAGRAPH);
  }

  #endSection(): void {
    if (this.#textless !== undefined) this.#empty.push(this.#textless);
    this.#textless = undefined;
  }

  #beginDescription(place: Place): void {
    const lines = this.#lines;
    if (this.#list === undefined) {
      this.#list = "members";
      if (this.#hasSections) {
        lines.reportLine("doc-order", `'@${place.name}:' is described behind other sections`, {
          hint: "descriptions come first, in one list, before other sections and the paragraphs that follow them",
        });
      }
      this.#hasSections = true;
    }
    if (place.name === "") lines.report("doc-name", place.start, place.end, "there is no name between '@' and ':'");
    else if (this.#list === "members") this.#put((this.#members ??= new Map<string, Place>()), place);
    else this.#put((this.#features ??= new Map<string, Place>()), place);
    this.#expectText(place);
  }

  #beginFeatures(): void {
    const lines = this.#lines;
    const place = { name: FEATURES, start: lines.from, end: lines.to };
    if (this.#features !== undefined) {
      lines.reportLine("doc-duplicate", `there is a second '${FEATURES}'`, this.#firstHere(this.#featuresLine));
    }
    this.#featuresLine ??= place;
    this.#list = "features";
    this.#hasSections = true;
    this.#expected = "feature";
  }

  #reportMissingFeatures(): void {
    this.#lines.reportLine("doc-features", "there is no description of a feature behind 'Features:'", {
      hint: "features are described as members are: '# @deprecated: text'",
    });
    this.#list = undefined;
  }

  #beginTagged(place: Place): void {
    const { name } = place;
    this.#hasSections = true;
    if (name.startsWith("Note") || name.startsWith("Example")) {
      const directive = name.startsWith("Note") ? ".. note::" : ".. qmp-example::";
      this.#lines.reportLine("doc-old-section", `there are no sections '${name}' any more`, {
        hint: `write '${directive}', and the text below it, indented`,
      });
      this.#expected = "text";
      return;
    }
    if (name !== "TODO:") this.#put((this.#tags ??= new Map<string, Place>()), place);
    this.#expectText(place);
  }

  /** The section begins at `place`, and its text right behind it or in the next line. */
  #expectText(place: Place): void {
    if (place.end === this.#lines.to) this.#textless = place;
    this.#expected = "text";
  }

  #put(map: Map<string, Place>, place: Place): void {
    const known = map.get(place.name);
    if (known === undefined) map.set(place.name, place);
    else this.#reportAgain(place, known);
  }

  #reportAgain(place: Place, known: Place): void {
    const message = `there is a second '${this.#written(place)}'`;
    this.#lines.report("doc-duplicate", place.start, place.end, message, this.#firstHere(known));
  }

  #firstHere(first: Place | undefined): Extra {
    if (first === undefined) return {};
    const { start, end } = first;
    return { related: [{ span: { source: this.#lines.source, start, end }, message: "the first one" }] };
  }

  #reportEmpty(place: Place): void {
    const message = `there is no text behind '${this.#written(place)}'`;
    this.#lines.report("doc-empty-section", place.start, place.end, message, {
      hint: "write it behind the colon, or below and indented",
    });
  }

  #written({ start, end }: Place): string {
    return this.#lines.source.text.slice(start, end);
  }

  /** The tag with which the current line begins, if it does. */
  #tag(): Place | undefined {
    const { source, from } = this.#lines;
    TAG.lastIndex = from;
    const name = TAG.exec(source.text)?.[0];
    return name === undefined ? undefined : { name, start: from, end: from + name.length };
  }
}
