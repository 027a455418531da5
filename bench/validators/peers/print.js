// What is the same in the code for all libraries.

/**
 * An identifier for each definition.
 *
 * @param {ReadonlyMap<string, unknown>} definitions
 * @returns {ReadonlyMap<string, string>}
 */
export function identifiers(definitions) {
  const names = new Map();
  for (const name of definitions.keys()) names.set(name, `T${names.size}_${name.replace(/[^A-Za-z0-9_]/g, "_")}`);
  return names;
}
