/** A schema on the disk, held against every law: what `qapi-codegen check` does, without a terminal. */
import type { Diagnostic } from "../diagnostic.js";
import { check } from "../schema/check.js";
import type { Schema } from "../schema/schema.js";
import { read, reportOf, type ReadOptions, type ReadReport } from "./read.js";

/** Which schema to check. */
export interface CheckSchemaOptions extends ReadOptions {
  /** Called when a phase begins. */
  readonly onPhase?: (phase: "read" | "check") => void;
}

/** What {@link checkSchema} has found. */
export interface CheckedSchema {
  /** Undefined when there is an error. */
  readonly schema?: Schema;
  /** Errors and findings of style, in source order. */
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined when there is nothing to read. */
  readonly read?: ReadReport;
}

/**
 * Reads a schema from the disk and finds all that QEMU's compiler would refuse. Does not throw for what the user can mend.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { checkSchema } from "qapi-codegen";
 *
 * writeFileSync("stop.json", "{ 'event': 'stop' }");
 * checkSchema({ schema: "stop.json" }).diagnostics.map(({ code, severity }) => [code, severity]); // => [["event-name-case", "style"]]
 * ```
 */
export function checkSchema(options: CheckSchemaOptions): CheckedSchema {
  const { onPhase } = options;
  onPhase?.("read");
  const found = read(options);
  if ("diagnostics" in found) return found;
  onPhase?.("check");
  return { ...check(found.loaded, { style: true }), read: reportOf(found) };
}
