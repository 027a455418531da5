/** Files that are written in one step. */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { OutputError, systemError } from "./output-error.js";

/** What files are called while they are written, with the process that does. */
export const TEMPORARY: RegExp = /^\.qapi-codegen-([0-9]+)-[0-9a-z]+\.tmp$/;

/**
 * Gives `file` a content in one step: whoever looks sees the old one or the new one.
 *
 * @param mode - Who may read and write it, as far as the process lets them.
 * @throws OutputError when the system refuses.
 */
export function replaceFile(file: string, text: string, mode: number = 0o666): void {
  const random = Math.random().toString(36).slice(2);
  const temporary = join(dirname(file), `.qapi-codegen-${String(process.pid)}-${random}.tmp`);
  attempt("write", file, () => {
    try {
      writeFileSync(temporary, text, { flag: "wx", mode });
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
}

/** Runs what the system may refuse. @throws OutputError that says that it refused `action` on `path`. */
export function attempt(action: string, path: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    throw error instanceof OutputError ? error : systemError(error, action, path);
  }
}
