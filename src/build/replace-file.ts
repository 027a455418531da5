/** Files that are written in one step. */
import { renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { attempt } from "./output-error.js";

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
