/** JSON as it is printed: exact, and with nothing in it that a terminal would obey. */
import { printableJson } from "../../printable.js";
import { stringifyJson } from "../../runtime/json.js";

/** How deep an indentation becomes: what comes may nest deeply, and would take the square of that. */
const DEEPEST = 64;

/** A value cannot be printed. */
export class UnprintableError extends Error {
  override readonly name = "UnprintableError";
}

/** A value in one line. @throws UnprintableError when it nests too deeply. */
export function oneLine(value: unknown): string {
  try {
    return printableJson(stringifyJson(value));
  } catch (error) {
    if (error instanceof RangeError) throw new UnprintableError("what came nests too deeply to be printed");
    throw error;
  }
}

/** JSON of one line with a line for each part. Takes time that is linear in what it returns. */
export function indented(json: string): string {
  const parts: string[] = [];
  let depth = 0;
  // Strings, brackets and what is between them.
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|\{\}|\[\]|[{}[\],:]|[^"{}[\],:]+/g)) {
    if (token === "{" || token === "[") parts.push(token, newLine(++depth));
    else if (token === "}" || token === "]") parts.push(newLine(--depth), token);
    else if (token === ",") parts.push(token, newLine(depth));
    else parts.push(token === ":" ? ": " : token);
  }
  return parts.join("");
}

function newLine(depth: number): string {
  return `\n${"  ".repeat(Math.min(depth, DEEPEST))}`;
}

/** JSON of one line as it is if it fits into `width` columns, else {@link indented}. */
export function fitting(json: string, width: number): string {
  return json.length <= width ? json : indented(json);
}
