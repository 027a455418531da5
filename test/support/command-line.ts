/** The command line within this process, where its streams are no terminals unless a test says so. */
import { PassThrough, Readable } from "node:stream";
import { main } from "../../src/cli/main.js";
import type { Terminal } from "../../src/cli/terminal.js";

/** What a run of the command line has led to. */
export interface Outcome {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

/** Runs `qapi-codegen` with `args`. Paths are relative to the directory of the tests. */
export async function runCommand(
  args: readonly string[],
  terminal: Partial<Omit<Terminal, "error">> = {},
): Promise<Outcome> {
  let out = "";
  let error = "";
  const status = await main(args, {
    streams: () => ({ input: Readable.from([]), output: new PassThrough() }),
    interruption: () => new AbortController().signal,
    size: () => ({ columns: 80, rows: 24 }),
    inIsTerminal: false,
    outIsTerminal: false,
    errorIsTerminal: false,
    environment: {},
    ...terminal,
    out(text) {
      out += text;
      return terminal.out?.(text) ?? true;
    },
    error: (text) => (error += text),
  });
  return { status, out, error };
}
