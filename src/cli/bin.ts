/** The command line as it is bundled: connects {@link main} to the process. */
import { main } from "./main.js";
import { isTerminal, writeText } from "./streams.js";
import type { Terminal } from "./terminal.js";

/** Which bundle this is, in the executable: see `run`. */
declare const hostBuild: string;

/** Keeps the code of the bundle, as it is now, for later runs: see `run`. */
declare const hostKeep: () => void;

const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;

const args = process.argv.slice(2);

const outIsTerminal = isTerminal(STDOUT);
const terminal: Terminal = {
  out: (text) => writeText(STDOUT, text),
  error: (text) => void writeText(STDERR, text),
  streams: () => ({ input: process.stdin, output: process.stdout }),
  interruption,
  size: () => ({ columns: process.stdout.columns, rows: process.stdout.rows }),
  inIsTerminal: isTerminal(STDIN),
  outIsTerminal,
  errorIsTerminal: isTerminal(STDERR),
  environment: process.env,
  run: { args, build: hostBuild, environment: process.env, outIsTerminal },
  keepCode: () => process.once("exit", keepCode),
};

// A run is over before code that V8 optimises has paid for being optimised. In Node 20 this lets only what is really hot get
// there, which halves the instructions of a run on QEMU's schema; later versions do not know the flag, and say so. It is a mere
// number to V8; flags of its memory, which would save a little more, are not safe to change this late. Code caches are for the
// flags that they were made with, those of Node's own modules as well, so it comes when what a run needs is loaded.
const isOldV8 = process.versions.v8.startsWith("11.");
if (isOldV8) setInterruptBudget(1_000_000);

void main(args, terminal).then((status) => {
  process.exitCode = status;
});

/** Keeps code with the flags that V8 will have when it is read. */
function keepCode(): void {
  if (isOldV8) setInterruptBudget(67_584);
  hostKeep();
}

function setInterruptBudget(budget: number): void {
  process.getBuiltinModule("node:v8").setFlagsFromString(`--interrupt-budget=${String(budget)}`);
}

/** The first wish to end is one to end well; the next one is Node's to carry out. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
