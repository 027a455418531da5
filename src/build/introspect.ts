/** The answer to `query-qmp-schema` of a schema on the disk: what `qapi-codegen introspect` prints. */
import type { Diagnostic } from "../diagnostic.js";
import { check } from "../schema/check.js";
import type { Defines } from "../schema/condition.js";
import { introspect } from "../schema/introspection/introspect.js";
import type { Listed, SchemaInfo } from "../schema/introspection/schema-info.js";
import { read, type ReadOptions } from "./read.js";
import { unknownOptions } from "./unknown-options.js";

/** Which schema to ask, and how. */
export interface IntrospectSchemaOptions extends ReadOptions {
  /** Build options that are known to be on or off. What depends on others is there. Default: all are open. */
  readonly defines?: Defines;
  /** Whether types have numbers for names. Default: no. */
  readonly masked?: boolean;
}

/** What {@link introspectSchema} returns. */
export type IntrospectResult =
  | {
      readonly ok: true;
      readonly answer: readonly Listed<SchemaInfo>[];
      /** What people should know: sentences without a full stop. */
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Answers for a schema on the disk. Does not throw for what the user can mend. */
export function introspectSchema(options: IntrospectSchemaOptions): IntrospectResult {
  const { defines, masked = false } = options;
  const found = read(options);
  if ("diagnostics" in found) return { ok: false, diagnostics: found.diagnostics };
  const { schema, diagnostics } = check(found.loaded);
  if (schema === undefined) return { ok: false, diagnostics };
  if (defines === undefined || defines.size === 0)
    return { ok: true, answer: introspect(schema, { masked }), warnings: [] };
  // The options may not go together; but the answer is part of that of the whole, as QEMU's is.
  const part = check(found.loaded, { defines });
  if (part.schema === undefined) return { ok: false, diagnostics: part.diagnostics };
  const warnings = unknownOptions(found.loaded.tree, defines);
  return { ok: true, answer: introspect(schema, { masked, defines }), warnings };
}
