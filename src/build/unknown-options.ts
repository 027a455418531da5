import type { Defines } from "../schema/condition.js";
import type { Tree } from "../schema/load.js";
import { optionsOf } from "../schema/settle.js";
import { suggestion } from "../syntax/suggestion.js";

/** Options that were defined and that no condition names: most likely slips. */
export function unknownOptions(tree: Tree, defines: Defines): readonly string[] {
  const known = defines.size === 0 ? new Set<string>() : optionsOf(tree);
  return [...defines.keys()]
    .filter((name) => !known.has(name))
    .map((name) => {
      const similar = suggestion(name, known);
      const hint = similar === undefined ? "" : `; did you mean '${similar}'?`;
      return `no condition of the schema names '${name}', so defining it changes nothing${hint}`;
    });
}
