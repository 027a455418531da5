/**
 * From syntax trees to the model: names are resolved, members flattened, branches worked out, and what makes no sense is
 * refused.
 *
 * Each step goes on after a mistake, with the mistaken part left out, so that all mistakes are found. A model is returned
 * only when there is none.
 */
import type { Diagnostic } from "../diagnostic.js";
import { buildSchema } from "./build.js";
import type { Defines } from "./condition.js";
import type { LoadResult, Tree } from "./load.js";
import { rules } from "./rules/index.js";
import type { Schema } from "./schema.js";
import { settleTree } from "./settle.js";
import { inSourceOrder } from "./source-order.js";

/** What {@link check} can be told. */
export interface CheckOptions {
  /** Build options that are known to be on or off; what depends on those that are off is not in the model. */
  readonly defines?: Defines;
}

/** What {@link check} returns. */
export interface CheckResult {
  /** Undefined when something is wrong. */
  readonly schema?: Schema;
  /** In source order: file by file, each from top to bottom. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes the model of what was loaded, and finds all that is wrong with it.
 *
 * What loading found is among the diagnostics. The rest is checked all the same: what refers to something that could not be
 * read or understood is not held against it.
 */
export function check({ tree, diagnostics }: LoadResult, options: CheckOptions = {}): CheckResult {
  const whole = checkTree(tree);
  if (diagnostics.length > 0 || whole.diagnostics.length > 0) {
    return { diagnostics: inSourceOrder([...diagnostics, ...whole.diagnostics], tree.files) };
  }
  if (options.defines === undefined || options.defines.size === 0) return whole;
  // The whole schema is right, so what is wrong now comes of the options: something in the build needs what is not.
  const part = checkTree(settleTree(tree, options.defines));
  const hint = "it is switched off by a build option that was defined; QEMU does not compile like that either";
  return { ...part, diagnostics: part.diagnostics.map((diagnostic) => ({ ...diagnostic, hint })) };
}

function checkTree(tree: Tree): CheckResult {
  const diagnostics: Diagnostic[] = [];
  const report = (diagnostic: Diagnostic): void => {
    diagnostics.push(diagnostic);
  };
  const schema = buildSchema(tree, report);
  for (const rule of rules) rule.check(schema, report);
  return diagnostics.length === 0 ? { schema, diagnostics } : { diagnostics: inSourceOrder(diagnostics, tree.files) };
}
