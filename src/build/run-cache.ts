/**
 * Where records of runs are kept, and what the executable looks at before it loads anything else.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import { printable } from "../printable.js";
import { compare, MAXIMUM_BYTES, parseRecord, TIME, writeRecord, type RunRecord } from "./run-record.js";

/** A run of the command line, as far as its result depends on more than files. */
export interface Run {
  readonly args: readonly string[];
  /** Which qapi-codegen it is: two that might give different results have different ones. */
  readonly build: string;
  readonly environment: Environment;
  /** Whether it says more, since somebody is there to read it. */
  readonly outIsTerminal: boolean;
}

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the record of a run is, or would be. */
export interface RecordPlace {
  readonly directory: string;
  readonly file: string;
  /** All that the run depends on but for the content of files. */
  readonly key: string;
}

/** Turns it off (`off`), or says which directory to use. */
const VARIABLE = "QAPI_CODEGEN_CACHE";

/** Where the record of a run is kept; undefined: nowhere. */
export function recordPlace({ args, build, environment, outIsTerminal }: Run): RecordPlace | undefined {
  const directory = cacheDirectory(environment);
  if (directory === undefined) return undefined;
  const key = JSON.stringify([1, build, process.version, process.platform, process.cwd(), args, outIsTerminal]);
  // The key itself is in the record, so this need not tell all of them apart, and need not load Node's crypto, which takes 2 ms.
  const name = process.getBuiltinModule("node:zlib").crc32(key).toString(16).padStart(8, "0");
  return { directory, file: join(directory, `${name}.json`), key };
}

/**
 * What a run would say that has nothing to do, since all is as an earlier one left it; undefined where that is not known. A record
 * that is missing, damaged, somebody else's or not to be trusted is none.
 */
export function recall(run: Run, milliseconds: () => number): string | undefined {
  try {
    const place = recordPlace(run);
    if (place === undefined) return undefined;
    const status = statSync(place.file, { throwIfNoEntry: false });
    if (status?.isFile() !== true || status.size > MAXIMUM_BYTES || !isOurs(status.uid)) return undefined;
    const record = parseRecord(readFileSync(place.file, "utf8"));
    if (record?.key !== place.key) return undefined;
    const stamps = compare(record);
    if (stamps === undefined) return undefined;
    if (stamps.some((stamp, index) => stamp !== record.stamps?.[index])) keep(place.file, { ...record, stamps });
    const lines = record.text.replaceAll(TIME, milliseconds().toFixed(0)).split("\n");
    return lines.map(printable).join("\n");
  } catch {
    return undefined; // Then the run finds out for itself, and says what is wrong.
  }
}

function keep(file: string, record: RunRecord): void {
  try {
    writeRecord(file, record);
  } catch {
    // Then the next run compares contents again.
  }
}

/** What others have written into a directory of theirs is not ours to believe. */
export function isOurs(uid: number): boolean {
  return process.getuid === undefined || process.getuid() === uid;
}

/** Where it is kept what helps later runs; undefined: nowhere. */
export function cacheDirectory(environment: Environment): string | undefined {
  const chosen = environment[VARIABLE] ?? "";
  if (chosen !== "") return chosen === "off" ? undefined : chosen;
  const modules = nearestModules(process.cwd());
  if (modules !== undefined) return join(modules, ".cache", "qapi-codegen");
  const user = userDirectory(environment);
  return user === undefined ? undefined : join(user, "qapi-codegen");
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
