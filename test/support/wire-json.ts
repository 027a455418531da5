/** JSON as a client reads it. */

/**
 * The value of a JSON text. Integers that a number cannot hold exactly become bigints; so do those that are written `5n`,
 * which stands for what a client holds as a bigint anyway.
 *
 * @throws SyntaxError for anything else that is not JSON.
 */
export function parseWire(text: string): unknown {
  const marked = text.replace(TOKEN, (token) => {
    if (!INTEGER.test(token)) return token;
    if (token.endsWith("n")) return `"${MARK}${token.slice(0, -1)}"`;
    return Number.isSafeInteger(Number(token)) ? token : `"${MARK}${token}"`;
  });
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === "string" && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
  );
}

/** Strings, so that nothing in them is taken for a number, and numbers. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*n?/g;
const INTEGER = /^-?\d+n?$/;

/** What the text of an integer begins with while it is a string. */
const MARK = "\uE000integer ";
