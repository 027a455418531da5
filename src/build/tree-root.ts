/** How far the includes of a schema may go. */
import { posix } from "node:path";
import { diskHost } from "./disk-host.js";

/** In QEMU's tree, schemas are at most this far below its root: `storage-daemon/qapi/qapi-schema.json`. */
const STEPS = 2;

/** What is at the root of QEMU's tree, and together nowhere else. */
const MAIN = [["qapi/qapi-schema.json"], ["qapi-schema.json", "qapi/common.json"]] as const;

/**
 * The source tree that a schema belongs to: the outermost directory, at most two steps above the schema's own, with
 * QEMU's main schema at `qapi/qapi-schema.json` (the storage daemon's schema includes parts of it), or, before 2.12, at
 * `qapi-schema.json` with a `qapi/common.json` beside it; else the schema's own.
 *
 * @param entry - The path of a schema file, with forward slashes, relative or absolute; the result is of the same kind.
 * @param exists - Whether there is a file at a path.
 */
export function treeRoot(entry: string, exists: (path: string) => boolean = isThere): string {
  let root = posix.dirname(entry);
  for (let step = 0, directory = root; step <= STEPS && posix.resolve(directory) !== "/"; step++) {
    if (MAIN.some((files) => files.every((file) => exists(posix.join(directory, file))))) root = directory;
    directory = posix.join(directory, "..");
  }
  return root;
}

function isThere(path: string): boolean {
  return diskHost.kind(path) !== undefined;
}
