/**
 * The whole way: find the schema, load it, check it, emit, write. Knows nothing of a terminal.
 */
import { isAbsolute, relative, resolve } from "node:path";
import type { Diagnostic } from "../diagnostic.js";
import { emit } from "../emit/emit.js";
import type { Emitter } from "../emit/emitter.js";
import { check } from "../schema/check.js";
import type { Defines } from "../schema/condition.js";
import { load, type Tree } from "../schema/load.js";
import type { Schema } from "../schema/schema.js";
import { optionsOf } from "../schema/settle.js";
import { suggestion } from "../syntax/suggestion.js";
import { diskHost } from "./disk-host.js";
import { locate } from "./locate.js";
import { OutputError } from "./output-error.js";
import { treeRoot } from "./tree-root.js";
import { writeOutput, type WriteReport } from "./write.js";

/** What to make of what, and where. */
export interface GenerateOptions {
  /** A schema file, or a directory that has one: see {@link locate}. */
  readonly schema: string;
  /** The output directory; it need not exist. */
  readonly output: string;
  readonly emitters: readonly Emitter[];
  /** Build options that are known to be on or off. Default: all are open. */
  readonly defines?: Defines;
  /** What the identifiers that are made from the schema begin with. Default: nothing. */
  readonly prefix?: string;
  /** The directory that includes may not leave. Default: see {@link treeRoot}. */
  readonly root?: string;
  /** Called when a phase begins. */
  readonly onPhase?: (phase: Phase) => void;
}

/** What {@link generate} is busy with. */
export type Phase = "read" | "check" | "emit" | "write";

/** What {@link generate} has done. */
export type GenerateResult = Generated | NotGenerated;

/** The output directory is up to date. */
export interface Generated {
  readonly ok: true;
  readonly schema: Schema;
  readonly read: ReadReport;
  readonly write: WriteReport;
  /** What people should know: sentences without a full stop. */
  readonly warnings: readonly string[];
}

/** Something is wrong. With the schema, or in the way of the output: then nothing was written. */
export interface NotGenerated {
  readonly ok: false;
  /** At least one, in source order. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What was read. */
export interface ReadReport {
  /** The root files, as paths. */
  readonly entries: readonly string[];
  /** How many files, the roots and what they include. */
  readonly files: number;
  /** Their size in bytes. */
  readonly bytes: number;
}

/** Brings an output directory up to date with a schema on the disk. Does not throw for what the user can mend. */
export function generate(options: GenerateOptions): GenerateResult {
  const { schema: path, emitters, defines, prefix, onPhase } = options;
  onPhase?.("read");
  const located = locate(path, diskHost);
  if ("diagnostics" in located) return { ok: false, diagnostics: located.diagnostics };
  const root = options.root === undefined ? treeRoot(located.entries[0]) : asSeenWith(path, options.root);
  const loaded = load(located.entries, diskHost, { root });
  const { files: sources } = loaded.tree;

  onPhase?.("check");
  const { schema, diagnostics } = check(loaded, defines === undefined ? {} : { defines });
  if (schema === undefined) return { ok: false, diagnostics };

  onPhase?.("emit");
  const files = emit(schema, emitters, prefix === undefined ? {} : { prefix });

  onPhase?.("write");
  try {
    const write = writeOutput(options.output, files);
    const bytes = sources.reduce((sum, file) => sum + Buffer.byteLength(file.node.span.source.text), 0);
    const read = { entries: located.entries, files: sources.length, bytes };
    const warnings = [...(defines === undefined ? [] : unknownOptions(loaded.tree, defines)), ...write.warnings];
    return { ok: true, schema, read, write, warnings };
  } catch (error) {
    if (error instanceof OutputError) return { ok: false, diagnostics: error.diagnostics };
    throw error;
  }
}

/** Options that were defined and that no condition names: most likely slips. */
function unknownOptions(tree: Tree, defines: Defines): readonly string[] {
  const known = defines.size === 0 ? new Set<string>() : optionsOf(tree);
  return [...defines.keys()]
    .filter((name) => !known.has(name))
    .map((name) => {
      const similar = suggestion(name, known);
      const hint = similar === undefined ? "" : `; did you mean '${similar}'?`;
      return `no condition of the schema names '${name}', so defining it changes nothing${hint}`;
    });
}

/** `directory` in the terms of `path`, absolute or relative, so that the loader can compare them as text. */
function asSeenWith(path: string, directory: string): string {
  const absolute = resolve(directory);
  const seen = isAbsolute(path) ? absolute : relative("", absolute);
  return process.platform === "win32" ? seen.replaceAll("\\", "/") : seen;
}
