/** Conditions as the data has them, and one tree for those that QEMU 5.2 had as C text. */
import { isList, isObject, type Json } from "./json.js";

/**
 * A copy of a dump of 5.2, or of one that is held against it, with every condition (`if`, and `$if` of introspection)
 * as one tree: lists of C text are parsed, nested lists of the same kind are joined, and those of one operand are it.
 */
export function withPlainConditions(value: Json): Json {
  if (isList(value)) return value.map(withPlainConditions);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === "if" || key === "$if" ? plainCondition(item) : withPlainConditions(item),
    ]),
  );
}

function plainCondition(value: Json): Json {
  if (isList(value))
    return joined(
      "all",
      value.map((text) => plainCondition(typeof text === "string" ? cText(text) : text)),
    );
  if (!isObject(value)) return value;
  for (const kind of ["all", "any"] as const) {
    const operands = value[kind];
    if (isList(operands)) return joined(kind, operands.map(plainCondition));
  }
  const { not } = value;
  return not === undefined ? value : { not: plainCondition(not) };
}

function joined(kind: "all" | "any", operands: readonly Json[]): Json {
  const flat = operands.flatMap((operand) => {
    const inner = isObject(operand) ? operand[kind] : undefined;
    return isList(inner) ? inner : [operand];
  });
  const [first] = flat;
  return flat.length === 1 && first !== undefined ? first : { [kind]: flat };
}

/** The tree of `defined(X)`, `!`, `&&`, `||` and parentheses; other text is kept as `{ text }`. */
function cText(text: string): Json {
  // The name of a build option alone is the same today.
  if (/^[A-Z][A-Z0-9_]*$/.test(text)) return text;
  const tokens = text.match(/defined|\w+|&&|\|\||[!()]|\S/g) ?? [];
  let at = 0;
  const result = either();
  return result === undefined || at < tokens.length ? { text: text.trim() } : result;

  function either(): Json | undefined {
    return operands("any", "||", both);
  }

  function both(): Json | undefined {
    return operands("all", "&&", single);
  }

  function operands(kind: "all" | "any", operator: string, operand: () => Json | undefined): Json | undefined {
    const found: Json[] = [];
    do {
      const next = operand();
      if (next === undefined) return undefined;
      found.push(next);
    } while (take(operator));
    return joined(kind, found);
  }

  function single(): Json | undefined {
    if (take("!")) {
      const operand = single();
      return operand === undefined ? undefined : { not: operand };
    }
    if (take("(")) {
      const inner = either();
      return inner !== undefined && take(")") ? inner : undefined;
    }
    if (!take("defined")) return undefined;
    const inParentheses = take("(");
    const name = tokens[at++];
    if (name === undefined || !/^[A-Za-z_]\w*$/.test(name)) return undefined;
    return inParentheses && !take(")") ? undefined : name;
  }

  function take(token: string): boolean {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  }
}
