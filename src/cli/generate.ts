/** `qapi-codegen generate`: a schema in, TypeScript out. */
import { generateFrom, TARGETS, type Generated, type GenerateOptions, type GenerateResult } from "../build/generate.js";
import { Inputs } from "../build/inputs.js";
import { remember } from "../build/remember.js";
import { TIME } from "../build/run-record.js";
import { formatJson, formatText } from "../diagnostic-report.js";
import { EmitterLoadError, loadEmitters } from "../build/load-emitter.js";
import type { Diagnostic } from "../diagnostic.js";
import type { Emitter } from "../emit/emitter.js";
import { isManual } from "../emit/manual.js";
import { DOCS_MODES, IMPORT_EXTENSIONS, INT64_MODES } from "../emit/options.js";
import { builtinEmitters, defaultEmitters } from "../emitters/index.js";
import { printable } from "../printable.js";
import type { Command } from "./command.js";
import { count, describeRead, size } from "./counts.js";
import { didYouMean, readChoice, UsageError, type Arguments, type Option } from "./options.js";
import {
  DEFINE_OPTION,
  DEFINES_OPTION,
  readDefines,
  readSchemaOptions,
  SCHEMA_NOTE,
  SCHEMA_OPTIONS,
} from "./schema-options.js";
import { PHASES, Progress, wantsColor } from "./terminal.js";

const EMITTER_NAMES = builtinEmitters.map(({ name }) => name);
const DEFAULT_NAMES = defaultEmitters.map(({ name }) => name);
const OTHER_NAMES = EMITTER_NAMES.filter((name) => !DEFAULT_NAMES.includes(name));

type OptionName =
  | keyof typeof SCHEMA_OPTIONS
  | "output"
  | "emit"
  | "emitter"
  | "only"
  | "define"
  | "defines"
  | "prefix"
  | "int64"
  | "docs"
  | "manual"
  | "target"
  | "import-extension"
  | "format"
  | "quiet";

const { root, ...COMMON_OPTIONS } = SCHEMA_OPTIONS;

const OPTIONS: Readonly<Record<OptionName, Option>> = {
  output: { short: "o", value: "DIR", help: "the directory to write to; only generated files in it are ever touched" },
  emit: {
    value: "NAMES",
    repeatable: true,
    help:
      `what to make, separated by commas; default:\n${DEFAULT_NAMES.join(",")}` +
      (OTHER_NAMES.length === 0 ? "" : `; there are also\n${OTHER_NAMES.join(",")}`),
  },
  emitter: {
    value: "MODULE",
    repeatable: true,
    help: "make what an emitter of others does, besides: a path (./my-emitter.js)\nor the name of a package; may be repeated",
  },
  only: {
    value: "NAMES",
    repeatable: true,
    help: "make it of these definitions and what they reach, of nothing else;\nseparated by commas, * stands for any text: 'netdev_add,query-*'",
  },
  define: DEFINE_OPTION,
  defines: DEFINES_OPTION,
  prefix: {
    value: "TEXT",
    help: "begin identifiers with TEXT: --prefix Qga makes the type QgaFoo\nand the function qgaFoo",
  },
  int64: {
    value: "MODE",
    help: "mixed (64-bit integers are numbers where that is exact, else bigints;\nthe default), bigint (always bigints) or number (always numbers)",
  },
  docs: { value: "MODE", help: "how much documentation to write: full (the default), brief or none" },
  manual: {
    value: "URL",
    help: "the reference manual that documentation links to, or none;\ndefault: QEMU's own for the schemas of QEMU",
  },
  target: {
    value: "ts|js",
    help: "write TypeScript (the default), or JavaScript with declarations whose\nmaps lead editors to the schema",
  },
  "import-extension": {
    value: "EXT",
    help: "what imports end with: .js (the default), .ts for Deno and Bun,\nnone for bundlers",
  },
  root,
  format: {
    value: "text|json",
    help: "how to print what is wrong with a schema: for people on standard\nerror (the default), or as JSON on standard output",
  },
  quiet: { short: "q", help: "print nothing but what is wrong" },
  ...COMMON_OPTIONS,
};

export const generateCommand: Command<typeof OPTIONS> = {
  name: "generate",
  summary: "makes TypeScript from a schema in QEMU's QAPI language",
  usage: "[generate] <schema> -o DIR [options]",
  options: OPTIONS,
  notes: `${SCHEMA_NOTE}
Exit status: 0, 1 when the schema is bad or the output cannot be written, 2 when the usage is bad.
`,
  async run(args, terminal) {
    const options = await readOptions(args);
    const isJson = readChoice("format", args.value("format"), ["text", "json"]) === "json";
    const isQuiet = args.switch("quiet") === true;
    const progress = new Progress(terminal, isQuiet);
    const inputs = new Inputs();
    const run = {
      ...options,
      style: !isJson && !isQuiet,
      onPhase: (phase) => {
        progress.show(`${PHASES[phase]} ...`);
      },
    } satisfies GenerateOptions;
    let result: GenerateResult;
    try {
      result = await generateFrom(inputs, run);
    } finally {
      progress.clear();
    }
    if (!result.ok) {
      throwMisuse(result.diagnostics);
      const color = wantsColor(terminal, terminal.errorIsTerminal, args.switch("color"));
      if (isJson) terminal.out(formatJson(result.diagnostics));
      else terminal.error(formatText(result.diagnostics, { color }));
      return 1;
    }
    for (const warning of result.warnings) terminal.error(`warning: ${printable(warning)}\n`);
    const report = (of: Generated, time: string): string => {
      if (isJson) return formatJson([]);
      return isQuiet ? "" : summary(of, options, time);
    };
    terminal.out(report(result, performance.now().toFixed(0)));
    if (terminal.run !== undefined)
      remember(terminal.run, [{ options, inputs, result }], [], report(asUnchanged(result), TIME));
    return 0;
  },
};

async function readOptions(args: Arguments<typeof OPTIONS>): Promise<GenerateOptions> {
  const read = readSchemaOptions(args);
  const output = args.value("output");
  if (output === undefined) throw new UsageError("where to? Name the output directory: -o DIR");
  const prefix = args.value("prefix");
  if (prefix !== undefined && !/^[A-Za-z][A-Za-z0-9_]*$/.test(prefix)) {
    throw new UsageError(
      `the prefix '${prefix}' cannot begin an identifier: it takes a letter, then letters, digits and '_'`,
    );
  }
  const manual = args.value("manual");
  if (manual !== undefined && !isManual(manual)) {
    throw new UsageError(`bad manual '${manual}': it takes the address of a page, https://..., or none`);
  }
  const only = args.values("only").flatMap(commaSeparated);
  const target = readChoice("target", args.value("target"), TARGETS);
  const importExtension = readChoice("import-extension", args.value("import-extension"), IMPORT_EXTENSIONS);
  if (target === "js" && importExtension === ".ts") {
    throw new UsageError("JavaScript cannot import '.ts' files: with --target js, imports end with .js or none");
  }
  return {
    ...read,
    output,
    emitters: await readEmitters(args.values("emit"), args.values("emitter")),
    ...readDefines(args),
    int64: readChoice("int64", args.value("int64"), INT64_MODES),
    docs: readChoice("docs", args.value("docs"), DOCS_MODES),
    target,
    importExtension,
    ...(prefix !== undefined && { prefix }),
    ...(manual !== undefined && { manual }),
    ...(only.length > 0 && { only }),
  };
}

/** What was asked for and is not there is no mistake of the schema. @throws UsageError */
function throwMisuse(diagnostics: readonly Diagnostic[]): void {
  const unmatched = diagnostics.filter(({ code }) => code === "unmatched-selection");
  if (unmatched.length === 0) return;
  const sentences = unmatched.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`));
  throw new UsageError(sentences.join("; "));
}

/** The emitters that are to run: of ours those that are chosen, and all of others. */
async function readEmitters(lists: readonly string[], modules: readonly string[]): Promise<readonly Emitter[]> {
  const others = modules.length === 0 ? [] : await loadOthers(modules);
  if (lists.length === 0) return [...defaultEmitters, ...others];
  const names = [...EMITTER_NAMES, ...others.map(({ name }) => name)];
  const chosen = new Set(lists.flatMap(commaSeparated));
  for (const name of chosen) {
    if (names.includes(name)) continue;
    const near = didYouMean(name, names);
    throw new UsageError(`unknown emitter '${name}'${near === "" ? `; there are ${names.join(", ")}` : near}`);
  }
  // Always in the same order, so that the output does not depend on how it was asked for.
  return [...builtinEmitters.filter(({ name }) => chosen.has(name)), ...others];
}

async function loadOthers(modules: readonly string[]): Promise<readonly Emitter[]> {
  try {
    return await loadEmitters(modules, builtinEmitters);
  } catch (error) {
    throw error instanceof EmitterLoadError ? new UsageError(error.message) : error;
  }
}

function commaSeparated(list: string): readonly string[] {
  return list.split(",");
}

/**
 * What was read; what was written, and how long all of it took, the start of Node included; and how to learn of the
 * findings of style, if there are any. A line each.
 */
function summary(
  { read, write, schema, styleFindings = 0 }: Generated,
  options: GenerateOptions,
  milliseconds: string,
): string {
  const made = [
    `${String(write.written.length)} written`,
    `${String(write.unchanged.length)} unchanged`,
    ...(write.removed.length > 0 ? [`${String(write.removed.length)} removed`] : []),
  ];
  const files = write.written.length + write.unchanged.length;
  const lines = [
    `Read ${describeRead(read, schema)}`,
    `Made ${printable(options.output)}: ${count(files, "file")}, ${size(write.bytes)}: ${made.join(", ")}, ` +
      `in ${milliseconds} ms`,
    ...(styleFindings > 0 ? [`Style: ${count(styleFindings, "finding")}, shown by: ${checkCommand(options)}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** What another run gives that has nothing to do. */
function asUnchanged(result: Generated): Generated {
  const { write, files } = result;
  return { ...result, write: { ...write, written: [], removed: [], unchanged: files.map(({ path }) => path) } };
}

/** The command that shows the findings of style, for people to copy. */
function checkCommand({ schema, root }: GenerateOptions): string {
  const words = ["qapi-codegen", "check", ...(root === undefined ? [] : [`--root=${root}`])];
  if (schema.startsWith("-")) words.push("--");
  return [...words, schema].map(shellWord).join(" ");
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./\\~-]+$/.test(word) ? word : `'${printable(word).replaceAll("'", "'\\''")}'`;
}
