/** `qapi-codegen init`: makes a project use qapi-codegen. */
import { SETTINGS } from "../config/settings.js";
import type { Command } from "./command.js";
import { UsageError, type Option } from "./options.js";

const OPTIONS: Readonly<Record<"schema" | "output" | "yes" | "dry-run" | "color" | "help" | "version", Option>> = {
  schema: { short: "s", value: "SCHEMA", help: "the schema: a file, a directory, or a release such as qemu@10.2" },
  output: { short: "o", value: "DIR", help: "the directory to write to" },
  yes: { short: "y", help: "ask nothing: take what is likely where nothing is said, and write" },
  "dry-run": { help: "write nothing; show what would be changed" },
  color: SETTINGS.color,
  help: SETTINGS.help,
  version: SETTINGS.version,
};

export const initCommand: Command<typeof OPTIONS> = {
  name: "init",
  summary: "makes a project use qapi-codegen: a configuration, a script, the plugin",
  usage: "init [options]",
  options: OPTIONS,
  notes: `It writes qapi.config.ts (or .mts, .js, .mjs, .json, as the project is), adds scripts to
package.json, and the plugin to a configuration of Vite, Rollup, Rolldown, webpack or Rspack. It
asks which schema, where to write and, when it has shown what would change, whether to write it.
Where there is no terminal to ask at, --yes is needed. Run again, it adds what is missing.

Exit status: 0, 1 when nothing was written though something was missing, 2 when the usage is bad.
`,
  async run(args, terminal) {
    if (args.positionals.length > 0) throw new UsageError("it takes no arguments: the schema is named by --schema");
    const { runInit } = await import("./init/index.js");
    return runInit({
      schema: args.value("schema"),
      output: args.value("output"),
      isSilent: args.switch("yes") === true,
      isDry: args.switch("dry-run") === true,
      color: args.switch("color"),
      terminal,
    });
  },
};
