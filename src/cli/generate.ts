/** `qapi-codegen generate`: a schema in, TypeScript out. */
import { generate, type Generated, type GenerateOptions } from "../build/generate.js";
import { formatJson, formatText } from "../diagnostic-report.js";
import type { Emitter } from "../emit/emitter.js";
import { DOCS_MODES, IMPORT_EXTENSIONS, INT64_MODES } from "../emit/options.js";
import { builtinEmitters } from "../emitters/index.js";
import { printable } from "../printable.js";
import type { Command } from "./command.js";
import { count, describeRead, size } from "./counts.js";
import { didYouMean, readChoice, UsageError, type Arguments, type Option } from "./options.js";
import { DEFINE_OPTION, readDefines, readSchemaOptions, SCHEMA_NOTE, SCHEMA_OPTIONS } from "./schema-options.js";
import { PHASES, Progress, wantsColor } from "./terminal.js";

const EMITTERS: ReadonlyMap<string, Emitter> = new Map(builtinEmitters.map((emitter) => [emitter.name, emitter]));
const EMITTER_NAMES = [...EMITTERS.keys()];

type OptionName =
  | keyof typeof SCHEMA_OPTIONS
  | "output"
  | "emit"
  | "define"
  | "prefix"
  | "int64"
  | "docs"
  | "manual"
  | "import-extension"
  | "format"
  | "quiet";

const { root, ...COMMON_OPTIONS } = SCHEMA_OPTIONS;

const OPTIONS: Readonly<Record<OptionName, Option>> = {
  output: { short: "o", value: "DIR", help: "the directory to write to; only generated files in it are ever touched" },
  emit: {
    value: "NAMES",
    repeatable: true,
    help: `what to make, separated by commas; default: all of\n${EMITTER_NAMES.join(",")}`,
  },
  define: DEFINE_OPTION,
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
    const options = readOptions(args);
    const isJson = readChoice("format", args.value("format"), ["text", "json"]) === "json";
    const isQuiet = args.switch("quiet") === true;
    const progress = new Progress(terminal, isQuiet);
    let result;
    try {
      result = await generate({
        ...options,
        style: !isJson && !isQuiet,
        onPhase: (phase) => {
          progress.show(`${PHASES[phase]} ...`);
        },
      });
    } finally {
      progress.clear();
    }
    if (!result.ok) {
      const color = wantsColor(terminal, terminal.errorIsTerminal, args.switch("color"));
      if (isJson) terminal.out(formatJson(result.diagnostics));
      else terminal.error(formatText(result.diagnostics, { color }));
      return 1;
    }
    for (const warning of result.warnings) terminal.error(`warning: ${printable(warning)}\n`);
    if (isJson) terminal.out(formatJson([]));
    else if (!isQuiet) terminal.out(summary(result, options, performance.now()));
    return 0;
  },
};

function readOptions(args: Arguments<typeof OPTIONS>): GenerateOptions {
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
  return {
    ...read,
    output,
    emitters: readEmitters(args.values("emit")),
    defines: readDefines(args.values("define")),
    int64: readChoice("int64", args.value("int64"), INT64_MODES),
    docs: readChoice("docs", args.value("docs"), DOCS_MODES),
    importExtension: readChoice("import-extension", args.value("import-extension"), IMPORT_EXTENSIONS),
    ...(prefix !== undefined && { prefix }),
    ...(manual !== undefined && { manual }),
  };
}

function readEmitters(lists: readonly string[]): readonly Emitter[] {
  if (lists.length === 0) return builtinEmitters;
  const chosen = new Set<Emitter>();
  for (const name of lists.flatMap((list) => list.split(","))) {
    const emitter = EMITTERS.get(name);
    if (emitter === undefined) {
      const near = didYouMean(name, EMITTER_NAMES);
      throw new UsageError(
        `unknown emitter '${name}'${near === "" ? `; there are ${EMITTER_NAMES.join(", ")}` : near}`,
      );
    }
    chosen.add(emitter);
  }
  // Always in the same order, so that the output does not depend on how it was asked for.
  return builtinEmitters.filter((emitter) => chosen.has(emitter));
}

/**
 * What was read; what was written, and how long all of it took, the start of Node included; and how to learn of the
 * findings of style, if there are any. A line each.
 */
function summary(
  { read, write, schema, styleFindings = 0 }: Generated,
  options: GenerateOptions,
  milliseconds: number,
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
      `in ${String(Math.round(milliseconds))} ms`,
    ...(styleFindings > 0 ? [`Style: ${count(styleFindings, "finding")}, shown by: ${checkCommand(options)}`] : []),
  ];
  return `${lines.join("\n")}\n`;
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
