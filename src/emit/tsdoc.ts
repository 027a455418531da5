/**
 * Documentation comments of the output: what a schema says about a definition or a part of one, as TSDoc.
 */
import { describeCondition, type Condition } from "../schema/condition.js";
import type {
  Alternative,
  Branch,
  Definition,
  DocSection,
  DocSectionKind,
  EnumValue,
  Feature,
  Member,
} from "../schema/schema.js";
import { comment, MAX_LINE, reason } from "./comment.js";
import { addressIn, type Manual } from "./manual.js";
import { code, type References } from "./markdown-inline.js";
import { codeBlock, isPlain, lead, listItem, markdown, needsOwnLine, type Example } from "./markdown.js";
import type { DocsMode } from "./options.js";

/** What can have a comment of its own. */
export type Documented = Definition | Part;

/** The parts of definitions that are documented on their own. */
type Part = Member | EnumValue | Branch | Alternative;

/**
 * The identifier that `{@link}` is to name where a text mentions the definition `name`; `undefined` when there is no such
 * definition, or none that can be linked to.
 */
export type Link = (name: string) => string | undefined;

/** What the comments of an output have in common. */
export interface DocContext {
  readonly docs: Exclude<DocsMode, "none">;
  readonly link: Link;
  /** The manual that definitions refer to. Absent: none. */
  readonly manual?: Manual | undefined;
}

/**
 * A whole comment, lines joined by `"\n"`, or `""` when there is nothing to say.
 *
 * A definition's comment leaves out its members, which have comments of their own; only an alternate lists its
 * alternatives, since nothing is declared for them. It tells where the definition is in the schema, if it tells anything else.
 *
 * Where documentation is to be brief, it has the first paragraph of a description, what only some builds have, and the tags
 * that change how an editor shows a name or that lead to more.
 *
 * @param note - A sentence to add to the description, in Markdown. Schema text in it must be in {@link code}.
 * @param indent - What goes before each line but the first.
 */
export function tsdoc(node: Documented, context: DocContext, note = "", indent = ""): string {
  if (note === "" && isBare(node)) {
    // Most comments are these: only a description.
    const doc = ownSection(node);
    if (doc === undefined) return "";
    if (sinceIn(doc.text) === null) {
      const text = context.docs === "full" ? doc.text : firstParagraph(doc.text);
      return comment(converted(text, node, context.link, []), indent);
    }
  }
  const draft = new Draft(node, context);
  draft.addSections();
  if (node.kind === "alternate") draft.addList(node.alternatives);
  draft.addFeatures();
  draft.addParagraph(note);
  if (node.if !== undefined) draft.addParagraph(`${capitalize(availability(node.if))}.`);
  if (!isPart(node)) draft.addPlaces(node);
  return comment(draft.toString(), indent);
}

/** A text of a node's documentation as Markdown; see {@link markdown}. */
function converted(text: string, node: Documented, link: Link, examples: Example[]): string {
  return isPlain(text) ? text : markdown(text, new OwnReferences(ownerOf(node), link), examples);
}

/** What names refer to in the documentation of a definition, which needs no links to itself. */
class OwnReferences implements References {
  readonly #owner: Definition;
  readonly #link: Link;

  constructor(owner: Definition, link: Link) {
    this.#owner = owner;
    this.#link = link;
  }

  link(name: string): string | undefined {
    return this.#owner.name === name ? undefined : this.#link(name);
  }

  isPart(name: string): boolean {
    const sections = this.#owner.doc?.sections;
    return sections?.some((part) => part.kind === "member" && part.name === name) ?? false;
  }
}

/** The parts of a comment while they are gathered from all over the schema's documentation. */
class Draft {
  readonly #node: Documented;
  readonly #context: DocContext;
  readonly #isBrief: boolean;
  readonly #examples: Example[] = [];
  #description = "";
  #experimental = "";
  #deprecated = "";
  #returns = "";
  #throws = "";
  #since = "";
  #see = "";

  constructor(node: Documented, context: DocContext) {
    this.#node = node;
    this.#context = context;
    this.#isBrief = context.docs === "brief";
  }

  addSections(): void {
    const node = this.#node;
    if (isPart(node)) {
      const doc = ownSection(node);
      if (doc !== undefined) this.#addSection(doc);
      return;
    }
    for (const section of node.doc?.sections ?? []) if (section.kind !== "member") this.#addSection(section);
  }

  #addSection(section: DocSection): void {
    if (this.#isBrief && NOT_BRIEF.has(section.kind)) return;
    switch (section.kind) {
      case "text":
      case "member":
        return this.#addText(section.text);
      case "note":
        return this.addParagraph(note(this.#markdown(section.text)));
      case "example":
        return this.#addExample(codeBlock(section.text, "text"));
      case "returns":
        this.#returns += block("@returns", withoutType(this.#markdown(section.text)));
        return;
      case "errors":
        this.#throws += block("@throws", withoutType(this.#markdown(section.text)));
        return;
      case "since":
        this.#since += block("@since", this.#markdown(section.text));
        return;
      case "feature":
      case "todo":
        return;
    }
  }

  addParagraph(text: string): void {
    if (text !== "") this.#description += this.#description === "" ? text : `\n\n${text}`;
  }

  addFeatures(): void {
    const features = featuresOf(this.#node);
    if (features.length === 0) return;
    const others: Feature[] = [];
    for (const feature of features) {
      if (feature.name === "deprecated") this.#deprecated += block("@deprecated", reason(this.#describe(feature)));
      else if (feature.name !== "unstable") others.push(feature);
      else {
        this.#experimental = "@experimental\n";
        const text = this.#isBrief ? "" : this.#describe(feature);
        if (text !== "") this.addParagraph(lead("**Unstable:**", text));
      }
    }
    if (others.length === 0 || this.#isBrief) return;
    this.addParagraph("Features:");
    this.addList(others);
  }

  /** A list of those that there is something to say about. */
  addList(parts: readonly (Alternative | Feature)[]): void {
    const items: string[] = [];
    for (const part of parts) {
      const text = this.#describe(part);
      if (part.kind === "feature" && text === "") items.push(listItem("- ", code(part.name)));
      else if (text !== "") items.push(listItem("- ", lead(`${code(part.name)}:`, text)));
    }
    this.addParagraph(items.join("\n"));
  }

  /** Where to read on: the reference manual, and the schema. */
  addPlaces(definition: Definition): void {
    const { manual } = this.#context;
    if (manual !== undefined) {
      const address = addressIn(manual, definition);
      if (address !== undefined) this.#see = `@see {@link ${address} | ${manual.title}}\n`;
    }
    if (this.#isEmpty()) return;
    const place = placeOf(definition);
    if (place !== undefined) this.#see += `@see ${code(place)}\n`;
  }

  #isEmpty(): boolean {
    const tags = this.#experimental + this.#deprecated + this.#returns + this.#throws + this.#since + this.#see;
    return this.#description === "" && tags === "" && this.#examples.length === 0;
  }

  /** The finished text, without the comment around it. */
  toString(): string {
    let tags = this.#experimental + this.#deprecated + this.#returns + this.#throws;
    for (const { title, body } of this.#examples) tags += `@example${title === "" ? "" : ` ${title}`}\n${body}\n`;
    tags = (tags + this.#since + this.#see).slice(0, -1);
    const description = this.#description;
    if (tags === "") return description;
    if (description === "") return tags;
    const isShort = description.length + 1 + tags.length <= MAX_LINE;
    return isShort && !description.includes("\n") && !tags.includes("\n")
      ? `${description} ${tags}`
      : `${description}\n\n${tags}`;
  }

  /** What the schema says about a part: its own section, or the one that the definition has for several parts. */
  #describe(part: Alternative | Feature): string {
    const section =
      part.doc ??
      (part.kind === "feature"
        ? ownerOf(this.#node).doc?.sections.find(({ kind, name }) => kind === "feature" && name === part.name)
        : undefined);
    const text =
      section === undefined ? "" : this.#markdown(this.#isBrief ? firstParagraph(section.text) : section.text);
    if (part.if === undefined) return text;
    return text === "" ? availability(part.if) : `${text} (${availability(part.if)})`;
  }

  /** Adds text before or after the tags; its last paragraph may be a `Since` that lacks the colon of a tag. */
  #addText(text: string): void {
    const since = sinceIn(text);
    this.#addDescription(since === null ? text : text.slice(0, since.index));
    if (since !== null) this.#since += block("@since", since[1] ?? "");
  }

  #addDescription(text: string): void {
    if (!this.#isBrief) this.addParagraph(this.#markdown(text));
    else if (this.#description === "") this.addParagraph(this.#markdown(firstParagraph(text)));
  }

  #addExample(body: string): void {
    if (body !== "") this.#examples.push({ title: "", body });
  }

  #markdown(text: string): string {
    return converted(text, this.#node, this.#context.link, this.#examples);
  }
}

/** The `Since` that is the last paragraph of a text. */
function sinceIn(text: string): RegExpExecArray | null {
  return text.includes("Since ") ? /(?:^|\n\n)Since (\d+(?:\.\d+){0,9})\.?$/.exec(text) : null;
}

/** The sections that brief documentation goes without. */
const NOT_BRIEF: ReadonlySet<DocSectionKind> = new Set(["note", "example", "returns", "errors"]);

/**
 * The first paragraph of a text, which may have directives before it; empty where there is none. Of one that announces a block of
 * code, what announces it is left.
 */
function firstParagraph(text: string): string {
  let start = 0;
  while (start < text.length) {
    if (text.startsWith("\n", start)) {
      start++;
      continue;
    }
    const blank = text.indexOf("\n\n", start);
    const end = blank === -1 ? text.length : blank;
    const paragraph = text.slice(start, end);
    if (/^(?!\.\. )\S/.test(paragraph)) return paragraph.endsWith("::") ? paragraph.slice(0, -1) : paragraph;
    start = end + 2;
  }
  return "";
}

/**
 * Where the schema says something, `net.json:123`; `undefined` for what does not come from a file in the schema language. There,
 * names are between single quotes; in the answer of a QEMU, between double ones.
 */
function placeOf({ module, nameSpan: { source, start } }: Definition): string | undefined {
  if (source.hasText && !source.text.startsWith("'", start)) return undefined;
  return `${module.name}:${String(source.position(start).line)}`;
}

/** A tag and its text, if there is one; a list or a block of code cannot begin on the tag's line. */
function block(tag: string, text: string): string {
  return text === "" ? "" : `${tag}${needsOwnLine(text) ? "\n" : " "}${text}\n`;
}

/** After these tags TypeScript takes `{` for the beginning of a type, so a link cannot come first. */
function withoutType(text: string): string {
  return text.replace(/^\s*\{@link (?:[^}|]+ \| )?([^}|]+)\}/, "`$1`");
}

function note(text: string): string {
  if (text === "") return "";
  return lead(needsOwnLine(text) ? "**Notes:**" : "**Note:**", text);
}

function availability(condition: Condition): string {
  return condition.kind === "not"
    ? `only in builds without ${code(describeCondition(condition.operand))}`
    : `only in builds with ${code(describeCondition(condition))}`;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function featuresOf(node: Documented): readonly Feature[] {
  if (node.kind === "alternative") return [];
  return node.kind === "branch" ? node.value.features : node.features;
}

function isPart(node: Documented): node is Part {
  return node.kind === "member" || node.kind === "enumValue" || node.kind === "branch" || node.kind === "alternative";
}

/** Whether a part of a definition has nothing but a description. */
function isBare(node: Documented): node is Part {
  return isPart(node) && node.if === undefined && featuresOf(node).length === 0;
}

/** What the documentation says about a part; about a branch perhaps only where it describes the value. */
function ownSection(node: Part): DocSection | undefined {
  return node.kind === "branch" ? (node.doc ?? node.value.doc) : node.doc;
}

/** The definition whose documentation has the node's. */
function ownerOf(node: Documented): Definition {
  switch (node.kind) {
    case "member":
      return node.parent.kind === "anonymous" ? node.parent.parent : node.parent;
    case "enumValue":
    case "branch":
    case "alternative":
      return node.parent;
    default:
      return node;
  }
}
