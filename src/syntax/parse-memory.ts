import { parse, type ParseResult } from "./parse.js";
import type { Source } from "./source.js";

/** Parses each text once, however often it is asked to: for schemas that are read again and again, of which little changes. */
export class ParseMemory {
  #known = new Map<string, ParseResult>();
  #used = new Map<string, ParseResult>();

  /** {@link parse}. The result may be about an earlier source of the same name and text. */
  readonly parse = (source: Source): ParseResult => {
    const known = this.#used.get(source.name) ?? this.#known.get(source.name);
    const result = known?.file.span.source.text === source.text ? known : parse(source);
    this.#used.set(source.name, result);
    return result;
  };

  /** Forgets what has not been asked for since the last call. */
  forgetUnused(): void {
    this.#known = this.#used;
    this.#used = new Map();
  }
}
