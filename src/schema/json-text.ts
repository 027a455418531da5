/**
 * JSON that is read as a schema: values with the way to them, so that whoever finds one to be wrong can say where.
 *
 * `JSON.parse` does the reading, since nothing is as fast; the text is looked at again only to find the place of a mistake.
 * Neither nests calls as deep as the text nests brackets.
 */
import type { Source, Span } from "../syntax/source.js";

/** A JSON document, or a value in it, is not what it should be. */
export class JsonError extends Error {
  override readonly name = "JsonError";
  readonly span: Span;
  readonly hint: string | undefined;

  constructor(message: string, span: Span, hint?: string) {
    super(message);
    this.span = span;
    this.hint = hint;
  }
}

/** How much of a path is shown, in characters. */
const LONG_PATH = 100;

/** A value of a JSON document. */
export class JsonValue {
  readonly #source: Source;
  readonly #value: unknown;
  readonly #parent: JsonValue | undefined;
  readonly #key: string | number;

  private constructor(source: Source, value: unknown, parent: JsonValue | undefined, key: string | number) {
    this.#source = source;
    this.#value = value;
    this.#parent = parent;
    this.#key = key;
  }

  /**
   * Reads a document.
   *
   * @throws JsonError when the text is no JSON.
   */
  static parse(source: Source): JsonValue {
    try {
      const value: unknown = JSON.parse(source.text.replace(/^\uFEFF/, " "));
      return new JsonValue(source, value, undefined, "");
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const { offset, expected } = syntaxErrorIn(source.text);
      const found = offset >= source.text.length ? "the file ends" : `'${source.text.charAt(offset)}' stands`;
      throw new JsonError(`this is not JSON: ${found} where ${expected} should be`, {
        source,
        start: offset,
        end: offset + 1,
      });
    }
  }

  /** The value as it is. */
  get raw(): unknown {
    return this.#value;
  }

  isList(): boolean {
    return Array.isArray(this.#value);
  }

  isObject(): boolean {
    return isObject(this.#value);
  }

  string(): string {
    return typeof this.#value === "string" ? this.#value : this.wrong("a string");
  }

  boolean(): boolean {
    return typeof this.#value === "boolean" ? this.#value : this.wrong("true or false");
  }

  /** A whole number that numbers can hold exactly, at least `least`. */
  integer(least: number = -Infinity): number {
    const value = this.#value;
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= least) return value;
    return this.wrong(least === -Infinity ? "a whole number" : `a whole number from ${String(least)} on`);
  }

  list(): readonly JsonValue[] {
    return this.each((element) => element);
  }

  /** What `read` makes of each element of a list. Of those that come later, there is nothing yet: there may be millions. */
  each<T>(read: (element: JsonValue) => T): readonly T[] {
    return this.#elements().map((element, index) => read(new JsonValue(this.#source, element, this, index)));
  }

  /** An element of a list; undefined behind its end. */
  item(index: number): JsonValue | undefined {
    const elements = this.#elements();
    return index < elements.length ? new JsonValue(this.#source, elements[index], this, index) : undefined;
  }

  /** How many elements a list has. */
  get length(): number {
    return this.#elements().length;
  }

  /** The properties of an object. */
  properties(): ReadonlyMap<string, JsonValue> {
    const entries = Object.entries(this.#object());
    return new Map(entries.map(([key, value]) => [key, new JsonValue(this.#source, value, this, key)]));
  }

  /** A property of an object; undefined when it has none of that name. */
  get(key: string): JsonValue | undefined {
    const object = this.#object();
    return Object.hasOwn(object, key) ? new JsonValue(this.#source, object[key], this, key) : undefined;
  }

  /** A property that an object must have. */
  required(key: string): JsonValue {
    return this.get(key) ?? this.fail(`has no key '${key}'`);
  }

  /** Makes sure that an object has no keys but `keys`. */
  only(keys: ReadonlySet<string>): void {
    for (const key of Object.keys(this.#object()))
      if (!keys.has(key)) this.fail(`has an unknown key ${JSON.stringify(key)}`);
  }

  #elements(): readonly unknown[] {
    const value: unknown = this.#value;
    return Array.isArray(value) ? value : this.wrong("a list");
  }

  #object(): Readonly<Record<string, unknown>> {
    return isObject(this.#value) ? this.#value : this.wrong("an object");
  }

  /** @throws JsonError that says that this should be something else. */
  wrong(expected: string): never {
    return this.fail(`should be ${expected}, not ${describe(this.#value)}`);
  }

  /** @throws JsonError that says of this value what `predicate` says. */
  fail(predicate: string, hint?: string): never {
    throw new JsonError(`${this.path()} ${predicate}`, this.span(), hint);
  }

  /** The way to this value, as JavaScript writes it: `modules[0].name`; "the document" for all of it. */
  path(): string {
    const path = this.#keys()
      .map((key, index) => {
        if (typeof key === "number") return `[${String(key)}]`;
        if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(key)) return `[${JSON.stringify(key)}]`;
        return index === 0 ? key : `.${key}`;
      })
      .join("");
    if (path === "") return "the document";
    return path.length > LONG_PATH ? `${path.slice(0, LONG_PATH)}…` : path;
  }

  /** Where this value is in the text; of a list or an object, where it begins. */
  span(): Span {
    const { text } = this.#source;
    let start = skipGap(text, 0);
    for (const key of this.#keys()) start = startOf(text, start, key);
    return { source: this.#source, start, end: "{[".includes(text.charAt(start)) ? start + 1 : endOf(text, start) };
  }

  /** The keys and indices that lead here from the document. */
  #keys(): readonly (string | number)[] {
    const keys: (string | number)[] = [];
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the beginning of a way
    let at: JsonValue = this;
    while (at.#parent !== undefined) {
      keys.push(at.#key);
      at = at.#parent;
    }
    return keys.reverse();
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return value.length > 40 ? "a string" : `the string ${JSON.stringify(value)}`;
    case "number":
    case "boolean":
      return String(value);
    default:
      return "an object";
  }
}

// What follows is for text that is known to be JSON.

function skipGap(text: string, at: number): number {
  while (at < text.length && " \t\r\n\uFEFF".includes(text.charAt(at))) at++;
  return at;
}

/** The offset behind the string that begins at `at`. */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && text.charAt(end) !== '"') end += text.charAt(end) === "\\" ? 2 : 1;
  return end + 1;
}

/** What brackets and strings begin with, to skip what is between them. */
const MARK = /["{}[\]]/g;
const WORD_END = /[^-+.0-9a-zA-Z]/g;

/** The offset behind the value that begins at `at`. */
function endOf(text: string, at: number): number {
  if (!'{["'.includes(text.charAt(at))) return indexOf(WORD_END, text, at);
  let depth = 0;
  do {
    at = indexOf(MARK, text, at);
    const mark = text.charAt(at);
    at = mark === '"' ? endOfString(text, at) : at + 1;
    if (mark === "{" || mark === "[") depth++;
    if (mark === "}" || mark === "]") depth--;
  } while (depth > 0 && at < text.length);
  return at;
}

/** Where the next match of a global expression is; the end of the text if there is none. */
function indexOf(expression: RegExp, text: string, from: number): number {
  expression.lastIndex = from;
  return expression.test(text) ? expression.lastIndex - 1 : text.length;
}

/** Where the property or element `key` of the value at `at` begins; of a key that is there twice, the first one. */
function startOf(text: string, at: number, key: string | number): number {
  if (!"{[".includes(text.charAt(at))) return at;
  let next = skipGap(text, at + 1);
  for (let index = 0; next < text.length; index++) {
    let name: unknown = index;
    if (typeof key === "string") {
      if (text.charAt(next) !== '"') break;
      const end = endOfString(text, next);
      name = JSON.parse(text.slice(next, end));
      next = skipGap(text, skipGap(text, end) + 1);
    }
    if (name === key) return next;
    next = skipGap(text, endOf(text, next));
    if (text.charAt(next) !== ",") break;
    next = skipGap(text, next + 1);
  }
  return at; // The first one of a key that is there twice is something else.
}

const WORD = /true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/** Where a text that is not JSON stops to be, and what should be there. */
function syntaxErrorIn(text: string): { readonly offset: number; readonly expected: string } {
  const open: string[] = [];
  let at = 0;
  let expected: "value" | "value or close" | "key" | "key or close" | "comma or close" = "value";
  while (true) {
    at = skipGap(text, at);
    const character = text.charAt(at);
    const bracket = open.at(-1);
    const close = bracket === "{" ? "}" : "]";
    if (expected === "comma or close") {
      if (bracket === undefined) return { offset: at, expected: "the end of the file" };
      if (character === ",") expected = bracket === "{" ? "key" : "value";
      else if (character === close) open.pop();
      else return { offset: at, expected: `',' or '${close}'` };
      at++;
      continue;
    }
    if (expected.endsWith("or close") && character === close) {
      open.pop();
      expected = "comma or close";
      at++;
      continue;
    }
    if (expected.startsWith("key")) {
      if (character !== '"')
        return { offset: at, expected: `a key in double quotes${expected === "key" ? "" : " or '}'"}` };
      const end = checkedString(text, at);
      if (end < 0) return stringError(-end);
      at = skipGap(text, end);
      if (text.charAt(at) !== ":") return { offset: at, expected: "':'" };
      at++;
      expected = "value";
      continue;
    }
    if (character === "{" || character === "[") {
      open.push(character);
      expected = character === "{" ? "key or close" : "value or close";
      at++;
      continue;
    }
    if (character === '"') {
      const end = checkedString(text, at);
      if (end < 0) return stringError(-end);
      at = end;
    } else {
      WORD.lastIndex = at;
      if (!WORD.test(text)) return { offset: at, expected: "a value" };
      at = WORD.lastIndex;
    }
    expected = "comma or close";
  }
}

function stringError(offset: number): { readonly offset: number; readonly expected: string } {
  return { offset, expected: "the rest of a string, with its '\"'," };
}

/** The offset behind the string that begins at `at`; where it goes wrong, negative. */
function checkedString(text: string, at: number): number {
  for (let next = at + 1; next < text.length; next++) {
    const character = text.charAt(next);
    if (character === '"') return next + 1;
    if (character < " ") return -next;
    if (character === "\\") {
      const escape = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(text.slice(next, next + 6))?.[0];
      if (escape === undefined) return -next;
      next += escape.length - 1;
    }
  }
  return -text.length;
}
