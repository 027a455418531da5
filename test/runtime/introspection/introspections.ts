/** Introspections of made-up QEMUs. */
import { Introspection } from "../../../src/runtime/introspection/introspection.js";
import { introspect } from "../../../src/schema/introspection/introspect.js";
import type { Schema } from "../../../src/schema/schema.js";
import { schemaOf, type SchemaText } from "../../support/harness.js";

/** That of a QEMU that has a schema: as it comes over the wire, with types that have numbers for names. */
export function introspectionOf(text: SchemaText, options?: { readonly enumMembers?: boolean }): Introspection {
  return introspectionOfModel(schemaOf(text), options);
}

export function introspectionOfModel(schema: Schema, options?: { readonly enumMembers?: boolean }): Introspection {
  const reply: unknown = JSON.parse(JSON.stringify(introspect(schema, { masked: true, ...options })));
  return new Introspection(reply);
}
