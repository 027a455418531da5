/**
 * Text to syntax tree. All that touches peggy's internals is here and in the grammar.
 *
 * The first pass does not keep track of failures, which makes it twice as fast. Where it stops short, the entry that it
 * stops at is parsed once more to learn what was expected, and the next pass starts at the next line that looks like the
 * beginning of an entry. So every syntax error of a file is found, in time linear in its length.
 */
import type { Diagnostic } from "../diagnostic.js";
import type { DefinitionNode, DocNode, EntryNode, FileNode, IncludeNode, PragmaNode } from "./ast.js";
import { DocReader, isAbout } from "./doc-comment.js";
import { readForm } from "./forms.js";
import { parse as parseEntries, SyntaxError } from "./grammar.js";
import type { ParseAccount, RawComment, RawEntry, Slip } from "./grammar.js";
import { partsOf } from "./parts.js";
import { disconnectCommand, eventName, readProposal } from "./proposal.js";
import type { Source } from "./source.js";
import { explainSyntaxError } from "./syntax-error.js";

/** Schemas of QEMU nest four levels; this protects the stack. */
const MAXIMUM_DEPTH = 100;

/** Whoever makes more mistakes than this has made one that matters; this protects the memory. */
const MAXIMUM_ERRORS = 1000;

/** What {@link parse} returns. */
export interface ParseResult {
  /** All entries that could be understood. */
  readonly file: FileNode;
  /** Empty: all of the file could be understood. In source order. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads one schema file; does not follow its includes. Never throws for what is in the text.
 *
 * @example
 * ```ts
 * import { parse, Source } from "qapi-codegen";
 *
 * const { file, diagnostics } = parse(new Source("power.json", "{ 'event': 'POWERDOWN', 'data': {} }"));
 * file.entries.map((entry) => entry.kind); // => ["event"]
 * diagnostics; // => []
 * ```
 */
export function parse(source: Source): ParseResult {
  const diagnostics: Diagnostic[] = [];
  const notes: Diagnostic[] = [];
  const raw = parseRaw(source, diagnostics, notes);
  const isPartial = diagnostics.length > 0;
  const entries: EntryNode[] = [];
  const broken: string[] = [];
  const docs = new DocReader(source);
  let comment: RawComment | undefined;
  for (const entry of raw) {
    if (entry.kind === "comment") {
      if (comment !== undefined) entries.push(docs.read(comment));
      comment = entry;
      continue;
    }
    const node =
      entry.kind === "object" ? readForm(entry, diagnostics, notes) : readProposal(entry, diagnostics, notes);
    const doc = comment === undefined ? undefined : docFor(comment, node, docs);
    if (doc !== undefined && node !== undefined && "name" in node) {
      entries.push({ ...node, doc });
    } else {
      // Documentation of something else, or of nothing, is free-form documentation.
      if (comment !== undefined) entries.push(docs.read(comment));
      if (node !== undefined) entries.push(node);
    }
    comment = undefined;
    if (node?.kind === "command" && node.signal !== undefined) entries.push(disconnectCommand(node, node.signal));
    if (node === undefined) for (const name of stringsOf(entry)) broken.push(name);
  }
  if (comment !== undefined) entries.push(docs.read(comment));
  diagnostics.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  const span = { source, start: 0, end: source.text.length };
  return { file: { kind: "file", entries, broken, isPartial, notes, span }, diagnostics };
}

/** What an entry may define that makes no sense: of an object, whatever its keys have for a string. */
function stringsOf(entry: Exclude<RawEntry, RawComment>): readonly string[] {
  switch (entry.kind) {
    case "object":
      return entry.properties.flatMap(({ value }) => (value.kind === "string" ? [value.text] : []));
    case "proposalType":
      return [entry.name.text, eventName(entry.name.text)];
    case "proposalCommand":
      return [];
  }
}

/** The documentation that a comment is of the definition behind it; undefined when it is not about that. */
function docFor(
  comment: RawComment,
  node: IncludeNode | PragmaNode | DefinitionNode | undefined,
  docs: DocReader,
): DocNode | undefined {
  if (node === undefined || !("name" in node)) return undefined;
  const { name } = node;
  const symbol = comment.symbol?.text;
  if (symbol === name.text || (symbol !== undefined && symbol === name.written)) return docs.read(comment);
  // Before 2.9 nobody checked what comments say.
  return isAbout(comment, name.text, describedNames(node)) ? docs.read(comment, true) : undefined;
}

/** The names of what is described in the documentation of a definition. */
function describedNames(node: DefinitionNode): readonly string[] {
  const parts = node.kind === "union" ? [...partsOf(node), ...node.branches] : partsOf(node);
  return parts.map(({ name }) => name.text);
}

function parseRaw(source: Source, diagnostics: Diagnostic[], notes: Diagnostic[]): readonly RawEntry[] {
  const entries: RawEntry[] = [];
  let start = 0;
  if (source.text.startsWith("\ufeff")) {
    start = 1;
    notes.push({
      code: "byte-order-mark",
      severity: "style",
      message: "the file begins with a byte-order mark",
      span: { source, start: 0, end: 1 },
      hint: "save it as UTF-8 without one",
    });
  }
  while (true) {
    const slips: Slip[] = [];
    const account = attempt(source, start, 1, slips);
    if (typeof account === "number") {
      start = report(account, start);
    } else {
      for (const entry of account.peg$result) entries.push(entry);
      for (const slip of slips) if (slip.at < account.peg$currPos) notes.push(explainSlip(source, slip));
      if (account.peg$success) return entries;
      const failed = attempt(source, account.peg$currPos, 0, []);
      // QEMU's compiler would not have come to what is wrong behind them.
      const end = typeof failed === "number" ? failed : failed.peg$maxFailPos;
      for (const slip of slips) {
        if (slip.at >= account.peg$currPos && slip.at < end) notes.push(explainSlip(source, slip));
      }
      start = report(failed, account.peg$currPos);
    }
    if (start === -1) return entries;
  }

  /** Reports a failure in the entry at `entryStart` and returns where the next entry starts, or -1. */
  function report(failure: ParseAccount | number, entryStart: number): number {
    if (diagnostics.length >= MAXIMUM_ERRORS) {
      diagnostics.push({
        code: "too-many-errors",
        message: `there are more than ${String(MAXIMUM_ERRORS)} mistakes before this; the rest of the file was not read`,
        span: { source, start: entryStart, end: entryStart + 1 },
        hint: "is this a schema?",
      });
      return -1;
    }
    if (typeof failure === "number") {
      diagnostics.push({
        code: "nesting-too-deep",
        message: `brackets nest deeper than ${String(MAXIMUM_DEPTH)} levels`,
        span: { source, start: failure, end: failure + 1 },
      });
    } else {
      diagnostics.push(explainSyntaxError(source, entryStart, failure.peg$maxFailPos, failure.peg$maxFailExpected));
    }
    const at = typeof failure === "number" ? failure : failure.peg$maxFailPos;
    const beginning = /^(?:\{|##|\[\s*'[^'\n]*'\s*,\s*\{)/gm;
    beginning.lastIndex = Math.max(at, entryStart + 1);
    return beginning.exec(source.text)?.index ?? -1;
  }
}

function explainSlip(source: Source, { kind, at }: Slip): Diagnostic {
  const message =
    kind === "missing-comma" ? "there should be a comma before this" : "there should be no comma before this";
  return { code: kind, severity: "style", message, span: { source, start: at, end: at + 1 } };
}

/** The account of a parse from `start`, or the offset of a bracket that nests too deep. */
function attempt(source: Source, start: number, silent: 0 | 1, slips: Slip[]): ParseAccount | number {
  try {
    return parseEntries(source.text, {
      source,
      maximumDepth: MAXIMUM_DEPTH,
      peg$currPos: start,
      slips,
      peg$silentFails: silent,
      peg$library: true,
    });
  } catch (error) {
    // It is thrown right behind the bracket.
    if (error instanceof SyntaxError) return error.location.start.offset - 1;
    throw error;
  }
}
