/**
 * The tokens of QEMU's JSON, from text that comes in pieces. What a token is, where it ends, what is an error and where reading
 * goes on behind one is as in QEMU's lexer (qobject/json-lexer.c): strings have double or single quotes, words are any of
 * `[a-z]+`, and U+FFFD stands for the bytes that UTF-8 does not have, by which clients force the lexer into a known state.
 */
import { Pieces } from "../pieces.js";

/** What a token is: the character itself for `{ } [ ] : ,`. */
export type TokenKind = "{" | "}" | "[" | "]" | ":" | "," | "string" | "number" | "word" | "error" | "too long";

/** A token. */
export interface Token {
  readonly kind: TokenKind;
  /** As it came. An error has all that led to it. */
  readonly text: string;
}

type NumberState = "sign" | "zero" | "digits" | "point" | "fraction" | "exponent" | "exponent sign" | "exponent digits";
type State = "start" | "recovery" | "string" | "escape" | "word" | NumberState;

const STRUCTURE: ReadonlyMap<string, Token> = new Map(
  (["{", "}", "[", "]", ":", ","] as const).map((kind) => [kind, { kind, text: kind }]),
);

const NOT_SPACE = /[^ \t\r\n]/g;
const NOT_LETTER = /[^a-z]/g;
/** What ends a string, or needs a second look. Control characters are errors there. */
const NOT_PLAIN = { '"': /["\\\u0000-\u001f\ufffd]/g, "'": /['\\\u0000-\u001f\ufffd]/g };
/** Where reading goes on behind an error: a structural character, a control character but the tab, or U+FFFD. */
const RESTART = /[\u0000-\u0008\u000a-\u001f[\]{}:,\ufffd]/g;

/** Reads tokens, in time linear in the text, however it is cut. */
export class JsonLexer {
  readonly #maxLength: number;
  #text = "";
  #position = 0;
  #state: State = "start";
  /** The quote that ends the string. */
  #quote: '"' | "'" = '"';
  /** What came before the text of the token that is not complete. */
  readonly #begun = new Pieces();
  /** Where the token begins, or goes on, in the text. */
  #from = 0;

  /** @param maxLength - The most characters that a token may have. */
  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  push(text: string): void {
    this.#text = this.#position === this.#text.length ? text : this.#text.slice(this.#position) + text;
    this.#position = this.#from = 0;
  }

  /** The next token, or undefined when more text is needed. */
  next(): Token | undefined {
    if (this.#state === "recovery") {
      this.#position = this.#find(RESTART);
      if (this.#position < this.#text.length) this.#state = "start";
    }
    if (this.#state === "start") {
      this.#from = this.#position = this.#find(NOT_SPACE);
      const char = this.#text[this.#position];
      if (char === undefined) return undefined;
      this.#position += 1;
      const token = STRUCTURE.get(char);
      if (token !== undefined) return token;
      const state = this.#begin(char);
      if (state === "error") return this.#end("error");
      this.#state = state;
    }
    return this.#position < this.#text.length ? this.#continue() : this.#keep();
  }

  #begin(char: string): State | "error" {
    if (char === '"' || char === "'") {
      this.#quote = char;
      return "string";
    }
    if (char === "-") return "sign";
    if (isDigit(char)) return char === "0" ? "zero" : "digits";
    return char >= "a" && char <= "z" ? "word" : "error";
  }

  /** Reads the rest of a token, or as much of it as there is. */
  #continue(): Token | undefined {
    switch (this.#state) {
      case "start":
      case "recovery":
        return undefined;
      case "string":
      case "escape":
        return this.#string();
      case "word":
        this.#position = this.#find(NOT_LETTER);
        return this.#position < this.#text.length ? this.#end("word") : this.#keep();
      default:
        return this.#number(this.#state);
    }
  }

  #string(): Token | undefined {
    while (this.#position < this.#text.length) {
      if (this.#state === "escape") {
        const char = this.#text.charCodeAt(this.#position++);
        if (char < 0x20 || char === 0xfffd) return this.#end("error");
        this.#state = "string";
      }
      this.#position = this.#find(NOT_PLAIN[this.#quote]);
      const char = this.#text[this.#position];
      if (char === undefined) break;
      this.#position += 1;
      if (char === this.#quote) return this.#end("string");
      if (char !== "\\") return this.#end("error");
      this.#state = "escape";
    }
    return this.#keep();
  }

  #number(state: NumberState): Token | undefined {
    let now = state;
    for (; this.#position < this.#text.length; this.#position += 1) {
      const next = NUMBER[now](this.#text[this.#position] ?? "");
      if (next === "end") return this.#end("number");
      if (next === "error") {
        this.#position += 1;
        return this.#end("error");
      }
      now = next;
    }
    this.#state = now;
    return this.#keep();
  }

  /** Where something is found from here on, or the end of the text. */
  #find(what: RegExp): number {
    what.lastIndex = this.#position;
    return what.test(this.#text) ? what.lastIndex - 1 : this.#text.length;
  }

  /** Ends a token. Behind an error, what follows is skipped. */
  #end(kind: TokenKind): Token {
    const text = this.#text.slice(this.#from, this.#position);
    this.#state = kind === "error" ? "recovery" : "start";
    if (this.#begun.length === 0) return { kind, text };
    this.#begun.add(text);
    return { kind, text: this.#begun.take() };
  }

  /** Keeps what there is of a token until more comes. */
  #keep(): Token | undefined {
    if (this.#state === "start" || this.#state === "recovery") return undefined;
    this.#begun.add(this.#text.slice(this.#from));
    this.#from = this.#text.length;
    return this.#begun.length > this.#maxLength ? this.#end("too long") : undefined;
  }
}

/** How a number goes on with a character; those that no number has end it. */
const NUMBER: Readonly<Record<NumberState, (char: string) => NumberState | "end" | "error">> = {
  sign: (char) => (char === "0" ? "zero" : isDigit(char) ? "digits" : "error"),
  zero: (char) => (char === "." ? "point" : isDigit(char) ? "error" : "end"),
  digits: (char) => (isDigit(char) ? "digits" : char === "." ? "point" : isExponent(char) ? "exponent" : "end"),
  point: (char) => (isDigit(char) ? "fraction" : "error"),
  fraction: (char) => (isDigit(char) ? "fraction" : isExponent(char) ? "exponent" : "end"),
  exponent: (char) => (isDigit(char) ? "exponent digits" : char === "-" || char === "+" ? "exponent sign" : "error"),
  "exponent sign": (char) => (isDigit(char) ? "exponent digits" : "error"),
  "exponent digits": (char) => (isDigit(char) ? "exponent digits" : "end"),
};

function isDigit(char: string): boolean {
  return char >= "0" && char <= "9";
}

function isExponent(char: string): boolean {
  return char === "e" || char === "E";
}
