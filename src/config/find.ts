/** Where the configuration of a project is. Quick, since every run looks for one. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

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
export function findConfig(from: string): Found {
  const inputs: string[] = [];
  for (const directory of directories(resolve(from))) {
    for (const name of CONFIG_FILES) {
      const file = join(directory, name);
      inputs.push(file);
      if (existsSync(file)) return { file, inputs };
    }
    const manifest = join(directory, "package.json");
    inputs.push(manifest);
    if (hasConfig(manifest)) return { file: manifest, inputs };
  }
  return { file: undefined, inputs };
}

/** Where to look, the first one first. */
function directories(from: string): readonly string[] {
  const above = [from];
  for (let last = from; dirname(last) !== last; last = dirname(last)) above.push(dirname(last));
  const repository = above.findIndex((directory) => existsSync(join(directory, ".git")));
  if (repository >= 0) return above.slice(0, repository + 1);
  const nearest = above.findIndex((directory) => existsSync(join(directory, "package.json")));
  return above.slice(0, Math.max(nearest, 0) + 1);
}

/** Whether a `package.json` has a configuration; one that is broken or cannot be read is no matter of ours. */
function hasConfig(manifest: string): boolean {
  let text: string;
  try {
    text = readFileSync(manifest, "utf8");
  } catch {
    return false;
  }
  if (!text.includes(`"${PACKAGE_KEY}"`)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && Object.hasOwn(value, PACKAGE_KEY);
  } catch {
    return false;
  }
}
