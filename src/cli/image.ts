/** `qapi-codegen image`: a schema in, one JSON document out that all commands take for it. */
import { imageOf, writeImageFile } from "../build/image.js";
import { OutputError } from "../build/output-error.js";
import { formatText } from "../diagnostic-report.js";
import type { Diagnostic } from "../diagnostic.js";
import { SETTINGS } from "../config/settings.js";
import { printable } from "../printable.js";
import type { Command } from "./command.js";
import { describeRead, size } from "./counts.js";
import { UsageError, type Option } from "./options.js";
import { readDefines, readSchemaOptions, SCHEMA_NOTE, SCHEMA_OPTIONS } from "./schema-options.js";
import { wantsColor } from "./terminal.js";

type OptionName = keyof typeof SCHEMA_OPTIONS | "output" | "docs" | "define" | "defines" | "quiet";

const { root, ...COMMON_OPTIONS } = SCHEMA_OPTIONS;

const OPTIONS: Readonly<Record<OptionName, Option>> = {
  output: { short: "o", value: "FILE", help: "the file to write; - is standard output" },
  docs: { negatable: true, help: "put documentation into the image; default: yes" },
  define: SETTINGS.define,
  defines: SETTINGS.defines,
  root,
  quiet: { short: "q", help: "print nothing but what is wrong" },
  ...COMMON_OPTIONS,
};

export const imageCommand: Command<typeof OPTIONS> = {
  name: "image",
  summary: "makes one JSON document of a schema, which all commands take for it",
  usage: "image <schema> -o FILE [options]",
  options: OPTIONS,
  notes: `${SCHEMA_NOTE}
Exit status: 0, 1 when the schema is bad or the image cannot be written, 2 when the usage is bad.
`,
  run(args, terminal) {
    const output = args.value("output");
    const docs = args.switch("docs");
    if (output === undefined) throw new UsageError("where to? Name the file: -o FILE, or -o - for standard output");
    const options = { ...readSchemaOptions(args), ...readDefines(args) };
    const result = imageOf({ ...options, ...(docs !== undefined && { docs }) });
    if (!result.ok) return fail(result.diagnostics);
    for (const warning of result.warnings) terminal.error(`warning: ${printable(warning)}\n`);
    if (output === "-") {
      terminal.out(result.text);
      return 0;
    }
    try {
      writeImageFile(output, result.text);
    } catch (error) {
      if (error instanceof OutputError) return fail(error.diagnostics);
      throw error;
    }
    if (args.switch("quiet") !== true) {
      terminal.out(`Read ${describeRead(result.read, result.schema)}\n`);
      terminal.out(`Made ${printable(output)}: ${size(Buffer.byteLength(result.text))}\n`);
    }
    return 0;

    function fail(diagnostics: readonly Diagnostic[]): number {
      const color = wantsColor(terminal, terminal.errorIsTerminal, args.switch("color"));
      terminal.error(formatText(diagnostics, { color }));
      return 1;
    }
  },
};
