/** The command line as it is bundled: connects {@link main} to the process. */
import { main } from "./main.js";
import { isTerminal, writeText } from "./streams.js";

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;

void main(process.argv.slice(2), {
  out: (text) => writeText(STDOUT, text),
  error: (text) => void writeText(STDERR, text),
  streams: () => ({ input: process.stdin, output: process.stdout }),
  inIsTerminal: isTerminal(STDIN),
  outIsTerminal: isTerminal(STDOUT),
  errorIsTerminal: isTerminal(STDERR),
  environment: process.env,
}).then((status) => {
  process.exitCode = status;
});
