/** Events on standard output, as they come. */
import type { ClientState } from "../../runtime/client-api.js";
import { printable } from "../../printable.js";
import type { Terminal } from "../terminal.js";
import { open, reporting, versionOf } from "./connection.js";
import { globMatches } from "./glob.js";
import { oneLine } from "./json-output.js";

/** Which events, and how long. */
export interface PrintEventsOptions {
  readonly address: string;
  readonly terminal: Terminal;
  /** Patterns of names. Empty: all. */
  readonly only: readonly string[];
  readonly count?: number | undefined;
  /** In milliseconds. */
  readonly timeout?: number | undefined;
  readonly reconnect: boolean;
}

/** @returns the exit status. */
export async function printEvents(options: PrintEventsOptions): Promise<number> {
  const { address, terminal, only, count = Infinity, timeout, reconnect } = options;
  const say = (text: string): void => terminal.error(`qapi-codegen: ${printable(text)}\n`);
  return reporting(terminal, async () => {
    const onProblem = (problem: Error): void => say(problem.message);
    await using client = await open({ address, timeout, reconnect, onProblem });
    const timeIsUp = new AbortController();
    const timer = timeout === undefined ? undefined : setTimeout(() => timeIsUp.abort(), timeout);
    client.stateChanged.connect((state) => tell(state, say));
    let printed = 0;
    /** Whether QEMU said that it will end. */
    let isEnding = false;
    try {
      for await (const event of client.events({ signal: timeIsUp.signal })) {
        if (event.event === "SHUTDOWN") isEnding = true;
        if (event.event === "RESUME" || event.event === "RESET") isEnding = false;
        if (only.length > 0 && !only.some((pattern) => globMatches(pattern, event.event))) continue;
        const isRead = terminal.out(`${oneLine(event)}\n`);
        if (!isRead || ++printed >= count) return 0;
      }
      return 0;
    } catch (error) {
      if (!timeIsUp.signal.aborted) {
        if (isEnding) return 0;
        throw error;
      }
      if (count === Infinity) return 0;
      say(`${printed} of ${count} events after ${String(timeout)} ms`);
      return 1;
    } finally {
      clearTimeout(timer);
    }
  });
}

/** What becomes of the connection, as people are told who asked for new ones. */
function tell(state: ClientState, say: (text: string) => void): void {
  if (state.state === "waiting" && state.attempt === 1) say(`${state.reason.message}; trying again`);
  if (state.state !== "ready" || !state.reconnected) return;
  const name = state.greeting === undefined ? "the server" : versionOf(state.greeting);
  say(`connected again, to ${name}; events may have been missed`);
}
