import { builtins } from "../builtin.js";

/** What QEMU's compiler calls object types that a schema writes in place, and the one without members. */
const IN_PLACE = /^q_obj_|^q_empty$/;

/**
 * The name that a type of an answer has in its schema, if it has one: it is known, or the answer itself tells it, which is
 * not masked then.
 *
 * @param realNames - What is known of masked types.
 */
export function knownName(name: string, realNames: ReadonlyMap<string, string>): string | undefined {
  const real = realNames.get(name) ?? name;
  return isMasked(real) || IN_PLACE.test(real) || builtins.has(real) ? undefined : real;
}

/** Whether a name stands for one that QEMU does not tell: a number. */
export function isMasked(name: string): boolean {
  return /^[0-9]+$/.test(name);
}
