/**
 * What the validators of a type must know of the rest of the schema: whether values of it can nest without end, and whether
 * it is also a part of larger objects.
 */
import type { Alternate, Alternative, Branch, Enum, Member, Schema, Struct, Union } from "../../schema/schema.js";

/** A definition that values can be of. */
export type DefinedType = Enum | Struct | Union | Alternate;

/** What is known of the types of a schema. */
export interface Analysis {
  /** Types whose values may contain values of the same type, and perhaps some that lie between two such types. */
  readonly recursive: ReadonlySet<DefinedType>;
  /**
   * Types whose objects may have other members besides: those of the union that the type is a branch of, or whatever a
   * command takes whose arguments QEMU does not check.
   */
  readonly parts: ReadonlySet<DefinedType>;
}

/** Looks at all types of a schema. */
export function analyze(schema: Schema): Analysis {
  const parts = new Set<DefinedType>();
  for (const union of schema.unions) for (const { type } of union.branches) if (type !== undefined) parts.add(type);
  for (const { gen, arguments: type } of schema.commands) {
    if (!gen && type !== undefined && type.kind !== "anonymous") parts.add(type);
  }
  return { recursive: recursiveTypes(schema), parts };
}

/** A type whose values have parts. */
type Composite = Struct | Union | Alternate;

/** From each node to others. */
type Graph = ReadonlyMap<Composite, readonly Composite[]>;

/** What remains when types that lead nowhere are taken away, again and again, and then those that nothing leads to. */
function recursiveTypes({ structs, unions, alternates }: Schema): ReadonlySet<DefinedType> {
  const uses = new Map<Composite, readonly Composite[]>();
  for (const type of structs) uses.set(type, usedTypes(type.allMembers));
  for (const type of unions) uses.set(type, usedTypes([...type.allMembers, ...type.branches]));
  for (const type of alternates) uses.set(type, usedTypes(type.alternatives));
  const endless = withoutEnds(uses, reversed(uses));
  return new Set(withoutEnds(reversed(endless), endless).keys());
}

/** A graph without the nodes from which every way ends. */
function withoutEnds(graph: Graph, backwards: Graph): Graph {
  const left = new Map<Composite, number>();
  const ends: Composite[] = [];
  for (const [node, targets] of graph) {
    left.set(node, targets.length);
    if (targets.length === 0) ends.push(node);
  }
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    left.delete(end);
    for (const source of backwards.get(end) ?? []) {
      const count = (left.get(source) ?? 0) - 1;
      left.set(source, count);
      if (count === 0) ends.push(source);
    }
  }
  const rest = new Map<Composite, readonly Composite[]>();
  for (const node of left.keys()) {
    rest.set(
      node,
      (graph.get(node) ?? []).filter((target) => left.has(target)),
    );
  }
  return rest;
}

function reversed(graph: Graph): Graph {
  const result = new Map<Composite, Composite[]>();
  for (const node of graph.keys()) result.set(node, []);
  for (const [node, targets] of graph) for (const target of targets) result.get(target)?.push(node);
  return result;
}

/** The types that these parts of a value can be of. */
function usedTypes(parts: readonly (Member | Branch | Alternative)[]): readonly Composite[] {
  const types: Composite[] = [];
  for (const part of parts) {
    let type = part.type;
    while (type?.kind === "list") type = type.element;
    if (type !== undefined && type.kind !== "builtin" && type.kind !== "enum") types.push(type);
  }
  return types;
}
