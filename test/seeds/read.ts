/**
 * Reads a message as QEMU's documentation writes it, where strings may also have single quotes. QEMU's own reader takes
 * both; what it sends has double quotes.
 *
 * @throws SyntaxError when the text is not JSON even so.
 */
export function readMessage(text: string): unknown {
  return JSON.parse(
    text.replace(/"(?:[^"\\]|\\.)*"|'((?:[^'\\]|\\.)*)'/g, (whole: string, single: string | undefined) =>
      single === undefined ? whole : JSON.stringify(single),
    ),
  );
}
