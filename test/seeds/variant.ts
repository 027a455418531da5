/** Variants of a message: a deep copy with one thing changed. */

/** Where in a message: the keys and indices from the top. */
export type Path = readonly (string | number)[];

/** A copy of `value` that has `replacement` at `path`; the place need not exist, what holds it must. */
export function replaced(value: unknown, path: Path, replacement: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return replacement;
  if (Array.isArray(value)) {
    const copy: unknown[] = [...(value as readonly unknown[])];
    copy[Number(key)] = replaced(copy[Number(key)], rest, replacement);
    return copy;
  }
  const object = entriesOf(value, path);
  return Object.fromEntries([
    ...object.filter(([name]) => name !== key),
    [key, replaced(object.find(([name]) => name === key)?.[1], rest, replacement)],
  ]);
}

/** A copy of `value` without the member at `path`, which must exist. */
export function without(value: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  const object = entriesOf(value, path);
  if (!object.some(([name]) => name === key)) throw new Error(`no member ${path.join(".")}`);
  return Object.fromEntries(
    object.flatMap(([name, member]): [string, unknown][] => {
      if (name !== key) return [[name, member]];
      return rest.length === 0 ? [] : [[name, without(member, rest)]];
    }),
  );
}

function entriesOf(value: unknown, path: Path): [string, unknown][] {
  if (typeof value !== "object" || value === null) throw new Error(`no object at ${path.join(".")}`);
  return Object.entries(value);
}
