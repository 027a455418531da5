/** `qapi-codegen introspect`: what a QEMU with a schema answers to `query-qmp-schema`. */
import { introspectSchema } from "../build/introspect.js";
import { formatText } from "../diagnostic-report.js";
import { SETTINGS } from "../config/settings.js";
import { printable } from "../printable.js";
import type { Command } from "./command.js";
import type { Option } from "./options.js";
import { readDefines, readSchemaOptions, SCHEMA_NOTE, SCHEMA_OPTIONS } from "./schema-options.js";
import { wantsColor } from "./terminal.js";

type OptionName = keyof typeof SCHEMA_OPTIONS | "masked" | "define" | "defines";

const { root, ...COMMON_OPTIONS } = SCHEMA_OPTIONS;

const OPTIONS: Readonly<Record<OptionName, Option>> = {
  masked: { help: "give types numbers for names, as QEMU does" },
  define: SETTINGS.define,
  defines: SETTINGS.defines,
  root,
  ...COMMON_OPTIONS,
};

export const introspectCommand: Command<typeof OPTIONS> = {
  name: "introspect",
  summary: "prints what a QEMU with a schema answers to query-qmp-schema",
  usage: "introspect <schema> [options]",
  options: OPTIONS,
  notes: `${SCHEMA_NOTE}
What is switched off is left out; what depends on other build options is there.

Exit status: 0, 1 when the schema is bad, 2 when the usage is bad.
`,
  run(args, terminal) {
    const options = { ...readSchemaOptions(args), ...readDefines(args) };
    const result = introspectSchema({ ...options, masked: args.switch("masked") === true });
    if (!result.ok) {
      const color = wantsColor(terminal, terminal.errorIsTerminal, args.switch("color"));
      terminal.error(formatText(result.diagnostics, { color }));
      return 1;
    }
    for (const warning of result.warnings) terminal.error(`warning: ${printable(warning)}\n`);
    // An entry a line: to be searched and compared.
    const lines = result.answer.map((info) => `  ${JSON.stringify(info)}`);
    terminal.out(lines.length === 0 ? "[]\n" : `[\n${lines.join(",\n")}\n]\n`);
    return 0;
  },
};
