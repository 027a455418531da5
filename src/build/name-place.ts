/** Where the schema writes the name of something. */
import type { Branch, Definition, EnumValue, Member } from "../schema/schema.js";
import type { Span } from "../syntax/source.js";

/**
 * The name of a definition or of a part of one, without its quotes and without the asterisk of an optional member. It is empty
 * where the name is not written, as in old spellings: then it is where the thing is declared.
 */
export function namePlace(node: Definition | Member | EnumValue | Branch): Span {
  switch (node.kind) {
    case "member":
      return nameAt(node.span.start, node.name, node.span);
    case "enumValue":
      return valuePlace(node);
    case "branch":
      return node.implied ? valuePlace(node.value) : nameAt(node.span.start, node.name, node.span);
    case "command":
    case "event":
      return innerSpan(node.nameSpan);
    default:
      return nameAt(node.nameSpan.start, node.name, node.nameSpan);
  }
}

/** What is between the quotes of a string. In the notation of signals, that is not the name on the wire: `'BlockIOEvent'`. */
function innerSpan({ source, start, end }: Span): Span {
  const isQuoted = source.text.startsWith("'", start) && source.text.startsWith("'", end - 1);
  return isQuoted ? { source, start: start + 1, end: end - 1 } : { source, start, end: start };
}

/** A value is its name, or an object that has it: `{ 'name': 'value', 'if': ... }`. */
function valuePlace({ name, span }: EnumValue): Span {
  const { source, start, end } = span;
  const key = source.text.startsWith("{", start) ? NAME_KEY.exec(source.text.slice(start, end)) : null;
  return nameAt(key === null ? start : start + key.index + key[0].length, name, span);
}

const NAME_KEY = /'name'\s{0,1000}:\s{0,1000}/;

/** The name in the string that begins at `start`; nothing at the beginning of `span` where there is another one. */
function nameAt(start: number, name: string, { source, start: spanStart }: Span): Span {
  for (const quote of ["'", "'*"]) {
    if (!source.text.startsWith(`${quote}${name}'`, start)) continue;
    const nameStart = start + quote.length;
    return { source, start: nameStart, end: nameStart + name.length };
  }
  return { source, start: spanStart, end: spanStart };
}
