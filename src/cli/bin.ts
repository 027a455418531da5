/** The command line as it is bundled: connects {@link main} to the process. */
import { main } from "./main.js";
import { isTerminal, writeText } from "./streams.js";

/** Which bundle this is, in the executable: see `run`. */
declare const hostBuild: string | undefined;

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;

const args = process.argv.slice(2);
const build = typeof hostBuild === "undefined" ? undefined : hostBuild;

void main(args, {
  out: (text) => writeText(STDOUT, text),
  error: (text) => void writeText(STDERR, text),
  streams: () => ({ input: process.stdin, output: process.stdout }),
  inIsTerminal: isTerminal(STDIN),
  outIsTerminal: isTerminal(STDOUT),
  errorIsTerminal: isTerminal(STDERR),
  environment: process.env,
  ...(build !== undefined && { run: { args, build, environment: process.env } }),
}).then((status) => {
  process.exitCode = status;
});
