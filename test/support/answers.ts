/** Schemas by way of their answers to `query-qmp-schema`. */
import { introspect, type IntrospectOptions } from "../../src/schema/introspection/introspect.js";
import { check } from "../../src/schema/check.js";
import { formatText } from "../../src/diagnostic-report.js";
import { memoryHost } from "../../src/schema/host.js";
import { load } from "../../src/schema/load.js";
import type { Definition, Schema } from "../../src/schema/schema.js";
import { schemaOf } from "./harness.js";

/** The answer of a QEMU that has a schema, as text. */
export function answerOf(text: string, options: IntrospectOptions = { masked: true }): string {
  return JSON.stringify(introspect(schemaOf(text), options));
}

/** The model that is made of an answer. */
export function schemaOfAnswer(answer: string, names?: Schema): Schema {
  const loaded = load("answer.json", memoryHost({ "answer.json": answer }), names === undefined ? {} : { names });
  const { schema, diagnostics } = check(loaded);
  if (schema === undefined) throw new Error(formatText(diagnostics, { color: false }));
  return schema;
}

/** The types of a schema, each as its kind and name. */
export function typesOf({ definitions }: Schema): readonly string[] {
  return definitions.filter(isType).map(({ kind, name }) => `${kind} ${name}`);
}

function isType({ kind }: Definition): boolean {
  return kind !== "command" && kind !== "event";
}
