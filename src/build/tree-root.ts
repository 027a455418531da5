/** How far the includes of a schema may go. */
import { existsSync } from "node:fs";
import { posix } from "node:path";

/** In QEMU's tree, schemas are at most this far below its root: `storage-daemon/qapi/qapi-schema.json`. */
const STEPS = 2;

/**
 * The source tree that a schema belongs to: the outermost directory, at most two steps above the schema's own, with
 * QEMU's main schema at `qapi/qapi-schema.json` (the storage daemon's schema includes parts of it), else the schema's own.
 *
 * @param entry - The path of a schema file, with forward slashes, relative or absolute; the result is of the same kind.
 * @param exists - Whether there is a file at a path.
 */
export function treeRoot(entry: string, exists: (path: string) => boolean = existsSync): string {
  let root = posix.dirname(entry);
  for (let step = 0, directory = root; step <= STEPS && posix.resolve(directory) !== "/"; step++) {
    if (exists(posix.join(directory, "qapi/qapi-schema.json"))) root = directory;
    directory = posix.join(directory, "..");
  }
  return root;
}
