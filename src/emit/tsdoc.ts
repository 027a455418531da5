/**
 * Documentation comments of the output: what a schema says about a definition or a part of one, as TSDoc.
 */
import { describeCondition, type Condition } from "../schema/condition.js";
import type { Alternative, Branch, Definition, DocSection, EnumValue, Feature, Member } from "../schema/schema.js";
import { code, type References } from "./markdown-inline.js";
import { codeBlock, isPlain, lead, listItem, markdown, needsOwnLine, type Example } from "./markdown.js";

/** What can have a comment of its own. */
export type Documented = Definition | Part;

/** The parts of definitions that are documented on their own. */
type Part = Member | EnumValue | Branch | Alternative;

/**
 * The identifier that `{@link}` is to name where a text mentions the definition `name`; `undefined` when there is no such
 * definition, or none that can be linked to.
 */
export type Link = (name: string) => string | undefined;

/**
 * A whole comment, lines joined by `"\n"`, or `""` when there is nothing to say.
 *
 * A definition's comment leaves out its members, which have comments of their own; only an alternate lists its
 * alternatives, since nothing is declared for them.
 *
 * @param note - A sentence to add to the description, in Markdown. Schema text in it must be in {@link code}.
 * @param indent - What goes before each line but the first.
 */
export function tsdoc(node: Documented, link: Link, note = "", indent = ""): string {
  if (note === "" && isBare(node)) {
    // Most comments are these: only a description.
    const doc = ownSection(node);
    return doc === undefined ? "" : comment(converted(doc.text, node, link, []), indent);
  }
  const draft = new Draft(node, link);
  draft.addSections(node);
  if (node.kind === "alternate") draft.addList(node.alternatives);
  draft.addFeatures(featuresOf(node));
  draft.addParagraph(note);
  if (node.if !== undefined) draft.addParagraph(`${capitalize(availability(node.if))}.`);
  return comment(draft.toString(), indent);
}

/**
 * A documentation comment with this Markdown in it, whose lines must have no blanks at their ends; `""` when it is empty.
 * It is on one line if it can be. Nothing in the text can end the comment or be an annotation that bundlers obey.
 */
export function comment(text: string, indent = ""): string {
  if (text === "") return "";
  let safe = text;
  if (safe.includes("*/")) safe = safe.replaceAll("*/", "*\\/");
  if (safe.includes("__")) safe = safe.replace(/[#@](?=__(?:PURE|NO_SIDE))/g, "$& ");
  if (safe.length <= MAX_LINE && !safe.includes("\n")) return `/** ${safe} */`;
  const margin = `\n${indent} *`;
  let lines = safe.replace(LINE_BREAKS, `${margin} `);
  if (safe.includes("\n\n")) lines = lines.replace(EMPTY_LINES, " *\n");
  return `/**${margin} ${lines}${margin}/`;
}

// To replace a constant text everywhere, nothing is as fast as a regular expression with nothing special in it.
const LINE_BREAKS = /\n/g;
const EMPTY_LINES = / \* \n/g;

const MAX_LINE = 100;

/** A comment for what is documented elsewhere, at `identifier`: the link, and the tags that change how an editor shows it. */
export function linkComment(identifier: string, features: readonly Feature[]): string {
  let text = `{@link ${identifier}}`;
  for (const { name } of features) {
    if (name === "unstable") text += " @experimental";
    else if (name === "deprecated") text += ` @deprecated ${reason("")}`;
  }
  return comment(text);
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
  readonly #link: Link;
  readonly #examples: Example[] = [];
  #description = "";
  #experimental = "";
  #deprecated = "";
  #returns = "";
  #throws = "";
  #since = "";

  constructor(node: Documented, link: Link) {
    this.#node = node;
    this.#link = link;
  }

  addSections(node: Documented): void {
    if (isPart(node)) {
      const doc = ownSection(node);
      if (doc !== undefined) this.#addSection(doc);
      return;
    }
    for (const section of node.doc?.sections ?? []) if (section.kind !== "member") this.#addSection(section);
  }

  #addSection(section: DocSection): void {
    switch (section.kind) {
      case "text":
        return this.#addText(section.text);
      case "member":
        return this.addParagraph(this.#markdown(section.text));
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

  addFeatures(features: readonly Feature[]): void {
    if (features.length === 0) return;
    const others: Feature[] = [];
    for (const feature of features) {
      if (feature.name === "deprecated") this.#deprecated += block("@deprecated", reason(this.#describe(feature)));
      else if (feature.name !== "unstable") others.push(feature);
      else {
        this.#experimental = "@experimental\n";
        const text = this.#describe(feature);
        if (text !== "") this.addParagraph(lead("**Unstable:**", text));
      }
    }
    if (others.length > 0) this.addParagraph("Features:");
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

  /** The finished text, without the comment around it. */
  toString(): string {
    let tags = this.#experimental + this.#deprecated + this.#returns + this.#throws;
    for (const { title, body } of this.#examples) tags += `@example${title === "" ? "" : ` ${title}`}\n${body}\n`;
    tags = (tags + this.#since).slice(0, -1);
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
    const text = section === undefined ? "" : this.#markdown(section.text);
    if (part.if === undefined) return text;
    return text === "" ? availability(part.if) : `${text} (${availability(part.if)})`;
  }

  /** Adds text before or after the tags; its last paragraph may be a `Since` that lacks the colon of a tag. */
  #addText(text: string): void {
    const since = text.includes("Since ") ? /(?:^|\n\n)Since (\d+(?:\.\d+){0,9})\.?$/.exec(text) : null;
    this.addParagraph(this.#markdown(since === null ? text : text.slice(0, since.index)));
    if (since !== null) this.#since += block("@since", since[1] ?? "");
  }

  #addExample(body: string): void {
    if (body !== "") this.#examples.push({ title: "", body });
  }

  #markdown(text: string): string {
    return converted(text, this.#node, this.#link, this.#examples);
  }
}

/** TSDoc wants a reason, in words. Schemas need not give one. */
function reason(text: string): string {
  if (text === "") return "It may be removed from a later release of QEMU.";
  return /\w/.test(text.replace(/\{@link [^}]*\}/g, "")) ? text : `See ${text}`;
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
