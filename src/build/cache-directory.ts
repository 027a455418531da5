/**
 * The directory in which runs of the command line keep what makes later ones faster. All of it can be made again: what is in the
 * way of it is nobody's concern, and what is damaged or somebody else's is as good as missing.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { replaceFile, TEMPORARY } from "./replace-file.js";

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is kept of one kind. */
export interface Kind {
  /** Matches the names of its files. */
  readonly name: RegExp;
  /** Of more files, the oldest are removed. */
  readonly maximumFiles: number;
  /** A larger file is not written, and not read. */
  readonly maximumBytes: number;
}

/** Turns it off (`off`), or says which directory to use. */
const VARIABLE = "QAPI_CODEGEN_CACHE";

/** Where things are kept; undefined: nowhere. */
export function cacheDirectory(environment: Environment): string | undefined {
  const chosen = environment[VARIABLE] ?? "";
  if (chosen !== "") return chosen === "off" ? undefined : chosen;
  const modules = nearestModules(process.cwd());
  if (modules !== undefined) return join(modules, ".cache", "qapi-codegen");
  const user = userDirectory(environment);
  return user === undefined ? undefined : join(user, "qapi-codegen");
}

/** What is in a file; undefined where there is nothing to be trusted. */
export function readKept(file: string, { maximumBytes }: Kind): Buffer | undefined {
  try {
    const status = statSync(file, { throwIfNoEntry: false });
    if (status?.isFile() !== true || status.size > maximumBytes || !isOurs(status.uid)) return undefined;
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Keeps a file, in one step, and removes the oldest where there are too many of its kind, or of what was never finished. */
export function keep(file: string, content: string | Uint8Array, kind: Kind): void {
  if (content.length > kind.maximumBytes) return;
  try {
    const directory = dirname(file);
    mkdirSync(directory, { recursive: true });
    replaceFile(file, content);
    removeOldest(directory, kind);
  } catch {
    // A read-only or full disk, say.
  }
}

function removeOldest(directory: string, { name, maximumFiles }: Kind): void {
  const files = readdirSync(directory).filter((file) => name.test(file) || TEMPORARY.test(file));
  if (files.length <= maximumFiles) return;
  const byAge = files
    .map((file) => ({ path: join(directory, file), time: statSync(join(directory, file)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { path } of byAge.slice(maximumFiles)) rmSync(path, { force: true });
}

/** What others have written into a directory of theirs is not ours to believe. */
function isOurs(uid: number): boolean {
  return process.getuid === undefined || process.getuid() === uid;
}

/** The `node_modules` of the nearest package, if it has one: what is in its `.cache` is nobody's loss. */
function nearestModules(from: string): string | undefined {
  for (let directory = from; ; directory = dirname(directory)) {
    if (existsSync(join(directory, "package.json"))) {
      const modules = join(directory, "node_modules");
      return existsSync(modules) ? modules : undefined;
    }
    if (dirname(directory) === directory) return undefined;
  }
}

/** Where programs of this user keep what can be made again. */
function userDirectory({
  XDG_CACHE_HOME: xdg = "",
  LOCALAPPDATA: local = "",
  HOME: home = "",
}: Environment): string | undefined {
  if (process.platform === "win32") return local === "" ? undefined : local;
  if (isAbsolute(xdg)) return xdg;
  if (!isAbsolute(home)) return undefined;
  return process.platform === "darwin" ? join(home, "Library", "Caches") : join(home, ".cache");
}
