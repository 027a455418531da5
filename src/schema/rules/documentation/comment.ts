/** One documentation comment as QEMU's compiler reads it: which sections it has, and what is wrong with them. */
import type { DocLines, Extra } from "./lines.js";
import { NOT_SPACE } from "./space.js";

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
  /** Whether there is a section that describes no member, or a paragraph behind another section. */
  readonly hasMore: boolean;
  /** Whether it is certain what it is about. */
  readonly isCertain: boolean;
}

const AT = 0x40;
const FEATURES = "Features:";

/** The tags that may begin a section. "Returns::" would be markup. */
const TAG = /(?:Returns|Errors|Since|Notes?|Examples?|TODO)(?!::):/y;

// Expressions for lines that need no closer look; they take none that may be too long or badly ended.

/** More lines of a paragraph. */
const PARAGRAPH = new RegExp(`(?:\\n# [^\\n]{0,67}${NOT_SPACE}(?=\\n)){0,500}`, "y");
/** The indentation that all of QEMU's documentation has, and text that has it: two lines at least. */
const COMMON_INDENT = 4;
const COMMON_TEXT = new RegExp(
  `(?:\\n#){0,9}\\n# {5}(?=${NOT_SPACE})[^\\n]{0,63}${NOT_SPACE}(?=\\n)(?:\\n#(?: {5}[^\\n]{0,63}${NOT_SPACE})?(?=\\n)){1,500}`,
  "y",
);

/** Reads the comment that begins at `mark`. */
export function readComment(lines: DocLines, mark: number): Comment {
  lines.open(mark);
  const hasLines = lines.next();
  if (hasLines && lines.text.charCodeAt(lines.from) === AT && lines.from < lines.to) return readDefinition(lines, mark);
  const isCertain = !hasLines || readFreeForm(lines);
  return {
    mark,
    end: lines.end,
    symbol: undefined,
    members: undefined,
    features: undefined,
    tags: undefined,
    hasMore: false,
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
      const message = `'@${named.name}:' begins a line of documentation that is about no definition`;
      lines.reportLine("doc-free-form", message, {
        hint: isSymbol
          ? `if it is about '${named.name}', its first line has to be '# @${named.name}:'`
          : "let the line begin with another word, or break it elsewhere",
      });
      if (isSymbol) {
        // All its descriptions would be wrong for the one reason.
        while (lines.next()) continue;
        return false;
      }
    }
    isStart &&= lines.from === lines.to;
  } while (lines.next());
  return true;
}

/** The `@NAME:` with which the current line begins, if it does. */
function nameOf(lines: DocLines): Place | undefined {
  const { text, from } = lines;
  if (text.charCodeAt(from) !== AT || from === lines.to) return undefined;
  const colon = lines.colon();
  return colon === -1 ? undefined : { name: text.slice(from + 1, colon), start: from, end: colon + 1 };
}

/** The tag with which the current line begins, if it does. */
function tagOf({ text, from }: DocLines): Place | undefined {
  TAG.lastIndex = from;
  if (!TAG.test(text)) return undefined;
  const end = TAG.lastIndex;
  return { name: text.slice(from, end), start: from, end };
}

function looksLikeSection(lines: DocLines): boolean {
  return nameOf(lines) !== undefined || lines.is(FEATURES) || tagOf(lines) !== undefined;
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

/** Reads the comment of a definition; the current line is its first. */
function readDefinition(lines: DocLines, mark: number): Comment {
  // Most comments have only one or two of these.
  let members: Map<string, Place> | undefined;
  let features: Map<string, Place> | undefined;
  let tags: Map<string, Place> | undefined;
  let featuresLine: Place | undefined;
  let expected: Expected = "section";
  let indent = 0;
  /** The list that a description which comes next would go on with. */
  let list: "members" | "features" | undefined;
  /** Whether there is a section already; paragraphs are none. */
  let hasSections = false;
  let hasMore = false;
  /** What begins the current section, as long as there is no text in it. */
  let textless: Place | undefined;
  let empty: Place[] | undefined;

  const { symbol, isGood } = readSymbol(lines);
  while (true) {
    if (takesDescription() && lines.nextDescription()) begin();
    else if (lines.next()) readLine(lines.from === lines.to);
    else break;
  }
  finish();
  return { mark, end: lines.end, symbol, members, features, tags, hasMore, isCertain: isGood && !lines.hasBadMark };

  /** Whether a description would be in its place here. */
  function takesDescription(): boolean {
    return list !== undefined || (expected === "section" && !hasSections);
  }

  function readLine(isBlank: boolean): void {
    switch (expected) {
      case "section":
        if (!isBlank) begin();
        return;
      case "paragraph":
        if (isBlank) expected = "section";
        return;
      case "feature":
        if (isBlank) return;
        if (nameOf(lines) === undefined) reportMissingFeatures();
        return begin();
      case "text":
        if (isBlank) return;
        indent = lines.indent();
        if (indent === 0) return begin();
        expected = "second-line";
        textless = undefined;
        return;
      case "second-line":
        expected = "more-text";
        if (isBlank || lines.indent() >= indent) return;
        return nameOf(lines) === undefined ? readOutdented() : begin();
      case "more-text":
        if (isBlank) return;
        if (lines.indent() < indent || (indent === 0 && looksLikeSection(lines))) begin();
        return;
    }
  }

  /** The current line is indented less than the one before it, which has just begun the text of a section. */
  function readOutdented(): void {
    const columns = indent === 1 ? "a column" : `${String(indent)} columns`;
    lines.reportLine("doc-indent", `this line is indented by less than the ${columns} of the line before it`, {
      hint: "indent it alike; or, if something else begins here, put a blank line before it",
    });
    // What does not look like the beginning of something is taken for more text from here on, however it is indented.
    indent = 0;
    if (looksLikeSection(lines)) begin();
  }

  /** The current line begins a section. */
  function begin(): void {
    endSection();
    const named = nameOf(lines);
    if (named !== undefined) return beginDescription(named);
    list = undefined;
    if (lines.is(FEATURES)) return beginFeatures();
    const tag = tagOf(lines);
    if (tag !== undefined) return beginTagged(tag);
    hasMore ||= hasSections;
    expected = "paragraph";
    lines.skip(PARAGRAPH);
  }

  function endSection(): void {
    if (textless !== undefined) (empty ??= []).push(textless);
    textless = undefined;
  }

  function finish(): void {
    endSection();
    // What is missing may be behind the end of a comment that is not closed.
    if (!lines.isClosed) return;
    if (expected === "feature") reportMissingFeatures();
    if (empty !== undefined) for (const place of empty) reportEmpty(lines, place);
  }

  function beginDescription(place: Place): void {
    if (list === undefined) {
      list = "members";
      if (hasSections) {
        lines.reportLine("doc-order", `'@${place.name}:' is described behind other sections`, {
          hint: "descriptions come first, in one list, before other sections and the paragraphs that follow them",
        });
      }
      hasSections = true;
    }
    if (place.name === "") lines.report("doc-name", place.start, place.end, "there is no name between '@' and ':'");
    else if (list === "members") put(lines, (members ??= new Map<string, Place>()), place);
    else put(lines, (features ??= new Map<string, Place>()), place);
    expectText(place);
  }

  function beginFeatures(): void {
    if (features !== undefined) {
      lines.reportLine("doc-duplicate", `there is a second '${FEATURES}'`, firstHere(lines, featuresLine));
    }
    hasMore = true;
    featuresLine ??= { name: FEATURES, start: lines.from, end: lines.to };
    list = "features";
    hasSections = true;
    expected = "feature";
  }

  function reportMissingFeatures(): void {
    lines.reportLine("doc-features", "there is no description of a feature behind 'Features:'", {
      hint: "features are described as members are: '# @deprecated: text'",
    });
    list = undefined;
  }

  function beginTagged(place: Place): void {
    const { name } = place;
    hasSections = true;
    hasMore = true;
    if (name.startsWith("Note") || name.startsWith("Example")) {
      const directive = name.startsWith("Note") ? ".. note::" : ".. qmp-example::";
      lines.reportLine("doc-old-section", `there are no sections '${name}' any more`, {
        hint: `write '${directive}', and the text below it, indented`,
      });
      expected = "text";
      return;
    }
    if (name !== "TODO:") put(lines, (tags ??= new Map<string, Place>()), place);
    expectText(place);
  }

  /** The section begins at `place`, and its text right behind it or in the next line. */
  function expectText(place: Place): void {
    if (lines.skip(COMMON_TEXT)) {
      expected = "more-text";
      indent = COMMON_INDENT;
    } else {
      expected = "text";
      if (place.end === lines.to) textless = place;
    }
  }
}

function readSymbol(lines: DocLines): { readonly symbol: Place; readonly isGood: boolean } {
  const { from: start, to: end } = lines;
  const line = lines.text.slice(start, end);
  if (!line.endsWith(":")) {
    lines.reportLine("doc-symbol", "the line that names the definition does not end with ':'", {
      hint: "text about the definition goes below that line",
    });
    return { symbol: { name: /^@([^\s:]*)/.exec(line)?.[1] ?? "", start, end }, isGood: false };
  }
  const isGood = line !== "@:";
  if (!isGood) lines.reportLine("doc-symbol", "there is no name between '@' and ':'");
  return { symbol: { name: line.slice(1, -1), start, end }, isGood };
}

function put(lines: DocLines, map: Map<string, Place>, place: Place): void {
  const first = map.get(place.name);
  if (first === undefined) {
    map.set(place.name, place);
    return;
  }
  const message = `there is a second '${written(lines, place)}'`;
  lines.report("doc-duplicate", place.start, place.end, message, firstHere(lines, first));
}

function firstHere({ source }: DocLines, first: Place | undefined): Extra {
  if (first === undefined) return {};
  return { related: [{ span: { source, start: first.start, end: first.end }, message: "the first one" }] };
}

function reportEmpty(lines: DocLines, place: Place): void {
  lines.report("doc-empty-section", place.start, place.end, `there is no text behind '${written(lines, place)}'`, {
    hint: "write it behind the colon, or below and indented",
  });
}

function written({ text }: DocLines, { start, end }: Place): string {
  return text.slice(start, end);
}
