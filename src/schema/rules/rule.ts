/** What a rule is: a law of the language, and the check for it. */
import type { Law } from "../../law.js";
import type { Tree } from "../load.js";
import type { Pragmas } from "../pragmas.js";
import type { Report } from "../report.js";
import type { Schema } from "../schema.js";

export interface Rule extends Law {
  /** Reports every place that breaks the law. The model may be incomplete where something else is wrong. */
  check(subject: Subject, report: Report): void;
}

/** What rules look at. */
export interface Subject {
  readonly schema: Schema;
  /** The syntax trees that the model was made of, for what the model does not have. */
  readonly tree: Tree;
  readonly pragmas: Pragmas;
}
