/**
 * Kinds of values in the data of events: what is expected at a place, and what is made of it.
 */

/**
 * What is expected at a place.
 *
 * @typeParam Wire - What may be there, by the schema.
 * @typeParam Value - What is made of it.
 */
export interface Kind<in Wire, out Value> {
  /** In words: `a string`. */
  readonly expected: string;
  /** Makes a value of what came. Undefined: something else came. */
  readonly take: (value: unknown) => Value | undefined;
  /** For the type checker alone: it is never there. */
  readonly wire?: ((value: Wire) => void) | undefined;
}

/** A string, as it is. */
export const text: Kind<string, string> = {
  expected: "a string",
  take: (value) => (typeof value === "string" ? value : undefined),
};

/** A signed 64-bit integer. */
export const integer: Kind<number | bigint, bigint> = {
  expected: "a 64-bit integer",
  take(value) {
    // A number beyond these is none that came: it was rounded.
    if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : undefined;
    return typeof value === "bigint" && isInt64(value) ? value : undefined;
  },
};

/** Whether an integer is one of 64 bits. */
export function isInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

/** One of two values. */
export function eitherOf<Value>(ifTrue: Value, ifFalse: Value): Kind<boolean, Value> {
  return {
    expected: "true or false",
    take: (value) => (typeof value === "boolean" ? (value ? ifTrue : ifFalse) : undefined),
  };
}

/**
 * A value of an enum.
 *
 * @param table - What each is. A value of the schema that is not here does not compile where this is used.
 * @param otherwise - What others are, which a newer QEMU may have.
 */
export function oneOf<Name extends string, Value>(
  table: Readonly<Record<Name, Value>>,
  otherwise: Value,
): Kind<Name, Value> {
  const values = new Map<string, Value>(Object.entries(table));
  return {
    expected: "a string",
    take: (value) => (typeof value === "string" ? (values.get(value) ?? otherwise) : undefined),
  };
}

/** What may be absent. */
export function optional<Wire, Value>(kind: Kind<Wire, Value>, absent: Value): Kind<Wire | undefined, Value> {
  return { expected: kind.expected, take: (value) => (value === undefined ? absent : kind.take(value)) };
}
