import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { attempt } from "../../build/output-error.js";
import { replaceFile } from "../../build/replace-file.js";
import type { Change } from "./plan-init.js";

/**
 * Writes files, each in one step; those that are links stay links, and who may read them stays as it is.
 *
 * @throws OutputError when the system refuses; what was written by then is complete.
 */
export function writeChanges(directory: string, changes: readonly Change[]): void {
  for (const { path, before, after } of changes) {
    const file = join(directory, path);
    if (before === undefined) replaceFile(file, after);
    else attempt("write", file, () => replaceFile(realpathSync(file), after, statSync(file).mode & 0o777));
  }
}
