/**
 * Untrusted text made fit for a terminal: nothing in it can move the cursor, change colours, reverse the direction of
 * text or pass for something else.
 */

/** Control characters, line separators, what is invisible or changes the direction of text, lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
const UNPRINTABLE_ALL = new RegExp(UNPRINTABLE, "gu");

/** Marks that are drawn over the character before them. */
const ZERO_WIDTH = /[\p{Mn}\p{Me}]/u;

/** What a terminal draws two columns wide: East Asian scripts and fullwidth forms, emoji. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\p{Script=Yi}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/** Halfwidth forms of scripts that are wide otherwise. */
const HALF_WIDTH = /[\uff61-\uffdc]/;

/** `text` with every unprintable character as an escape: `\n`, `\t`, `\x1b`, `\u202e`. */
export function printable(text: string): string {
  return UNPRINTABLE.test(text) ? text.replace(UNPRINTABLE_ALL, escapeCharacter) : text;
}

/** JSON that means the same as `json` and has no unprintable character, not even in strings. Line breaks stay. */
export function printableJson(json: string): string {
  return json.replace(UNPRINTABLE_ALL, (character) =>
    character === "\n"
      ? character
      : character
          .split("")
          .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
          .join(""),
  );
}

/** What is drawn for one character (a code point) and how many columns of a terminal it takes. */
export interface Cell {
  readonly text: string;
  readonly width: number;
}

/** How `character` is drawn, outside of tabs. */
export function cell(character: string): Cell {
  if (character >= " " && character <= "~") return { text: character, width: 1 };
  if (UNPRINTABLE.test(character)) {
    const text = escapeCharacter(character);
    return { text, width: text.length };
  }
  if (ZERO_WIDTH.test(character)) return { text: character, width: 0 };
  return { text: character, width: WIDE.test(character) && !HALF_WIDTH.test(character) ? 2 : 1 };
}

function escapeCharacter(character: string): string {
  switch (character) {
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    case "\t":
      return "\\t";
  }
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\u{${hex}}`;
}
