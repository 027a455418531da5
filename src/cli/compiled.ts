/** How the bundled command line is compiled, with or without what V8 has made of it before, and run. */
import { readFileSync } from "node:fs";
import type { Script } from "node:vm";

/** The bundle at `file` as a script that is yet to be run; V8 ignores a cache that another version of it has made. */
export function compile(file: string, cachedData?: Buffer): Script {
  const { Script } = process.getBuiltinModule("node:vm");
  const source = `(function (require, hostImport, hostDirectory, hostBuild, hostKeep) {${readFileSync(file, "utf8")}\n})`;
  return new Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
}

/**
 * Runs a compiled bundle, which needs nothing of its surroundings but `require`, and `import()` as `hostImport`.
 *
 * @param directory - Where the bundle is, as `hostDirectory`.
 * @param build - Which bundle it is, as `hostBuild`.
 * @param keep - What it calls when its code is worth keeping, as `hostKeep`.
 */
export function run(
  script: Script,
  require: (name: string) => unknown,
  directory: string,
  build: string,
  keep: () => void,
): void {
  const main: unknown = script.runInThisContext();
  const hostImport = (url: string): Promise<unknown> => import(url);
  if (typeof main === "function") Reflect.apply(main, undefined, [require, hostImport, directory, build, keep]);
}
