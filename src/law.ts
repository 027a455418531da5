/**
 * What the language demands, as data: what `qapi-codegen rules` lists and `qapi-codegen explain` tells.
 */

/** One demand of the language. */
export interface Law {
  /** Stable; the code of the diagnostics about it. */
  readonly id: string;
  /** What the language demands, in one sentence. */
  readonly law: string;
  /** `error`: what breaks it is ambiguous or means nothing. `style`: QEMU would refuse it, but its meaning is clear. */
  readonly severity: "error" | "style";
  readonly stage: Stage;
  /** What the law is good for: a sentence or two. */
  readonly why: string;
  /** A schema that breaks this law and no other; absent where a schema cannot show it, as for a file that is not there. */
  readonly bad?: string;
  /** The same, put right. */
  readonly good?: string;
}

/**
 * When QEMU's compiler looks at it, which stops at the first mistake that it finds; ours finds all of all stages.
 * `text`: while it reads files. `form`: definition by definition, when all files are read. `meaning`: when all names are known.
 * `documentation`: when all definitions make sense. `output`: it is no matter of schemas.
 */
export type Stage = "text" | "form" | "meaning" | "documentation" | "output";
