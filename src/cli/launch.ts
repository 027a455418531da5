/** The executable: runs the bundled command line beside it. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { compile, run } from "./compiled.js";

const file = join(__dirname, "cli.cjs");

function readCache(): Buffer | undefined {
  try {
    return readFileSync(`${file}.cache`);
  } catch {
    return undefined; // It only saves time.
  }
}

run(compile(file, readCache()), createRequire(file));
