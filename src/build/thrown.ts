/** What code of others throws, which may be anything, said in a line. */
import { pathToFileURL } from "node:url";

/** What was thrown, in words. */
export function textOfThrown(error: unknown): string {
  try {
    return error instanceof Error ? String(error) : `it throws ${String(error)}`;
  } catch {
    return "it throws what cannot be shown";
  }
}

/** Why a module cannot be imported, in a line. */
export function reasonOfThrown(error: unknown): string {
  const [line = ""] = textOfThrown(error).split("\n", 1);
  return line.replace(/ \[ERR_[A-Z_]+\]/, "").trim();
}

/** Where in a file an error comes from, `:12:5`, or `:12` where no more is known; the innermost of such places. */
export function placeOfThrown(error: unknown, file: string): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  // Where the stack of a module has its address, that of a text that does not parse has its path.
  for (const name of [pathToFileURL(file).href, file]) {
    for (let at = stack.indexOf(name); at >= 0; at = stack.indexOf(name, at + 1)) {
      const place = /^:[0-9]+(?::[0-9]+)?/.exec(stack.slice(at + name.length))?.[0];
      if (place !== undefined) return place;
    }
  }
  return undefined;
}
