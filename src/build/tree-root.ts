/** How far the includes of a schema may go. */
import { existsSync } from "node:fs";
import { posix } from "node:path";

/**
 * The source tree that a schema belongs to: the outermost directory above it with QEMU's main schema at
 * `qapi/qapi-schema.json` (the storage daemon's schema includes parts of it), else the schema's own directory.
 *
 * @param entry - The path of a schema file, with forward slashes, relative or absolute; the result is of the same kind.
 * @param exists - Whether there is a file at a path.
 */
export function treeRoot(entry: string, exists: (path: string) => boolean = existsSync): string {
  let root = posix.dirname(entry);
  const steps = posix.resolve(entry).split("/").length - 2;
  for (let step = 0, directory = root; step < steps; step++) {
    if (exists(posix.join(directory, "qapi/qapi-schema.json"))) root = directory;
    directory = posix.join(directory, "..");
  }
  return root;
}
