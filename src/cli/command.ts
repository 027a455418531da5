import type { Arguments, OptionTable } from "./options.js";
import type { Terminal } from "./terminal.js";

/** A command of `qapi-codegen`. */
export interface Command<T extends OptionTable = OptionTable> {
  readonly name: string;
  /** What it does, in a few words: a clause of the help. */
  readonly summary: string;
  /** The command line behind `qapi-codegen`, in one line. */
  readonly usage: string;
  readonly options: T;
  /** Further paragraphs of the help. */
  readonly notes: string;
  /**
   * Runs it.
   *
   * @returns the exit status: 0, or 1 when the schema is bad or the output cannot be written.
   * @throws UsageError when the arguments do not make sense.
   */
  run(args: Arguments<T>, terminal: Terminal): number | Promise<number>;
}
