/**
 * What the documentation says first of a definition or a member, as plain text.
 */
import type { Definition, DocSectionKind, Member } from "../../schema/schema.js";

/** The first paragraph of a description on one line; empty when there is none. */
export function summary(node: Definition | Member): string {
  return node.kind === "member" ? firstParagraph(node.doc?.text ?? "") : sectionSummary(node, "text");
}

/** The same of what a definition's documentation says under a heading, as of what a command returns. */
export function sectionSummary({ doc }: Definition, kind: DocSectionKind): string {
  return firstParagraph(doc?.sections.find((section) => section.kind === kind)?.text ?? "");
}

function firstParagraph(text: string): string {
  const end = text.indexOf("\n\n");
  const paragraph = (end === -1 ? text : text.slice(0, end)).trim();
  // A directive, a table, or whatever else is no sentence.
  if (!/^[A-Za-z0-9@`'"(*:]/.test(paragraph)) return "";
  return paragraph
    .split(/\s+/)
    .join(" ")
    .replace(/::$/, ":")
    .replace(LITERAL, "`$1`")
    .replace(ROLE, "")
    .replace(LINK, "$1 ($2)")
    .replace(REFERENCE, "`$1`");
}

/** ``` ``text`` ``` */
const LITERAL = /``([^`]{1,1000})``/g;
/** The role of ``:role:`text` ``. */
const ROLE = /(?<![\w:])(?::[a-z]{1,20}){1,4}:(?=`)/g;
/** `` `text <address>`_ `` */
const LINK = /`([^`<>]{1,1000}) <([^`<>]{1,1000})>`__?/g;
/** `@name` */
const REFERENCE = /(?<![\w@])@([A-Za-z0-9_][\w-]*(?:\.[\w-]+)*)/g;
