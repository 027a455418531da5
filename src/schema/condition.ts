/**
 * `if` conditions: trees over the names of build options.
 *
 * They are part of the syntax tree and of the model alike, since there is nothing to resolve in them.
 */

/** When a definition or a part of one exists in a build of QEMU. */
export type Condition = DefinedCondition | AllCondition | AnyCondition | NotCondition | TextCondition;

/** True in a build that has the option: `'if': 'CONFIG_LINUX'`. */
export interface DefinedCondition {
  readonly kind: "defined";
  /** The preprocessor symbol: `CONFIG_LINUX`. */
  readonly name: string;
}

/** True when every operand is: `'if': { 'all': [...] }`. */
export interface AllCondition {
  readonly kind: "all";
  readonly operands: readonly Condition[];
}

/** True when an operand is: `'if': { 'any': [...] }`. */
export interface AnyCondition {
  readonly kind: "any";
  readonly operands: readonly Condition[];
}

/** True when the operand is not: `'if': { 'not': ... }`. */
export interface NotCondition {
  readonly kind: "not";
  readonly operand: Condition;
}

/** C text for the preprocessor that is not made of the others: `'if': 'GLIB_MAJOR_VERSION > 2'`, in releases before 6.2. */
export interface TextCondition {
  readonly kind: "text";
  readonly text: string;
}

/** What is known of build options: a name that is missing is open. */
export type Defines = ReadonlyMap<string, boolean>;

/** What settling a condition asks of {@link Defines}. */
export type DefinesLookup = Pick<Defines, "get">;

/**
 * What is left of a condition once the known options are filled in: `true` or `false` where that settles it, else the
 * part that stays open; the condition itself, as it is written, where nothing is known.
 */
export function settle(condition: Condition, defines: DefinesLookup): Condition | boolean {
  switch (condition.kind) {
    case "defined":
      return defines.get(condition.name) ?? condition;
    case "text":
      return condition;
    case "not": {
      const operand = settle(condition.operand, defines);
      if (typeof operand === "boolean") return !operand;
      return operand === condition.operand ? condition : { kind: "not", operand };
    }
    case "all":
    case "any": {
      const absorbing = condition.kind === "any";
      const open: Condition[] = [];
      for (const operand of condition.operands) {
        const settled = settle(operand, defines);
        if (settled === absorbing) return absorbing;
        if (typeof settled !== "boolean") open.push(settled);
      }
      const { operands } = condition;
      if (open.length === operands.length && open.every((operand, index) => operand === operands[index]))
        return condition;
      const [first] = open;
      if (first === undefined) return !absorbing;
      return open.length === 1 ? first : { kind: condition.kind, operands: open };
    }
  }
}

/**
 * The condition as people read it: `CONFIG_LINUX and not (CONFIG_A or CONFIG_B)`.
 *
 * @example
 * ```ts
 * import { check, describeCondition, load, memoryHost } from "qapi-codegen";
 *
 * const text = "{ 'event': 'STOP', 'if': { 'any': ['CONFIG_A', { 'not': 'CONFIG_B' }] } }";
 * const { schema } = check(load("a.json", memoryHost({ "a.json": text })));
 * const conditions = schema?.events.flatMap((event) => event.if ?? []) ?? [];
 * conditions.map(describeCondition); // => ["CONFIG_A or not CONFIG_B"]
 * ```
 */
export function describeCondition(condition: Condition): string {
  switch (condition.kind) {
    case "defined":
      return condition.name;
    case "text":
      return condition.text;
    case "not":
      return `not ${group(condition.operand)}`;
    case "all":
      return condition.operands.map(group).join(" and ");
    case "any":
      return condition.operands.map(group).join(" or ");
  }
}

function group(condition: Condition): string {
  const text = describeCondition(condition);
  return (condition.kind === "all" || condition.kind === "any") && condition.operands.length > 1 ? `(${text})` : text;
}
