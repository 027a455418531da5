/** What generated validators know of types besides their quick checks. */
import { SUPPORT, type SupportFile } from "./support-file.js";

export const SHAPE: SupportFile = {
  path: SUPPORT.shape,
  imports: {
    [SUPPORT.checks]: "type JsonObject, isArray, isObject, isString, own",
    [SUPPORT.report]: "type Report, describe",
  },
  text: () => TEXT,
};

const TEXT = `\
// What validators know of types besides their quick checks: read only when a value
// is wrong, or to be sent. All of it is made late: it costs nothing before, and it
// may name what modules that are not evaluated yet declare.

export type Shape = Simple | Json | Enum | List | Alternate | Struct | Open;

/** Whether a value is right but for what the schema does not know. */
export type Fits = (value: unknown) => boolean;

/** What all types have. */
export interface BaseShape {
  /** Absent where there is no quick check. */
  readonly fits?: Fits | undefined;
  /** What it is, in words. */
  expected(): string;
  /** Reports what is wrong with a value. */
  explain(value: unknown, report: Report): void;
}

/** A type without parts. */
export interface Simple extends BaseShape {
  readonly kind: "simple";
  readonly name: SimpleName;
  readonly fits: Fits;
}

/**
 * The built-in types; of an event, its name is a literal and its timestamp has a
 * type of its own.
 */
export type SimpleName =
  | "str"
  | "bool"
  | "null"
  | "number"
  | "int8"
  | "int16"
  | "int32"
  | "int64"
  | "uint8"
  | "uint16"
  | "uint32"
  | "uint64"
  | "literal"
  | "timestamp";

export function simple(name: SimpleName, expected: string, fits: Fits): Simple {
  return {
    kind: "simple",
    name,
    fits,
    expected: () => expected,
    explain(value, report) {
      if (!fits(value)) report.add(this, value);
    },
  };
}

/** Any JSON value. */
export interface Json extends BaseShape {
  readonly kind: "json";
}

/** An enumeration. */
export interface Enum extends BaseShape {
  readonly kind: "enum";
  readonly values: () => ReadonlySet<unknown>;
}

export function oneOf(list: () => readonly string[]): Enum {
  return {
    kind: "enum",
    values: once(() => new Set(list())),
    fits: isString,
    expected() {
      return anyOf(list().map((value) => \`"\${value}"\`));
    },
    explain(value, report) {
      if (report.strictly) {
        if (!this.values().has(value)) report.add(this, value);
      } else if (!isString(value)) report.say("a string", describe(value));
    },
  };
}

/** Arrays of any length. */
export interface List extends BaseShape {
  readonly kind: "list";
  readonly element: Shape;
}

export function list(element: Shape): List {
  return {
    kind: "list",
    element,
    expected: () => "an array",
    explain(value, report) {
      if (!isArray(value)) return report.add(this, value);
      // By index, since forEach leaves out holes.
      for (let i = 0; i < value.length && !report.isFull(); i++) {
        report.explain(i, value[i], element);
      }
    },
  };
}

/** A value of one of several types that its JSON type tells apart. */
export interface Alternate extends BaseShape {
  readonly kind: "alternate";
  readonly types: () => Alternatives;
  /** The only one that a value can be of. */
  typeOf(value: unknown): Shape | undefined;
}

/** Types by their JSON types. */
export interface Alternatives {
  readonly [jsonType: string]: Shape;
}

export function alternate(fits: Fits, types: () => Alternatives): Alternate {
  return {
    kind: "alternate",
    fits,
    types,
    typeOf(value) {
      if (value === null) return types()["null"];
      if (isArray(value)) return types()["array"];
      return types()[typeof value === "bigint" ? "number" : typeof value];
    },
    expected() {
      return anyOf(Object.values(types()).map((type) => type.expected()));
    },
    explain(value, report) {
      const type = this.typeOf(value);
      if (type) type.explain(value, report);
      else report.add(this, value);
    },
  };
}

function anyOf(choices: readonly string[]): string {
  return choices.join(" or ") || "nothing";
}

/** An object. */
export interface Struct extends BaseShape {
  readonly kind: "struct";
  readonly describe: () => Members;
  /** What was described, once somebody asked. */
  members?: readonly Member[];
  /** Of a union, the member that chooses the branch, and the branches. */
  readonly tag?: () => string;
  readonly branches?: () => Branches;
  /** The type of what else there is in a value. */
  readonly branch?: (value: JsonObject) => Struct | undefined;
  /** @param others - What members may be that are not known, if any. */
  explain(value: unknown, report: Report, others?: Shape): void;
}

/** Members by their names, with an asterisk before those of optional ones. */
export interface Members {
  readonly [name: string]: Shape;
}

export interface Member {
  readonly name: string;
  readonly shape: Shape;
  /** Whether it may be left out; it is never null instead. */
  readonly optional: boolean;
  /** Whether all objects inherit something of this name. */
  readonly inherited: boolean;
}

export function struct(
  fits: Fits | undefined,
  describe: () => Members,
): Struct {
  return {
    kind: "struct",
    fits,
    describe,
    expected: anObject,
    explain,
  };
}

export function membersOf(type: Struct): readonly Member[] {
  return (type.members ??= Object.entries(type.describe()).map(
    ([key, shape]) => {
      const name = key.replace("*", "");
      const inherited = name in {};
      return { name, shape, optional: name !== key, inherited };
    },
  ));
}

/** A union: its common members, and more by the value of one of them. */
export interface Variants {
  readonly members: Members;
  readonly tag: string;
  readonly branches?: Branches;
}

/** Types by the values that choose them. */
export interface Branches {
  readonly [value: string]: Struct;
}

export function union(fits: Fits, describe: () => Variants): Struct {
  const variants = once(describe);
  return {
    kind: "struct",
    fits,
    describe: () => variants().members,
    tag: () => variants().tag,
    branches: () => variants().branches ?? {},
    branch(value) {
      const { tag, branches = {} } = variants();
      const name = own(value, tag);
      return typeof name === "string" && Object.hasOwn(branches, name)
        ? branches[name]
        : undefined;
    },
    expected: anObject,
    explain,
  };
}

function anObject(): string {
  return "an object";
}

function explain(
  this: Struct,
  value: unknown,
  report: Report,
  others?: Shape,
): void {
  if (!isObject(value)) return report.add(this, value);
  explainMembers(value, this, report);
  report.strictly?.explainOthers(value, this, report, others);
}

function explainMembers(value: JsonObject, type: Struct, report: Report): void {
  for (const { name, shape, optional, inherited } of membersOf(type)) {
    const part = inherited ? own(value, name) : value[name];
    if (part !== undefined || !optional) report.explain(name, part, shape);
  }
  const branch = type.branch?.(value);
  if (branch) explainMembers(value, branch, report);
}

/** Objects that take any other members besides those of a type. */
export interface Open extends BaseShape {
  readonly kind: "open";
  readonly type: () => Struct;
  readonly others: Shape;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}`;
