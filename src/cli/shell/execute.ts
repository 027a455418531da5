/** One command, and its reply on standard output. */
import type { Terminal } from "../terminal.js";
import { type ConnectionOptions, open, reporting } from "./connection.js";
import { indented, oneLine } from "./json-output.js";
import { requestOf } from "./request.js";

/** What to execute, and how. */
export interface ExecuteOptions extends Omit<ConnectionOptions, "onProblem"> {
  readonly words: readonly string[];
  readonly terminal: Terminal;
  readonly isOob: boolean;
  readonly isPretty: boolean;
}

/** @returns the exit status. @throws UsageError for words that make no command. */
export async function execute({ words, terminal, isOob, isPretty, ...options }: ExecuteOptions): Promise<number> {
  const request = requestOf(words);
  return reporting(terminal, async () => {
    await using client = await open({ ...options, onProblem: () => undefined });
    const oob = isOob || request.isOob;
    const json = oneLine((await client.executeUntyped(request.command, request.args, { oob })) ?? {});
    terminal.out(`${isPretty ? indented(json) : json}\n`);
    return 0;
  });
}
