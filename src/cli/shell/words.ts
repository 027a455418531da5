/** The words of a line: what blanks separate outside of quotes and brackets. */

/** A line in words. */
export interface Words {
  /** As they are written, quotes included. */
  readonly words: readonly string[];
  /** Whether the last of them ends where the line does, so that it may go on. */
  readonly isOpen: boolean;
  /** What is not closed at the end: `"`, `'`, or a bracket. */
  readonly unclosed: string | undefined;
}

/** In words. Quotes and brackets count where JSON may have them: behind `=`, or at the beginning of a word. */
export function splitWords(line: string): Words {
  const words: string[] = [];
  const brackets: string[] = [];
  let start: number | undefined;
  let quote: string | undefined;
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at);
    if (quote !== undefined) {
      if (character === "\\" && quote === '"') at++;
      else if (character === quote) quote = undefined;
      continue;
    }
    if (isBlank(character) && brackets.length === 0) {
      if (start !== undefined) words.push(line.slice(start, at));
      start = undefined;
      continue;
    }
    const isBeginning = start === undefined || line.charAt(at - 1) === "=";
    start ??= at;
    if (brackets.length > 0 || isBeginning) {
      if (character === '"' || (character === "'" && brackets.length === 0)) quote = character;
      else if (character === "{" || character === "[") brackets.push(character);
      else if (character === "}" || character === "]") brackets.pop();
    }
  }
  if (start !== undefined) words.push(line.slice(start));
  return { words, isOpen: start !== undefined, unclosed: quote ?? brackets.at(-1) };
}

function isBlank(character: string): boolean {
  return character === " " || character === "\t";
}
