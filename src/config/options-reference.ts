/** The reference of options, as docs/options.md has it. */
import { keyOf, SETTINGS, type Scope, type Setting } from "./settings.js";

/** What is said of options of each scope. */
const SECTIONS: readonly (readonly [scope: Scope, title: string, text: string])[] = [
  [
    "schema",
    "What is made",
    "In a configuration, beside `schema`; or beside `schemas`, for all of them (but for `output`, of which each needs one of its own).",
  ],
  ["run", "How to go about it", "In a configuration, once for all schemas. Bundlers do not look at them."],
  ["command line", "On the command line only", "They are about one run."],
];

/** Tables of all options, in Markdown. */
export function optionsReference(): string {
  return SECTIONS.map(([scope, title, text]) => {
    const rows = Object.entries(SETTINGS).filter(([, setting]) => setting.scope === scope);
    const isInConfig = scope !== "command line";
    const head = isInConfig ? "| option | in a configuration | |\n|---|---|---|\n" : "| option | |\n|---|---|\n";
    return `\n## ${title}\n\n${text}\n\n${head}${rows.map(([name, setting]) => row(name, setting, isInConfig)).join("")}`;
  }).join("");
}

function row(name: string, setting: Setting, isInConfig: boolean): string {
  const { short, value, negatable, example, help } = setting;
  const long = `${negatable === true ? "--[no-]" : "--"}${name}${value === undefined ? "" : ` ${value}`}`;
  const option = [...(short === undefined ? [] : [`\`-${short}\``]), code(long)].join(", ");
  const key = isInConfig ? ` ${code(`${keyOf(name)}: ${example ?? ""}`)} |` : "";
  return `| ${option} |${key} ${cell(help.replaceAll("\n", " "))} |\n`;
}

function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

/** Text in which nothing is markup. */
function cell(text: string): string {
  return text.replace(/[|*_<>#[\]\\]/g, "\\$&");
}
