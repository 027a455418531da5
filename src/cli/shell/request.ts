/** From words to a command with its arguments. */
import { isJsonObject } from "../../runtime/message.js";
import { parseJson } from "../../runtime/json.js";
import { UsageError } from "../options.js";

/** A command to execute. */
export interface Request {
  readonly command: string;
  /** Absent: none were given. */
  readonly args?: object;
  readonly isOob: boolean;
}

/** The JSON types. */
export type JsonKind = "string" | "number" | "boolean" | "null" | "object" | "array";

/** Whether the member where a path leads takes values of a type; true when nobody knows. */
export type Takes = (path: readonly string[], kind: JsonKind) => boolean;

/** One pair `name=value`. */
export interface Pair {
  readonly path: readonly string[];
  /** The value as it is written. */
  readonly text: string;
}

/** How deep names may lead. */
const DEEPEST = 100;

/**
 * Reads `command name=value ...`, `command {...}`, or `{"execute": "command", ...}`.
 *
 * @throws UsageError for what is none of them.
 */
export function requestOf(words: readonly string[], takes: Takes = () => true): Request {
  const [command = "", ...rest] = words;
  if (command.startsWith("{")) return wholeRequest(words);
  const args = argumentsOf(rest, takes);
  return { command, isOob: false, ...(args !== undefined && { args }) };
}

/** The pair that a word is; undefined when it is none. */
export function pairOf(word: string): Pair | undefined {
  const [, name, text] = /^([^={["'][^=]*)=(.*)$/s.exec(word) ?? [];
  return name === undefined || text === undefined ? undefined : { path: name.split("."), text };
}

/**
 * The value that a text stands for: text in single quotes is text, JSON is what it says, all else is text; and so is JSON
 * where text is taken and such JSON is not.
 *
 * @throws UsageError for what begins like JSON and is none.
 */
export function valueOf(text: string, takes: (kind: JsonKind) => boolean = () => true): unknown {
  const quoted = /^'([^']*)'$/s.exec(text)?.[1];
  if (quoted !== undefined) return quoted;
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    if (/^["{[]/.test(text)) throw new UsageError(`'${text}' is no JSON; in single quotes it would be text`);
    return text;
  }
  const kind = kindOf(value);
  return kind !== "string" && !takes(kind) && takes("string") ? text : value;
}

function kindOf(value: unknown): JsonKind {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "boolean" || type === "object" ? type : "number";
}

/** The id is the client's. */
const REQUEST_MEMBERS: readonly string[] = ["execute", "exec-oob", "arguments", "id"];

function wholeRequest(words: readonly string[]): Request {
  const [text = "", ...others] = words;
  const whole = objectOf(text);
  if (others.length > 0) throw new UsageError(`nothing comes behind a whole request: '${others.join(" ")}'`);
  const { execute, "exec-oob": oob, arguments: args } = whole;
  const command = execute ?? oob;
  const name = Object.keys(whole).find((key) => !REQUEST_MEMBERS.includes(key));
  if (name !== undefined) throw new UsageError(`a request has no member '${name}'`);
  if (typeof command !== "string" || (execute !== undefined && oob !== undefined)) {
    throw new UsageError(`a request has a member "execute", or "exec-oob", with the name of a command`);
  }
  if (args !== undefined && !isJsonObject(args)) throw new UsageError("the arguments of a request are an object");
  return { command, isOob: oob !== undefined, ...(args !== undefined && { args }) };
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw new UsageError(`'${text}' is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isJsonObject(value)) throw new UsageError(`'${text}' is no JSON object`);
  return value;
}

/** A tree of what pairs say: names lead to values, or to further names. */
type Tree = Map<string, Branch>;
type Branch = { readonly tree: Tree } | { readonly value: unknown };

function argumentsOf(words: readonly string[], takes: Takes): object | undefined {
  if (words.length === 0) return undefined;
  const tree: Tree = new Map();
  for (const word of words) {
    if (word.startsWith("{")) {
      for (const [name, value] of Object.entries(objectOf(word))) put(tree, [name], value);
      continue;
    }
    const pair = pairOf(word);
    if (pair === undefined) throw new UsageError(`'${word}' is neither name=value nor a JSON object`);
    const { path, text } = pair;
    if (path.includes("")) throw new UsageError(`a part of the name '${path.join(".")}' is empty`);
    if (path.length > DEEPEST) throw new UsageError(`a name with more than ${DEEPEST} parts`);
    const value = valueOf(text, (kind) => takes(path, kind));
    put(tree, path, value);
  }
  return objectFrom(tree);
}

function put(tree: Tree, path: readonly string[], value: unknown): void {
  let at = tree;
  for (const [index, name] of path.entries()) {
    const there = at.get(name);
    const isLast = index === path.length - 1;
    if (there !== undefined && (isLast || !("tree" in there))) {
      throw new UsageError(`'${path.slice(0, index + 1).join(".")}' is given twice`);
    }
    if (isLast) return void at.set(name, { value });
    const next = there ?? { tree: new Map<string, Branch>() };
    at.set(name, next);
    at = next.tree;
  }
}

function objectFrom(tree: Tree): object {
  // Defines members, also one called `__proto__`.
  return Object.fromEntries([...tree].map(([name, part]) => [name, partFrom(part)]));
}

function partFrom(part: Branch): unknown {
  if (!("tree" in part)) return part.value;
  const { tree } = part;
  const isList = [...tree.keys()].every((name) => /^(0|[1-9][0-9]*)$/.test(name) && Number(name) < tree.size);
  if (!isList) return objectFrom(tree);
  return Array.from({ length: tree.size }, (_, index) => {
    const element = tree.get(String(index));
    return element === undefined ? null : partFrom(element);
  });
}
