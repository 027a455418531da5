/** All laws: those that reading and building a model enforces, and the rules. */
import type { Law, Stage } from "../../law.js";
import { rules } from "../rules/index.js";
import { fileLaws } from "./files.js";
import { formLaws } from "./forms.js";
import { meaningLaws } from "./meaning.js";
import { oldLaws } from "./old.js";
import { proposalLaws } from "./proposal.js";
import { optionLaws } from "./options.js";
import { outputLaws } from "./output.js";
import { textLaws } from "./text.js";

/** The stages, in their order. */
export const stages: readonly Stage[] = ["text", "form", "meaning", "documentation", "output"];

const unsorted: readonly Law[] = [
  ...textLaws,
  ...fileLaws,
  ...formLaws,
  ...meaningLaws,
  ...oldLaws,
  ...proposalLaws,
  ...rules,
  ...optionLaws,
  ...outputLaws,
];

/**
 * Every law, by stage; within a stage, what a schema cannot do without comes first.
 *
 * @example
 * ```ts
 * import { laws } from "qapi-codegen";
 *
 * laws.filter(({ severity }) => severity === "error").length > 50; // => true
 * ```
 */
export const laws: readonly Law[] = stages.flatMap((stage) => unsorted.filter((law) => law.stage === stage));

const byId: ReadonlyMap<string, Law> = new Map(laws.map((law) => [law.id, law]));

/**
 * The law that diagnostics with `code` are about.
 *
 * @example
 * ```ts
 * import { lawOf } from "qapi-codegen";
 *
 * lawOf("undefined-type")?.severity; // => "error"
 * lawOf("no-such-code"); // => undefined
 * ```
 */
export function lawOf(code: string): Law | undefined {
  return byId.get(code);
}
