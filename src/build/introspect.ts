/** The answer to `query-qmp-schema` of a schema on the disk: what `qapi-codegen introspect` prints. */
import type { Diagnostic } from "../diagnostic.js";
import { check } from "../schema/check.js";
import { introspect } from "../schema/introspection/introspect.js";
import type { Listed, SchemaInfo } from "../schema/introspection/schema-info.js";
import { knownDefines, type DefinesOptions } from "./defines-file.js";
import { diskHost } from "./disk-host.js";
import { read, type ReadOptions } from "./read.js";
import { unknownOptions } from "./unknown-options.js";

/** Which schema to ask, and how. What depends on build options that are open is there. */
export interface IntrospectSchemaOptions extends ReadOptions, DefinesOptions {
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
  const { masked = false } = options;
  const found = read(options);
  if ("diagnostics" in found) return { ok: false, diagnostics: found.diagnostics };
  const known = knownDefines(options, diskHost);
  if ("diagnostics" in known) return { ok: false, diagnostics: known.diagnostics };
  const { defines } = known;
  const { schema, diagnostics } = check(found.loaded);
  if (schema === undefined) return { ok: false, diagnostics };
  if (defines.size === 0) return { ok: true, answer: introspect(schema, { masked }), warnings: [] };
  // The options may not go together; but the answer is part of that of the whole, as QEMU's is.
  const part = check(found.loaded, { defines });
  if (part.schema === undefined) return { ok: false, diagnostics: part.diagnostics };
  const warnings = unknownOptions(found.loaded.tree, options.defines ?? new Map());
  return { ok: true, answer: introspect(schema, { masked, defines }), warnings };
}
