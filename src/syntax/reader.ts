/**
 * Takes values apart and says what is wrong with them. What a value should have been is described the same way
 * everywhere, and a wrong one gives `undefined`, so that reading goes on and finds the next mistake.
 */
import type { Diagnostic } from "../diagnostic.js";
import type { BooleanNode, ListNode, NameNode, ObjectNode, PropertyNode, StringNode, ValueNode } from "./ast.js";
import type { Span } from "./source.js";
import { suggestion } from "./suggestion.js";

/** The keys that an object may have. */
export interface Shape {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/** Names of the schema; dots occur downstream (`__com.example_x`) and in old releases. */
export const NAME: RegExp = /^(?:__[A-Za-z0-9.-]+_)?[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Reads the values of one definition. */
export class Reader {
  /** Whether nothing was wrong so far. */
  ok = true;
  readonly #diagnostics: Diagnostic[];
  readonly #notes: Diagnostic[];
  readonly #code: string | undefined;

  /**
   * @param diagnostics - Gets what is wrong.
   * @param notes - Gets what is not as it should be today.
   * @param as - The code of all that is wrong but keys that are there twice. Default: what it is wrong with.
   */
  constructor(diagnostics: Diagnostic[], notes: Diagnostic[], as?: { readonly code: string }) {
    this.#diagnostics = diagnostics;
    this.#notes = notes;
    this.#code = as?.code;
  }

  report(diagnostic: Diagnostic & { readonly span: Span }): undefined {
    this.ok = false;
    const isRecoded = this.#code !== undefined && diagnostic.code !== "duplicate-key";
    this.#diagnostics.push(isRecoded ? { ...diagnostic, code: this.#code } : diagnostic);
  }

  /** Takes down what is clear, but not as QEMU's compiler of today wants it. */
  note(diagnostic: Diagnostic & { readonly span: Span }): void {
    this.#notes.push({ ...diagnostic, severity: "style" });
  }

  /** Says that `value` is not what `what` should be. */
  wrong(what: string, expected: string, value: ValueNode, hint?: string): undefined {
    return this.report({
      code: "wrong-value",
      message: `${what} should be ${expected}, not ${describe(value)}`,
      span: value.span,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  string(value: ValueNode, what: string): StringNode | undefined {
    return value.kind === "string" ? value : this.wrong(what, "a string", value);
  }

  boolean(value: ValueNode, what: string): BooleanNode | undefined {
    return value.kind === "boolean" ? value : this.wrong(what, "true or false", value);
  }

  list(value: ValueNode, what: string): ListNode | undefined {
    return value.kind === "list" ? value : this.wrong(what, "a list", value);
  }

  /** A string that is the name of `owner`. */
  name(value: ValueNode, owner: string): NameNode | undefined {
    const string = this.string(value, `the name of ${owner}`);
    return string === undefined ? undefined : this.checkName(string, string.text, owner);
  }

  /** `text` (the string, or a part of it) as the name of `owner`. */
  checkName(string: StringNode, text: string, owner: string): NameNode | undefined {
    if (NAME.test(text)) return { text, span: string.span };
    return this.report({
      code: "invalid-name",
      message: text === "" ? `the name of ${owner} is empty` : `'${text}' is no valid name for ${owner}`,
      span: string.span,
      hint: /^\*[A-Za-z0-9]/.test(text)
        ? "only members can be optional; remove the '*'"
        : "names are of letters, digits, '-' and '_', and begin with a letter or digit; vendors prefix theirs: '__com.example_'",
    });
  }

  /** The values of an object by key; says which keys are missing, unknown or double. */
  shape(object: ObjectNode, what: string, { required, optional }: Shape): ReadonlyMap<string, ValueNode> {
    const values = this.properties(object, what);
    for (const { key } of object.properties) {
      if (!required.includes(key.text) && !optional.includes(key.text))
        this.#unknownKey(key, what, [...required, ...optional]);
    }
    for (const key of required) {
      if (!values.has(key)) this.missingKey(object.span, what, key);
    }
    return values;
  }

  /** Says that the object at `span` lacks a key. */
  missingKey({ source, start }: Span, what: string, key: string): void {
    this.report({
      code: "missing-key",
      message: `${what} has no key '${key}'`,
      span: { source, start, end: start + 1 },
    });
  }

  /** The values of an object by key; says which keys are double, and calls them what they are. */
  properties({ properties }: ObjectNode, what: string, noun = "key"): ReadonlyMap<string, ValueNode> {
    const values = new Map<string, ValueNode>();
    let firsts: ReadonlyMap<string, StringNode> | undefined;
    for (const { key, value } of properties) {
      if (values.has(key.text)) {
        firsts ??= firstKeys(properties);
        this.#doubleKey(key, firsts.get(key.text) ?? key, what, noun);
      } else {
        values.set(key.text, value);
      }
    }
    return values;
  }

  #unknownKey(key: StringNode, what: string, known: readonly string[]): void {
    const similar = suggestion(key.text, known);
    this.report({
      code: "unknown-key",
      message: `${what} has an unknown key '${key.text}'`,
      span: key.span,
      hint: similar === undefined ? `the keys it can have are ${quoteList(known)}` : `did you mean '${similar}'?`,
    });
  }

  #doubleKey(key: StringNode, first: StringNode, what: string, noun: string): void {
    this.report({
      code: "duplicate-key",
      message: `${what} has the ${noun} '${key.text}' twice`,
      span: key.span,
      related: [{ span: first.span, message: "first here" }],
    });
  }
}

/** Where each key is for the first time. */
function firstKeys(properties: readonly PropertyNode[]): ReadonlyMap<string, StringNode> {
  const firsts = new Map<string, StringNode>();
  for (const { key } of properties) if (!firsts.has(key.text)) firsts.set(key.text, key);
  return firsts;
}

/** `an enum`, `a union`, `a command` */
export function article(noun: string): string {
  return `${/^[aeio]/.test(noun) ? "an" : "a"} ${noun}`;
}

/** `'a', 'b' and 'c'` */
export function quoteList(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.pop() ?? "none";
  return quoted.length === 0 ? last : `${quoted.join(", ")} and ${last}`;
}

function describe(value: ValueNode): string {
  switch (value.kind) {
    case "object":
      return "an object";
    case "list":
      return "a list";
    case "string":
      return `the string '${value.text}'`;
    case "boolean":
      return String(value.value);
    case "number":
      return "a number";
  }
}
