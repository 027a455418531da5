/** What a rule is: one sentence of the language's law, and the check for it. */
import type { Report } from "../report.js";
import type { Schema } from "../schema.js";

export interface Rule {
  /** Stable; the code of the diagnostics that it reports. */
  readonly id: string;
  /** What the language demands. */
  readonly law: string;
  /** `error`: the schema is ambiguous or means nothing. `style`: QEMU would refuse it, but its meaning is clear. */
  readonly severity: "error" | "style";
  /** Reports every place that breaks the law. The model may be incomplete where something else is wrong. */
  check(schema: Schema, report: Report): void;
}
