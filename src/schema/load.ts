/** From the root file to the syntax trees of all files that it includes. */
import type { Diagnostic } from "../diagnostic.js";
import type { FileNode, IncludeNode } from "../syntax/ast.js";
import { parse as parseSource, type ParseResult } from "../syntax/parse.js";
import { Source } from "../syntax/source.js";
import { type Host, HostError } from "./host.js";
import { isJsonDocument, readJsonDocument } from "./json-document.js";
import { directoryOf, isWithin, relativePath, resolvePath } from "./path.js";
import type { Schema } from "./schema.js";
import { inSourceOrder } from "./source-order.js";

/** The syntax trees of a schema. */
export interface Tree {
  /** The roots and what they include, in the order of first inclusion; a file that is included twice is here once. */
  readonly files: readonly LoadedFile[];
  /** What was read: a text for each of the files, but one for all that an image stands for. */
  readonly sources: readonly Source[];
  /** Whether something is missing: a file that cannot be read, text that does not parse. */
  readonly isPartial: boolean;
}

/** A file of a schema. */
export interface LoadedFile {
  /** As the host knows it. */
  readonly path: string;
  /** Relative to the folder of the (first) root: the name of the module. */
  readonly name: string;
  /** Whether it was asked for, and not only included. */
  readonly isRoot: boolean;
  readonly node: FileNode;
}

/** What {@link load} can be told. */
export interface LoadOptions {
  /**
   * The directory that includes may not leave: a schema is data, and data should not say which files of a machine are
   * read. Default: the directory of the first root.
   */
  readonly root?: string;
  /** A schema that has the names of types that the answer of a QEMU masks. Default: names are made up. */
  readonly names?: Schema;
  /** What parses, if it remembers what it has parsed. Default: `parse`. */
  readonly parse?: (source: Source) => ParseResult;
}

/** What {@link load} returns. */
export interface LoadResult {
  readonly tree: Tree;
  /** Empty: every file could be read and understood. In the order of the files, and of the text within each. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How long the texts of a schema may be together, in UTF-16 code units; QEMU's are 0.8 million. This protects the memory. */
const MAXIMUM_SIZE = 20_000_000;

/** A file whose includes are being followed. */
interface OpenFile {
  readonly path: string;
  readonly includes: readonly IncludeNode[];
  /** The index of the next include to follow. */
  next: number;
}

/**
 * Reads the files at `entry` and all that they include, relative to the including file, each once. An include that leads
 * back to a file whose includes are just being followed is an error, as is one that leaves {@link LoadOptions.root}.
 *
 * @example
 * ```ts
 * import { load, memoryHost } from "qapi-codegen";
 *
 * const { tree, diagnostics } = load("a.json", memoryHost({ "a.json": "{ 'include': 'b.json' }" }));
 * tree.isPartial; // => true
 * diagnostics.map(({ code, message }) => [code, message]); // => [["unreadable-file", "cannot read 'b.json': no such file"]]
 * ```
 */
export function load(entry: string | readonly string[], host: Host, options: LoadOptions = {}): LoadResult {
  const roots = (typeof entry === "string" ? [entry] : entry).map((path) => resolvePath("", path));
  const folder = directoryOf(roots[0] ?? "");
  const boundary = options.root === undefined ? folder : resolvePath("", options.root);
  const { parse = parseSource } = options;
  const named = options.names === undefined ? {} : { names: options.names };
  const files: LoadedFile[] = [];
  const sources: Source[] = [];
  const seen = new Set<string>();
  const rootPaths = new Set(roots);
  const diagnostics: Diagnostic[] = [];
  // The chain of includes from a root to the current file; not the call stack, which a long chain would overflow.
  const chain: OpenFile[] = [];
  const inChain = new Set<string>();
  const missing = new Set<string>();
  let size = 0;

  for (const root of roots) {
    if (seen.has(root)) continue;
    enter(root, undefined);
    for (let current = chain.at(-1); current !== undefined; current = chain.at(-1)) {
      const include = current.includes[current.next];
      current.next++;
      if (include === undefined) {
        inChain.delete(current.path);
        chain.pop();
      } else {
        follow(current, include);
      }
    }
  }
  const isPartial = missing.size > 0 || files.some(({ node }) => node.isPartial);
  return { tree: { files, sources, isPartial }, diagnostics: inSourceOrder(diagnostics, files) };

  function follow(from: OpenFile, include: IncludeNode): void {
    const { text, span } = include.path;
    const path = resolvePath(directoryOf(from.path), text);
    if (!isWithin(boundary, path)) {
      missing.add(path);
      diagnostics.push({
        code: "include-outside",
        message: `'${text}' is outside of the schema's directory`,
        span,
        hint: "the option --root DIR says which directory includes may not leave",
      });
    } else if (inChain.has(path)) {
      const open = chain.slice(chain.findIndex((file) => file.path === path));
      diagnostics.push({
        code: "include-cycle",
        message: open.length === 1 ? "this file includes itself" : `'${text}' includes this file in turn`,
        span,
        related: open.slice(0, -1).flatMap((file) => {
          const through = file.includes[file.next - 1];
          return through === undefined ? [] : [{ span: through.path.span, message: "through this include" }];
        }),
      });
    } else if (!seen.has(path)) {
      enter(path, { from, include });
    }
  }

  function enter(path: string, through: { readonly from: OpenFile; readonly include: IncludeNode } | undefined): void {
    seen.add(path);
    let text: string;
    try {
      text = host.read(path);
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      missing.add(path);
      diagnostics.push({
        code: "unreadable-file",
        message: `cannot read '${through?.include.path.text ?? path}': ${error.message}`,
        ...(through === undefined ? {} : { span: through.include.path.span }),
      });
      return;
    }
    size += text.length;
    if (size > MAXIMUM_SIZE) {
      missing.add(path);
      // Once: what is included behind this would only repeat it.
      if (size - text.length <= MAXIMUM_SIZE) diagnostics.push(tooLarge(path, through?.include));
      return;
    }
    const source = new Source(path, text);
    if (through === undefined && isJsonDocument(text)) {
      sources.push(source);
      const document = readJsonDocument(source, { name: relativePath(folder, path), ...named });
      for (const diagnostic of document.diagnostics) diagnostics.push(diagnostic);
      for (const file of document.files) files.push(file);
      if (document.files.length === 0) missing.add(path);
      return;
    }
    const { file, diagnostics: found } = parse(source);
    sources.push(file.span.source);
    for (const diagnostic of found) diagnostics.push(diagnostic);
    files.push({ path, name: relativePath(folder, path), isRoot: rootPaths.has(path), node: file });
    chain.push({ path, includes: file.entries.filter((item) => item.kind === "include"), next: 0 });
    inChain.add(path);
  }
}

function tooLarge(path: string, include: IncludeNode | undefined): Diagnostic {
  return {
    code: "schema-too-large",
    message: `with '${include?.path.text ?? path}' the schema is longer than ${String(MAXIMUM_SIZE / 1_000_000)} million characters`,
    ...(include !== undefined && { span: include.path.span }),
    hint: "that is 25 times QEMU's schema; is it one?",
  };
}
