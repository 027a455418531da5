/** Names that are too long for a line, which prettier breaks lines around in ways of its own. */

/** From here on a name is long. */
export const LONG_NAME = 54;

/** Whether a text has a long name in it, comments aside. */
export function hasLongName(text: string): boolean {
  // Whatever is no part of a name is not in one of the next LONG_NAME characters, so that most are never looked at.
  for (let last = LONG_NAME - 1; last < text.length;) {
    let at = last;
    while (at > last - LONG_NAME && isPart(text.charCodeAt(at))) at--;
    if (at > last - LONG_NAME) {
      last = at + LONG_NAME;
    } else if (/^\s*(?:\/?\*|\/\/)/.test(text.slice(text.lastIndexOf("\n", at) + 1, last))) {
      const lineBreak = text.indexOf("\n", last);
      if (lineBreak === -1) return false;
      last = lineBreak + LONG_NAME;
    } else {
      return true;
    }
  }
  return false;
}

/** Letters, digits, "_", and the "-" of names on the wire. */
function isPart(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x5f ||
    code === 0x2d
  );
}
