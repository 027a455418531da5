/** The order in which QEMU's compiler reads a schema: what a file includes stands in the place of the include. */
import type { EntryNode } from "../syntax/ast.js";
import type { LoadedFile, Tree } from "./load.js";
import { directoryOf, resolvePath } from "./path.js";

/** An entry, and the file that it is in. */
export interface FileEntry {
  readonly file: LoadedFile;
  readonly entry: EntryNode;
}

/** All entries of all files, each file where it is included first; includes are among them, before what they include. */
export function* inReadingOrder({ files }: Tree): Iterable<FileEntry> {
  const unread = new Map(files.map((file) => [file.path, file]));
  for (const root of files) {
    if (!unread.delete(root.path)) continue;
    // Not the call stack, which a long chain of includes would overflow.
    const open: { readonly file: LoadedFile; next: number }[] = [{ file: root, next: 0 }];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const entry = top.file.node.entries[top.next];
      top.next++;
      if (entry === undefined) {
        open.pop();
        continue;
      }
      yield { file: top.file, entry };
      if (entry.kind !== "include") continue;
      const path = resolvePath(directoryOf(top.file.path), entry.path.text);
      const included = unread.get(path);
      if (included === undefined) continue;
      unread.delete(path);
      open.push({ file: included, next: 0 });
    }
  }
}
