/** Where the configuration of a project is. Quick, since every run looks for one. */
import { dirname, join, resolve } from "node:path";
import { diskHost, type Disk } from "../build/disk-host.js";
import { isObject } from "../build/is-object.js";
import { HostError } from "../schema/host.js";

/** What a configuration can be called; of several in one directory, the first one counts. */
export const CONFIG_FILES: readonly string[] = [
  "qapi.config.ts",
  "qapi.config.mts",
  "qapi.config.js",
  "qapi.config.mjs",
  "qapi.config.cjs",
  "qapi.config.json",
];

/** The key of a `package.json` that has a configuration. */
export const PACKAGE_KEY = "qapi";

/** What a search has led to. Absolute paths. */
export interface Found {
  readonly file: string | undefined;
  /** All files that were looked for, those that are not there as well: with another one of them, the result may be another. */
  readonly inputs: readonly string[];
}

/**
 * Looks for a configuration in a directory, and then in those above it up to the root of the repository; where there is none,
 * of the package. What lies beyond belongs to somebody else.
 */
export function findConfig(from: string, disk: Disk = diskHost): Found {
  const inputs: string[] = [];
  for (const directory of directories(resolve(from), disk)) {
    for (const name of CONFIG_FILES) {
      const file = join(directory, name);
      inputs.push(file);
      if (disk.kind(file) === "file") return { file, inputs };
    }
    const manifest = join(directory, "package.json");
    inputs.push(manifest);
    if (hasConfig(manifest, disk)) return { file: manifest, inputs };
  }
  return { file: undefined, inputs };
}

/** Where to look, the first one first. */
function directories(from: string, disk: Disk): readonly string[] {
  const above = [from];
  for (let last = from; dirname(last) !== last; last = dirname(last)) above.push(dirname(last));
  const repository = above.findIndex((directory) => disk.kind(join(directory, ".git")) !== undefined);
  if (repository >= 0) return above.slice(0, repository + 1);
  const nearest = above.findIndex((directory) => disk.kind(join(directory, "package.json")) === "file");
  return above.slice(0, Math.max(nearest, 0) + 1);
}

/** Whether a `package.json` has a configuration; one that is broken or cannot be read is no matter of ours. */
function hasConfig(manifest: string, disk: Disk): boolean {
  if (disk.kind(manifest) !== "file") return false;
  try {
    const text = disk.read(manifest);
    const value: unknown = text.includes(`"${PACKAGE_KEY}"`) ? JSON.parse(text) : undefined;
    return isObject(value) && Object.hasOwn(value, PACKAGE_KEY);
  } catch (error) {
    if (error instanceof HostError || error instanceof SyntaxError) return false;
    throw error;
  }
}
