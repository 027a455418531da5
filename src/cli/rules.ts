/** `qapi-codegen rules`: the laws of the language, a line each. */
import type { Stage } from "../law.js";
import { laws, stages } from "../schema/laws/index.js";
import type { Command } from "./command.js";
import { readChoice, UsageError, type Option } from "./options.js";
import { SCHEMA_OPTIONS } from "./schema-options.js";

const OPTIONS: Readonly<Record<"format" | "help" | "version", Option>> = {
  format: {
    value: "text|json",
    help: "how to print them: for people (the default), or as JSON with reasons and\nexamples",
  },
  help: SCHEMA_OPTIONS.help,
  version: SCHEMA_OPTIONS.version,
};

export const rulesCommand: Command<typeof OPTIONS> = {
  name: "rules",
  summary: "lists the laws of the language",
  usage: "rules [options]",
  options: OPTIONS,
  notes: `What breaks an 'error' is ambiguous or meaningless, and 'generate' refuses it; what breaks a 'style'
is clear, but QEMU's compiler of today would refuse it. 'qapi-codegen explain' tells more of each.
`,
  run(args, terminal) {
    if (args.positionals.length > 0)
      throw new UsageError(`'rules' takes no argument, '${args.positionals.join("', '")}'`);
    const format = readChoice("format", args.value("format"), ["text", "json"]);
    terminal.out(format === "json" ? asJson() : asText());
    return 0;
  },
};

const STAGES: Readonly<Record<Stage, string>> = {
  text: "While files are read",
  form: "Of each definition by itself",
  meaning: "When all names are known",
  documentation: "When all definitions make sense",
  output: "When output is written",
};

function asText(): string {
  const width = Math.max(...laws.map(({ id }) => id.length));
  const groups = stages.map((stage) => {
    const lines = laws
      .filter((law) => law.stage === stage)
      .map(({ id, severity, law }) => `  ${id.padEnd(width)}  ${severity}  ${law}\n`);
    return `${STAGES[stage]}:\n${lines.join("")}`;
  });
  return groups.join("\n");
}

function asJson(): string {
  const items = laws.map(({ id, severity, stage, law, why, bad, good }) => ({
    ...{ id, severity, stage, law, why },
    ...{ bad: bad ?? null, good: good ?? null },
  }));
  return `${JSON.stringify(items, undefined, 2)}\n`;
}
