/**
 * The executable, a CommonJS module: says that there is nothing to do where that is known, else runs the bundled command line
 * beside it.
 */
import { readFileSync } from "node:fs";
import { recall } from "../build/run-cache.js";
import { compile, run } from "./compiled.js";
import { isTerminal, writeText } from "./streams.js";

/** The hash of the bundle, which is put in when it is made. */
declare const BUILD: string;

const STDOUT = 1;

function launch(): void {
  const asked = {
    args: process.argv.slice(2),
    build: BUILD,
    environment: process.env,
    outIsTerminal: isTerminal(STDOUT),
  };
  const text = recall(asked, () => performance.now());
  if (text !== undefined) {
    writeText(STDOUT, text);
    return;
  }
  const file = `${__dirname}/cli.cjs`;
  // What the bundle requires are modules of Node itself and, when it makes JavaScript, packages that this one depends on.
  run(compile(file, readCache(file)), require, __dirname, BUILD);
}

function readCache(file: string): Buffer | undefined {
  try {
    return readFileSync(`${file}.cache`);
  } catch {
    return undefined; // It only saves time.
  }
}

launch();
