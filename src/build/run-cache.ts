/** Records of runs, kept for the next ones: what the executable looks at before it loads anything else. */
import { join } from "node:path";
import { printable } from "../printable.js";
import { cacheDirectory, keep, readKept, type Environment, type Kind } from "./cache-directory.js";
import { compare, parseRecord, TIME, type RunRecord } from "./run-record.js";

/** A run of the command line, as far as its result depends on more than files. */
export interface Run {
  readonly args: readonly string[];
  /** Which qapi-codegen it is: two that might give different results have different ones. */
  readonly build: string;
  readonly environment: Environment;
  /** Whether it says more, since somebody is there to read it. */
  readonly outIsTerminal: boolean;
}

/** Where the record of a run is, or would be. */
export interface RecordPlace {
  readonly file: string;
  /** All that the run depends on but for the content of files. */
  readonly key: string;
}

/** A record of a whole QEMU has 40 kB. */
const RECORD: Kind = { name: /^[0-9a-f]{8}\.json$/, maximumFiles: 50, maximumBytes: 4_000_000 };

/** Where the record of a run is kept; undefined: nowhere. */
export function recordPlace({ args, build, environment, outIsTerminal }: Run): RecordPlace | undefined {
  const directory = cacheDirectory(environment);
  if (directory === undefined) return undefined;
  const key = JSON.stringify([1, build, process.version, process.platform, process.cwd(), args, outIsTerminal]);
  // The key itself is in the record, so this need not tell all of them apart, and need not load Node's crypto, which takes 2 ms.
  const name = process.getBuiltinModule("node:zlib").crc32(key).toString(16).padStart(8, "0");
  return { file: join(directory, `${name}.json`), key };
}

/** Keeps the record of a run. */
export function keepRecord({ file }: RecordPlace, record: RunRecord): void {
  keep(file, JSON.stringify(record), RECORD);
}

/**
 * What a run would say that has nothing to do, since all is as an earlier one left it; undefined where that is not known. A record
 * that is missing, damaged, somebody else's or not to be trusted is none.
 */
export function recall(run: Run, milliseconds: () => number): string | undefined {
  try {
    const place = recordPlace(run);
    const content = place === undefined ? undefined : readKept(place.file, RECORD);
    if (place === undefined || content === undefined) return undefined;
    const record = parseRecord(content.toString());
    if (record?.key !== place.key) return undefined;
    const stamps = compare(record);
    if (stamps === undefined) return undefined;
    if (stamps.some((stamp, index) => stamp !== record.stamps?.[index])) keepRecord(place, { ...record, stamps });
    const lines = record.text.replaceAll(TIME, milliseconds().toFixed(0)).split("\n");
    return lines.map(printable).join("\n");
  } catch {
    return undefined; // Then the run finds out for itself, and says what is wrong.
  }
}
