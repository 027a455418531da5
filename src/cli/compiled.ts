/**
 * How the bundled command line is compiled, with or without what V8 has made of it before: both when the package is built,
 * which is when that is written down, and when it runs.
 */
import { readFileSync } from "node:fs";
import type { Script } from "node:vm";

/** The bundle at `file` as a script that is yet to be run; V8 ignores a cache that another version of it has made. */
export function compile(file: string, cachedData?: Buffer): Script {
  // A run is over before code that V8 optimises has paid for being optimised. In Node 20 this lets only what is really
  // hot get there, which takes a sixth off the time of a run on QEMU's schema; later versions do not know the flag, and say
  // so. It is a mere number to V8; flags of its memory, which would save a little more, are not safe to change this late.
  if (process.versions.v8.startsWith("11.")) {
    process.getBuiltinModule("node:v8").setFlagsFromString("--interrupt-budget=1000000");
  }
  const { Script } = process.getBuiltinModule("node:vm");
  const source = `(function (require, hostImport, hostDirectory, hostBuild) {${readFileSync(file, "utf8")}\n})`;
  return new Script(source, { filename: file, ...(cachedData === undefined ? {} : { cachedData }) });
}

/**
 * Runs a compiled bundle, which needs nothing of its surroundings but `require`, and `import()` as `hostImport`.
 *
 * @param directory - Where the bundle is, as `hostDirectory`.
 * @param build - Which bundle it is, as `hostBuild`; absent: it is not to be known, so that nothing is kept of its runs.
 */
export function run(script: Script, require: (name: string) => unknown, directory: string, build?: string): void {
  const main: unknown = script.runInThisContext();
  const hostImport = (url: string): Promise<unknown> => import(url);
  if (typeof main === "function") Reflect.apply(main, undefined, [require, hostImport, directory, build]);
}
