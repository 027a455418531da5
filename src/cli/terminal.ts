import type { Readable, Writable } from "node:stream";
import type { Phase } from "../build/generate.js";
import type { Run } from "../build/run-cache.js";

/** The terminal, or whatever else the standard streams are connected to, as far as commands need to know of it. */
export interface Terminal {
  /** Writes to standard output: results. Returns whether somebody may still read them. */
  out(text: string): boolean;
  /** Writes to standard error: what went wrong, and progress. */
  error(text: string): void;
  /** Standard input, and standard output for what has to go on while it is written to: made when they are asked for. */
  streams(): { readonly input: Readable; readonly output: Writable };
  /** Aborted when somebody wants what goes on to end: with Ctrl-C, say. From the first call on, that does not end the process. */
  interruption(): AbortSignal;
  /** How many characters a line of the terminal has, and how many lines there are: asked for only where there is one. */
  size(): { readonly columns: number; readonly rows: number };
  readonly inIsTerminal: boolean;
  readonly outIsTerminal: boolean;
  readonly errorIsTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What is run, for records of it; absent: none are kept. */
  readonly run?: Run;
  /** Says that this run does most of what runs do, so that its code is worth keeping when it ends. Absent: it is not kept. */
  keepCode?(): void;
}

/** What a stream that may be a terminal can be asked for with `--color` and `--no-color`; undefined: neither given. */
export function wantsColor(terminal: Terminal, isTerminal: boolean, asked: boolean | undefined): boolean {
  if (asked !== undefined) return asked;
  const { FORCE_COLOR: force, NO_COLOR: no, TERM: term } = terminal.environment;
  if (force !== undefined) return force !== "0" && force !== "false";
  if (no !== undefined && no !== "") return false;
  return isTerminal && term !== "dumb";
}

/** What {@link Progress} says of each phase. */
export const PHASES: Readonly<Record<Phase, string>> = {
  read: "reading the schema",
  check: "checking the schema",
  emit: "making TypeScript",
  write: "writing files",
};

/** One line on standard error that says what is going on; on a terminal only, and not in a build job. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #isShown: boolean;

  constructor(terminal: Terminal, isQuiet: boolean) {
    const { CI: ci, TERM: term } = terminal.environment;
    this.#terminal = terminal;
    this.#isShown = !isQuiet && terminal.errorIsTerminal && (ci === undefined || ci === "") && term !== "dumb";
  }

  /** Replaces the line by `text`. */
  show(text: string): void {
    if (this.#isShown) this.#terminal.error(`\r${text}\u001b[K`);
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#isShown) this.#terminal.error("\r\u001b[K");
  }
}
