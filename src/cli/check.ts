/** `qapi-codegen check`: what QEMU's compiler would say of a schema, all of it at once. */
import { checkSchema, type CheckedSchema } from "../build/check.js";
import type { ReadOptions } from "../build/read.js";
import { runsOf } from "../config/runs.js";
import { SETTINGS } from "../config/settings.js";
import type { Diagnostic } from "../diagnostic.js";
import { formatGithub, formatJson, formatText } from "../diagnostic-report.js";
import type { Command } from "./command.js";
import { describeRead } from "./counts.js";
import { readChoice, UsageError, type Arguments, type Option } from "./options.js";
import { configOf } from "./plan.js";
import { readSchemaOptions, SCHEMA_NOTE, SCHEMA_OPTIONS } from "./schema-options.js";
import { PHASES, Progress, wantsColor } from "./terminal.js";

type OptionName = keyof typeof SCHEMA_OPTIONS | "config" | "no-config" | "format" | "quiet";

const { root, ...COMMON_OPTIONS } = SCHEMA_OPTIONS;

const OPTIONS: Readonly<Record<OptionName, Option>> = {
  root,
  config: SETTINGS.config,
  "no-config": SETTINGS["no-config"],
  format: {
    value: "FORMAT",
    help: "how to print the findings: as text for people (the default), as json, or\nfor github: as annotations of its workflows",
  },
  quiet: { short: "q", help: "print nothing but findings" },
  ...COMMON_OPTIONS,
};

export const checkCommand: Command<typeof OPTIONS> = {
  name: "check",
  summary: "finds all that QEMU's compiler would refuse in a schema",
  usage: "check [<schema>] [options]",
  options: OPTIONS,
  notes: `${SCHEMA_NOTE}
Without <schema>, those of the configuration are taken, as 'qapi-codegen generate' does.

Findings are printed to standard output. Errors make a schema ambiguous or meaningless; the meaning
of style findings is clear, but QEMU's compiler of today would refuse them. 'qapi-codegen explain'
tells more of each.

Exit status: 0 when there is nothing to find, 1 when there is, 2 when the usage is bad.
`,
  async run(args, terminal) {
    const format = readChoice("format", args.value("format"), ["text", "json", "github"]);
    const isQuiet = args.switch("quiet") === true;
    const color = wantsColor(terminal, terminal.outIsTerminal, args.switch("color"));
    const progress = new Progress(terminal, isQuiet);
    const diagnostics: Diagnostic[] = [];
    for (const options of await schemasOf(args)) {
      const result = checkWithProgress(options, progress);
      // Spread, a million of them would not fit on the stack.
      for (const diagnostic of result.diagnostics) diagnostics.push(diagnostic);
      const { schema, read } = result;
      if (
        format === "text" &&
        !isQuiet &&
        result.diagnostics.length === 0 &&
        schema !== undefined &&
        read !== undefined
      ) {
        terminal.out(`Checked ${describeRead(read, schema)}: no findings\n`);
      }
    }
    if (format === "json") terminal.out(formatJson(diagnostics));
    else if (format === "github") terminal.out(formatGithub(diagnostics));
    else if (diagnostics.length > 0) terminal.out(formatText(diagnostics, { color }));
    return diagnostics.length === 0 ? 0 : 1;
  },
};

/** The schemas that the command line names, or else the configuration. */
async function schemasOf(args: Arguments<typeof OPTIONS>): Promise<readonly ReadOptions[]> {
  if (args.positionals.length > 0) return [readSchemaOptions(args)];
  const loaded = await configOf(args);
  if (loaded === undefined) throw new UsageError("which schema? Name a file or a directory");
  const [root, names] = [args.value("root"), args.value("names")];
  const runs = await runsOf(loaded.config, loaded.directory, loaded.origin);
  return runs.map((run) => ({ ...run, ...(root !== undefined && { root }), ...(names !== undefined && { names }) }));
}

function checkWithProgress(options: ReadOptions, progress: Progress): CheckedSchema {
  const onPhase = (phase: "read" | "check"): void => {
    progress.show(`${PHASES[phase]} ...`);
  };
  try {
    return checkSchema({ ...options, onPhase });
  } finally {
    progress.clear();
  }
}
