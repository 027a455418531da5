/** Files that are written in one step. */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { attempt } from "./output-error.js";

/** What files are called while they are written; those of a process that was killed stay. */
export const TEMPORARY: RegExp = /^\.qapi-codegen-[0-9]+-[0-9a-z]+\.tmp$/;

/**
 * Gives `file` a content in one step: whoever looks sees the old one or the new one.
 *
 * @param mode - Who may read and write it, as far as the process lets them.
 * @throws OutputError when the system refuses.
 */
export function replaceFile(file: string, content: string | Uint8Array, mode: number = 0o666): void {
  const random = Math.random().toString(36).slice(2);
  const temporary = join(dirname(file), `.qapi-codegen-${String(process.pid)}-${random}.tmp`);
  attempt("write", file, () => {
    try {
      writeFileSync(temporary, content, { flag: "wx", mode });
      renameSync(temporary, file);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  });
}
