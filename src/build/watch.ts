/**
 * Outputs that are kept up to date while somebody edits their schemas.
 *
 * What the system says of changes is only a hint: whether there is something to do is found out by looking at what the last run
 * looked at. So an event too many costs next to nothing, and what a run writes does not lead to another one.
 */
import { HostError } from "../schema/host.js";
import type { Builder } from "./builder.js";
import { DirectoryWatcher } from "./directory-watcher.js";
import type { GenerateResult } from "./generate.js";
import { Inputs } from "./inputs.js";

/** What to do while outputs are kept up to date. */
export interface WatchOptions {
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Called when a run of a builder begins. */
  readonly onStart?: (builder: Builder) => void;
  /** Called when a run has ended. */
  readonly onResult?: (builder: Builder, result: GenerateResult) => void;
  /** What makes it end when it changes, as a configuration does: files, or what was looked at. Default: nothing. */
  readonly restartOn?: readonly string[] | Watched;
}

/** What was looked at on the disk. */
export interface Watched {
  /** Absolute paths. */
  readonly paths: readonly string[];
  /** Whether it is no longer as it was then. */
  haveChanged(): boolean;
}

/** How long nothing must happen, in ms, before a run begins: programs save in several steps, and many files at once. */
const QUIET = 10;

/** How long a failed run waits for the rest of what was being saved, in ms, before it is believed. */
const SECOND_LOOK = 60;

/**
 * Runs each builder now and whenever its inputs have changed, one run at a time, until the signal is aborted (the result is then
 * `aborted`) or one of the files to restart on has changed (`restart`). Nothing is open any more when it returns.
 *
 * What is wrong with a schema is in the results; what was wrong only while a file was being saved is not.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { Builder, watch } from "qapi-codegen";
 *
 * writeFileSync("watched.json", "{ 'event': 'STOP' }");
 * const builder = new Builder({ schema: "watched.json", output: "src/watched" });
 * const controller = new AbortController();
 * const results: boolean[] = [];
 * await watch([builder], {
 *   signal: controller.signal,
 *   onResult(_, { ok }) {
 *     results.push(ok);
 *     controller.abort(); // Else it goes on.
 *   },
 * });
 * results; // => [true]
 * ```
 */
export async function watch(builders: readonly Builder[], options: WatchOptions): Promise<"aborted" | "restart"> {
  const { signal, onStart, onResult, restartOn = [] } = options;
  const configuration = "paths" in restartOn ? restartOn : inputsOf(restartOn);
  const watcher = new DirectoryWatcher(signal);
  const isOver = (): boolean => signal.aborted;
  try {
    while (!isOver()) {
      if (configuration.haveChanged()) return "restart";
      for (const builder of builders) {
        if (isOver() || !builder.isStale) continue;
        onStart?.(builder);
        let result = await builder.build();
        while (!result.ok && (await isBeingSaved(builder, watcher))) result = await builder.build();
        if (!isOver()) onResult?.(builder, result);
      }
      const paths = builders.flatMap(({ inputs }) => inputs);
      // What has changed before it was watched has been missed.
      const isNew = watcher.cover([...paths, ...configuration.paths]);
      if (isNew && (configuration.haveChanged() || builders.some(({ isStale }) => isStale))) continue;
      await watcher.event();
      await watcher.quiet(QUIET);
    }
    return "aborted";
  } finally {
    watcher.close();
  }
}

/** Whether what failed may have been seen half-written. */
async function isBeingSaved(builder: Builder, watcher: DirectoryWatcher): Promise<boolean> {
  await watcher.event(SECOND_LOOK);
  await watcher.quiet(QUIET);
  return builder.isStale;
}

/** Files that are to be compared with what they are now. */
function inputsOf(files: readonly string[]): Inputs {
  const inputs = new Inputs();
  for (const file of files) {
    try {
      inputs.read(file);
    } catch (error) {
      if (!(error instanceof HostError)) throw error; // That it cannot be read is what is remembered of it.
    }
  }
  return inputs;
}
