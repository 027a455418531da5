/** The executable: connects {@link main} to the process. */
import { setFlagsFromString } from "node:v8";
import { main } from "./main.js";
import { isTerminal, writeText } from "./streams.js";

// A run is over before code that V8 optimises has paid for being optimised. In Node 20 this flag lets only what is really
// hot get there, which takes a sixth off the time of a run on QEMU's schema; later versions do not know it, and say so.
if (process.versions.v8.startsWith("11.")) setFlagsFromString("--interrupt-budget=1000000");

const STDOUT = 1;
const STDERR = 2;

process.exitCode = main(process.argv.slice(2), {
  out: (text) => writeText(STDOUT, text),
  error: (text) => writeText(STDERR, text),
  outIsTerminal: isTerminal(STDOUT),
  errorIsTerminal: isTerminal(STDERR),
  environment: process.env,
});
