/** `qapi-codegen --watch`: runs that go on until somebody ends them. */
import type { Disk } from "../build/disk-host.js";
import { Inputs } from "../build/inputs.js";
import { ConfigError } from "../config/config-error.js";
import { isUsageError } from "./options.js";
import type { Plan } from "./plan.js";
import type { Terminal } from "./terminal.js";
import { WatchReport } from "./watch-report.js";

/**
 * Keeps outputs up to date until somebody interrupts it. When the configuration changes, it is loaded anew, and that is what counts
 * from then on; if it is bad, that is said, and waited for to be mended.
 *
 * @param makePlan - Makes the plan, and looks at the disk through what it is given.
 * @returns the exit status: 0, since to be interrupted is the way to end.
 * @throws what `makePlan` throws the first time.
 */
export async function watchPlans(makePlan: (disk: Disk) => Promise<Plan>, terminal: Terminal): Promise<number> {
  let configuration = new Inputs();
  let plan: Plan | Error = await makePlan(configuration);
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
        restartOn: configuration,
        onStart: () => report.start(),
        onResult: ({ options }, result) => report.result(options.output, result),
      },
    );
    if (isOver()) break;
    // From before it is read: what changes while it is must not be missed.
    configuration = new Inputs();
    plan = await makePlan(configuration).catch(misuseOf);
  }
  return 0;
}

/** What is wrong with a configuration or its use, which can be mended while we wait. */
function misuseOf(error: unknown): Error {
  if (error instanceof ConfigError || isUsageError(error)) return error;
  throw error;
}
