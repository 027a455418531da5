/** `qapi-codegen --watch`: runs that go on until somebody ends them. */
import { ConfigError } from "../config/config-error.js";
import { isUsageError } from "./options.js";
import type { Plan } from "./plan.js";
import type { Terminal } from "./terminal.js";
import { WatchReport } from "./watch-report.js";

/**
 * Keeps outputs up to date until somebody interrupts it. When the configuration changes, it is loaded anew, and that is what counts
 * from then on; if it is bad, that is said, and waited for to be mended.
 *
 * @param makePlan - Makes the plan of what is on the disk.
 * @param configFiles - The files that make another plan when they change.
 * @returns the exit status: 0, since to be interrupted is the way to end.
 * @throws what `makePlan` throws the first time.
 */
export async function watchPlans(
  makePlan: () => Promise<Plan>,
  configFiles: () => readonly string[],
  terminal: Terminal,
): Promise<number> {
  let plan: Plan | Error = await makePlan();
  const { watch } = await import("../build/watch.js");
  const { Builder } = await import("../build/builder.js");
  const unread = new AbortController();
  const signal = AbortSignal.any([terminal.interruption(), unread.signal]);
  const isOver = (): boolean => signal.aborted;
  const report = new WatchReport(terminal, () => unread.abort());
  while (!isOver()) {
    if (plan instanceof Error) report.misuse(plan);
    else report.begin(plan);
    const runs = plan instanceof Error ? [] : plan.runs;
    await watch(
      runs.map((run) => new Builder(run)),
      {
        signal,
        restartOn: configFiles(),
        onStart: () => report.start(),
        onResult: ({ options }, result) => report.result(options.output, result),
      },
    );
    if (!isOver()) plan = await makePlan().catch(misuseOf);
  }
  return 0;
}

/** What is wrong with a configuration or its use, which can be mended while we wait. */
function misuseOf(error: unknown): Error {
  if (error instanceof ConfigError || isUsageError(error)) return error;
  throw error;
}
