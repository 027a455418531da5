/** What is left of documentation that an image goes without: which version things came with. */
import type { DocSection } from "../schema.js";

/**
 * A section that says which version something came with and nothing else; undefined where the section does not say it.
 *
 * Of a definition that is a section of its own; of a member, the end of its description: `(since 2.4)`.
 */
export function versionOnly(section: DocSection): DocSection | undefined {
  const { kind, text } = section;
  if (kind === "since") {
    const version = VERSION.exec(text)?.[1];
    return version === undefined ? undefined : { ...section, text: version };
  }
  if (kind !== "member") return undefined;
  const version = MEMBER_VERSION.exec(text)?.[1];
  return version === undefined ? undefined : { ...section, text: `Since ${version}` };
}

const VERSION = /^(\d+(?:\.\d+){1,3})(?![\w.]*\w)/;

/** Behind a description, or alone. */
const MEMBER_VERSION = /(?:\(since:? (?:qemu )?|^Since |\n\nSince )(\d+(?:\.\d+){1,3})\)?\.?$/i;
