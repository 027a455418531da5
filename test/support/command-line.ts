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

/** What a test says of a terminal; `onError` is told of what is written to standard error. */
export type TestTerminal = Partial<Omit<Terminal, "error">> & { readonly onError?: (text: string) => void };

/** Runs `qapi-codegen` with `args`. Paths are relative to the current directory. */
export async function runCommand(
  args: readonly string[],
  { onError, ...terminal }: TestTerminal = {},
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
    error(text) {
      error += text;
      onError?.(text);
    },
  });
  return { status, out, error };
}
