/**
 * An answer to `query-qmp-schema`, taken apart: of the right shape, every type that is named is there, and nothing else is
 * known of it.
 */
import type { BuiltinName } from "../schema.js";
import type { Condition } from "../condition.js";

/** A whole answer. */
export interface Answer {
  /** Commands, events and types, in the order of the answer. */
  readonly entries: readonly Entry[];
  /** The types by their names, which may be masked. */
  readonly types: ReadonlyMap<string, TypeEntry>;
}

export type Entry = TypeEntry | CommandEntry | EventEntry;
export type TypeEntry = BuiltinEntry | ArrayEntry | EnumEntry | ObjectEntry | AlternateEntry;

/** Part of an answer that may be in some builds only; QEMU itself says nothing of that. */
export interface Part {
  readonly if?: Condition;
}

/** A part with a name. */
export interface NamedPart extends Part {
  readonly name: string;
}

/** A value of an enum, or a member without its type. */
export interface FeaturedPart extends NamedPart {
  readonly features: readonly NamedPart[];
}

interface EntryBase extends FeaturedPart {
  /** Where the answer has it, counted from 0. */
  readonly index: number;
}

export interface BuiltinEntry extends EntryBase {
  readonly kind: "builtin";
  readonly builtin: BuiltinName;
}

export interface ArrayEntry extends EntryBase {
  readonly kind: "array";
  readonly element: string;
}

export interface EnumEntry extends EntryBase {
  readonly kind: "enum";
  readonly values: readonly FeaturedPart[];
}

export interface ObjectEntry extends EntryBase {
  readonly kind: "object";
  readonly members: readonly MemberPart[];
  /** Absent: it is no union. */
  readonly tag?: string;
  readonly variants: readonly VariantPart[];
}

export interface MemberPart extends FeaturedPart {
  readonly type: string;
  readonly optional: boolean;
}

/** What a union has for one value of its tag, which is the name. */
export interface VariantPart extends NamedPart {
  readonly type: string;
}

export interface AlternateEntry extends EntryBase {
  readonly kind: "alternate";
  readonly alternatives: readonly AlternativePart[];
}

export interface AlternativePart extends Part {
  readonly type: string;
}

export interface CommandEntry extends EntryBase {
  readonly kind: "command";
  readonly argument: string;
  readonly result: string;
  readonly allowOob: boolean;
}

export interface EventEntry extends EntryBase {
  readonly kind: "event";
  readonly argument: string;
}

/** The object type of an answer that stands for no members at all: what most commands return. */
export function emptyTypeOf({ entries, types }: Answer): string | undefined {
  if (types.has("q_empty")) return "q_empty";
  const counts = new Map<string, number>();
  for (const entry of entries) {
    if (entry.kind !== "command" && entry.kind !== "event") continue;
    for (const name of entry.kind === "command" ? [entry.result, entry.argument] : [entry.argument]) {
      if (isEmpty(types.get(name))) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  let best: string | undefined;
  for (const [name, count] of counts) if (best === undefined || count > (counts.get(best) ?? 0)) best = name;
  return best;
}

function isEmpty(type: TypeEntry | undefined): boolean {
  return type?.kind === "object" && type.members.length === 0 && type.tag === undefined;
}
