/** Runs what a command line asks for, once, and tells of it. */
import {
  generateFrom,
  type Generated,
  type GenerateOptions,
  type GenerateResult,
  type Phase,
} from "../build/generate.js";
import { Inputs } from "../build/inputs.js";
import { remember, type Made } from "../build/remember.js";
import { TIME } from "../build/run-record.js";
import type { Diagnostic } from "../diagnostic.js";
import { formatJson, formatText } from "../diagnostic-report.js";
import { printable } from "../printable.js";
import { count } from "./counts.js";
import { UsageError } from "./options.js";
import type { Plan } from "./plan.js";
import { listChanges, printFiles, staleness, summary } from "./report.js";
import { PHASES, Progress, wantsColor, type Terminal } from "./terminal.js";

/** What becomes of what is made. */
export type Mode = "write" | "check" | "dry-run" | "stdout";

/** What {@link GenerateOptions.write} is in each mode. */
const WRITE: Readonly<Record<Mode, Pick<GenerateOptions, "write">>> = {
  write: {},
  check: { write: false },
  "dry-run": { write: false },
  stdout: { write: "none" },
};

/**
 * Makes one output after the other. A schema that is bad does not keep the others from being made, since each output is a whole of
 * its own.
 *
 * @param planned - What was looked at to make the plan.
 * @returns the exit status.
 * @throws UsageError for what was asked for and is not there.
 */
export async function runPlan(plan: Plan, mode: Mode, planned: Inputs, terminal: Terminal): Promise<number> {
  const isJson = plan.format === "json" && mode !== "stdout";
  const isTalkative = !isJson && !plan.isQuiet;
  const color = wantsColor(terminal, terminal.errorIsTerminal, plan.color);
  const wrong: Diagnostic[] = [];
  const made: Made[] = [];
  // The start of Node is a part of the first run.
  let last = 0;
  for (const run of plan.runs) {
    // Counting the findings of style takes a ninth of a run, which is for nothing where nobody looks at the number.
    const style = mode === "write" && isTalkative && terminal.outIsTerminal;
    const options: GenerateOptions = { ...run, style, ...WRITE[mode] };
    const inputs = new Inputs();
    const result = await withProgress(inputs, options, new Progress(terminal, plan.isQuiet));
    const time = (performance.now() - last).toFixed(0);
    last = performance.now();
    if (result.ok) {
      made.push({ options, inputs, result });
      for (const warning of result.warnings) terminal.error(`warning: ${printable(warning)}\n`);
    } else throwMisuse(result.diagnostics);
    const stale = result.ok && mode === "check" ? await staleness(result, options) : undefined;
    const diagnostics = result.ok ? (stale?.diagnostics ?? []) : result.diagnostics;
    // Spread, a million of them would not fit on the stack.
    for (const diagnostic of diagnostics) wrong.push(diagnostic);
    if (diagnostics.length > 0 && !isJson) terminal.error((stale?.details ?? "") + formatText(diagnostics, { color }));
    else if (result.ok) terminal.out(report(result, options, time));
  }
  if (isJson) terminal.out(formatJson(wrong));
  if (made.length > 0 && plan.isKept) terminal.keepCode?.();
  if (mode === "write" && wrong.length === 0 && terminal.run !== undefined && plan.isKept) {
    const next = made.map(({ options, result }) => report(asUnchanged(result), options, TIME)).join("");
    remember(terminal.run, made, [planned], isJson ? formatJson([]) : next);
  }
  return wrong.length === 0 ? 0 : 1;

  /** What there is to say of an output that is well. */
  function report(result: Generated, options: GenerateOptions, time: string): string {
    if (mode === "stdout") return printFiles(result);
    if (isJson) return "";
    if (mode === "check" && isTalkative) {
      return `${printable(options.output)} is up to date: ${count(result.files.length, "file")}\n`;
    }
    const list = mode === "dry-run" ? listChanges(result) : "";
    return isTalkative ? summary(result, options, time) + list : list;
  }
}

/** What another run gives that has nothing to do. */
function asUnchanged(result: Generated): Generated {
  const { write, files } = result;
  return { ...result, write: { ...write, written: [], removed: [], unchanged: files.map(({ path }) => path) } };
}

async function withProgress(inputs: Inputs, options: GenerateOptions, progress: Progress): Promise<GenerateResult> {
  const onPhase = (phase: Phase): void => {
    progress.show(`${PHASES[phase]} ...`);
  };
  try {
    return await generateFrom(inputs, { ...options, onPhase });
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
