/**
 * Reads a value as strictly as QEMU's compiler does. It takes any value at the top level and says what is wrong within
 * it before it says that the value should have been an object, which is all that we say.
 */
import { BLANK, endOfFile } from "./text-layout.js";

/** Where reading a value ends. */
export interface ValueEnd {
  /** Whether the value is all right. */
  readonly isValue: boolean;
  /** Of the token behind the value, or of the one that is wrong. */
  readonly at: number;
}

type TokenKind = "{" | "}" | "[" | "]" | ":" | "," | "string" | "boolean" | "other";

interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

const GAP = new RegExp(`(?:[${BLANK}]|#(?!#)[^\\n]*)*`, "y");
const TOKEN = /[{}[\]:,]|'(?:[ -&(-[\]-~]|\\\\)*'|true|false/y;

/** The value that begins at `start`. */
export function valueEnd(text: string, start: number): ValueEnd {
  const open: TokenKind[] = [];
  let token = tokenAt(text, start);
  let wanted: "value" | "first-value" | "key" | "first-key" | "colon" | "behind" = "value";
  while (true) {
    const { kind } = token;
    const inObject = open.at(-1) === "{";
    const closes = open.length > 0 && kind === (inObject ? "}" : "]");
    if (closes && (wanted === "behind" || wanted === "first-key" || wanted === "first-value")) {
      open.pop();
      wanted = "behind";
    } else if (wanted === "value" || wanted === "first-value") {
      if (kind === "{" || kind === "[") {
        open.push(kind);
        wanted = kind === "{" ? "first-key" : "first-value";
      } else if (kind === "string" || kind === "boolean") {
        wanted = "behind";
      } else {
        break;
      }
    } else if ((wanted === "key" || wanted === "first-key") && kind === "string") {
      wanted = "colon";
    } else if (wanted === "colon" && kind === ":") {
      wanted = "value";
    } else if (wanted === "behind" && kind === ",") {
      wanted = inObject ? "key" : "value";
    } else {
      break;
    }
    token = tokenAt(text, token.end);
    if (wanted === "behind" && open.length === 0) return { isValue: true, at: token.start };
  }
  return { isValue: false, at: token.start };
}

function tokenAt(text: string, from: number): Token {
  GAP.lastIndex = from;
  const start = Math.min(from + (GAP.exec(text)?.[0].length ?? 0), endOfFile(text));
  TOKEN.lastIndex = start;
  const found = TOKEN.exec(text)?.[0] ?? "";
  return { kind: kindOf(found), start, end: start + Math.max(found.length, 1) };
}

function kindOf(token: string): TokenKind {
  switch (token) {
    case "{":
    case "}":
    case "[":
    case "]":
    case ":":
    case ",":
      return token;
    case "true":
    case "false":
      return "boolean";
    default:
      return token.startsWith("'") ? "string" : "other";
  }
}
