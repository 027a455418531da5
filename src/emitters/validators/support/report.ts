/** The code that gathers what is wrong with a value. */
import { SUPPORT, type SupportFile } from "./support-file.js";

export const REPORT: SupportFile = {
  path: SUPPORT.report,
  imports: {
    [SUPPORT.validation]: "type Issue",
    [SUPPORT.checks]: "type JsonObject, isArray, isObject, isString",
    [SUPPORT.shape]: "type Shape, type Struct",
  },
  text: () => TEXT,
};

const TEXT = `\
// The second look at a value: it follows the description of the type, and skips
// what is right.

/**
 * What is wrong with a value, or the first so many things that are.
 *
 * @param isWrong - Whether its check said no, so that there must be something.
 */
export function explain(
  value: unknown,
  shape: Shape,
  isWrong: boolean,
  maxIssues = 100,
  strictly?: Strictness,
): readonly Issue[] {
  const report = new Report(maxIssues, strictly);
  try {
    shape.explain(value, report);
    if (!isWrong || report.issues.length > 0) return report.issues;
  } catch {
    // A getter, or a proxy.
  }
  report.say("plain data", "something else");
  return report.issues;
}

/** What is looked at in strict mode besides. */
export interface Strictness {
  /** Whether all that is in a value that fits is known. */
  isKnown(value: unknown, shape: Shape): boolean;
  /** Reports the members that an object must not have. */
  explainOthers(
    value: JsonObject,
    type: Struct,
    report: Report,
    others: Shape | undefined,
  ): void;
}

export class Report {
  readonly issues: Issue[] = [];
  readonly strictly: Strictness | undefined;
  /** Where what is looked at is. */
  readonly #path: (string | number)[] = [];
  #limit: number;

  constructor(limit: number, strictly: Strictness | undefined) {
    this.strictly = strictly;
    this.#limit = limit > 1 ? limit : 1;
  }

  isFull(): boolean {
    return this.issues.length >= this.#limit;
  }

  /** Reports what is wrong with a part of what is looked at. */
  explain(key: string | number, value: unknown, shape: Shape): void {
    const path = this.#path;
    if (this.isFull()) return;
    // Deeper down, looking ahead costs more than it saves.
    if (path.length < 32 && passes(value, shape, this.strictly)) return;
    // QEMU's parser takes no deeper values.
    if (path.length === 1024) {
      path.length = 0;
      this.say("at most 1024 levels", "more");
      this.#limit = 0;
    } else {
      path.push(key);
      shape.explain(value, this);
      path.pop();
    }
  }

  add(shape: Shape, value: unknown): void {
    this.say(shape.expected(), describe(value));
  }

  say(expected: string, received: string): void {
    if (this.isFull()) return;
    const path = this.#path.slice();
    const wanted = \`expected \${expected}, received \${received}\`;
    const message = path.length > 0 ? \`\${placeOf(path)}: \${wanted}\` : wanted;
    this.issues.push({ message, path, expected, received });
  }
}

/** Whether a value is right, by the quick way. */
export function passes(
  value: unknown,
  shape: Shape,
  strictly: Strictness | undefined,
): boolean {
  try {
    return (
      shape.fits?.(value) === true && strictly?.isKnown(value, shape) !== false
    );
  } catch {
    // A getter or a proxy threw, or the value is deeper than the stack is.
    return false;
  }
}

/** A path as people write it: \`data.list[3].netdev-id\`. */
function placeOf(path: Issue["path"]): string {
  let place = "";
  for (const key of path) {
    if (typeof key === "number") place += \`[\${key}]\`;
    else place += place ? \`.\${key}\` : key;
  }
  const end = place.slice(-200);
  // A regular expression would take as long as all the rest.
  for (let i = 0; i < end.length; i++) {
    const code = end.charCodeAt(i);
    if (code < 36 || code > 122) return JSON.stringify(end);
  }
  return end;
}

/** A value in words. */
export function describe(value: unknown): string {
  if (isArray(value)) return "an array";
  if (isObject(value)) return "an object";
  if (value === undefined) return "nothing";
  if (isString(value)) return JSON.stringify(cut(value));
  return cut(String(value)) + (typeof value === "bigint" ? "n" : "");
}

function cut(text: string): string {
  return text.length > 80 ? \`\${text.slice(0, 77)}...\` : text;
}`;
