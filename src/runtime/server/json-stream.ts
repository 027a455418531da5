/**
 * JSON values one after the other, with or without white space between, from text that comes in pieces: what QEMU reads (its
 * qobject/json-streamer.c and json-parser.c). An error ends the value in which it is, at the same place as in QEMU, and the
 * next value begins there.
 */
import { parseJson } from "../json.js";
import { JsonLexer, type Token } from "./json-lexer.js";

/** QEMU's own limits, which are those of one value. */
const MAX_NESTING = 1024;
const MAX_TOKENS = 2 ** 21;

/** A value that came, or what is wrong with what came instead. */
export type JsonMessage = { readonly value: unknown } | { readonly error: string };

/** What may come next. */
type Expected = "value" | "value or ]" | "name" | "name or }" | ":" | ", or end";

/** An array or an object whose end has not come. */
type Open =
  | { readonly array: unknown[]; readonly object?: undefined }
  | { readonly array?: undefined; readonly object: Record<string, unknown> };

/** Reads values, in time linear in the text, and with no stack however deep they nest. */
export class JsonStream {
  readonly #lexer: JsonLexer;
  readonly #maxLength: number;
  #value: unknown;
  readonly #open: Open[] = [];
  #expected: Expected = "value";
  /** The names of the members, of all objects that are open, whose values have not come. */
  readonly #names: string[] = [];
  #error: string | undefined;
  /** As QEMU counts them: by this alone it knows where a value ends that has an error in it. */
  #braces = 0;
  #brackets = 0;
  #tokens = 0;
  #length = 0;

  /** @param maxLength - The most characters that one value may have, white space aside. */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
    this.#lexer = new JsonLexer(maxLength);
  }

  push(text: string): void {
    this.#lexer.push(text);
  }

  /** The next value, or undefined when more text is needed. */
  next(): JsonMessage | undefined {
    for (let token = this.#lexer.next(); token !== undefined; token = this.#lexer.next()) {
      const message = this.#take(token);
      if (message !== undefined) return message;
    }
    return undefined;
  }

  #take(token: Token): JsonMessage | undefined {
    if (token.kind === "error") return this.#end(`unexpected ${quoted(token.text)}`);
    this.#count(token);
    const exceeded = this.#exceeded();
    if (token.kind === "too long" || exceeded !== undefined) return this.#end(`more than ${exceeded ?? "the limit"}`);
    this.#error ??= this.#parse(token);
    const [braces, brackets] = [this.#braces, this.#brackets];
    if ((braces > 0 || brackets > 0) && braces >= 0 && brackets >= 0) return undefined;
    return this.#end(this.#error);
  }

  #count({ kind, text }: Token): void {
    this.#tokens += 1;
    this.#length += text.length;
    if (kind === "{") this.#braces += 1;
    else if (kind === "}") this.#braces -= 1;
    else if (kind === "[") this.#brackets += 1;
    else if (kind === "]") this.#brackets -= 1;
  }

  #exceeded(): string | undefined {
    if (this.#length > this.#maxLength) return `${this.#maxLength} characters`;
    if (this.#tokens > MAX_TOKENS) return `${MAX_TOKENS} tokens`;
    return this.#braces + this.#brackets > MAX_NESTING ? `${MAX_NESTING} levels` : undefined;
  }

  #end(error: string | undefined): JsonMessage {
    const value = this.#value;
    this.#value = undefined;
    this.#open.length = this.#names.length = 0;
    this.#expected = "value";
    this.#error = undefined;
    this.#braces = this.#brackets = this.#tokens = this.#length = 0;
    return error === undefined ? { value } : { error: `this is not JSON: ${error}` };
  }

  /** @returns What is wrong. */
  #parse(token: Token): string | undefined {
    const { kind } = token;
    switch (this.#expected) {
      case "value or ]":
        return kind === "]" ? this.#close(kind) : this.#begin(token);
      case "value":
        return this.#begin(token);
      case "name or }":
        return kind === "}" ? this.#close(kind) : this.#name(token);
      case "name":
        return this.#name(token);
      case ":":
        if (kind !== ":") return `a colon was due before ${quoted(token.text)}`;
        this.#expected = "value";
        return undefined;
      case ", or end":
        if (kind !== ",") return this.#close(kind);
        this.#expected = this.#open.at(-1)?.object === undefined ? "value" : "name";
        return undefined;
    }
  }

  #begin(token: Token): string | undefined {
    switch (token.kind) {
      case "{":
        return this.#enter({ object: {} });
      case "[":
        return this.#enter({ array: [] });
      case "string": {
        const text = textOf(token.text);
        return text === undefined ? `${quoted(token.text)} is no string` : this.#put(text);
      }
      case "number":
        return this.#put(parseJson(token.text));
      case "word":
        if (token.text === "null") return this.#put(null);
        if (token.text === "true" || token.text === "false") return this.#put(token.text === "true");
        return `there is no word ${quoted(token.text)}`;
      default:
        return `a value was due before ${quoted(token.text)}`;
    }
  }

  #name(token: Token): string | undefined {
    const name = token.kind === "string" ? textOf(token.text) : undefined;
    if (name === undefined) return `a name was due before ${quoted(token.text)}`;
    const object = this.#open.at(-1)?.object;
    if (object !== undefined && Object.hasOwn(object, name)) return `a second member ${quoted(name)}`;
    this.#names.push(name);
    this.#expected = ":";
    return undefined;
  }

  #enter(container: Open): undefined {
    this.#put(container.array ?? container.object);
    this.#open.push(container);
    this.#expected = container.array === undefined ? "name or }" : "value or ]";
  }

  #put(value: unknown): undefined {
    const container = this.#open.at(-1);
    if (container === undefined) this.#value = value;
    else if (container.array !== undefined) container.array.push(value);
    else define(container.object, this.#names.pop() ?? "", value);
    this.#expected = ", or end";
  }

  #close(kind: Token["kind"]): string | undefined {
    const container = this.#open.at(-1);
    if (kind !== (container?.array === undefined ? "}" : "]")) return "a comma or the end was due";
    this.#open.pop();
    this.#expected = ", or end";
    return undefined;
  }
}

/** Adds a member, `__proto__` too. */
function define(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name !== "__proto__") object[name] = value;
  else Object.defineProperty(object, name, { value, configurable: true, enumerable: true, writable: true });
}

/** What QEMU has in no string: half a surrogate pair, and the code points that are no characters. */
const NO_CHARACTER = /[\p{Surrogate}\p{Noncharacter_Code_Point}]/u;

/** What a string says, or undefined where it has an escape sequence or a character that it must not. */
function textOf(token: string): string | undefined {
  const content = token.slice(1, -1);
  try {
    const text: unknown = content.includes("\\") ? JSON.parse(`"${inDoubleQuotes(content)}"`) : content;
    return typeof text === "string" && !NO_CHARACTER.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Both quotes may be escaped in QEMU's strings, and in one with single quotes the double ones need not be. */
function inDoubleQuotes(content: string): string {
  return content.replace(/\\[^]|"/g, (part) => (part === "\\'" ? "'" : part === '"' ? '\\"' : part));
}

function quoted(text: string): string {
  return `'${text.length > 80 ? `${text.slice(0, 77)}...` : text}'`;
}
