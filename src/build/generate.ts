/**
 * The whole way: find the schema, load it, check it, emit, write. Knows nothing of a terminal.
 */
import type { Diagnostic } from "../diagnostic.js";
import { emit } from "../emit/emit.js";
import type { Emitter, OutputFile } from "../emit/emitter.js";
import type { EmitOptions } from "../emit/options.js";
import { defaultEmitters } from "../emitters/index.js";
import { check } from "../schema/check.js";
import type { Schema } from "../schema/schema.js";
import type { ParseMemory } from "../syntax/parse-memory.js";
import { knownDefines, type DefinesOptions } from "./defines-file.js";
import { Inputs } from "./inputs.js";
import { EmitterError } from "./load-emitter.js";
import { OutputError } from "./output-error.js";
import { read, reportOf, type ReadOptions, type ReadReport } from "./read.js";
import { unknownOptions } from "./unknown-options.js";
import { compareOutput, untouched, writeOutput, type WriteReport } from "./write.js";

/** What to make of what, and where. */
export interface GenerateOptions extends ReadOptions, DefinesOptions, EmitOptions {
  /** The output directory; it need not exist. */
  readonly output: string;
  /** What makes the files. Default: those of ours that run where none is chosen. */
  readonly emitters?: readonly Emitter[];
  /** What to write: TypeScript, or JavaScript with declarations, which cannot import `.ts` files. Default: `ts`. */
  readonly target?: Target;
  /** The definitions to make it of, by name; `*` in a name stands for any text. What they reach comes with them. Default: all. */
  readonly only?: readonly string[];
  /** Whether to count the findings of style, which takes time. Default: no. */
  readonly style?: boolean;
  /**
   * Whether to write anything. If not, the report says what would have been written and removed; with `none`, where an output is
   * not even looked at, that is everything and nothing. Default: yes.
   */
  readonly write?: boolean | "none";
  /** Called when a phase begins. */
  readonly onPhase?: (phase: Phase) => void;
}

/** What an output can be written in. */
export type Target = "ts" | "js";

/** The values of {@link Target}, the default first. */
export const TARGETS: readonly [Target, ...Target[]] = ["ts", "js"];

/** What {@link generate} is busy with. */
export type Phase = "read" | "check" | "emit" | "write";

/** What {@link generate} has done. */
export type GenerateResult = Generated | NotGenerated;

/** The output directory is up to date; or, if nothing was to be written, it is known what is not. */
export interface Generated {
  readonly ok: true;
  /** All files of the output, sorted by path. */
  readonly files: readonly OutputFile[];
  readonly schema: Schema;
  readonly read: ReadReport;
  readonly write: WriteReport;
  /** What people should know: sentences without a full stop. */
  readonly warnings: readonly string[];
  /** How many places of the schema QEMU's compiler would refuse though their meaning is clear. Absent: not asked for. */
  readonly styleFindings?: number;
  /** What was looked at: absolute paths; see `Builder.inputs`. */
  readonly inputs: readonly string[];
}

/** Something is wrong. With the schema, or in the way of the output: then nothing was written. */
export interface NotGenerated {
  readonly ok: false;
  /** At least one, in source order; only errors. */
  readonly diagnostics: readonly Diagnostic[];
  /** What was looked at: absolute paths; see `Builder.inputs`. */
  readonly inputs: readonly string[];
}

/**
 * Brings an output directory up to date with a schema on the disk. What is wrong with the schema or in the way of the output is in
 * the result.
 *
 * @throws RangeError where the target is `js` and imports are to end with `.ts`; Error for a `manual` that is no address.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { formatText, generate } from "qapi-codegen";
 *
 * writeFileSync("power.json", "{ 'event': 'POWERDOWN' }");
 * const result = await generate({ schema: "power.json", output: "src/power" });
 * if (!result.ok) throw new Error(formatText(result.diagnostics));
 * result.write.written.includes("events/power.ts"); // => true
 * ```
 */
export async function generate(options: GenerateOptions): Promise<GenerateResult> {
  return generateFrom(new Inputs(), options);
}

/**
 * {@link generate}, from a disk that writes down what it is asked.
 *
 * @param memory - What earlier runs have parsed. Default: nothing.
 */
export async function generateFrom(
  disk: Inputs,
  options: GenerateOptions,
  memory?: ParseMemory,
): Promise<GenerateResult> {
  const outcome = await attempt(disk, options, memory);
  return { ...outcome, inputs: disk.paths };
}

type Outcome = Omit<Generated, "inputs"> | Omit<NotGenerated, "inputs">;

async function attempt(disk: Inputs, options: GenerateOptions, memory: ParseMemory | undefined): Promise<Outcome> {
  const { defines = new Map(), only, style = false, onPhase } = options;
  onPhase?.("read");
  const found = read(options, disk, memory);
  if ("diagnostics" in found) return { ok: false, diagnostics: found.diagnostics };
  const { loaded } = found;
  const known = knownDefines(options, disk);
  if ("diagnostics" in known) return { ok: false, diagnostics: known.diagnostics };

  onPhase?.("check");
  const { schema, diagnostics } = check(loaded, {
    style,
    defines: known.defines,
    ...(only !== undefined && { only }),
  });
  const errors = diagnostics.filter(({ severity }) => severity === undefined);
  if (schema === undefined) return { ok: false, diagnostics: errors };

  try {
    onPhase?.("emit");
    const files = await outputFiles(schema, options);
    onPhase?.("write");
    const write = report(options, files);
    const warnings = [...unknownOptions(loaded.tree, defines), ...write.warnings];
    const counted = style ? { styleFindings: diagnostics.length } : {};
    return { ok: true, files, schema, read: reportOf(found), write, warnings, ...counted };
  } catch (error) {
    if (error instanceof OutputError || error instanceof EmitterError) {
      return { ok: false, diagnostics: error.diagnostics };
    }
    throw error;
  }
}

function report({ write, output }: GenerateOptions, files: readonly OutputFile[]): WriteReport {
  if (write === "none") return untouched(files);
  return write === false ? compareOutput(output, files) : writeOutput(output, files);
}

async function outputFiles(schema: Schema, options: GenerateOptions): Promise<readonly OutputFile[]> {
  const { target, emitters = defaultEmitters } = options;
  if (target !== "js") return emit(schema, emitters, options);
  const { emitJavaScript } = await import("./javascript.js");
  return emitJavaScript(schema, { ...options, emitters });
}
