/** Documentation comments in the format of the dumps of QEMU's compiler, of releases 10.x: the lines as they stand there. */
import type { Definition, Feature } from "../src/schema/schema.js";
import type { DocNode, DocSection } from "../src/syntax/ast.js";
import type { Span } from "../src/syntax/source.js";
import type { Json, JsonObject } from "./json.js";
import { membersOf } from "./members.js";

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
    line: doc.span.source.position(doc.span.start).line,
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

/** The body, which may be empty, and the sections behind it; text that follows text is one with it. */
function sectionsOf(doc: DocNode): Section[] {
  const sections: Section[] = [{ kind: "Plain", text: "", line: undefined, stub: false }];
  for (const section of doc.sections) {
    const kind = kindOf(section);
    const text = kind === "Plain" && section.kind !== "text" ? wholeText(section.span) : verbatim(section.span);
    const last = sections.at(-1);
    if (kind === "Plain") {
      const plain = doc.symbol === undefined ? text : text.replace(/\n{3,}/g, "\n\n");
      if (last?.kind === "Plain") last.text += last.text === "" ? plain : `\n\n${plain}`;
      else sections.push({ kind, text: plain, line: lineOf(section.span), stub: false });
    } else {
      const { name } = section;
      sections.push({ kind, ...(name === undefined ? {} : { name }), text, line: lineOf(section.span), stub: false });
    }
  }
  return sections;
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

/** We read `Since 10.1` as well as `Since: 10.1`; to QEMU's compiler it is text without the colon. */
function kindOf({ kind, span: { source, start } }: DocSection): Section["kind"] {
  if (kind === "text" || kind === "member" || kind === "feature") return KINDS[kind];
  const before = source.text.slice(source.text.lastIndexOf("#", start - 1), start);
  return /^# (?:Returns|Errors|Since|TODO): *$/.test(before) ? KINDS[kind] : "Plain";
}

/** The text of a section with what is before it on its first line. */
function wholeText({ source, start, end }: Span): string {
  return verbatim({ source, start: source.text.lastIndexOf("#", start - 1) + 2, end });
}

/** What stands behind `# ` in the lines of a span. */
function verbatim({ source, start, end }: Span): string {
  return source.text
    .slice(start, end)
    .split("\n")
    .map((line, index) => (index === 0 ? line : line.replace(/^\s*#\s?/, "")).trimEnd())
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}

/** Adds what a definition has and its documentation does not: members, and since 10.1 what a command returns. */
function addStubs(sections: Section[], definition: Definition): void {
  const documented = new Set(sections.flatMap(({ kind, name }) => (kind === "Member" ? [name] : [])));
  for (const name of namesOf(definition)) {
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

/** The names that a definition's documentation should describe. */
function namesOf(definition: Definition): readonly string[] {
  const parts: readonly { readonly name: string; readonly features?: readonly Feature[] }[] =
    definition.kind === "enum"
      ? definition.values
      : definition.kind === "alternate"
        ? definition.alternatives
        : membersOf(definition);
  return parts.map(({ name }) => name);
}
