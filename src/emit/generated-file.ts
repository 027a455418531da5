/**
 * One file of the output while it is written.
 *
 * An emitter prints statements and asks the file for the names of what it refers to; the file remembers them and works out
 * its imports when it is done, so no emitter keeps a list of imports.
 */
import { hasLongName } from "./long-name.js";
import { importDeclaration, stringLiteral, type ImportedName } from "./layout.js";
import type { ImportExtension } from "./options.js";

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
  /**
   * Whether there may be names so long that prettier breaks expressions around them in ways that layout.ts does not follow:
   * statements with such a name tell prettier to leave them alone. Default: false.
   */
  readonly hasLongNames?: boolean;
  /**
   * What a comment begins with that ends with the line: the file says at its top that it was generated, and from what. Empty
   * for none. Default: `//` in `.ts` files, else none, since there are none in JSON.
   */
  readonly lineComment?: string;
}

/** What a file needs to know of the output that it is part of. */
export interface FileContext {
  /** What imports of other files of the output end with. */
  readonly importExtension: ImportExtension;
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

/** A file of the output while an emitter prints it. It works out its imports when it is finished. */
export class GeneratedFile {
  /** Relative to the output directory, with forward slashes. */
  readonly path: string;
  /** See {@link FileOptions.lineComment}. */
  readonly lineComment: string;
  readonly #context: FileContext;
  readonly #globals: ReadonlySet<string>;
  readonly #hasLongNames: boolean;
  /** What it imports, by specifiers and names. */
  readonly #imports = new Map<string, Imports>();
  /** The same for what the output exports: most of it is referred to more than once. */
  readonly #targets = new Map<Exported, Import>();
  /** How this file imports another one, by its path. */
  readonly #specifiers = new Map<string, string>();
  readonly #locals = new Set<string>();
  #reexports = "";
  #text = "";

  constructor(path: string, context: FileContext, options: FileOptions = {}) {
    this.path = path;
    this.lineComment = options.lineComment ?? (path.endsWith(".ts") ? "//" : "");
    this.#context = context;
    this.#globals = options.globals ?? GLOBALS;
    this.#hasLongNames = options.hasLongNames ?? false;
  }

  /** Appends a statement, or lines of one, and a line break. Values are printed as they are. */
  print(strings: TemplateStringsArray, ...values: readonly (string | number)[]): void {
    let text = strings[0] ?? "";
    for (let index = 0; index < values.length; index++) text += String(values[index]) + (strings[index + 1] ?? "");
    this.#text += `${text}\n`;
  }

  /** Appends a statement, or several, with an empty line before it where it is not the first. */
  statement(text: string): void {
    // Reading a character makes V8 copy the many pieces that a text was put together from into one string. Kept until the
    // file is finished, the pieces would be most of what the garbage collector has to move.
    text.charCodeAt(0);
    const mark = this.#hasLongNames && hasLongName(text) ? "// prettier-ignore\n" : "";
    this.#text += this.isEmpty ? `${mark}${text}\n` : `\n${mark}${text}\n`;
  }

  /** Re-exports all of another file of the output. */
  reexport(path: string): void {
    this.#reexports += `export * from ${stringLiteral(this.specifier(path))};\n`;
  }

  /** How this file imports another one of the output: `./net.js`. */
  specifier(path: string): string {
    let specifier = this.#specifiers.get(path);
    if (specifier === undefined) {
      specifier = relativeSpecifier(this.path, path, this.#context.importExtension);
      this.#specifiers.set(path, specifier);
    }
    return specifier;
  }

  /** Whether nothing has been printed. */
  get isEmpty(): boolean {
    return this.#text === "" && this.#reexports === "";
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
    const use = this.#import(name, from, false);
    use.value = true;
    return use.local;
  }

  /** The local name of `name`, a type imported from a package or another module. */
  importType(name: string, from: string): string {
    return this.#import(name, from, false).local;
  }

  /** The finished text: imports, re-exports, what was printed, with blank lines between them. */
  toString(): string {
    let text = "";
    for (const { from, names } of sorted(this.#imports)) text += `${importDeclaration(sorted(names), from)}\n`;
    if (this.#reexports !== "") text += text === "" ? this.#reexports : `\n${this.#reexports}`;
    if (this.#text !== "") text += text === "" ? this.#text : `\n${this.#text}`;
    return text;
  }

  #refer(target: Exported, value: boolean): string {
    if (target.path === this.path) return target.identifier;
    let use = this.#targets.get(target);
    if (use === undefined) {
      use = this.#import(target.identifier, this.specifier(target.path), true);
      this.#targets.set(target, use);
    }
    use.value ||= value;
    return use.local;
  }

  /** @param keeps - Whether the import may keep its name though the output exports that: it is that export. */
  #import(name: string, from: string, keeps: boolean): Import {
    let imports = this.#imports.get(from);
    if (imports === undefined) {
      imports = { from, names: new Map() };
      this.#imports.set(from, imports);
    }
    const known = imports.names.get(name);
    if (known !== undefined) return known;
    let local = name;
    while (
      this.#locals.has(local) ||
      this.#globals.has(local) ||
      (!(keeps && local === name) && this.#context.isTaken(local))
    ) {
      local += "_";
    }
    this.#locals.add(local);
    const use = { name, local, value: false };
    imports.names.set(name, use);
    return use;
  }
}

/** What a file imports from one other. */
interface Imports {
  readonly from: string;
  readonly names: Map<string, Import>;
}

/** What a file imports: as a type, until it is used as a value. */
interface Import extends ImportedName {
  value: boolean;
}

/** The values of a map in the order of their keys. */
function sorted<T>(map: ReadonlyMap<string, T>): readonly T[] {
  const values: T[] = [];
  for (const key of [...map.keys()].sort()) {
    const value = map.get(key);
    if (value !== undefined) values.push(value);
  }
  return values;
}

/** How the file at `from` imports the one at `to`: `./net.js`, `../types/net.js`. */
function relativeSpecifier(from: string, to: string, extension: ImportExtension): string {
  let folder = folderOf(from);
  let up = "";
  while (!to.startsWith(folder)) {
    folder = folderOf(folder.slice(0, -1));
    up += "../";
  }
  const stem = to.slice(folder.length).replace(/\.ts$/, "");
  return `${up === "" ? "./" : up}${stem}${extension === "none" ? "" : extension}`;
}

/** The folder of a file, with the slash behind it; empty for the topmost. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}
