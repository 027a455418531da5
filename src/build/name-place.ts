/** Where the schema writes the name of something. */
import type { Branch, Definition, EnumValue, Member } from "../schema/schema.js";
import type { Span } from "../syntax/source.js";

/** The name of a definition or of a part of one, without its quotes and without the asterisk of an optional member. */
export function namePlace(node: Definition | Member | EnumValue | Branch): Span {
  switch (node.kind) {
    case "member":
    case "enumValue":
      return find(node.name, node.span);
    case "branch":
      // Of a branch that is not written, the value is.
      return find(node.name, node.implied ? node.value.span : node.span);
    default:
      return find(node.name, node.nameSpan);
  }
}

/** Where `name` is written in a span; the beginning of the span where it is not, as in old spellings. */
function find(name: string, span: Span): Span {
  const { source } = span;
  const text = source.text.slice(span.start, span.end);
  // { 'name': 'name', 'if': ... }
  const from = text.startsWith("{") ? Math.max(text.search(NAME_KEY), 0) : 0;
  for (const quoted of [`'${name}'`, `'*${name}'`]) {
    const at = text.indexOf(quoted, from === 0 ? 0 : from + "'name'".length);
    if (at === -1) continue;
    const end = span.start + at + quoted.length - 1;
    return { source, start: end - name.length, end };
  }
  return { source, start: span.start, end: span.start };
}

const NAME_KEY = /'name'\s{0,1000}:/;
