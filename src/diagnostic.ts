/**
 * Diagnostics: what is wrong, where, and what to do about it. They hold spans; text is made of them late, by a reporter.
 */
import type { Span } from "./syntax/source.js";

/** One finding in a schema. */
export interface Diagnostic {
  /** Stable and documented, for people to look up and machines to match: `undefined-type`. */
  readonly code: string;
  /**
   * Absent: an error, which makes a schema ambiguous or meaningless. `style`: its meaning is clear, but QEMU's compiler
   * would refuse it.
   */
  readonly severity?: "style";
  /** One sentence without a full stop; names are quoted in single quotes as schemas have them. */
  readonly message: string;
  /** The place that the message is about; absent when there is no text to point into, as for a missing root file. */
  readonly span?: Span;
  /** Other places that matter, each with what it has to do with it: "first defined here". */
  readonly related?: readonly RelatedSpan[];
  /** What the user can do. */
  readonly hint?: string;
}

/** A secondary place of a diagnostic. */
export interface RelatedSpan {
  readonly span: Span;
  readonly message: string;
}
