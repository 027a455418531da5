/** Files and modules as QEMU's compiler names them when it is run in the folder of the root file. */
import { resolvePath } from "../src/schema/path.js";
import type { LoadedFile, Tree } from "../src/schema/load.js";
import type { IncludeNode } from "../src/syntax/ast.js";
import { inReadingOrder } from "../src/schema/reading-order.js";

export interface FileNames {
  /** The way on which it came to a file first, put together from what the includes say: `inc/../net.json`. */
  of(file: LoadedFile): string;
  /** The module that an include names. */
  moduleOf(file: LoadedFile, include: IncludeNode): string;
  /** All modules, and the file that each was read from; none for one that is a second name of a file. */
  readonly modules: ReadonlyMap<string, LoadedFile | undefined>;
}

export function fileNames(tree: Tree): FileNames {
  const names = new Map<LoadedFile, string>();
  const modules = new Map<string, LoadedFile | undefined>();
  const byPath = new Map(tree.files.map((file) => [resolvePath("", file.name), file]));
  const of = (file: LoadedFile): string => names.get(file) ?? file.name;
  const [root] = tree.files;
  if (root !== undefined) enter(root, root.name);
  for (const { file, entry } of inReadingOrder(tree)) {
    if (entry.kind !== "include") continue;
    const name = behind(of(file), entry.path.text);
    const included = byPath.get(resolvePath("", name));
    if (included !== undefined && !names.has(included)) enter(included, name);
    else if (!modules.has(moduleName(name))) modules.set(moduleName(name), undefined);
  }
  return { of, moduleOf: (file, include) => moduleName(behind(of(file), include.path.text)), modules };

  function enter(file: LoadedFile, name: string): void {
    names.set(file, name);
    modules.set(moduleName(name), file);
  }
}

/** An include in the file `from`. */
function behind(from: string, path: string): string {
  const slash = from.lastIndexOf("/");
  return slash === -1 ? path : from.slice(0, slash + 1) + path;
}

/** QEMU's compiler normalises the names of modules, but takes those with `./` for its own. */
function moduleName(name: string): string {
  return name.startsWith("./") ? name : resolvePath("", name);
}
