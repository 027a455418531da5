/**
 * Documentation comments of the output: what a schema says about a definition or a part of one, as TSDoc.
 */
import { describeCondition, type Condition } from "../schema/condition.js";
import type { Alternative, Branch, Definition, DocSection, EnumValue, Feature, Member } from "../schema/schema.js";
import { code, type References } from "./markdown-inline.js";
import { codeBlock, lead, listItem, markdown, needsOwnLine, type Example } from "./markdown.js";

/** What can have a comment of its own. */
export type Documented = Definition | Member | EnumValue | Branch | Alternative;

/** What a comment depends on besides the schema. */
export interface TsdocContext {
  /**
   * The identifier that `{@link}` is to name where the text mentions the definition `name`; `undefined` when there is no such
   * definition, or none that can be linked to from this file.
   */
  link(name: string): string | undefined;
  /** Sentences to add to the description, in Markdown: each is a paragraph. Schema text in them must be in {@link code}. */
  readonly notes?: readonly string[];
  /** What goes before each line but the first. Default: nothing. */
  readonly indent?: string;
}

/**
 * A whole comment, lines joined by `"\n"`, or `""` when there is nothing to say.
 *
 * A definition's comment leaves out its members, which have comments of their own; only an alternate lists its
 * alternatives, since nothing is declared for them.
 */
export function tsdoc(node: Documented, context: TsdocContext): string {
  if (isBare(node) && (context.notes ?? []).length === 0) {
    // Most comments are these: only a description.
    const text = node.doc === undefined ? "" : markdown(node.doc.text, new OwnReferences(node, context), []);
    return comment(text, context.indent);
  }
  const draft = new Draft(node, context);
  for (const section of sectionsOf(node)) draft.addSection(section);
  if (node.kind === "alternate") draft.addList(node.alternatives);
  draft.addFeatures(featuresOf(node));
  for (const note of context.notes ?? []) draft.addParagraph(note);
  if (node.if !== undefined) draft.addParagraph(`${capitalize(availability(node.if))}.`);
  return comment(draft.toString(), context.indent);
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
  if (!safe.includes("\n") && safe.length <= MAX_LINE) return `/** ${safe} */`;
  let lines = `${indent} * ${safe.replaceAll("\n", `\n${indent} * `)}`;
  if (safe.includes("\n\n")) lines = lines.replaceAll(" * \n", " *\n");
  return `/**\n${lines}\n${indent} */`;
}

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

/** What names refer to in the documentation of a node: its own definition needs no links to itself. */
class OwnReferences implements References {
  readonly #node: Documented;
  readonly #context: TsdocContext;

  constructor(node: Documented, context: TsdocContext) {
    this.#node = node;
    this.#context = context;
  }

  link(name: string): string | undefined {
    return ownerOf(this.#node).name === name ? undefined : this.#context.link(name);
  }

  isPart(name: string): boolean {
    const sections = ownerOf(this.#node).doc?.sections;
    return sections?.some((part) => part.kind === "member" && part.name === name) ?? false;
  }
}

/** The parts of a comment while they are gathered from all over the schema's documentation. */
class Draft {
  readonly #owner: Definition;
  readonly #references: References;
  readonly #paragraphs: string[] = [];
  readonly #examples: Example[] = [];
  readonly #deprecated: string[] = [];
  #experimental = false;
  readonly #returns: string[] = [];
  readonly #throws: string[] = [];
  readonly #since: string[] = [];

  constructor(node: Documented, context: TsdocContext) {
    this.#owner = ownerOf(node);
    this.#references = new OwnReferences(node, context);
  }

  addSection(section: DocSection): void {
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
        return this.#addTo(this.#returns, section.text);
      case "errors":
        return this.#addTo(this.#throws, section.text);
      case "since":
        return this.#addTo(this.#since, section.text);
      case "feature":
      case "todo":
        return;
    }
  }

  addParagraph(text: string): void {
    if (text !== "") this.#paragraphs.push(text);
  }

  addFeatures(features: readonly Feature[]): void {
    const others: Feature[] = [];
    for (const feature of features) {
      const text = this.#describe(feature);
      if (feature.name === "deprecated") this.#deprecated.push(reason(text));
      else if (feature.name !== "unstable") others.push(feature);
      else {
        this.#experimental = true;
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
    const tags: string[] = [];
    if (this.#experimental) tags.push("@experimental");
    for (const text of this.#deprecated) tags.push(block("@deprecated", text));
    for (const text of this.#returns) tags.push(block("@returns", withoutType(text)));
    for (const text of this.#throws) tags.push(block("@throws", withoutType(text)));
    for (const { title, body } of this.#examples) tags.push(`@example${title === "" ? "" : ` ${title}`}\n${body}`);
    for (const text of this.#since) tags.push(block("@since", text));
    const description = this.#paragraphs.join("\n\n");
    if (tags.length === 0) return description;
    if (description === "") return tags.join("\n");
    const whole = `${description} ${tags.join("\n")}`;
    return whole.includes("\n") || whole.length > MAX_LINE ? `${description}\n\n${tags.join("\n")}` : whole;
  }

  /** What the schema says about a part: its own section, or the one that the definition has for several parts. */
  #describe(part: Alternative | Feature): string {
    const section =
      part.doc ??
      (part.kind === "feature"
        ? this.#owner.doc?.sections.find(({ kind, name }) => kind === "feature" && name === part.name)
        : undefined);
    const text = section === undefined ? "" : this.#markdown(section.text);
    if (part.if === undefined) return text;
    return text === "" ? availability(part.if) : `${text} (${availability(part.if)})`;
  }

  /** Adds text before or after the tags; its last paragraph may be a `Since` that lacks the colon of a tag. */
  #addText(text: string): void {
    const since = text.includes("Since ") ? /(?:^|\n\n)Since (\d+(?:\.\d+)*)\.?$/.exec(text) : null;
    this.addParagraph(this.#markdown(since === null ? text : text.slice(0, since.index)));
    if (since !== null) this.#addTo(this.#since, since[1] ?? "");
  }

  #addExample(body: string): void {
    if (body !== "") this.#examples.push({ title: "", body });
  }

  #addTo(list: string[], text: string): void {
    const converted = this.#markdown(text);
    if (converted !== "") list.push(converted);
  }

  #markdown(text: string): string {
    return markdown(text, this.#references, this.#examples);
  }
}

/** TSDoc wants a reason, in words. Schemas need not give one. */
function reason(text: string): string {
  if (text === "") return "It may be removed from a later release of QEMU.";
  return /\w/.test(text.replace(/\{@link [^}]*\}/g, "")) ? text : `See ${text}`;
}

/** A list or a block of code cannot begin on the tag's line. */
function block(tag: string, text: string): string {
  return `${tag}${needsOwnLine(text) ? "\n" : " "}${text}`;
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

function sectionsOf(node: Documented): readonly DocSection[] {
  switch (node.kind) {
    case "member":
    case "enumValue":
    case "alternative":
      return node.doc === undefined ? [] : [node.doc];
    case "branch": {
      const doc = node.doc ?? node.value.doc;
      return doc === undefined ? [] : [doc];
    }
    default:
      return node.doc?.sections.filter(({ kind }) => kind !== "member") ?? [];
  }
}

function featuresOf(node: Documented): readonly Feature[] {
  if (node.kind === "alternative") return [];
  return node.kind === "branch" ? node.value.features : node.features;
}

/** Whether a part of a definition has nothing but a description. */
function isBare(node: Documented): node is Member | EnumValue {
  return (node.kind === "member" || node.kind === "enumValue") && node.if === undefined && node.features.length === 0;
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
