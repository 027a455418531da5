/** Members of structs, those of their bases included. */
import type { Diagnostic } from "../diagnostic.js";
import type { Mutable } from "./mutable.js";
import type { Report } from "./report.js";
import type { Struct } from "./schema.js";

/**
 * How many members all structs of a schema may inherit together, which QEMU's own has some thousands of. A few lines can
 * make them as many as the square of their number; this protects the memory.
 */
const MAXIMUM_INHERITED = 1_000_000;

/** How many structs of a cycle a message names. */
const MAXIMUM_NAMED = 5;

/** Puts the members of bases in front of those of each struct; a base that leads back to the struct is cut off. */
export function flatten(structs: readonly Mutable<Struct>[], report: Report): void {
  cutCycles(structs, report);
  let inherited = 0;
  const done = new Set<Struct>();
  for (const definition of structs) {
    for (const struct of unflattenedLine(definition, done)) {
      const { base, members } = struct;
      inherited += base?.allMembers.length ?? 0;
      if (base !== undefined && inherited > MAXIMUM_INHERITED) {
        if (inherited - base.allMembers.length <= MAXIMUM_INHERITED) report(tooManyMembers(struct));
        // What comes after would go through the bases again.
        delete struct.base;
      }
      struct.allMembers = struct.base === undefined ? members : [...struct.base.allMembers, ...members];
    }
  }
}

/** The struct and those of its bases that are not in `done`, the furthest first; adds them to it. */
function unflattenedLine(definition: Mutable<Struct>, done: Set<Struct>): readonly Mutable<Struct>[] {
  const line: Mutable<Struct>[] = [];
  for (let at: Mutable<Struct> | undefined = definition; at !== undefined && !done.has(at); at = at.base) {
    line.push(at);
    done.add(at);
  }
  return line.reverse();
}

/** Takes the bases away from all structs that are their own base, so that they mean something to what comes after. */
function cutCycles(structs: readonly Mutable<Struct>[], report: Report): void {
  const done = new Set<Struct>();
  for (const definition of structs) {
    const line: Mutable<Struct>[] = [];
    let struct: Mutable<Struct> | undefined = definition;
    for (; struct !== undefined && !done.has(struct); struct = struct.base) {
      line.push(struct);
      done.add(struct);
    }
    const start = struct === undefined ? -1 : line.indexOf(struct);
    if (start === -1) continue;
    const cycle = line.slice(start);
    report(baseCycle(cycle));
    for (const member of cycle) delete member.base;
  }
}

/** Each struct of `cycle` has the next one for a base, and the last one the first. */
function baseCycle([first, ...others]: readonly Struct[]): Diagnostic {
  const named = others.slice(0, MAXIMUM_NAMED);
  const more = others.length - named.length;
  const names = named.map(({ name }) => `'${name}'`).join(", ") + (more === 0 ? "" : ` and ${String(more)} more`);
  return {
    code: "base-cycle",
    message: `struct '${first?.name ?? ""}' is its own base${others.length === 0 ? "" : `, by way of ${names}`}`,
    ...(first !== undefined && { span: first.nameSpan }),
    related: named.map((struct) => ({ span: struct.nameSpan, message: `struct '${struct.name}' is defined here` })),
  };
}

function tooManyMembers({ name, nameSpan }: Struct): Diagnostic {
  return {
    code: "too-many-members",
    message: `with those that struct '${name}' inherits, there are more than ${String(MAXIMUM_INHERITED)} inherited members`,
    span: nameSpan,
    hint: "make the line of bases shorter, or give the members of the base to a member of its own",
  };
}
