/**
 * One file of the output while it is written.
 *
 * An emitter prints statements and asks the file for the names of what it refers to; the file remembers them and works out
 * its imports when it is done, so no emitter keeps a list of imports.
 */
import { importDeclaration, stringLiteral } from "./layout.js";

/** Something that a file of the output exports. */
export interface Exported {
  readonly identifier: string;
  /** The file: `types/net.ts`. */
  readonly path: string;
}

/** What an emitter can say about a file that it makes. */
export interface FileOptions {
  /**
   * The globals that the file uses, which no import may hide: a schema may define a type `Promise` or `String`. Default: all
   * that generated code could use.
   */
  readonly globals?: ReadonlySet<string>;
}

/** What a file needs to know of the output that it is part of. */
export interface FileContext {
  /** Whether an identifier is already in use by some export of the output. */
  isTaken(identifier: string): boolean;
}

/** The globals of the language that generated code could use. */
export const GLOBALS: ReadonlySet<string> = new Set(
  (
    "Array ArrayBuffer AsyncIterable BigInt Boolean Date Error Exclude Extract Function Infinity Iterable JSON Map Math NaN " +
    "NonNullable Number Object Omit Partial Pick Promise PromiseLike Proxy Readonly ReadonlyArray ReadonlyMap ReadonlySet " +
    "Record Reflect RegExp Required Set String Symbol Uint8Array WeakMap WeakSet globalThis isFinite isNaN parseFloat " +
    "parseInt undefined"
  ).split(" "),
);

/** No globals: for files that use none. */
export const NO_GLOBALS: ReadonlySet<string> = new Set();

export class GeneratedFile {
  /** Relative to the output directory, with forward slashes. */
  readonly path: string;
  readonly #context: FileContext;
  readonly #globals: ReadonlySet<string>;
  readonly #imports = new Map<string, Map<string, { local: string; value: boolean }>>();
  readonly #locals = new Set<string>();
  readonly #reexports: string[] = [];
  /** How this file imports another one, by its path. */
  readonly #specifiers = new Map<string, string>();
  #text = "";

  constructor(path: string, context: FileContext, options: FileOptions = {}) {
    this.path = path;
    this.#context = context;
    this.#globals = options.globals ?? GLOBALS;
  }

  /** Appends a statement, or lines of one, and a line break. Values are printed as they are. */
  print(strings: TemplateStringsArray, ...values: readonly (string | number)[]): void {
    let text = strings[0] ?? "";
    for (let index = 0; index < values.length; index++) text += String(values[index]) + (strings[index + 1] ?? "");
    this.#text += `${text}\n`;
  }

  /** Re-exports all of another file of the output. */
  reexport(path: string): void {
    this.#reexports.push(`export * from ${stringLiteral(relativeSpecifier(this.path, path))};`);
  }

  /** Whether nothing has been printed. */
  get isEmpty(): boolean {
    return this.#text === "" && this.#reexports.length === 0;
  }

  /** The local name of a type that another file (or this one) exports; it is imported as a type. */
  type(target: Exported): string {
    return this.#refer(target, false);
  }

  /** The local name of a value that another file (or this one) exports; it is imported as a value. */
  value(target: Exported): string {
    return this.#refer(target, true);
  }

  /** The local name of `name`, a value imported from a package or another module. */
  import(name: string, from: string): string {
    return this.#import(name, from, true);
  }

  /** The local name of `name`, a type imported from a package or another module. */
  importType(name: string, from: string): string {
    return this.#import(name, from, false);
  }

  /** The finished text: imports, re-exports, what was printed, with blank lines between them. */
  toString(): string {
    const imports = [...this.#imports]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([from, names]) =>
        importDeclaration(
          [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, use]) => ({ name, ...use })),
          from,
        ),
      );
    return [imports, this.#reexports]
      .filter((block) => block.length > 0)
      .map((block) => `${block.join("\n")}\n`)
      .concat(this.#text === "" ? [] : [this.#text])
      .join("\n");
  }

  #refer(target: Exported, value: boolean): string {
    if (target.path === this.path) return target.identifier;
    let specifier = this.#specifiers.get(target.path);
    if (specifier === undefined) {
      specifier = relativeSpecifier(this.path, target.path);
      this.#specifiers.set(target.path, specifier);
    }
    return this.#import(target.identifier, specifier, value, true);
  }

  #import(name: string, from: string, value: boolean, ownName = false): string {
    let names = this.#imports.get(from);
    if (names === undefined) {
      names = new Map<string, { local: string; value: boolean }>();
      this.#imports.set(from, names);
    }
    const known = names.get(name);
    if (known !== undefined) {
      known.value ||= value;
      return known.local;
    }
    let local = name;
    const isOwn = (local: string): boolean => ownName && local === name;
    while (this.#locals.has(local) || this.#globals.has(local) || (!isOwn(local) && this.#context.isTaken(local))) {
      local += "_";
    }
    this.#locals.add(local);
    names.set(name, { local, value });
    return local;
  }
}

/** How the file at `from` imports the one at `to`: `./net.js`, `../types/net.js`. */
export function relativeSpecifier(from: string, to: string): string {
  const fromParts = from.split("/").slice(0, -1);
  const toParts = to.split("/");
  let common = 0;
  while (common < fromParts.length && common < toParts.length - 1 && fromParts[common] === toParts[common]) common++;
  const up = "../".repeat(fromParts.length - common);
  return `${up === "" ? "./" : up}${toParts.slice(common).join("/").replace(/\.ts$/, ".js")}`;
}
