/** The shell: a prompt on a terminal, a script elsewhere. */
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { History } from "../../build/history.js";
import { printable } from "../../printable.js";
import type { UnknownEvent } from "../../runtime/client-api.js";
import { ConnectionLostError } from "../../runtime/errors.js";
import type { Terminal } from "../terminal.js";
import { open, reporting, type UntypedClient, versionOf } from "./connection.js";
import { oneLine } from "./json-output.js";
import { vocabularyOfAgent, vocabularyOfQemu, vocabularyOfSchema, VocabularySource } from "./load-vocabulary.js";
import { Prompt } from "./prompt.js";
import type { Conversation } from "./run-line.js";
import { runScript } from "./run-script.js";

/** Whom to talk to, and how. */
export interface ShellOptions {
  readonly address: string;
  readonly terminal: Terminal;
  /** A schema on the disk. */
  readonly schema?: string | undefined;
  /** In milliseconds. */
  readonly timeout?: number | undefined;
  readonly isAgent: boolean;
  readonly reconnect: boolean;
  readonly hasColor: boolean;
}

/** @returns the exit status. */
export async function runShell(options: ShellOptions): Promise<number> {
  const { address, terminal, schema, timeout, isAgent, reconnect, hasColor } = options;
  const known = schema === undefined ? undefined : vocabularyOfSchema(schema, hasColor);
  if (typeof known === "string") {
    terminal.error(known);
    return 1;
  }
  return reporting(terminal, async () => {
    let tell = (text: string): void => terminal.error(`qapi-codegen: ${text}\n`);
    const onProblem = (problem: Error): void => tell(printable(problem.message));
    await using client = await open({ address, timeout, isAgent, reconnect, onProblem });
    const ask = isAgent ? vocabularyOfAgent : vocabularyOfQemu;
    const vocabulary = new VocabularySource(() => (known === undefined ? ask(client) : Promise.resolve(known)));
    const conversation = { client, vocabulary };
    if (!terminal.inIsTerminal || !terminal.outIsTerminal) return await runScript(conversation, terminal);
    const prompt = promptFor(conversation, options);
    tell = (text) => prompt.say(text, "failure");
    return await converse(prompt, conversation, options);
  });
}

function promptFor(conversation: Conversation, { terminal, isAgent, hasColor }: ShellOptions): Prompt {
  const history = new History(historyFile(terminal));
  return new Prompt({ ...conversation, ...terminal.streams(), text: isAgent ? "qga> " : "qmp> ", history, hasColor });
}

/** Shows what happens until the prompt is left. @throws ConnectionLostError. */
async function converse(prompt: Prompt, { client, vocabulary }: Conversation, options: ShellOptions): Promise<number> {
  void vocabulary.load();
  prompt.say(greetingOf(client, options), "note");
  client.everyEvent.connect((event) => prompt.say(eventText(event), "event"));
  client.stateChanged.connect((state) => {
    if (state.state === "closed") prompt.close();
    if (state.state === "waiting" && state.attempt === 1) {
      prompt.say(`${printable(state.reason.message)}; trying again`, "failure");
    }
    if (state.state !== "ready") return;
    vocabulary.forget();
    void vocabulary.load();
    prompt.say(`${greetingOf(client, options)}; events may have been missed`, "note");
  });
  await prompt.run();
  const { state } = client;
  if (state.state === "closed" && state.reason !== undefined) throw new ConnectionLostError(state.reason);
  return 0;
}

function greetingOf({ greeting }: UntypedClient, { address }: ShellOptions): string {
  const who = greeting === undefined ? `the guest agent at ${printable(address)}` : versionOf(greeting);
  return `Connected to ${who}. The Tab key completes, 'help' helps, Ctrl-D leaves`;
}

/** An event in a line, without its timestamp. */
function eventText({ event, data }: UnknownEvent): string {
  return `* ${printable(event)}${data === undefined ? "" : ` ${oneLine(data)}`}`;
}

/** Where lines are kept, by the XDG Base Directory Specification; undefined where there is no such place. */
function historyFile({ environment }: Terminal): string | undefined {
  const { XDG_STATE_HOME: state = "", HOME: home = homedir() } = environment;
  // The specification wants relative paths ignored.
  if (isAbsolute(state)) return join(state, "qapi-codegen", "history");
  return isAbsolute(home) ? join(home, ".local", "state", "qapi-codegen", "history") : undefined;
}
