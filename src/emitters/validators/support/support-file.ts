/**
 * The code that all validators share, which is the same for every schema but for how it holds 64-bit integers.
 */
import type { Output, SettledOptions } from "../../../emit/index.js";

/** A file of the output with code that does not depend on the schema. */
export interface SupportFile {
  /** Where it is. All but `validators/validation.ts` are in a folder of their own, which no index re-exports. */
  readonly path: string;
  /** What it imports, by the paths of other files: `type Shape, isOneOf`. */
  readonly imports?: Readonly<Record<string, string>>;
  /** Its statements. */
  readonly text: (options: SettledOptions) => string;
}

/** Adds the file to the output. */
export function emitSupportFile({ path, imports = {}, text }: SupportFile, out: Output): void {
  const f = out.file(path);
  for (const [from, names] of Object.entries(imports)) {
    for (const name of names.split(", ")) {
      if (name.startsWith("type ")) f.type({ identifier: name.slice("type ".length), path: from });
      else f.value({ identifier: name, path: from });
    }
  }
  f.print`${text(out.options)}`;
}

/** The paths of those files. */
export const SUPPORT = {
  validation: "validators/validation.ts",
  checks: "internal/checks.ts",
  shape: "internal/shape.ts",
  builtins: "internal/builtins.ts",
  report: "internal/report.ts",
  strict: "internal/strict.ts",
  validator: "internal/validator.ts",
  empty: "internal/empty.ts",
} as const;
