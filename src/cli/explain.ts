/** `qapi-codegen explain`: what a law wants, why, and what it looks like to break and to keep it. */
import type { Law } from "../law.js";
import { lawOf, laws } from "../schema/laws/index.js";
import type { Command } from "./command.js";
import { didYouMean, UsageError, type Option } from "./options.js";
import { SCHEMA_OPTIONS } from "./schema-options.js";

const OPTIONS: Readonly<Record<"help" | "version", Option>> = {
  help: SCHEMA_OPTIONS.help,
  version: SCHEMA_OPTIONS.version,
};

export const explainCommand: Command<typeof OPTIONS> = {
  name: "explain",
  summary: "tells what the code of a finding is about, with examples",
  usage: "explain <code>",
  options: OPTIONS,
  notes: `<code> is what stands in brackets in a finding: undefined-type in error[undefined-type].
'qapi-codegen rules' lists all.
`,
  run(args, terminal) {
    const [code, ...others] = args.positionals;
    if (code === undefined || code === "") throw new UsageError("which code? 'qapi-codegen rules' lists them");
    if (others.length > 0) throw new UsageError(`one code at a time: '${code}', or '${others.join("', '")}'?`);
    const law = lawOf(code);
    if (law === undefined) {
      const near = didYouMean(
        code,
        laws.map(({ id }) => id),
      );
      throw new UsageError(`unknown code '${code}'${near === "" ? "; 'qapi-codegen rules' lists them" : near}`);
    }
    terminal.out(explain(law));
    return 0;
  },
};

/** What breaking a law leads to. */
const SEVERITIES: Readonly<Record<Law["severity"], string>> = {
  error: "What breaks it is ambiguous or meaningless, so 'generate' refuses it too.",
  style: "What breaks it is clear, so 'generate' takes it; QEMU's compiler of today refuses it, and 'check' says so.",
};

function explain({ id, severity, stage, law, why, bad, good }: Law): string {
  const result = stage === "output" ? "'generate' writes nothing as long as it is broken." : SEVERITIES[severity];
  const paragraphs = [`${severity}[${id}]\n${wrap(law)}`, wrap(why), wrap(result)];
  if (bad !== undefined) paragraphs.push(`Bad:\n\n${example(bad)}`);
  if (good !== undefined) paragraphs.push(`Good:\n\n${example(good)}`);
  return paragraphs.join("\n");
}

function example(text: string): string {
  return text.replace(/^(?=.)/gm, "    ");
}

/** `text` in lines of a terminal, each with a line break. */
function wrap(text: string): string {
  return `${text.replace(/(.{1,80})(?: +|$)/g, "$1\n").trimEnd()}\n`;
}
