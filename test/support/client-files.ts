/** The types of the client, for compilers of applications in memory. */
import { readFileSync } from "node:fs";
import { join, posix } from "node:path";

const RUNTIME = join(import.meta.dirname, "../../src/runtime");

/** The files that declare the client, below `runtime/`, all that they import, and what they need of the language. */
export function clientFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const wanted = new Set(["client-api.ts"]);
  for (const path of wanted) {
    const text = readFileSync(join(RUNTIME, path), "utf8");
    files.set(`runtime/${path}`, text);
    for (const [, specifier = ""] of text.matchAll(/ from "(\.[^"]*)\.js"/g)) {
      wanted.add(`${posix.join(posix.dirname(path), specifier)}.ts`);
    }
  }
  // The client needs what is newer than the language that generated code is written in.
  return files.set(
    "lib.d.ts",
    '/// <reference lib="esnext.disposable" />\n/// <reference lib="esnext.asynciterable" />\n/// <reference lib="dom" />\n',
  );
}
