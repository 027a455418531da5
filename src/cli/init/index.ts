/** Asks, shows and writes what `qapi-codegen init` changes. */
import { createTwoFilesPatch } from "diff";
import { OutputError } from "../../build/output-error.js";
import { planInit, type Answers, type Change, type InitPlan } from "../../config/init/plan-init.js";
import { guessOutput, guessSchema, readProject, schemaProblem, type Project } from "../../config/init/project.js";
import { writeChanges } from "../../config/init/write-changes.js";
import { formatText } from "../../diagnostic-report.js";
import { printable } from "../../printable.js";
import { UsageError } from "../options.js";
import { wantsColor, type Terminal } from "../terminal.js";
import { Questions } from "./questions.js";

/** What the command line says. */
export interface InitOptions {
  readonly schema: string | undefined;
  readonly output: string | undefined;
  /** Whether nothing is to be asked. */
  readonly isSilent: boolean;
  /** Whether nothing is to be written. */
  readonly isDry: boolean;
  readonly color: boolean | undefined;
  readonly terminal: Terminal;
}

/** @returns the exit status. @throws UsageError */
export async function runInit(options: InitOptions): Promise<number> {
  const { terminal, isDry } = options;
  const canAsk = terminal.inIsTerminal && terminal.outIsTerminal && !options.isSilent;
  if (!canAsk && !options.isSilent && !isDry) {
    throw new UsageError("there is no terminal to ask at: add --yes, and --schema and --output if you like");
  }
  const project = readProject(".");
  const questions = canAsk ? new Questions(terminal) : undefined;
  try {
    const answers = project.config === undefined ? await answersFor(project, options, questions) : undefined;
    if (answers === "gone") return 1;
    if (project.config !== undefined) {
      terminal.out(`There is a configuration already: ${project.config}\n`);
      if (options.schema !== undefined || options.output !== undefined) {
        terminal.error(`warning: it is left as it is: --schema and --output are for a new one\n`);
      }
    }
    const plan = planInit(project, answers);
    show(plan, wantsColor(terminal, terminal.outIsTerminal, options.color), terminal);
    if (plan.changes.length === 0) {
      terminal.out("There is nothing to do\n");
      return 0;
    }
    if (isDry) return 0;
    if (questions !== undefined && !(await questions.agrees("Write this?"))) {
      terminal.out("Nothing was written\n");
      return 1;
    }
    return write(project, plan.changes, terminal);
  } finally {
    questions?.close();
  }
}

/** Which schema and where to: as it was said, else asked for, else guessed. `gone`: there is nobody to answer. */
async function answersFor(
  project: Project,
  { schema, output }: InitOptions,
  questions: Questions | undefined,
): Promise<Answers | "gone"> {
  const { directory } = project;
  const problem = schema === undefined ? undefined : schemaProblem(directory, schema);
  if (problem !== undefined) throw new UsageError(problem);
  const chosen =
    schema ??
    (await questions?.ask("Which schema? A file, a directory or a release", guessSchema(directory), (answer) =>
      schemaProblem(directory, answer),
    )) ??
    (questions === undefined ? guessSchema(directory) : undefined);
  if (chosen === undefined) return "gone";
  const guess = guessOutput(directory, chosen);
  const place = output ?? (questions === undefined ? guess : await questions.ask("Where to write?", guess));
  return place === undefined ? "gone" : { schema: chosen, output: place };
}

function show({ changes, notes }: InitPlan, isColored: boolean, terminal: Terminal): void {
  for (const { path, before, after } of changes) {
    const patch = createTwoFilesPatch(path, path, before ?? "", after, "", "", { context: 2 });
    const lines = patch.slice(patch.indexOf("@@")).trimEnd().split("\n");
    terminal.out(`${before === undefined ? "new" : "changed"}: ${printable(path)}\n`);
    for (const line of lines) terminal.out(`  ${isColored ? colored(printable(line)) : printable(line)}\n`);
  }
  for (const note of notes) terminal.out(`note: ${printable(note)}\n`);
}

function colored(line: string): string {
  const color = line.startsWith("+") ? "32" : line.startsWith("-") ? "31" : undefined;
  return color === undefined ? line : `\u001b[${color}m${line}\u001b[0m`;
}

function write(project: Project, changes: readonly Change[], terminal: Terminal): number {
  try {
    writeChanges(project.directory, changes);
  } catch (error) {
    if (!(error instanceof OutputError)) throw error;
    terminal.error(formatText(error.diagnostics, { color: false }));
    return 1;
  }
  const isInstalled = !changes.some(
    ({ path, after }) => path === "package.json" && after.includes('"qapi-codegen": "^'),
  );
  terminal.out(`Wrote ${changes.map(({ path }) => printable(path)).join(", ")}\n`);
  terminal.out(
    `Next: ${isInstalled ? "" : "npm install && "}${project.manifest === undefined ? "npx qapi-codegen" : "npm run qapi"}\n`,
  );
  return 0;
}
