/** The executable, a CommonJS module: runs the bundled command line beside it. */
import { readFileSync } from "node:fs";
import { compile, run } from "./compiled.js";

const file = `${__dirname}/cli.cjs`;

function readCache(): Buffer | undefined {
  try {
    return readFileSync(`${file}.cache`);
  } catch {
    return undefined; // It only saves time.
  }
}

// What the bundle requires are modules of Node itself and, when it makes JavaScript, packages that this one depends on.
run(compile(file, readCache()), require);
