/** The shell without a terminal: lines from standard input, replies on standard output. */
import { createInterface } from "node:readline";
import { ConnectionLostError } from "../../runtime/errors.js";
import type { Terminal } from "../terminal.js";
import { type Conversation, type Outcome, runLine } from "./run-line.js";

/**
 * Executes line after line.
 *
 * @returns the exit status: 1 if one of them failed.
 * @throws ConnectionLostError.
 */
export async function runScript(conversation: Conversation, terminal: Terminal): Promise<number> {
  const { client } = conversation;
  const { input } = terminal.streams();
  const lines = createInterface({ input, terminal: false, crlfDelay: Infinity });
  const handle = client.stateChanged.connect(({ state }) => {
    if (state === "closed") lines.close();
  });
  let status = 0;
  try {
    for await (const line of lines) {
      const outcome = await runLine(line, conversation);
      if (outcome.kind === "exit") break;
      if (outcome.kind === "failure") status = 1;
      if (!print(outcome, terminal) || client.state.state === "closed") break;
    }
  } finally {
    handle.disconnect();
    lines.close();
  }
  const { state } = client;
  if (state.state === "closed" && state.reason !== undefined) throw new ConnectionLostError(state.reason);
  return status;
}

/** @returns whether somebody still reads. */
function print(outcome: Outcome, terminal: Terminal): boolean {
  if (outcome.kind === "reply") return terminal.out(`${outcome.json}\n`);
  if (outcome.kind === "text") return terminal.out(outcome.text);
  if (outcome.kind === "failure") terminal.error(`qapi-codegen: ${outcome.message}\n`);
  return true;
}
