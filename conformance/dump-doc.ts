/** Documentation comments in the format of the dumps of QEMU's compiler, of releases 10.x: the lines as they stand there. */
import { partsOf } from "../src/schema/parts.js";
import type { Definition } from "../src/schema/schema.js";
import type { DocNode, DocSection } from "../src/syntax/ast.js";
import type { Span } from "../src/syntax/source.js";
import type { Json, JsonObject } from "./json.js";
import { BLANK } from "./text-layout.js";

/** A section as QEMU's compiler has it. */
interface Section {
  readonly kind: "Plain" | "Member" | "Feature" | "Returns" | "Errors" | "Since" | "Todo";
  /** Of a member or a feature. */
  readonly name?: string;
  text: string;
  readonly line: number | undefined;
  /** Whether it is not in the comment, but stands for what should be. */
  readonly stub: boolean;
}

/** @param definition - What it documents; undefined for free-form documentation. */
export function docJson(doc: DocNode, file: string, definition: Definition | undefined): JsonObject {
  const sections = sectionsOf(doc);
  if (definition !== undefined) addStubs(sections, definition);
  const [body, ...rest] = sections;
  const members = rest.filter(({ kind }) => kind === "Member");
  return {
    symbol: doc.symbol?.text ?? null,
    file,
    line: lineOf(doc.span),
    body: body?.text ?? "",
    args: [...members.filter(({ stub }) => !stub), ...members.filter(({ stub }) => stub)].map(memberJson),
    features: rest.filter(({ kind }) => kind === "Feature").map(featureJson),
    sections: rest.filter(({ kind, stub }) => !stub && kind !== "Member" && kind !== "Feature").map(sectionJson),
    order: sections.map(({ kind, name }) => (name === undefined ? kind : `${kind}:${name}`)),
  };
}

function memberJson({ name, text, line, stub }: Section): JsonObject {
  return { name: name ?? "", text, documented: !stub, ...(line === undefined ? {} : { line }) };
}

function featureJson({ name, text, line }: Section): JsonObject {
  return { name: name ?? "", text, ...(line === undefined ? {} : { line }) };
}

function sectionJson({ kind, text, line }: Section): JsonObject {
  const tag: Json = kind === "Plain" ? null : kind;
  return { tag, text, ...(line === undefined ? {} : { line }) };
}

/**
 * The body, which may be empty, and the sections behind it; text that follows text is one with it.
 *
 * We read some things more generously than QEMU's compiler does. To it they are text: what begins a section within a
 * paragraph, a tag without its colon, lines that are indented less than those of the description before them.
 */
function sectionsOf(doc: DocNode): Section[] {
  const lines = linesOf(doc.span);
  const sections: Section[] = [{ kind: "Plain", text: "", line: undefined, stub: false }];
  if (doc.symbol === undefined) append(sections, lines.map(({ text }) => text).join("\n"));
  else readDefinition(lines.slice(1), new Owners(doc.sections), sections);
  for (const section of sections) section.text = section.text.replace(/^\n+|\n+$/g, "");
  return sections;
}

function readDefinition(lines: readonly Line[], owners: Owners, sections: Section[]): void {
  /** The description or tagged section that may go on, and how far its second line is indented. */
  let open: { readonly section: DocSection; indent: number | undefined } | undefined;
  let isInParagraph = false;
  for (const { text, line } of lines) {
    const owner = owners.of(line);
    const kind = owner === undefined || isInParagraph ? "Plain" : kindOf(owner);
    if (owner !== undefined && kind !== "Plain" && lineOf(owner.span) === line) {
      const { name } = owner;
      const first = text.replace(/^(?:@[^:]*|\w+): */, "");
      sections.push({ kind, ...(name === undefined ? {} : { name }), text: first, line, stub: false });
      open = { section: owner, indent: undefined };
    } else if (text === "") {
      isInParagraph = false;
      if (open !== undefined) append(sections, "\n");
    } else if (open !== undefined && open.section === owner && indentOf(text) >= (open.indent ?? 1)) {
      open.indent ??= indentOf(text);
      append(sections, `\n${text}`);
    } else {
      open = undefined;
      if (text === "Features:" && !isInParagraph) continue;
      if (sections.at(-1)?.kind !== "Plain") sections.push({ kind: "Plain", text, line, stub: false });
      else append(sections, isInParagraph ? `\n${text}` : `\n\n${text}`);
      isInParagraph = true;
    }
  }
}

function append(sections: readonly Section[], text: string): void {
  const last = sections.at(-1);
  if (last !== undefined) last.text += text;
}

/** Which section of ours a line is in. */
class Owners {
  readonly #byLine = new Map<number, DocSection>();

  constructor(sections: readonly DocSection[]) {
    for (const section of sections) {
      const { source, start, end } = section.span;
      const last = source.position(end).line;
      for (let { line } = source.position(start); line <= last; line++) this.#byLine.set(line, section);
    }
  }

  of(line: number): DocSection | undefined {
    return this.#byLine.get(line);
  }
}

/** A line of a comment: what is behind `# `, without blanks at the end. */
interface Line {
  readonly text: string;
  readonly line: number;
}

const OUTER_BLANKS = new RegExp(`^[${BLANK}]+|[${BLANK}]+$`, "g");

/** The lines between the first and the last `##`. */
function linesOf({ source, start, end }: Span): readonly Line[] {
  const first = source.position(start).line;
  return source.text
    .slice(start, end)
    .split("\n")
    .map((raw, index) => ({ raw: raw.replace(OUTER_BLANKS, ""), line: first + index }))
    .filter(({ raw }) => raw.startsWith("#"))
    .slice(1, -1)
    .map(({ raw, line }) => ({ text: raw.slice(2), line }));
}

function indentOf(text: string): number {
  return text.length - text.replace(OUTER_BLANKS, "").length;
}

function lineOf({ source, start }: Span): number {
  return source.position(start).line;
}

const KINDS = {
  text: "Plain",
  member: "Member",
  feature: "Feature",
  returns: "Returns",
  errors: "Errors",
  since: "Since",
  todo: "Todo",
  note: "Plain",
  example: "Plain",
} as const satisfies Record<DocSection["kind"], Section["kind"]>;

const BARE_TAG = new RegExp(`^# (?:Returns|Errors|Since|TODO):[${BLANK}]*$`);

/** We read `Since 10.1` as well as `Since: 10.1`; to QEMU's compiler it is text without the colon. */
function kindOf({ kind, span: { source, start } }: DocSection): Section["kind"] {
  if (kind === "text" || kind === "member" || kind === "feature") return KINDS[kind];
  const before = source.text.slice(source.text.lastIndexOf("#", start - 1), start);
  return BARE_TAG.test(before) ? KINDS[kind] : "Plain";
}

/** Adds what a definition has and its documentation does not: members, and since 10.1 what a command returns. */
function addStubs(sections: Section[], definition: Definition): void {
  const documented = new Set(sections.flatMap(({ kind, name }) => (kind === "Member" ? [name] : [])));
  for (const { name } of partsOf(definition)) {
    if (documented.has(name)) continue;
    const behind = sections.findIndex(({ kind }, index) => index > 0 && kind !== "Member");
    const stub: Section = { kind: "Member", name, text: "", line: undefined, stub: true };
    sections.splice(behind === -1 ? sections.length : behind, 0, stub);
  }
  if (definition.kind !== "command" || definition.returns === undefined) return;
  if (sections.some(({ kind }) => kind === "Returns")) return;
  sections.splice(placeForReturns(sections), 0, { kind: "Returns", text: "", line: undefined, stub: true });
}

/** Behind the members; else before the errors, else before the last feature, else behind the body. */
function placeForReturns(sections: readonly Section[]): number {
  const member = sections.findLastIndex(({ kind }) => kind === "Member");
  if (member !== -1) return member + 1;
  for (const before of ["Errors", "Feature"]) {
    const index = sections.findLastIndex(({ kind }) => kind === before);
    if (index !== -1) return index;
  }
  return 1;
}
