/** The part of a `*.dump.json` that the output is compared with: what QEMU's own compiler made of a schema. */
import { readFileSync } from "node:fs";
import type { OutputContents } from "../support/read-output.js";

/** A type: its name, a list of one, or members that are written in place. */
type DumpType = string | readonly [string] | { readonly members: readonly DumpMember[] };

interface DumpMember {
  readonly name: string;
  readonly type: DumpType;
  readonly optional: boolean;
  readonly if: unknown;
}

interface DumpEntity {
  readonly kind: "include" | "enum" | "struct" | "union" | "alternate" | "command" | "event";
  readonly name: string;
  readonly base?: DumpType | null;
  readonly members?: readonly DumpMember[];
  readonly branches?: readonly { readonly name: string }[];
  readonly arg?: DumpType | null;
}

interface Dump {
  readonly modules: readonly { readonly entities: readonly DumpEntity[] }[];
}

/** What an output must declare for the schema of a dump. Types that have no name in the schema are in `parts`. */
export interface Expected extends Omit<OutputContents, "unions" | "validators"> {
  /** How many branches each union has. */
  readonly unions: ReadonlyMap<string, number>;
  readonly alternates: ReadonlySet<string>;
  /** The unions whose base is written in place. */
  readonly inlineBases: ReadonlySet<string>;
}

/** Reads a dump. */
export function readDump(path: string): Expected {
  const dump = JSON.parse(readFileSync(path, "utf8")) as Dump;
  const entities = dump.modules.flatMap((module) => module.entities);
  const of = (kind: DumpEntity["kind"]): readonly DumpEntity[] => entities.filter((entity) => entity.kind === kind);
  const structs = new Map(of("struct").map((struct) => [struct.name, struct]));
  return {
    enums: new Map(of("enum").map(({ name, members }) => [name, (members ?? []).map((member) => member.name)])),
    interfaces: new Map(of("struct").map(({ name, members }) => [name, memberNames(members)])),
    unions: new Map(of("union").map(({ name, branches }) => [name, branches?.length ?? 0])),
    alternates: new Set(of("alternate").map(({ name }) => name)),
    inlineBases: new Set(of("union").flatMap(({ name, base }) => (typeof base === "object" ? [name] : []))),
    commands: new Map(of("command").map(({ name, arg }) => [name, argumentText(arg, structs)])),
    events: new Map(of("event").map(({ name, arg }) => [name, argumentText(arg, structs)])),
  };
}

function memberNames(members: readonly DumpMember[] | undefined): readonly string[] {
  return (members ?? []).map(({ name, optional, if: condition }) => name + (optional || condition !== null ? "?" : ""));
}

function argumentText(type: DumpType | null | undefined, structs: ReadonlyMap<string, DumpEntity>): string {
  if (type === null || type === undefined) return "";
  if (typeof type === "object") return "members" in type ? memberNames(type.members).join(" ") : "";
  const struct = structs.get(type);
  const isEmpty = struct?.base === null && struct.members?.length === 0;
  return isEmpty ? "" : type;
}
