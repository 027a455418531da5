/** Members of structs, those of their bases included. */
import type { Diagnostic } from "../diagnostic.js";
import type { Mutable } from "./mutable.js";
import type { Report } from "./report.js";
import type { Struct } from "./schema.js";

/** Puts the members of bases in front of those of each struct; a base that leads back to the struct is cut off. */
export function flatten(structs: readonly Mutable<Struct>[], report: Report): void {
  const done = new Set<Struct>();
  for (const definition of structs) {
    // From the struct to its furthest base that is not flat yet, in the order of insertion.
    const line = new Set<Mutable<Struct>>();
    for (
      let struct: Mutable<Struct> | undefined = definition;
      struct !== undefined && !done.has(struct);
      struct = struct.base
    ) {
      line.add(struct);
      done.add(struct);
      if (struct.base !== undefined && line.has(struct.base)) {
        report(baseCycle(struct.base, struct));
        delete struct.base;
      }
    }
    for (const struct of [...line].reverse()) {
      struct.allMembers = struct.base === undefined ? struct.members : [...struct.base.allMembers, ...struct.members];
    }
  }
}

/** `first` has, by way of its bases, `last` as a base, whose base is `first`. */
function baseCycle(first: Struct, last: Struct): Diagnostic {
  const others: Struct[] = [];
  for (let struct = first; struct !== last && struct.base !== undefined;) {
    struct = struct.base;
    others.push(struct);
  }
  const way = others.length === 0 ? "" : `, by way of ${others.map((struct) => `'${struct.name}'`).join(", ")}`;
  return {
    code: "base-cycle",
    message: `struct '${first.name}' is its own base${way}`,
    span: first.nameSpan,
    related: others.map((struct) => ({ span: struct.nameSpan, message: `struct '${struct.name}' is defined here` })),
  };
}
