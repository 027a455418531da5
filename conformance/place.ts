/**
 * Where QEMU's compiler, which stops at its first error, would have stopped.
 *
 * We report every mistake, in source order, at the most precise place. QEMU's compiler works in passes over the whole
 * schema and names the line where the definition begins, or for what it finds while it reads the place where it stands
 * then. So our findings are put in its order here, and the first one is placed as it would place it.
 */
import type { Diagnostic } from "../src/diagnostic.js";
import type { Tree } from "../src/schema/load.js";
import type { DefinitionNode } from "../src/syntax/ast.js";
import type { Source, Span } from "../src/syntax/source.js";
import { DIRECTIVE, expand, type Expanded, type Place } from "./expanded.js";
import { fileNames } from "./file-names.js";
import { type Group, groupOf } from "./groups.js";
import { valueEnd } from "./strict-value.js";
import { BLANK, endOfFile, valueBehind } from "./text-layout.js";
import { partAt, type VisitOrder, visitOrder } from "./visit-order.js";

/** A place as QEMU's compiler names it. */
export interface QemuPlace {
  /** Relative to the folder of the root file; null when not even that can be read. */
  readonly file: string | null;
  readonly line: number | null;
  /** As {@link columnOf} counts. */
  readonly column: number | null;
}

/** A finding, where QEMU's compiler would place it, and when it would find it. */
export interface Placed {
  readonly finding: Diagnostic;
  readonly place: QemuPlace;
  /** Compared item by item; the smaller one is earlier. */
  readonly time: readonly number[];
}

/** The passes of QEMU's compiler. */
const PASS = { read: 0, form: 1, names: 2, meaning: 3, documentation: 4, total: 5 } as const;

/**
 * While it reads, it has the next token in hand when it carries out what is before that (see {@link DIRECTIVE}): at first
 * the lexer complains, then comments are brought to their end, then it is seen whether an object follows, and one of what they say.
 */
const LEXER = -0.8;
const END_OF_COMMENT = -0.7;
const NOT_OBJECT = -0.65;
const PLACEMENT = -0.6;
/** Behind the complaint about a comment that has no end. */
const NEVER = 0.5;

/** Findings in the order in which QEMU's compiler would come upon them. */
export function inQemuOrder(findings: readonly Diagnostic[], tree: Tree): readonly Placed[] {
  if (findings.length === 0) return [];
  const clock = new QemuClock(expand(tree));
  const named = fileNames(tree);
  const names = new Map<Source, string>(tree.files.map((file) => [file.node.span.source, named.of(file)]));
  return findings
    .map((finding): Placed => {
      const { span, time } = clock.placeOf(finding);
      if (span === undefined) return { finding, place: { file: null, line: null, column: null }, time };
      const { source, start } = span;
      const file = names.get(source) ?? source.name;
      return { finding, place: { file, line: source.position(start).line, column: columnOf(source, start) }, time };
    })
    .sort((a, b) => compareTimes(a.time, b.time));
}

interface Spot {
  /** Only the start counts. */
  readonly span: Span | undefined;
  readonly time: readonly number[];
}

/** Says of findings where and when QEMU's compiler comes upon them. */
class QemuClock {
  readonly #expanded: Expanded;
  readonly #order: VisitOrder;

  constructor(expanded: Expanded) {
    this.#expanded = expanded;
    this.#order = visitOrder(expanded.definitions);
  }

  placeOf({ span, code }: Diagnostic): Spot {
    if (span === undefined) return { span, time: [] };
    const group = groupOf(code);
    const index = this.#expanded.indexOf(span) ?? -1;
    const place = this.#expanded.places[index];
    if (place === undefined) return this.#reading(span, span.start, group);
    return place.item.kind === "doc"
      ? this.#inDoc(code === "doc-sentence" ? withoutIndentation(span) : span, place, index, group)
      : this.#inValue(code, span, place, index, group);
  }

  #inValue(code: string, span: Span, place: Place, index: number, group: Group): Spot {
    const { item } = place;
    if (group === "lexing" || group === "parsing" || group === "duplicate-key") {
      if (code === "syntax" && span.start === item.start) return this.#topLevel(span, place);
      const at = group === "duplicate-key" ? valueBehind(span.source.text, span.start) : span.start;
      return this.#reading(span, Math.min(at, item.docWithin ?? at), group);
    }
    // Whatever else is wrong with it, QEMU's compiler does not get beyond documentation in it.
    if (item.docWithin !== undefined) return this.#reading(span, item.docWithin, "parsing");
    const start = startOf(place);
    if (group === "reading" || group === "not-object" || group === "placement" || item.isDirective) {
      const step = group === "not-object" ? NOT_OBJECT : group === "placement" ? PLACEMENT : DIRECTIVE;
      return { span: start, time: this.#readTime(span.source, item.next + step) };
    }
    if (group === "form-start") return { span: start, time: [PASS.form, index, 0] };
    const node = this.#expanded.nodeAt(index);
    if (group === "meaning" && isListBranch(node, span)) return { span: start, time: [PASS.form, index, 2] };
    if (group === "form" && !(code === "invalid-name" && isTagOrBranch(place, span))) {
      const isName = node !== undefined && node.name.span.start <= span.start && span.start < node.name.span.end;
      return { span: start, time: [PASS.form, index, isName ? 0 : 2] };
    }
    if (group === "total") return { span: start, time: [PASS.total] };
    if (group === "loop" && this.#order.loop !== undefined) {
      const { definition, time } = this.#order.loop;
      return { span: definition.span, time: [PASS.meaning, time] };
    }
    if (group === "redefinition") return this.#redefinition(index);
    if (node === undefined) return { span: start, time: [PASS.meaning, Infinity] };
    return { span: start, time: [PASS.meaning, this.#timeOf(code, group, node, span.start) ?? Infinity] };
  }

  /** When the part of a definition is checked that something in it belongs to. */
  #timeOf(code: string, group: Group, node: DefinitionNode, at: number): number | undefined {
    if (group === "documentation" || group === "clash") return this.#order.time(node, group);
    const { part, branch } = partAt(node, at);
    // Of an array only its element is looked at by itself.
    return this.#order.time(node, part === "arrays" && code !== "undefined-type" ? "members" : part, branch);
  }

  /** Of several definitions of a name the second that is read is wrong, which need not be the one that we found. */
  #redefinition(found: number): Spot {
    const { definitions, places } = this.#expanded;
    const name = this.#expanded.nodeAt(found)?.name.text;
    const [, second] = definitions.filter((node) => node.name.text === name);
    const index = second === undefined ? found : (this.#expanded.indexOf(second.span) ?? found);
    const place = places[index];
    return { span: place === undefined ? undefined : startOf(place), time: [PASS.names, index] };
  }

  #inDoc(span: Span, place: Place, index: number, group: Group): Spot {
    const { item } = place;
    const next = this.#expanded.places[index + 1];
    switch (group) {
      case "placement": {
        // It shows when the value behind it, if there is one, has been read.
        const isValue = next?.item.kind === "value" && next.file === place.file;
        const read = (isValue ? next.item.next : item.next) + PLACEMENT;
        return { span: startOf(place), time: this.#readTime(span.source, read) };
      }
      case "end-of-comment":
        return { span, time: this.#readTime(span.source, item.next + (item.isClosed ? END_OF_COMMENT : NEVER)) };
      case "form-start":
        // Of a comment that has to do with the definition behind it.
        return { span: next === undefined ? span : startOf(next), time: [PASS.form, index + 1, 1] };
      case "form":
        // A wrong 'Returns:' is noticed before a wrong 'Errors:', whichever comes first.
        return { span, time: [PASS.form, index + 1, 1, span.source.text.startsWith("Returns", span.start) ? 0 : 1] };
      case "meaning":
      case "documentation":
        return { span, time: [PASS.documentation, index, span.start] };
      default:
        return this.#reading(span, span.start, group);
    }
  }

  /** At the top level QEMU's compiler reads any value, and the token behind it, before it wants an object. */
  #topLevel(span: Span, place: Place): Spot {
    const { isValue, at } = valueEnd(span.source.text, span.start);
    if (!isValue || isWrongToken(span.source.text, at)) return this.#reading(span, at, "parsing");
    return { span: startOf(place), time: this.#readTime(span.source, at + NOT_OBJECT) };
  }

  /** What is found with the token at `at` in hand. */
  #reading({ source, end }: Span, at: number, group: Group): Spot {
    const start = Math.min(at, endOfFile(source.text));
    const step = group === "lexing" || isStray(source.text, start) ? LEXER : 0;
    return { span: { source, start, end }, time: this.#readTime(source, start + step) };
  }

  #readTime(source: Source, at: number): readonly number[] {
    return [PASS.read, ...(this.#expanded.wayTo(source) ?? []), at];
  }
}

function startOf({ file, item }: Place): Span {
  return { source: file.node.span.source, start: item.start, end: item.end };
}

/** Whether the span is in a branch that is a list, which QEMU's compiler refuses before it looks for the type. */
function isListBranch(node: DefinitionNode | undefined, { start }: Span): boolean {
  if (node?.kind !== "union") return false;
  const branch = node.branches.find(({ span }) => span.start <= start && start < span.end);
  return branch?.type.kind === "type" && branch.type.list;
}

/** Whether a name is of a discriminator or a branch: QEMU's compiler takes any, and looks for the member or value later. */
function isTagOrBranch({ item }: Place, { source, start }: Span): boolean {
  if (!/'union'\s*:/.test(source.text.slice(item.start, item.end))) return false;
  const keys = source.text.slice(item.start, start).match(/'(?:union|base|discriminator|data|features)'\s*:/g);
  return /^'(?:discriminator|data)'/.test(keys?.at(-1) ?? "");
}

/** Counts the column of a sentence from the `#` of its line, as QEMU's compiler does. */
function withoutIndentation({ source, start, end }: Span): Span {
  const lineStart = start - source.position(start).column + 1;
  return { source, start: start - (source.text.indexOf("#", lineStart) - lineStart), end };
}

/** Whether the lexer has no token that begins like that. */
function isStray(text: string, offset: number): boolean {
  return !TOKEN_START.test(text.slice(offset, offset + 5));
}

/** Whether the lexer refuses what begins there. */
function isWrongToken(text: string, offset: number): boolean {
  return isStray(text, offset) || (text.charAt(offset) === "'" && !valueEnd(text, offset).isValue);
}

const TOKEN_START = new RegExp(`^(?:[{}[\\]:,'#${BLANK}]|true|false|$)`);

/**
 * The column of an offset, counted from 1 in characters; a tab takes the count back into its first block of eight, as
 * QEMU's compiler has it.
 */
export function columnOf(source: Source, offset: number): number {
  const { column } = source.position(offset);
  let count = 1;
  for (const character of source.text.slice(offset - column + 1, offset)) {
    count = character === "\t" ? ((count - 1) % 8) + 1 : count + 1;
  }
  return count;
}

function compareTimes(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0 && !Number.isNaN(difference)) return difference;
  }
  return a.length - b.length;
}
