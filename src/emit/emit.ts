/**
 * The last phase before the disk: a schema becomes the files of an output.
 */
import type { Module, Schema } from "../schema/schema.js";
import type { Emitter, Output, OutputFile } from "./emitter.js";
import { GeneratedFile, type Exported, type FileOptions } from "./generated-file.js";
import { allocateNames, type Name, type Named, type Names, type Role } from "./naming.js";
import { allocatePlaces, type CommonName, type Places } from "./places.js";
import { code } from "./markdown-inline.js";
import { tsdoc, type Documented } from "./tsdoc.js";

/** What {@link emit} can be told. */
export interface EmitOptions {
  /** What the identifiers that are made from the schema begin with: see {@link allocateNames}. Default: nothing. */
  readonly prefix?: string;
}

/**
 * The files that `emitters`, and those that they require, make of a schema, sorted by path. It is pure: equal schemas give
 * equal files.
 *
 * @throws Error for a mistake in an emitter, never for anything in a schema.
 */
export function emit(schema: Schema, emitters: readonly Emitter[], options: EmitOptions = {}): readonly OutputFile[] {
  const running = withRequired(emitters);
  const output = new Files(schema, new Set([...running].map((emitter) => emitter.name)), options);
  for (const emitter of running) emitter.emit(schema, output);
  return output.finish();
}

/** The emitters, each behind those that it requires. */
function withRequired(emitters: readonly Emitter[], found = new Set<Emitter>()): ReadonlySet<Emitter> {
  for (const emitter of emitters) {
    if (found.has(emitter)) continue;
    withRequired(emitter.requires ?? [], found);
    found.add(emitter);
  }
  return found;
}

class Files implements Output {
  readonly names: Names;
  readonly emitters: ReadonlySet<string>;
  readonly #schema: Schema;
  readonly #places: Places;
  readonly #files = new Map<string, GeneratedFile>();
  readonly #folders = new Set<string>();
  readonly #docs = new Map<Documented, string>();

  constructor(schema: Schema, emitters: ReadonlySet<string>, options: EmitOptions) {
    this.names = allocateNames(schema, options.prefix);
    this.emitters = emitters;
    this.#schema = schema;
    this.#places = allocatePlaces(schema, this.names);
  }

  exported(node: Named, role: Role): Exported {
    return this.#places.exported(node, role);
  }

  common(name: CommonName): Exported {
    return this.#places.common(name);
  }

  path(folder: string, module: Module): string {
    return this.#places.path(folder, module);
  }

  file(path: string, options?: FileOptions): GeneratedFile {
    if (this.#files.has(path)) throw new Error(`two files of the output are called ${path}`);
    if (!PATH.test(path)) throw new Error(`${path} is not the path of a file in the output`);
    const file = new GeneratedFile(path, { isTaken: (identifier) => this.names.has(identifier) }, options);
    this.#files.set(path, file);
    return file;
  }

  index(folder: string): GeneratedFile {
    this.#folders.add(folder);
    return this.file(`${folder}/index.ts`);
  }

  doc(node: Documented, role?: Role): string {
    const notes = role === undefined || !isNamed(node) ? [] : renamed(node, this.names.of(node, role));
    if (notes.length > 0) return tsdoc(node, { link: this.#link, notes });
    let text = this.#docs.get(node);
    if (text === undefined) this.#docs.set(node, (text = tsdoc(node, { link: this.#link })));
    return text;
  }

  finish(): readonly OutputFile[] {
    const paths = [...this.#files.keys()].filter((path) => this.#files.get(path)?.isEmpty === false).sort();
    for (const folder of this.#folders) {
      const index = this.#files.get(`${folder}/index.ts`);
      for (const path of paths) if (path.startsWith(`${folder}/`) && path !== index?.path) index?.reexport(path);
    }
    const index = this.file("index.ts");
    for (const folder of [...this.#folders].sort()) {
      const file = this.#files.get(`${folder}/index.ts`);
      if (file?.isEmpty === false) index.reexport(file.path);
    }
    if (index.isEmpty) index.print`export {};`;
    return [...this.#files.values()]
      .filter((file) => !file.isEmpty)
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map((file) => ({ path: file.path, text: `${this.#header(file.path)}\n\n${file.toString()}` }));
  }

  /** What `{@link}` names for a definition: the identifier that is best known for it. */
  readonly #link = (name: string): string | undefined => {
    const node = this.#schema.byName.get(name);
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

  #header(path: string): string {
    const module = this.#places.module(path) ?? this.#schema.modules[0];
    const source = module === undefined ? "" : ` from ${module.name.replace(/[^\x20-\x7e]/g, "?")}`;
    return `// Generated by qapi-codegen${source}. Do not edit.`;
  }
}

/** A path that stays in the output directory and means the same on every system. */
const PATH = /^([A-Za-z0-9_-]+\/)*[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$/;

function isNamed(node: Documented): node is Extract<Documented, Named> {
  return node.kind !== "member" && node.kind !== "enumValue" && node.kind !== "alternative";
}

/** What to say about an identifier that gave way to another one, or that is not the name of the type. */
function renamed(node: Extract<Documented, Named>, { identifier, insteadOf }: Name): readonly string[] {
  if (insteadOf !== undefined) return [`Named ${code(identifier)} since ${code(insteadOf)} is taken or reserved.`];
  const isType = node.kind !== "command" && node.kind !== "event" && node.kind !== "branch";
  return isType && identifier !== node.name ? [`The schema calls it ${code(node.name)}.`] : [];
}
