/** The executable: connects {@link main} to the process. */
import { main } from "./main.js";

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
