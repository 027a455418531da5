/**
 * The last phase before the disk: a schema becomes the files of an output.
 */
import { definitionCalled } from "../schema/definition-called.js";
import type { Module, Schema } from "../schema/schema.js";
import type { Emitter, Output, OutputFile } from "./emitter.js";
import { GeneratedFile, type FileContext, type FileOptions } from "./generated-file.js";
import { allocateNames, type Name, type Named, type Names, type Role } from "./naming.js";
import { allocatePlaces, common, type Places } from "./places.js";
import { code } from "./markdown-inline.js";
import { settleOptions, type EmitOptions, type SettledOptions } from "./options.js";
import { manualOf } from "./manual.js";
import { TSDOC_CONFIG, usesOwnTags } from "./tsdoc-config.js";
import { signalNote } from "./signal-note.js";
import { tsdoc, type DocContext, type Documented } from "./tsdoc.js";

/**
 * The files that `emitters`, and those that they require, make of a schema, sorted by path. It is pure: equal schemas give
 * equal files.
 *
 * @throws Error for a mistake in an emitter, never for anything in a schema.
 *
 * @example
 * ```ts
 * import { builtinEmitters, check, emit, emitters, load, memoryHost } from "qapi-codegen";
 *
 * const { schema } = check(load("a.json", memoryHost({ "a.json": "{ 'event': 'STOP' }" })));
 * if (schema === undefined) throw new Error("the schema is wrong");
 * emit(schema, [emitters.types]).map(({ path }) => path); // => ["index.ts"]
 * emit(schema, builtinEmitters).some(({ path }) => path === "validators/a.ts"); // => true
 * ```
 */
export function emit(schema: Schema, emitters: readonly Emitter[], options: EmitOptions = {}): readonly OutputFile[] {
  return emitWithNames(schema, emitters, options).files;
}

/** What {@link emit} returns, and which names were given on the way. */
export function emitWithNames(
  schema: Schema,
  emitters: readonly Emitter[],
  options: EmitOptions = {},
): { readonly files: readonly OutputFile[]; readonly names: Names } {
  const running = withRequired(emitters);
  const output = new Files(schema, new Set([...running].map((emitter) => emitter.name)), options);
  for (const emitter of running) emitter.emit(schema, output);
  return { files: output.finish(), names: output.names };
}

/**
 * The emitters, each behind those that it requires. A required one is known by its name, since there may be two copies of it:
 * that of the command line, and that which an emitter has imported from the library.
 */
function withRequired(emitters: readonly Emitter[]): ReadonlySet<Emitter> {
  const byName = new Map<string, Emitter>();
  for (const emitter of emitters) {
    const { name } = emitter;
    if ((byName.get(name) ?? emitter) !== emitter) throw new Error(`two emitters are called '${name}'`);
    byName.set(name, emitter);
  }
  const found = new Set<Emitter>();
  function add(emitter: Emitter): void {
    if (found.has(emitter)) return;
    for (const required of emitter.requires ?? []) add(byName.get(required.name) ?? required);
    byName.set(emitter.name, emitter);
    found.add(emitter);
  }
  for (const emitter of emitters) add(emitter);
  return found;
}

class Files implements Output {
  readonly common = common;
  readonly names: Names;
  readonly options: SettledOptions;
  readonly emitters: ReadonlySet<string>;
  readonly #schema: Schema;
  readonly #places: Places;
  readonly #files = new Map<string, GeneratedFile>();
  /** Their paths in small letters, and those of the files that are not made by emitters. */
  readonly #paths = new Set<string>([INDEX, TSDOC_CONFIG.path]);
  readonly #folders = new Set<string>();
  readonly #fileContext: FileContext;
  /** Absent: there is to be no documentation. */
  readonly #docs: DocContext | undefined;

  constructor(schema: Schema, emitters: ReadonlySet<string>, options: EmitOptions) {
    this.#places = allocatePlaces(schema);
    this.options = settleOptions(options);
    this.names = allocateNames(schema, this.options.prefix, this.#places);
    this.emitters = emitters;
    const { importExtension } = this.options;
    this.#fileContext = { importExtension, isTaken: (identifier) => this.names.has(identifier) };
    this.#schema = schema;
    const { docs, manual } = this.options;
    if (docs !== "none") this.#docs = { docs, link: this.#link, manual: manualOf(schema, manual) };
  }

  path(folder: string, module: Module, extension?: string): string {
    return this.#places.inFolder(folder, extension)(module);
  }

  file(path: string, options?: FileOptions): GeneratedFile {
    // There are systems to which two names that differ by case only are the same.
    const folded = path.toLowerCase();
    if (this.#paths.has(folded)) throw new Error(`two files of the output are called ${path}`);
    if (!PATH.test(path)) throw new Error(`${path} is not the path of a file in the output`);
    this.#paths.add(folded);
    const file = new GeneratedFile(path, this.#fileContext, options);
    this.#files.set(path, file);
    return file;
  }

  index(folder: string): GeneratedFile {
    this.#folders.add(folder);
    return this.file(`${folder}/index.ts`);
  }

  doc(node: Documented, steps = 0, role?: Role): string {
    if (this.#docs === undefined) return "";
    const note = role === undefined || !isNamed(node) ? "" : this.#note(node, role);
    const indent = "  ".repeat(steps);
    const text = tsdoc(node, this.#docs, note, indent);
    return text === "" ? "" : `${indent}${text}\n`;
  }

  /** What there is to say of a declaration that the schema does not say. */
  #note(node: Extract<Documented, Named>, role: Role): string {
    const name = renamed(node, this.names.of(node, role));
    const signal = node.kind === "command" ? signalNote(node, this.#link) : "";
    return name === "" || signal === "" ? name + signal : `${signal}\n\n${name}`;
  }

  finish(): readonly OutputFile[] {
    const paths = [...this.#files.keys()].filter((path) => this.#files.get(path)?.isEmpty === false).sort();
    for (const folder of this.#folders) {
      const index = this.#files.get(`${folder}/index.ts`);
      for (const path of paths) {
        if (path.startsWith(`${folder}/`) && path.endsWith(".ts") && path !== index?.path) index?.reexport(path);
      }
    }
    const index = new GeneratedFile(INDEX, this.#fileContext);
    for (const folder of [...this.#folders].sort()) {
      const file = this.#files.get(`${folder}/index.ts`);
      if (file?.isEmpty === false) index.reexport(file.path);
    }
    if (index.isEmpty) index.print`export {};`;
    // Who wants JSON only needs no module.
    if (this.#folders.size > 0 || paths.some((path) => path.endsWith(".ts"))) this.#files.set(INDEX, index);
    const files: OutputFile[] = [];
    for (const file of this.#files.values()) {
      if (!file.isEmpty) files.push({ path: file.path, text: this.#header(file) + file.toString() });
    }
    if (files.some(({ text }) => usesOwnTags(text))) files.push(TSDOC_CONFIG);
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** What `{@link}` names for a definition: the identifier that is best known for it. */
  readonly #link = (name: string): string | undefined => {
    const node = definitionCalled(name, this.#schema);
    if (node === undefined) return undefined;
    switch (node.kind) {
      case "command":
        return this.emitters.has("commands") ? this.names.of(node, "stub").identifier : undefined;
      case "event":
        return this.emitters.has("events") ? this.names.of(node, "event").identifier : undefined;
      default:
        return this.emitters.has("types") ? this.names.of(node, "type").identifier : undefined;
    }
  };

  /** What begins a file: where it is from, if it can have comments. */
  #header({ path, lineComment }: GeneratedFile): string {
    if (lineComment === "") return "";
    const module = this.#places.module(path) ?? this.#schema.modules[0];
    const source = module === undefined ? "" : ` from ${module.name.replace(/[^\x20-\x7e]/g, "?")}`;
    return `${lineComment} Generated by qapi-codegen${source}. Do not edit.\n\n`;
  }
}

/** What re-exports the whole output. */
const INDEX = "index.ts";

/** A path that stays in the output directory and means the same on every system. */
const PATH = /^([A-Za-z0-9_-]+\/){0,1000}[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){1,1000}$/;

function isNamed(node: Documented): node is Extract<Documented, Named> {
  return node.kind !== "member" && node.kind !== "enumValue" && node.kind !== "alternative";
}

/** What to say about an identifier that gave way to another one, or that is not the name of the type; or nothing. */
function renamed(node: Extract<Documented, Named>, { identifier, insteadOf }: Name): string {
  if (insteadOf !== undefined) return `Named ${code(identifier)} since ${code(insteadOf)} is taken or reserved.`;
  const isType = node.kind !== "command" && node.kind !== "event" && node.kind !== "branch";
  return isType && identifier !== node.name ? `The schema calls it ${code(node.name)}.` : "";
}
