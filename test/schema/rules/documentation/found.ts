/** What the tests of documentation compare: the places and the laws, since messages may be worded anew. */
import { diagnosticsOf, type SchemaText } from "../../../support/harness.js";

/** All that is wrong with a schema, each as `line:column law | text that it points at`. */
export function found(text: SchemaText): readonly string[] {
  return diagnosticsOf(text, { style: true }).map(({ code, span }) => {
    if (span === undefined) return code;
    const { line, column } = span.source.position(span.start);
    return `${String(line)}:${String(column)} ${code} | ${span.source.text.slice(span.start, span.end)}`;
  });
}

/** A comment that has the given lines between its marks. */
export function comment(...lines: readonly string[]): string {
  return ["##", ...lines.map((line) => (line === "" ? "#" : `# ${line}`)), "##", ""].join("\n");
}

/** The same, right before the struct `Point` that it is about; its first given line is the third of the schema. */
export function point(...lines: readonly string[]): string {
  return `${comment("@Point:", ...lines)}{ 'struct': 'Point', 'data': { 'x': 'int', 'y': 'int' } }\n`;
}
