/** Answers to `query-qmp-schema` in a form in which those that mean the same are the same. */

/** An entry of an answer: a command, an event or a type. */
export type Info = Readonly<Record<string, unknown>>;

/**
 * The same answer with its types numbered in the order in which commands and events lead to them, and without those that
 * nothing leads to: a QEMU has such types where it does not have what used them.
 */
export function canonicalAnswer(answer: readonly Info[]): readonly Info[] {
  const types = new Map(answer.filter((info) => !isTop(info)).map((info) => [info["name"], info]));
  const numbers = new Map<unknown, string>();
  const result: Info[] = answer.filter(isTop).map((info) => renumbered(info));
  // The map grows while it is walked.
  for (const [name, number] of numbers) {
    result.push({ ...renumbered(types.get(name) ?? {}), name: number });
  }
  return result;

  function renumbered(value: Info): Info {
    // QEMU says keys in no order of its own.
    const keys = Object.keys(value).sort();
    return Object.fromEntries(keys.map((key) => [key, inner(key, value[key])]));
  }

  function inner(key: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item: unknown) => inner("", item));
    if (typeof value === "object" && value !== null) return renumbered({ ...value });
    return /^(?:.+-)?type$/.test(key) && !/^(?:meta|json)-/.test(key) ? numberOf(value) : value;
  }

  function numberOf(name: unknown): string {
    let number = numbers.get(name);
    if (number === undefined) {
      number = `#${String(numbers.size)}`;
      numbers.set(name, number);
    }
    return number;
  }
}

function isTop(info: Info): boolean {
  return info["meta-type"] === "command" || info["meta-type"] === "event";
}
