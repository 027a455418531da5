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
import { readPragmas } from "./pragmas.js";
import { rules } from "./rules/index.js";
import type { Schema } from "./schema.js";
import { select } from "./select.js";
import { settleTree } from "./settle.js";
import { inSourceOrder } from "./source-order.js";

/** What {@link check} can be told. */
export interface CheckOptions {
  /** Build options that are known to be on or off; what depends on those that are off is not in the model. */
  readonly defines?: Defines;
  /**
   * The names of definitions, `*` for any text in them: they and what they reach are in the model, nothing else is. The
   * whole schema is checked all the same. Default: all definitions.
   */
  readonly only?: readonly string[];
  /** Whether to look for what QEMU's compiler would refuse though its meaning is clear, too. Default: no. */
  readonly style?: boolean;
}

/** What {@link check} returns. */
export interface CheckResult {
  /** Undefined when there is an error. */
  readonly schema?: Schema;
  /** In source order: file by file, each from top to bottom. Findings of style are among them if they were asked for. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes the model of what was loaded, and finds all that is wrong with it.
 *
 * What loading found is among the diagnostics. The rest is checked all the same: what refers to something that could not be
 * read or understood is not held against it.
 *
 * @example
 * ```ts
 * import { check, load, memoryHost } from "qapi-codegen";
 *
 * const host = memoryHost({ "a.json": "{ 'struct': 'Pair', 'data': { 'a': 'int', '*b': 'str' } }" });
 * const { schema } = check(load("a.json", host));
 * const [pair] = schema?.structs ?? [];
 * pair?.members.map(({ name, optional }) => [name, optional]); // => [["a", false], ["b", true]]
 *
 * const wrong = check(load("a.json", memoryHost({ "a.json": "{ 'event': 'STOP', 'data': 'Reason' }" })));
 * wrong.schema; // => undefined
 * wrong.diagnostics.map(({ code }) => code); // => ["undefined-type"]
 * ```
 */
export function check({ tree, diagnostics }: LoadResult, options: CheckOptions = {}): CheckResult {
  const { schema, errors, style } = checkTree(tree, options.style === true);
  const found = inSourceOrder([...diagnostics, ...errors, ...style], tree.files);
  if (schema === undefined || diagnostics.length > 0) return { diagnostics: found };
  if (options.defines === undefined || options.defines.size === 0) return selected(schema, options.only, found);
  // The whole schema is right, so what is wrong now comes of the options: something in the build needs what is not.
  const part = checkTree(settleTree(tree, options.defines), false);
  if (part.schema !== undefined) return selected(part.schema, options.only, found);
  const hint = "it is switched off by a build option that was defined; QEMU does not compile like that either";
  return { diagnostics: inSourceOrder([...part.errors.map((error) => ({ ...error, hint })), ...style], tree.files) };
}

function selected(schema: Schema, only: readonly string[] | undefined, found: readonly Diagnostic[]): CheckResult {
  if (only === undefined) return { schema, diagnostics: found };
  const selection = select(schema, only);
  if ("schema" in selection) return { schema: selection.schema, diagnostics: found };
  return { diagnostics: [...found, ...selection.diagnostics] };
}

interface CheckedTree {
  /** Undefined when there is an error. */
  readonly schema: Schema | undefined;
  readonly errors: readonly Diagnostic[];
  readonly style: readonly Diagnostic[];
}

function checkTree(tree: Tree, wantsStyle: boolean): CheckedTree {
  const withStyle = wantsStyle && !tree.files.some(({ node }) => node.hasNoStyle);
  const errors: Diagnostic[] = [];
  const style: Diagnostic[] = [];
  const schema = buildSchema(tree, (error) => errors.push(error));
  const subject = { schema, tree, pragmas: readPragmas(tree) };
  for (const rule of rules) {
    if (rule.severity === "error") rule.check(subject, (error) => errors.push(error));
    else if (withStyle) rule.check(subject, (finding) => style.push({ ...finding, severity: "style" }));
  }
  if (withStyle) for (const { node } of tree.files) for (const note of node.notes) style.push(note);
  return { schema: errors.length === 0 ? schema : undefined, errors, style };
}
