/** The executable: connects {@link main} to the process. */
import { setFlagsFromString } from "node:v8";
import { main } from "./main.js";

// A run is over before code that V8 optimises has paid for being optimised: this lets only what is really hot get there,
// and takes a sixth off the time of a run on QEMU's schema. Where it is not known, nothing happens.
setFlagsFromString("--interrupt-budget=1000000");

for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // The reader has gone away (`qapi-codegen --help | head -1`): what it did not read, nobody misses.
    if (error.code !== "EPIPE") throw error;
  });
}

process.exitCode = main(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  outIsTerminal: process.stdout.isTTY,
  errorIsTerminal: process.stderr.isTTY,
  environment: process.env,
});
