/**
 * The text of a paragraph, from reStructuredText to the Markdown of TSDoc.
 *
 * QAPI adds one thing to reStructuredText: `@name` refers to a member, or (mostly in older schemas) to a definition. TSDoc
 * takes things away from Markdown: a code span is on one line and between single backquotes, and `@`, `{`, `}`, `<` and `>`
 * must be escaped outside of code.
 */

/** How names in documentation become links. */
export interface References {
  /** The identifier of the definition `name`, where it can be linked to. */
  link(name: string): string | undefined;
  /** Whether `name` is a member, a value, a branch or an alternative of the definition that the text is about. */
  isPart(name: string): boolean;
}

/** A code span; nothing for a text that is blank. A code span has no way to contain a backquote: it becomes a `'`. */
export function code(text: string): string {
  if (PLAIN_CODE.test(text)) return `\`${text}\``;
  const safe = withoutTags(
    text
      .replace(/`/g, "'")
      .replace(/[\s\p{Cc}\p{Cf}]+/gu, " ")
      .trim(),
  );
  return safe === "" ? "" : `\`${safe}\``;
}

/**
 * A link to what the output exports under `identifier`; code where TSDoc takes the word for a keyword of its own.
 *
 * @example
 * ```ts
 * import { linkTo } from "qapi-codegen";
 *
 * linkTo("Netdev"); // => "{@link Netdev}"
 * linkTo("type"); // => "`type`"
 * ```
 */
export function linkTo(identifier: string, title: string = identifier): string {
  if (SYSTEM_SELECTORS.has(identifier)) return `\`${title}\``;
  return identifier === title ? `{@link ${identifier}}` : `{@link ${identifier} | ${title}}`;
}

/** TSDoc wants these in quotes, with which TypeScript does not find them. Only commands have such names. */
const SYSTEM_SELECTORS: ReadonlySet<string> = new Set([
  "class",
  "constructor",
  "enum",
  "function",
  "instance",
  "interface",
  "namespace",
  "static",
  "type",
  "variable",
]);

/** Code in which no tag begins: TSDoc sees none in code anyway, but TypeScript does not look for code. */
export function withoutTags(text: string): string {
  return text.includes("@") ? text.replace(/(?<=\s)@|(?<=\{)@(?=link)/g, "\\@") : text;
}

/** Converts a paragraph: lines without indentation, control characters or blanks at their ends. */
export function inline(text: string, references: References): string {
  if (!SPECIAL.test(text)) return text;
  return text.replace(
    TOKEN,
    (
      token: string,
      literal: string | undefined,
      role: string | undefined,
      interpreted: string | undefined,
      name: string | undefined,
      stars: string | undefined,
      emphasized: string | undefined,
      bracketed: string | undefined,
      url: string | undefined,
    ) => {
      if (literal !== undefined) return code(literal) || escapeAll(token);
      if (interpreted !== undefined) return interpret(role, interpreted, references) || escapeAll(token);
      if (name !== undefined) return references.isPart(name) ? code(name) : reference(name, references);
      if (stars !== undefined && emphasized !== undefined) return stars + inline(emphasized, references) + stars;
      const address = bracketed ?? url;
      if (address !== undefined) return address;
      // TSDoc does not let underscores be escaped.
      if (token.startsWith("_")) return code(token);
      if (token.startsWith("\\")) return ESCAPES.get(token) ?? token;
      return escapeAll(token);
    },
  );
}

/** Of reStructuredText, where they differ: a backslash before a letter is one that somebody forgot to escape. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["\\ ", ""],
  ["\\_", "_"],
]);

const PLAIN_CODE = /^[\w.:/-]+$/;

/** Texts without any of these stay as they are. */
const SPECIAL = /[`@*_\\{}<>&#\]~]|^[-=]+$/m;

/**
 * All that does not stay as it is. Every repetition stops at the character that ends the construct, so that a text full of
 * beginnings without ends takes no more than linear time.
 */
const TOKEN = new RegExp(
  [
    // ``literal``
    /``([^`]+(?:`(?!`)[^`]*){0,1000})``/,
    // `Name`, :role:`text`, `text <target>`_
    /(?::([A-Za-z][\w.+-]{0,30}(?::[\w.+-]{1,30}){0,3}):)?`([^`\s](?:[^`]*[^`\s])?)`(?:__?(?!\w))?/,
    // @name; the names that downstream vendors add have dots
    /(?<![A-Za-z0-9])@(__[\w.-]*\w|[\w-]*\w)/,
    // *emphasis*, **strong**
    /(?<![\w*\\])(?<stars>\*\*?)(?=[^\s*])([^*]*[^\s*\\])\k<stars>(?![\w*])/,
    // https://example.com or <https://example.com>: all readers of Markdown see that the former is a link
    /<(https?:\/\/[\w./?=&#%~+:;,!$'()-]{1,2000})>/,
    /(https?:\/\/[\w./?=&#%~+:;,!$'()-]{1,2000})/,
    /\\[ -/:-@[-`{-~]?/,
    /[@{}<>*`]/,
    // _emphasis_ of Markdown, which is none here
    /(?<![A-Za-z0-9])_\w*/,
    /~~+/,
    /&(?=#?\w{1,32};)/,
    // Links and their definitions
    /\](?=[([:])/,
    // Headings and rules
    /^(?:[#~]|-+$|=+$)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gm",
);

function escapeAll(text: string): string {
  return text.replace(/[!-/:-@[-^`{-~]/g, "\\$&");
}

/** A reference to a definition, or the bare name where it cannot be a link. */
function reference(name: string, references: References): string {
  const identifier = references.link(name);
  if (identifier === undefined) return code(name);
  return linkTo(identifier, /^[\w.-]+$/.test(name) ? name : identifier);
}

/** The text between single backquotes, which a role may say the meaning of: by default it is a reference. */
function interpret(role: string | undefined, text: string, references: References): string {
  const target = /^([^<]*)<([^<>]+)>$/.exec(text);
  if (target !== null) {
    const [, words = "", address = ""] = target;
    const title = words.trim();
    const isAddress = ADDRESS.test(address);
    if (title === "") return isAddress ? address : code(address);
    if (!isAddress) return inline(title, references);
    return TITLE.test(title)
      ? `{@link ${address} | ${title.replace(/\s+/g, " ")}}`
      : `${inline(title, references)} (${address})`;
  }
  if (role === "emphasis") return `*${inline(text, references)}*`;
  if (role === "strong") return `**${inline(text, references)}**`;
  return role === undefined || role.startsWith("qapi:") ? reference(text.replace(/^[~!]/, ""), references) : code(text);
}

/** What a link can lead to as it is. */
const ADDRESS = /^https?:\/\/[\w./?=&#%~+:;,!$'()-]+$/;

/** What can be in the title of a link. */
const TITLE = /^[\w\s.,:;!?'"()/+-]+$/;
