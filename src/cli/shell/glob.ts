/** Whether `*` (any characters) and `?` (one) make `pattern` match all of `text`. Takes time in the product of both. */
export function globMatches(pattern: string, text: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  /** Where what the last star stands for ends, as far as is known. */
  let taken = 0;
  while (at < text.length) {
    const sign = pattern[next];
    if (sign === "*") {
      star = next++;
      taken = at;
    } else if (sign !== undefined && (sign === "?" || sign === text[at])) {
      next++;
      at++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++taken;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(next));
}
