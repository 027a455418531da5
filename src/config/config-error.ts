/** What is wrong with a configuration, and where that is said. */
import type { JsonValue } from "../schema/json-text.js";
import type { Source } from "../syntax/source.js";

/** The way to a value in a configuration: `["schemas", 1, "int64"]`; empty for all of it. */
export type KeyPath = readonly (string | number)[];

/** One thing that is wrong with a configuration. */
export interface Mistake {
  readonly path: KeyPath;
  /** What is wrong there, without a full stop. */
  readonly message: string;
}

/** A configuration cannot be used. The message has a line for each mistake, with the file and the key. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** More mistakes than this are only counted. */
const MAXIMUM_MISTAKES = 20;

/** Where options come from. */
export interface Origin {
  /** An error that says of all `mistakes` what and where they are. */
  error(mistakes: readonly Mistake[]): Error;
}

/** A configuration, with a line in the message for each mistake. */
export class ConfigOrigin implements Origin {
  readonly #name: string;
  readonly #json: JsonValue | undefined;

  /**
   * @param name - What people know it by: the path of a file.
   * @param json - What was read, where that is JSON: its mistakes have a line and a column.
   */
  constructor(name: string, json?: JsonValue) {
    this.#name = name;
    this.#json = json;
  }

  error(mistakes: readonly Mistake[]): ConfigError {
    const lines = mistakes.slice(0, MAXIMUM_MISTAKES).map((mistake) => this.#line(mistake));
    const more = mistakes.length - lines.length;
    return new ConfigError([...lines, ...(more > 0 ? [`and ${String(more)} more mistakes`] : [])].join("\n"));
  }

  #line({ path, message }: Mistake): string {
    const place = this.#json === undefined ? this.#name : placeOf(valueAt(this.#json, path));
    return [place, ...(path.length === 0 ? [] : [keyText(path)]), message].join(": ");
  }
}

/** `qapi.config.json:3:12` */
export function positionText(source: Source, offset: number): string {
  const { line, column } = source.position(offset);
  return `${source.name}:${String(line)}:${String(column)}`;
}

function placeOf(value: JsonValue): string {
  const { source, start } = value.span();
  return positionText(source, start);
}

/** The value that a path leads to; of what is not there, what it should be in. */
function valueAt(json: JsonValue, path: KeyPath): JsonValue {
  let at = json;
  for (const key of path) {
    const next =
      typeof key === "number" ? (at.isList() ? at.item(key) : undefined) : at.isObject() ? at.get(key) : undefined;
    if (next === undefined) break;
    at = next;
  }
  return at;
}

/** `schemas[1].define["a b"]` */
export function keyText(path: KeyPath): string {
  return path
    .map((key, index) => {
      if (typeof key === "number") return `[${String(key)}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}
