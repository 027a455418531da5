/** Judges every name that a schema gives, each once; the rules of this folder report what they are about. */
import type { DefinitionNode, NameNode } from "../../../syntax/ast.js";
import { featuresOf, partsOf } from "../../../syntax/parts.js";
import type { Tree } from "../../load.js";
import type { Pragmas } from "../../pragmas.js";
import type { Alternative, EnumValue, Feature, Member } from "../../schema.js";
import { definitionNodes } from "../../definition-nodes.js";
import type { Subject } from "../rule.js";

/** What a name can be the name of, as far as laws differ. */
export type NameKind = "type" | "event" | "command" | "member" | "value" | "alternative" | "feature";

/** The laws about names, by the ids of their rules. */
export type NameLaw =
  | "reserved-prefix"
  | "name-characters"
  | "reserved-member-name"
  | "reserved-type-name"
  | "type-name-case"
  | "event-name-case"
  | "command-name-case"
  | "member-name-case";

/** A name that breaks a law. */
export interface BadName {
  readonly law: NameLaw;
  readonly name: NameNode;
  readonly kind: NameKind;
  /** The definition that it names, or stands in. */
  readonly definition: DefinitionNode;
  /** The pragma that would permit it, if this were in its list. */
  readonly exception?: { readonly pragma: string; readonly entry: string };
}

const JUDGED = new WeakMap<Tree, readonly BadName[]>();

/** The names of the schema that break a law. A name that breaks several is here once, for the law that says most. */
export function badNames({ tree, pragmas }: Pick<Subject, "tree" | "pragmas">): readonly BadName[] {
  const known = JUDGED.get(tree);
  if (known !== undefined) return known;
  const found: BadName[] = [];
  for (const node of definitionNodes(tree)) judgeDefinition(node, pragmas, found);
  JUDGED.set(tree, found);
  return found;
}

/** Whether the name of a part of a definition breaks a law. */
export function isBadName(part: Member | EnumValue | Alternative | Feature, pragmas: Pragmas): boolean {
  switch (part.kind) {
    case "member": {
      const owner = part.parent.kind === "anonymous" ? part.parent.parent : part.parent;
      const inType = owner.kind !== "command" && owner.kind !== "event";
      const allowed = inType && pragmas.memberNameExceptions.has(owner.name) ? ALL : NOTHING;
      return brokenLaw(part.name, "member", allowed) !== undefined;
    }
    case "enumValue": {
      const allowed = pragmas.memberNameExceptions.has(part.parent.name) ? ALL : NOTHING;
      return brokenLaw(part.name, "value", allowed) !== undefined;
    }
    case "alternative":
    case "feature":
      return brokenLaw(part.name, part.kind) !== undefined;
  }
}

/** Which characters pragmas allow besides. */
interface Allowed {
  readonly upper: boolean;
  readonly underscore: boolean;
}

const NOTHING: Allowed = { upper: false, underscore: false };
const ALL: Allowed = { upper: true, underscore: true };
const UNDERSCORE: Allowed = { upper: false, underscore: true };

function judgeDefinition(node: DefinitionNode, pragmas: Pragmas, found: BadName[]): void {
  judge(node.name, node.kind === "command" || node.kind === "event" ? node.kind : "type", node, pragmas, found);
  judgeAll(node.features, "feature", node, pragmas, found);
  const parts = partsOf(node);
  judgeAll(parts, PART_KINDS[node.kind], node, pragmas, found);
  for (const part of parts) judgeAll(featuresOf(part), "feature", node, pragmas, found);
}

const PART_KINDS = {
  enum: "value",
  struct: "member",
  union: "member",
  alternate: "alternative",
  command: "member",
  event: "member",
} as const satisfies Record<DefinitionNode["kind"], NameKind>;

function judgeAll(
  parts: readonly { readonly name: NameNode }[],
  kind: NameKind,
  node: DefinitionNode,
  pragmas: Pragmas,
  found: BadName[],
): void {
  for (const { name } of parts) if (!isPlain(name.text, kind)) judge(name, kind, node, pragmas, found);
}

function judge(name: NameNode, kind: NameKind, node: DefinitionNode, pragmas: Pragmas, found: BadName[]): void {
  const law = brokenLaw(name.text, kind);
  if (law === undefined) return;
  const exception = exceptionFor(name.text, kind, node);
  if (exception === undefined) {
    found.push({ law, name, kind, definition: node });
  } else if (!exception.names(pragmas).has(node.name.text)) {
    found.push({ law, name, kind, definition: node, exception: { pragma: exception.pragma, entry: node.name.text } });
  }
}

/** A pragma that permits names. */
interface Exception {
  readonly pragma: string;
  readonly allowed: Allowed;
  names(pragmas: Pragmas): ReadonlySet<string>;
}

const COMMAND_NAMES: Exception = {
  pragma: "command-name-exceptions",
  allowed: UNDERSCORE,
  names: ({ commandNameExceptions }) => commandNameExceptions,
};

const MEMBER_NAMES: Exception = {
  pragma: "member-name-exceptions",
  allowed: ALL,
  names: ({ memberNameExceptions }) => memberNameExceptions,
};

/** The pragma that permits a name in a definition if it lists the definition. */
function exceptionFor(text: string, kind: NameKind, node: DefinitionNode): Exception | undefined {
  const ofType = (kind === "member" || kind === "value") && node.kind !== "command" && node.kind !== "event";
  const exception = ofType ? MEMBER_NAMES : kind === "command" ? COMMAND_NAMES : undefined;
  return exception !== undefined && brokenLaw(text, kind, exception.allowed) === undefined ? exception : undefined;
}

const PLAIN = /^(?!q-|has-|u$)[a-z][a-z0-9-]*$/;
const PLAIN_TYPE = /^[A-Z][a-z][A-Za-z0-9]*(?<!List)$/;

/** Whether a name looks like nearly all do, and breaks no law. */
function isPlain(text: string, kind: NameKind): boolean {
  return kind === "type" ? PLAIN_TYPE.test(text) : kind !== "event" && PLAIN.test(text);
}

/** A vendor's prefix, the mark of what is an experiment, and the stem, which the laws of case are about. */
const NAME = /^(__[a-z0-9.-]+_)?(x-)?([a-z][a-z0-9_-]*)$/i;

/** The parts of a name that is well-formed. */
export function wellFormed(name: string): { readonly prefix: string; readonly stem: string } | undefined {
  const [, vendor = "", experimental = "", stem = ""] = NAME.exec(name) ?? [];
  return stem === "" ? undefined : { prefix: vendor + experimental, stem };
}

/** The law that a name breaks, if any. */
export function brokenLaw(text: string, kind: NameKind, allowed: Allowed = NOTHING): NameLaw | undefined {
  if (isPlain(text, kind)) return undefined;
  if (/^q[-_.]/.test(text)) return "reserved-prefix";
  if (kind === "member" && /^(?:u$|has[-_])/.test(text)) return "reserved-member-name";
  // The value of an enum may begin with a digit.
  const parts = wellFormed(kind === "value" && /^[0-9]/.test(text) ? `d${text}` : text);
  if (parts === undefined) return "name-characters";
  const { stem } = parts;
  if (kind === "type") {
    if (text.endsWith("List")) return "reserved-type-name";
    // Two steps, each linear, where one pattern would be quadratic.
    return /^[A-Z][A-Za-z0-9]*$/.test(stem) && /[a-z]/.test(stem) ? undefined : "type-name-case";
  }
  if (kind === "event") return /[a-z-]/.test(stem) ? "event-name-case" : undefined;
  if ((allowed.upper || !/[A-Z]/.test(stem)) && (allowed.underscore || !stem.includes("_"))) return undefined;
  return kind === "command" ? "command-name-case" : "member-name-case";
}
