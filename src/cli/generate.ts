/** `qapi-codegen generate`: a schema in, TypeScript out. */
import { generate, type GenerateOptions, type GenerateResult, type Phase } from "../build/generate.js";
import { SETTINGS } from "../config/settings.js";
import type { Diagnostic } from "../diagnostic.js";
import { formatJson, formatText } from "../diagnostic-report.js";
import { printable } from "../printable.js";
import type { Command } from "./command.js";
import { count } from "./counts.js";
import { UsageError } from "./options.js";
import { configFiles, makePlan, type GenerateArguments, type Plan } from "./plan.js";
import { listChanges, printFiles, staleness, summary } from "./report.js";
import { SCHEMA_NOTE } from "./schema-options.js";
import { PHASES, Progress, wantsColor, type Terminal } from "./terminal.js";
import { watchPlans } from "./watch.js";

export const generateCommand: Command<typeof SETTINGS> = {
  name: "generate",
  summary: "makes TypeScript from a schema in QEMU's QAPI language",
  usage: "[generate] [<schema> -o DIR] [options]",
  options: SETTINGS,
  notes: `${SCHEMA_NOTE}
Without <schema>, those of the configuration are taken: of the nearest qapi.config.ts, .mts, .js,
.mjs, .cjs or .json from here upwards, or of the key "qapi" in package.json. What the command line
says goes before what the configuration does. 'qapi-codegen init' writes one.

Exit status: 0, 1 when a schema is bad, or the output cannot be written or, with --check, is stale,
2 when the usage or the configuration is bad.
`,
  async run(args, terminal) {
    const mode = readMode(args);
    const needsOutput = mode !== "stdout";
    if (mode !== "watch") return runPlan(await makePlan(args, needsOutput), mode, terminal);
    return watchPlans(
      () => makePlan(args, needsOutput),
      () => configFiles(args),
      terminal,
    );
  },
};

/** What becomes of what is made. */
type Mode = (typeof MODES)[number] | "write";

const MODES = ["watch", "check", "dry-run", "stdout"] as const;

function readMode(args: GenerateArguments): Mode {
  const [mode = "write", other] = MODES.filter((name) => args.switch(name) === true);
  if (other !== undefined) throw new UsageError(`either '--${mode}' or '--${other}'`);
  if (mode === "stdout" && args.value("format") === "json") {
    throw new UsageError("standard output cannot have both what --stdout and what --format json prints");
  }
  return mode;
}

/** @returns the exit status. */
async function runPlan(plan: Plan, mode: Exclude<Mode, "watch">, terminal: Terminal): Promise<number> {
  const isJson = plan.format === "json" && mode !== "stdout";
  const color = wantsColor(terminal, terminal.errorIsTerminal, plan.color);
  const wrong: Diagnostic[] = [];
  const report = (diagnostics: readonly Diagnostic[]): void => {
    wrong.push(...diagnostics);
    if (!isJson) terminal.error(formatText(diagnostics, { color }));
  };
  const say = (text: string): void => {
    if (!isJson && !plan.isQuiet) terminal.out(text);
  };
  // Of the first run, the start of Node is a part.
  let start = 0;
  for (const options of plan.runs) {
    const run: GenerateOptions = { ...options, style: mode === "write" && !isJson && !plan.isQuiet, ...WRITE[mode] };
    const result = await withProgress(run, new Progress(terminal, plan.isQuiet));
    const milliseconds = performance.now() - start;
    start += milliseconds;
    if (!result.ok) {
      throwMisuse(result.diagnostics);
      report(result.diagnostics);
      continue;
    }
    for (const warning of result.warnings) terminal.error(`warning: ${printable(warning)}\n`);
    if (mode === "stdout") terminal.out(printFiles(result));
    else if (mode === "check") {
      const stale = await staleness(result, run);
      if (stale === undefined) say(`${printable(run.output)} is up to date: ${count(result.files.length, "file")}\n`);
      else if (!isJson) terminal.error(stale.details);
      if (stale !== undefined) report([stale.diagnostic]);
    } else {
      say(summary(result, run, milliseconds));
      if (mode === "dry-run" && !isJson) terminal.out(listChanges(result));
    }
  }
  if (isJson) terminal.out(formatJson(wrong));
  return wrong.length === 0 ? 0 : 1;
}

/** What {@link GenerateOptions.write} is in each mode. */
const WRITE: Readonly<Record<Exclude<Mode, "watch">, Pick<GenerateOptions, "write">>> = {
  write: {},
  check: { write: false },
  "dry-run": { write: false },
  stdout: { write: "none" },
};

async function withProgress(options: GenerateOptions, progress: Progress): Promise<GenerateResult> {
  const onPhase = (phase: Phase): void => {
    progress.show(`${PHASES[phase]} ...`);
  };
  try {
    return await generate({ ...options, onPhase });
  } finally {
    progress.clear();
  }
}

/** What was asked for and is not there is no mistake of the schema. @throws UsageError */
function throwMisuse(diagnostics: readonly Diagnostic[]): void {
  const unmatched = diagnostics.filter(({ code }) => code === "unmatched-selection");
  if (unmatched.length === 0) return;
  const sentences = unmatched.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`));
  throw new UsageError(sentences.join("; "));
}
