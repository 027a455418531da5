/** Files that say which build options are on: C headers such as QEMU's `config-host.h`, and lists of names. */
import type { Diagnostic } from "../diagnostic.js";
import type { Defines } from "../schema/condition.js";
import { HostError, type Host } from "../schema/host.js";
import { Source } from "../syntax/source.js";

/** Where it is said which build options are known. */
export interface DefinesOptions {
  /** Build options that are known to be on or off. Default: all are open. */
  readonly defines?: Defines;
  /**
   * Files that say the same of build options: C headers with `#define` and `#undef`, or lists of `NAME`, `NAME=on` and
   * `NAME=off`. What a later file says goes before what an earlier one does, and `defines` before all files. Default: none.
   */
  readonly definesFiles?: readonly string[];
}

/** What is known of build options, or what is wrong with a file that was to say it. */
export type KnownDefines = { readonly defines: Defines } | { readonly diagnostics: readonly Diagnostic[] };

/** Puts together what is known of build options. */
export function knownDefines({ defines = new Map(), definesFiles = [] }: DefinesOptions, host: Host): KnownDefines {
  if (definesFiles.length === 0) return { defines };
  const known = new Map<string, boolean>();
  const diagnostics: Diagnostic[] = [];
  for (const path of definesFiles) {
    const file = readFile(path, host);
    if ("diagnostics" in file) diagnostics.push(...file.diagnostics);
    else for (const [name, isOn] of file.defines) known.set(name, isOn);
  }
  for (const [name, isOn] of defines) known.set(name, isOn);
  return diagnostics.length > 0 ? { diagnostics } : { defines: known };
}

function readFile(path: string, host: Host): KnownDefines {
  try {
    const text = host.read(path);
    if (text.length <= MAXIMUM_SIZE) return readDefines(new Source(path, text));
    const size = `${String(MAXIMUM_SIZE / 1_000_000)} million characters`;
    return {
      diagnostics: [{ code: "invalid-defines", message: `'${path}' is longer than ${size}; is it the right file?` }],
    };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { diagnostics: [{ code: "unreadable-file", message: `cannot read '${path}': ${error.message}` }] };
  }
}

/** Far more than any header has. This protects the memory. */
const MAXIMUM_SIZE = 4_000_000;

/** After so many mistakes, the file is something else. */
const MAXIMUM_MISTAKES = 10;

/** What a line of a header begins with, and no line of a list. */
const HEADER = /^[ \t\ufeff]*(?:#(?:define|undef)\b|\/[*/])/m;

const DEFINE = /^\s*#\s*define\s+([A-Za-z_]\w*)/;
const UNDEF = /^\s*(?:\/\*\s*)?#\s*undef\s+([A-Za-z_]\w*)/;
const NAME = /^([A-Za-z_]\w*)(?:=(on|off))?$/;

/**
 * Reads a file that says which build options are on or off. What it says last of an option is what counts.
 *
 * * A C header: an option is on with `#define NAME`, whatever follows, since conditions of schemas ask whether it is defined;
 *   off with `#undef NAME`, also in a comment, as configuration headers have it: `/* #undef NAME *\/`. All else is ignored.
 * * A list: a line for each option, `NAME`, `NAME=on` or `NAME=off`; empty lines, and comments from `#` to the end of the line.
 */
export function readDefines(source: Source): KnownDefines {
  return HEADER.test(source.text) ? { defines: readHeader(source.text) } : readList(source);
}

function readHeader(text: string): Defines {
  const defines = new Map<string, boolean>();
  let isComment = false;
  for (const line of text.split("\n")) {
    if (!isComment) {
      const on = DEFINE.exec(line)?.[1];
      const off = on === undefined ? UNDEF.exec(line)?.[1] : undefined;
      if (on !== undefined) defines.set(on, true);
      if (off !== undefined) defines.set(off, false);
    }
    isComment = endsInComment(line, isComment);
  }
  return defines;
}

/** What matters to comments in a line of C: a string, which ends with the line at the latest, and what begins one. */
const STRING_OR_COMMENT = /"(?:[^"\\]|\\.?)*(?:"|$)|\/[*/]/g;

/** Whether the line behind `line` begins in a comment. */
function endsInComment(line: string, isComment: boolean): boolean {
  let at = 0;
  let isOpen = isComment;
  while (true) {
    if (isOpen) {
      const end = line.indexOf("*/", at);
      if (end === -1) return true;
      at = end + 2;
    }
    STRING_OR_COMMENT.lastIndex = at;
    const token = STRING_OR_COMMENT.exec(line)?.[0];
    if (token === undefined || token === "//") return false;
    at = STRING_OR_COMMENT.lastIndex;
    isOpen = token === "/*";
  }
}

function readList(source: Source): KnownDefines {
  const defines = new Map<string, boolean>();
  const diagnostics: Diagnostic[] = [];
  let start = 0;
  for (const line of source.text.split("\n")) {
    const [content = ""] = line.split("#", 1);
    const text = content.trim();
    const match = NAME.exec(text);
    if (match?.[1] !== undefined) defines.set(match[1], match[2] !== "off");
    else if (text !== "") {
      const at = start + line.indexOf(text);
      diagnostics.push({
        code: "invalid-defines",
        message: "a line takes NAME, NAME=on, NAME=off or a comment that begins with '#'",
        span: { source, start: at, end: at + text.length },
        ...(diagnostics.length === 0 && { hint: "the file can also be a C header with '#define NAME'" }),
      });
      if (diagnostics.length === MAXIMUM_MISTAKES) break;
    }
    start += line.length + 1;
  }
  return diagnostics.length > 0 ? { diagnostics } : { defines };
}
