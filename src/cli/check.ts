/** `qapi-codegen check`: what QEMU's compiler would say of a schema, all of it at once. */
import { checkSchema } from "../build/check.js";
import { formatGithub, formatJson, formatText } from "../diagnostic-report.js";
import type { Command } from "./command.js";
import { describeRead } from "./counts.js";
import { readChoice, type Option } from "./options.js";
import { readSchemaOptions, SCHEMA_NOTE, SCHEMA_OPTIONS } from "./schema-options.js";
import { PHASES, Progress, wantsColor } from "./terminal.js";

type OptionName = keyof typeof SCHEMA_OPTIONS | "format" | "quiet";

const { root, ...COMMON_OPTIONS } = SCHEMA_OPTIONS;

const OPTIONS: Readonly<Record<OptionName, Option>> = {
  root,
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
  usage: "check <schema> [options]",
  options: OPTIONS,
  notes: `${SCHEMA_NOTE}
Findings are printed to standard output. Errors make a schema ambiguous or meaningless; the meaning
of style findings is clear, but QEMU's compiler of today would refuse them. 'qapi-codegen explain'
tells more of each.

Exit status: 0 when there is nothing to find, 1 when there is, 2 when the usage is bad.
`,
  run(args, terminal) {
    const format = readChoice("format", args.value("format"), ["text", "json", "github"]);
    const isQuiet = args.switch("quiet") === true;
    const progress = new Progress(terminal, isQuiet);
    let result;
    try {
      result = checkSchema({
        ...readSchemaOptions(args),
        onPhase: (phase) => {
          progress.show(`${PHASES[phase]} ...`);
        },
      });
    } finally {
      progress.clear();
    }
    const { diagnostics, schema, read } = result;
    if (format === "json") terminal.out(formatJson(diagnostics));
    else if (format === "github") terminal.out(formatGithub(diagnostics));
    else if (diagnostics.length > 0) {
      terminal.out(
        formatText(diagnostics, { color: wantsColor(terminal, terminal.outIsTerminal, args.switch("color")) }),
      );
    } else if (!isQuiet && schema !== undefined && read !== undefined) {
      terminal.out(`Checked ${describeRead(read, schema)}: no findings\n`);
    }
    return diagnostics.length === 0 ? 0 : 1;
  },
};
