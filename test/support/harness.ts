/** The one-string harness: a schema in, a model or its mistakes out. */
import { formatText } from "../../src/diagnostic-report.js";
import type { Diagnostic } from "../../src/diagnostic.js";
import { check, type CheckOptions } from "../../src/schema/check.js";
import { memoryHost } from "../../src/schema/host.js";
import { load } from "../../src/schema/load.js";
import type { Schema } from "../../src/schema/schema.js";

/** A schema of one file (`test.json`), or of several by path, the first of which is the root. */
export type SchemaText = string | Readonly<Record<string, string>>;

/** The model of a schema without mistakes. */
export function schemaOf(text: SchemaText, options?: CheckOptions): Schema {
  const { schema, diagnostics } = run(text, options);
  if (schema === undefined) throw new Error(formatText(diagnostics, { color: false }));
  return schema;
}

/** The mistakes of a schema. */
export function diagnosticsOf(text: SchemaText, options?: CheckOptions): readonly Diagnostic[] {
  return run(text, options).diagnostics;
}

/** The mistakes of a schema, each as `line:column code: message`, with the text that the span covers behind it. */
export function findings(text: SchemaText, options?: CheckOptions): readonly string[] {
  return diagnosticsOf(text, options).map(({ code, message, span }) => {
    if (span === undefined) return `${code}: ${message}`;
    const { line, column } = span.source.position(span.start);
    const file = typeof text === "string" ? "" : `${span.source.name}:`;
    return `${file}${String(line)}:${String(column)} ${code}: ${message} | ${span.source.text.slice(span.start, span.end)}`;
  });
}

function run(text: SchemaText, options?: CheckOptions): { schema?: Schema; diagnostics: readonly Diagnostic[] } {
  const files = typeof text === "string" ? { "test.json": text } : text;
  return check(load(Object.keys(files)[0] ?? "", memoryHost(files)), options);
}
