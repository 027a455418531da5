/** Judges every name that a schema gives, each once; the rules of this folder report what they are about. */
import type { DefinitionNode, FeatureNode, MembersNode, NameNode } from "../../../syntax/ast.js";
import type { Tree } from "../../load.js";
import type { Pragmas } from "../../pragmas.js";
import type { Alternative, EnumValue, Feature, Member } from "../../schema.js";
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
  for (const { node } of tree.files) {
    for (const entry of node.entries) {
      if (entry.kind === "include" || entry.kind === "pragma" || entry.kind === "doc" || entry.implicit === true)
        continue;
      new Judge(entry, pragmas, found).definition();
    }
  }
  JUDGED.set(tree, found);
  return found;
}

/** Which characters the pragmas allow besides. */
interface Allowed {
  readonly upper: boolean;
  readonly underscore: boolean;
}

/** What a name in a type may have besides; no type: in a command or an event. */
function allowedIn(type: string | undefined, pragmas: Pragmas): Allowed {
  return type !== undefined && pragmas.memberNameExceptions.has(type) ? ALL : NOTHING;
}

/** Whether the name of a part of a definition breaks a law. */
export function isBadName(part: Member | EnumValue | Alternative | Feature, pragmas: Pragmas): boolean {
  switch (part.kind) {
    case "member": {
      const owner = part.parent.kind === "anonymous" ? part.parent.parent : part.parent;
      const type = owner.kind === "command" || owner.kind === "event" ? undefined : owner.name;
      return brokenLaw(part.name, "member", allowedIn(type, pragmas)) !== undefined;
    }
    case "enumValue":
      return brokenLaw(part.name, "value", allowedIn(part.parent.name, pragmas)) !== undefined;
    case "alternative":
    case "feature":
      return brokenLaw(part.name, part.kind) !== undefined;
  }
}

const NOTHING: Allowed = { upper: false, underscore: false };
const ALL: Allowed = { upper: true, underscore: true };
const UNDERSCORE: Allowed = { upper: false, underscore: true };

/** Takes down the bad names of one definition. */
class Judge {
  readonly #node: DefinitionNode;
  readonly #pragmas: Pragmas;
  readonly #found: BadName[];

  constructor(node: DefinitionNode, pragmas: Pragmas, found: BadName[]) {
    this.#node = node;
    this.#pragmas = pragmas;
    this.#found = found;
  }

  definition(): void {
    const node = this.#node;
    this.#features(node.features);
    switch (node.kind) {
      case "enum":
        this.#type();
        this.#named(node.values, "value", true);
        for (const { features } of node.values) this.#features(features);
        break;
      case "struct":
        this.#type();
        this.#members(node, true);
        break;
      case "union":
        // Branches are called like the values of the discriminator, whose names are judged where they are given.
        this.#type();
        if (node.base.kind === "members") this.#members(node.base, true);
        break;
      case "alternate":
        this.#type();
        this.#named(node.alternatives, "alternative", false);
        break;
      case "command":
        this.#command();
        if (node.arguments?.kind === "members") this.#members(node.arguments, false);
        break;
      case "event":
        this.#judge(node.name, "event", NOTHING);
        if (node.arguments?.kind === "members") this.#members(node.arguments, false);
        break;
    }
  }

  #type(): void {
    this.#judge(this.#node.name, "type", NOTHING);
  }

  #command(): void {
    const { name } = this.#node;
    const excepted = this.#pragmas.commandNameExceptions.has(name.text);
    this.#judge(name, "command", excepted ? UNDERSCORE : NOTHING, "command-name-exceptions");
  }

  #members({ members }: Pick<MembersNode, "members">, ofType: boolean): void {
    this.#named(members, "member", ofType);
    for (const { features } of members) this.#features(features);
  }

  #features(features: readonly FeatureNode[]): void {
    if (features.length > 0) this.#named(features, "feature", false);
  }

  #named(nodes: readonly { readonly name: NameNode }[], kind: NameKind, ofType: boolean): void {
    const allowed = allowedIn(ofType ? this.#node.name.text : undefined, this.#pragmas);
    const pragma = ofType ? "member-name-exceptions" : undefined;
    for (const { name } of nodes) this.#judge(name, kind, allowed, pragma);
  }

  /** `pragma`: the one whose list the definition could be in. */
  #judge(name: NameNode, kind: NameKind, allowed: Allowed, pragma?: string): void {
    const law = brokenLaw(name.text, kind, allowed);
    if (law === undefined) return;
    const helps =
      pragma !== undefined &&
      brokenLaw(name.text, kind, pragma === "command-name-exceptions" ? UNDERSCORE : ALL) === undefined;
    this.#found.push({
      law,
      name,
      kind,
      definition: this.#node,
      ...(helps ? { exception: { pragma, entry: this.#node.name.text } } : {}),
    });
  }
}

/** What nearly all names of members and commands look like. */
const PLAIN = /^[a-z][a-z0-9-]*$/;
/** A vendor's prefix, the mark of what is an experiment, and the stem, which the laws of case are about. */
const NAME = /^(__[a-z0-9.-]+_)?(x-)?([a-z][a-z0-9_-]*)$/i;

/** The parts of a name that is well-formed. */
export function partsOf(name: string): { readonly prefix: string; readonly stem: string } | undefined {
  const [, vendor = "", experimental = "", stem = ""] = NAME.exec(name) ?? [];
  return stem === "" ? undefined : { prefix: vendor + experimental, stem };
}

/** The law that a name breaks, if any. */
export function brokenLaw(text: string, kind: NameKind, allowed: Allowed = NOTHING): NameLaw | undefined {
  if (/^q[-_.]/.test(text)) return "reserved-prefix";
  if (kind === "member" && /^(?:u$|has[-_])/.test(text)) return "reserved-member-name";
  const isLower = kind !== "type" && kind !== "event";
  if (isLower && PLAIN.test(text)) return undefined;
  // The value of an enum may begin with a digit.
  const parts = partsOf(kind === "value" && /^[0-9]/.test(text) ? `d${text}` : text);
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
