/**
 * Brings an output directory up to date.
 *
 * First all is looked at and a plan made; nothing is touched when something speaks against it. Then the manifest is
 * written with the names of before and of now, the files one by one, each in one step, and the manifest again. So a run
 * that is cut off at any point leaves complete files that the next run knows to be ours.
 */
import { lstatSync, mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync } from "node:fs";
import { join, posix } from "node:path";
import type { OutputFile } from "../emit/emitter.js";
import { contentHash, manifestText, readManifest, type Manifest } from "./manifest.js";
import { systemErrorCode } from "./output-error.js";
import { MANIFEST } from "./output-path.js";
import { plan, type Plan } from "./plan.js";
import { attempt, replaceFile, TEMPORARY } from "./replace-file.js";

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

/**
 * Makes `files` the generated content of `directory`, which need not exist. Whatever an earlier run wrote there and this
 * one does not is removed, with the directories that this leaves empty; nothing else is touched.
 *
 * @throws OutputError when the directory cannot be written to, a file of somebody else is in the way (then nothing was
 * written) or the system refuses (then the next run can go on).
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
export function writeOutput(directory: string, files: readonly OutputFile[]): WriteReport {
  const manifest = readManifest(directory);
  const steps = plan(directory, files, manifest);
  removeLeftovers(directory, manifest);
  const paths = new Set(files.map((file) => file.path));
  const isSettled =
    manifest.pending.size === 0 &&
    manifest.files.size === paths.size &&
    [...manifest.files.keys()].every((path) => paths.has(path));
  if (steps.write.length > 0 || steps.remove.length > 0 || !isSettled) carryOut(directory, files, steps);
  return reportOf(files, steps);
}

/**
 * What {@link writeOutput} would report, and what it would refuse, found out without touching anything.
 *
 * @throws OutputError as {@link writeOutput}, but for what the system says of writing.
 */
export function compareOutput(directory: string, files: readonly OutputFile[]): WriteReport {
  return reportOf(files, plan(directory, files, readManifest(directory)));
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

function reportOf(files: readonly OutputFile[], steps: Plan): WriteReport {
  return {
    written: steps.write.map((file) => file.path).sort(),
    unchanged: [...steps.unchanged].sort(),
    removed: [...steps.remove].sort(),
    bytes: bytesOf(files),
    warnings: steps.warnings,
  };
}

function carryOut(directory: string, files: readonly OutputFile[], steps: Plan): void {
  const after = new Map(files.map((file) => [file.path, contentHash(file.text)]));
  attempt("create the directory", directory, () => mkdirSync(directory, { recursive: true }));
  if (steps.write.length > 0 || steps.remove.length > 0) {
    const pending = new Map(steps.write.map(({ path, text }) => [path, after.get(path) ?? contentHash(text)]));
    replaceFile(join(directory, MANIFEST), manifestText({ files: steps.owned, pending }));
  }
  for (const folder of new Set(steps.write.map((file) => posix.dirname(file.path)))) {
    const path = join(directory, folder);
    attempt("create the directory", path, () => mkdirSync(path, { recursive: true }));
  }
  for (const file of steps.write) replaceFile(join(directory, file.path), file.text);
  for (const path of steps.remove) {
    const file = join(directory, path);
    attempt("remove", file, () => {
      rmSync(file, { force: true });
    });
  }
  for (const path of [...steps.remove, ...steps.gone]) removeEmptyFolders(directory, path);
  replaceFile(join(directory, MANIFEST), manifestText({ files: after, pending: new Map() }));
}

/** Removes the temporary files of a run that was cut off, but not those of one that is going on at the same time. */
function removeLeftovers(directory: string, manifest: Manifest): void {
  const folders = new Set([".", ...[...manifest.pending.keys()].map((path) => posix.dirname(path))]);
  for (const folder of folders) {
    const path = join(directory, folder);
    if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) continue;
    attempt("clean up", path, () => {
      if (realpathSync(path) !== join(realpathSync(directory), folder)) return; // Behind a symbolic link.
      for (const name of readdirSync(path)) {
        const process = TEMPORARY.exec(name)?.[1];
        if (process !== undefined && !isOtherProcess(Number(process))) rmSync(join(path, name), { force: true });
      }
    });
  }
}

function isOtherProcess(id: number): boolean {
  if (id === process.pid) return false;
  try {
    process.kill(id, 0); // The signal 0 only asks.
    return true;
  } catch (error) {
    return systemErrorCode(error) === "EPERM";
  }
}

/** Removes the folders above `path`, innermost first, as far as they are empty. The output directory itself stays. */
function removeEmptyFolders(directory: string, path: string): void {
  for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder)) {
    try {
      rmdirSync(join(directory, folder));
    } catch {
      return; // Not empty, gone already, or not ours to remove: no harm done.
    }
  }
}
