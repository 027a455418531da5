/**
 * The paths that `supports` takes, in steps. What they mean is said there.
 */

/** A path. */
export interface Path {
  /** A command or an event. */
  readonly entity: string;
  /** What of it; absent if its existence is all that is asked for. */
  readonly part: "arg-type" | "ret-type" | undefined;
  readonly steps: readonly Step[];
}

export type Step = MemberStep | NameStep;

/** `name`, `*name`, `name=value` */
export interface MemberStep {
  readonly kind: "member";
  readonly name: string;
  /** Whether the member must be optional. */
  readonly optional: boolean;
  /** The value that it must be able to have. */
  readonly value: string | undefined;
}

/** `+branch`, `^value`, `$feature`, `!type` */
export interface NameStep {
  readonly kind: "branch" | "value" | "feature" | "type";
  readonly name: string;
}

const SIGNS: Readonly<Record<string, NameStep["kind"]>> = {
  "+": "branch",
  "^": "value",
  $: "feature",
  "!": "type",
};

/** All that the schema language allows in names, so that nothing else in a path can be part of one. */
const NAME = /^[A-Za-z0-9_.-]+/;

/** @throws TypeError that says what is wrong where, if it is no path. */
export function parsePath(text: string): Path {
  if (typeof text !== "string") throw new TypeError("a path is a string");
  let position = 0;

  const isAt = (sign: string): boolean => text.startsWith(sign, position);
  function skip(sign: string): boolean {
    if (!isAt(sign)) return false;
    position += sign.length;
    return true;
  }
  function fail(expected: string, at = position): never {
    throw new TypeError(`'${text}' is no path: at character ${at + 1}, ${expected} is expected`);
  }
  function name(what: string): string {
    const [found] = NAME.exec(text.slice(position)) ?? fail(what);
    position += found.length;
    return found;
  }
  function nameStep(kinds: readonly NameStep["kind"][]): NameStep | undefined {
    const kind = SIGNS[text.charAt(position)];
    if (kind === undefined || !kinds.includes(kind)) return undefined;
    position++;
    return { kind, name: name(WHAT[kind]) };
  }
  /** Behind these come no others, but for a feature behind a value. */
  function end(expected: string): void {
    if (position < text.length) fail(expected);
  }

  const entity = name("the name of a command or an event");
  if (!skip("/")) {
    end("'/'");
    return { entity, part: undefined, steps: [] };
  }
  const feature = nameStep(["feature"]);
  if (feature !== undefined) {
    end("the end");
    return { entity, part: undefined, steps: [feature] };
  }
  const start = position;
  const part = name("'arg-type', 'ret-type' or '$' and a feature");
  if (part !== "arg-type" && part !== "ret-type") fail("'arg-type', 'ret-type' or '$' and a feature", start);

  const steps: Step[] = [];
  while (skip("/")) {
    const step = nameStep(["branch", "value", "feature", "type"]);
    if (step === undefined) {
      const optional = skip("*");
      const member = name(optional ? WHAT.member : "a member, or a sign and a name");
      steps.push({ kind: "member", name: member, optional, value: skip("=") ? name(WHAT.value) : undefined });
      continue;
    }
    steps.push(step);
    if (step.kind === "branch") continue;
    if (step.kind === "value" && skip("/")) steps.push(nameStep(["feature"]) ?? fail("'$' and a feature"));
    end("the end");
  }
  end("'/'");
  return { entity, part, steps };
}

const WHAT: Readonly<Record<Step["kind"], string>> = {
  member: "the name of a member",
  branch: "the value that chooses a branch",
  value: "a value",
  feature: "the name of a feature",
  type: "the name of a type",
};
