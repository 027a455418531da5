/** When, within its passes, QEMU's compiler finds what the codes of our diagnostics stand for. */
import { lawOf } from "../src/schema/laws/index.js";

export type Group =
  /** Characters that make no token. */
  | "lexing"
  /** Tokens in the wrong place. */
  | "parsing"
  /** Of that: named by where the value of the second key begins. */
  | "duplicate-key"
  /** Whatever else is found while a file is read: directives, lines of documentation. */
  | "reading"
  /** A value that is no object where definitions are. */
  | "not-object"
  /** Documentation that is not followed by what it describes. */
  | "placement"
  /** What shows at the end of a comment. */
  | "end-of-comment"
  /** A definition by itself; first what it is and how it is called. */
  | "form-start"
  | "form"
  | "redefinition"
  | "loop"
  /** What is found when the members of all that a definition embeds are known. */
  | "clash"
  | "meaning"
  | "documentation"
  /** What is counted over the whole schema, at the end. */
  | "total";

/** The codes whose group their stage does not tell. */
const GROUPS: Readonly<Record<string, Group>> = {
  syntax: "parsing",
  "nesting-too-deep": "parsing",
  "missing-comma": "parsing",
  "trailing-comma": "parsing",
  "doc-mark": "parsing",
  "doc-within": "parsing",
  "doc-placement": "placement",
  "doc-missing-symbol": "placement",
  "doc-wrong-symbol": "form-start",
  "unterminated-string": "lexing",
  "invalid-escape": "lexing",
  "invalid-character": "lexing",
  "duplicate-key": "duplicate-key",
  "unknown-form": "form-start",
  "ambiguous-form": "form-start",
  "proposal-type": "form-start",
  "proposal-command": "not-object",
  "duplicate-definition": "redefinition",
  "base-cycle": "loop",
  "self-containing-union": "loop",
  "member-clash": "clash",
  "unboxed-condition": "clash",
  "feature-limit": "total",
  "doc-empty-section": "end-of-comment",
};

export function groupOf(code: string): Group {
  const group = Object.hasOwn(GROUPS, code) ? GROUPS[code] : undefined;
  if (group !== undefined) return group;
  switch (lawOf(code)?.stage) {
    case "text":
      return "reading";
    case "meaning":
      return "meaning";
    case "documentation":
      return "documentation";
    default:
      return "form";
  }
}
