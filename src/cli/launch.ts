/**
 * The executable, a CommonJS module: says that there is nothing to do where that is known, else runs the bundled command line
 * beside it.
 */
import { CodeCache } from "../build/code-cache.js";
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
  const cache = new CodeCache(BUILD, process.env);
  const code = cache.read();
  const script = compile(`${__dirname}/cli.cjs`, code);
  // What V8 refuses it would refuse again: it goes by its flags as well.
  const keep = (): void => {
    if (code === undefined) cache.write(script.createCachedData());
  };
  // What the bundle requires are modules of Node itself and, when it makes JavaScript, packages that this one depends on.
  run(script, require, __dirname, BUILD, keep);
}

launch();
