/**
 * Accessor arguments: which events of a signal are meant.
 */

/**
 * Whether a value has all that the accessor asks for, at any depth: members of objects by their names, elements of arrays by
 * their positions and as many, integers by what they are worth, be they numbers or bigints.
 */
export function matches(accessor: unknown, value: unknown): boolean {
  if (typeof accessor !== "object" || accessor === null) return isSame(accessor, value);
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(accessor)) {
    if (!Array.isArray(value) || value.length !== accessor.length) return false;
    return accessor.every((part, index) => matches(part, value[index]));
  }
  return Object.entries(accessor).every(
    ([name, part]) => part === undefined || (Object.hasOwn(value, name) && matches(part, memberOf(value, name))),
  );
}

function isSame(wanted: unknown, value: unknown): boolean {
  if (Object.is(wanted, value)) return true;
  if (typeof wanted === "bigint" && typeof value === "number")
    return Number.isInteger(value) && BigInt(value) === wanted;
  if (typeof wanted === "number" && typeof value === "bigint") return isSame(value, wanted);
  return wanted === 0 && value === 0;
}

function memberOf(value: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
