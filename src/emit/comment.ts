/**
 * Documentation comments around texts that are finished.
 */
import type { Feature } from "../schema/schema.js";
import { linkTo } from "./markdown-inline.js";

/**
 * A documentation comment with this Markdown in it, whose lines must have no blanks at their ends; `""` when it is empty.
 * It is on one line if it can be. Nothing in the text can end the comment or be an annotation that bundlers obey.
 *
 * @example
 * ```ts
 * import { comment } from "qapi-codegen";
 *
 * comment("What it is.").startsWith("/** What it is."); // => true
 * ```
 */
export function comment(text: string, indent = ""): string {
  if (text === "") return "";
  let safe = text;
  if (safe.includes("*/")) safe = safe.replaceAll("*/", "*\\/");
  if (safe.includes("__")) safe = safe.replace(/[#@](?=__(?:PURE|NO_SIDE))/g, "$& ");
  if (safe.length <= MAX_LINE && !safe.includes("\n")) return `/** ${safe} */`;
  const margin = `\n${indent} *`;
  let lines = safe.replace(LINE_BREAKS, `${margin} `);
  if (safe.includes("\n\n")) lines = lines.replace(EMPTY_LINES, " *\n");
  return `/**${margin} ${lines}${margin}/`;
}

// To replace a constant text everywhere, nothing is as fast as a regular expression with nothing special in it.
const LINE_BREAKS = /\n/g;
const EMPTY_LINES = / \* \n/g;

/** How long a text on one line with the comment's beginning and end may be. */
export const MAX_LINE = 100;

/**
 * A comment for what is documented elsewhere, at `identifier`: the link, and the tags that change how an editor shows it.
 *
 * @example
 * ```ts
 * import { linkComment } from "qapi-codegen";
 *
 * linkComment("netdevAdd", []).includes("@link netdevAdd"); // => true
 * ```
 */
export function linkComment(identifier: string, features: readonly Feature[]): string {
  let text = linkTo(identifier);
  for (const { name } of features) {
    if (name === "unstable") text += " @experimental";
    else if (name === "deprecated") text += ` @deprecated ${reason("")}`;
  }
  return comment(text);
}

/** What follows `@deprecated`: TSDoc wants a reason, in words. Schemas need not give one. */
export function reason(text: string): string {
  if (text === "") return "It may be removed from a later release of QEMU.";
  return /\w/.test(text.replace(/\{@link [^}]*\}/g, "")) ? text : `See ${text}`;
}
