/**
 * Brings an output directory up to date.
 *
 * First all is looked at and a plan made; nothing is touched when something speaks against it, or nothing is to be done.
 * Otherwise the run waits for its turn and then exchanges the files (`exchange.ts`), from which the next run can go on wherever
 * it is cut off.
 */
import { existsSync, mkdirSync, renameSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { OutputFile } from "../emit/emitter.js";
import { exchange } from "./exchange.js";
import { hashOfFile } from "./content-hash.js";
import { filesOf, manifestStamp, manifestText, readManifest, type Hashes } from "./manifest.js";
import { attempt } from "./output-error.js";
import { MANIFEST } from "./output-path.js";
import { plan, type Known, type Plan } from "./plan.js";
import { pendingOf, removeRun, runsIn, Staging, type Run } from "./staging.js";

/** What {@link writeOutput} did. Paths are relative to the output directory, with forward slashes, sorted. */
export interface WriteReport {
  /** What is new or has another content than before. */
  readonly written: readonly string[];
  /** What had the right content already and was not touched. */
  readonly unchanged: readonly string[];
  /** What an earlier run wrote and this one does not. */
  readonly removed: readonly string[];
  /** The size of all files of the output, written or unchanged. */
  readonly bytes: number;
  /** What people should know besides: sentences without a full stop. */
  readonly warnings: readonly string[];
}

/** How {@link writeOutput} goes about it. */
export interface WriteOptions {
  /** How long to wait for another run that writes to the same directory, in milliseconds. Default: 5000. */
  readonly patience?: number;
}

const PATIENCE = 5000;

/**
 * Makes `files` the generated content of `directory`, which need not exist. Whatever an earlier run wrote there and this
 * one does not is removed, with the directories that this leaves empty; nothing else is touched. It waits, without letting
 * anything else happen, while another run writes to the directory.
 *
 * @throws OutputError when the directory cannot be written to, a file of somebody else is in the way, another run writes for too
 * long, or the system refuses; then all is as it was before.
 *
 * @example
 * ```ts
 * import { writeOutput } from "qapi-codegen";
 *
 * const files = [{ path: "stop.ts", text: 'export const STOP = "STOP";\n' }];
 * writeOutput("generated/stop", files).written; // => ["stop.ts"]
 * writeOutput("generated/stop", files).written; // => []
 * ```
 */
export function writeOutput(
  directory: string,
  files: readonly OutputFile[],
  { patience = PATIENCE }: WriteOptions = {},
): WriteReport {
  const before = readState(directory, runsIn(directory));
  let steps: Plan | undefined;
  if (before.runs.length === 0) {
    try {
      steps = plan(directory, files, before);
      if (isDone(files, before, steps)) return reportOf(files, steps, []);
    } catch (error) {
      if (isStill(directory, before, runsIn(directory))) throw error; // Otherwise it may be what another run was about.
    }
  }

  const folders = missingFolders(directory);
  let staging: Staging | undefined;
  try {
    attempt("create the directory", directory, () => mkdirSync(directory, { recursive: true }));
    staging = new Staging(directory, patience);
    const { leftovers } = staging;
    let known = before;
    if (steps === undefined || !isStill(directory, before, leftovers)) {
      known = readState(directory, leftovers);
      steps = plan(directory, files, known);
    }
    if (leftovers.length > 0) cleanUp(directory, staging, leftovers, steps.owned);
    if (!isDone(files, known, steps)) exchange(directory, staging, steps, manifestOf(files));
  } catch (error) {
    staging?.remove();
    for (const folder of folders) removeIfEmpty(folder);
    throw error;
  }
  const refusal = staging.remove();
  return reportOf(files, steps, refusal === undefined ? [] : [refusal]);
}

/**
 * What {@link writeOutput} would report, and what it would refuse, found out without touching anything.
 *
 * @throws OutputError as {@link writeOutput}, but for what the system says of writing.
 */
export function compareOutput(directory: string, files: readonly OutputFile[]): WriteReport {
  return reportOf(files, plan(directory, files, readState(directory, runsIn(directory))), []);
}

/** What there is to say of files that are for no directory. */
export function untouched(files: readonly OutputFile[]): WriteReport {
  return {
    written: files.map(({ path }) => path).sort(),
    unchanged: [],
    removed: [],
    bytes: bytesOf(files),
    warnings: [],
  };
}

function bytesOf(files: readonly OutputFile[]): number {
  return files.reduce((sum, file) => sum + Buffer.byteLength(file.text), 0);
}

/** What other runs have left to know about an output directory. */
interface State extends Known {
  /** Which manifest it is. Its text alone would not tell: two runs may have exchanged all, and then all back. */
  readonly stamp: string | undefined;
  /** Those that are under way, or were cut off. */
  readonly runs: readonly Run[];
}

function readState(directory: string, runs: readonly Run[]): State {
  // Before it is read: what comes in between is then told by it.
  const stamp = manifestStamp(directory);
  return { stamp, files: filesOf(directory, readManifest(directory)), runs, pending: pendingOf(directory, runs) };
}

/** Whether no run has written anything since a look: each that does leaves another manifest. */
function isStill(directory: string, before: State, runs: readonly Run[]): boolean {
  return runs.length === 0 && manifestStamp(directory) === before.stamp;
}

function isDone(files: readonly OutputFile[], known: State, { add, change, remove }: Plan): boolean {
  return (
    add.length + change.length + remove.length + known.runs.length === 0 &&
    known.files.size === files.length &&
    files.every(({ path }) => known.files.has(path))
  );
}

/** Writes down what is ours by now, and then removes what runs that were cut off have left. */
function cleanUp(directory: string, staging: Staging, runs: readonly Run[], owned: Hashes): void {
  attempt("write", join(directory, MANIFEST), () => {
    writeFileSync(staging.manifest, manifestText(owned));
    renameSync(staging.manifest, join(directory, MANIFEST));
  });
  for (const run of runs) removeRun(directory, run);
}

function manifestOf(files: readonly OutputFile[]): string {
  return manifestText(new Map(files.map((file) => [file.path, hashOfFile(file)])));
}

/** A directory and those above it, innermost first, as far as they do not exist. */
function missingFolders(directory: string): readonly string[] {
  const missing: string[] = [];
  for (let path = resolve(directory); !existsSync(path) && path !== dirname(path); path = dirname(path)) {
    missing.push(path);
  }
  return missing;
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // It has not been made; or somebody else has put something there.
  }
}

function reportOf(files: readonly OutputFile[], steps: Plan, warnings: readonly string[]): WriteReport {
  return {
    written: [...steps.add, ...steps.change].map((file) => file.path).sort(),
    unchanged: [...steps.unchanged].sort(),
    removed: [...steps.remove].sort(),
    bytes: bytesOf(files),
    warnings: [...steps.warnings, ...warnings],
  };
}
