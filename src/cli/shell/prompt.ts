/** The shell on a terminal. */
import { clearScreenDown, createInterface, cursorTo, type Interface, moveCursor } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { History } from "../../build/history.js";
import { complete } from "./complete.js";
import { fitting } from "./json-output.js";
import { type Conversation, Interruption, type Outcome, runLine } from "./run-line.js";

/** What a prompt is made of. */
export interface PromptOptions extends Conversation {
  /** What stands before the line. */
  readonly text: string;
  readonly input: Readable;
  readonly output: Writable;
  readonly history: History;
  readonly hasColor: boolean;
}

/** How many lines the arrow keys reach. */
const REACH = 1000;
/** How wide a terminal is that does not say. */
const WIDTH = 80;

const STYLES = { plain: "", failure: "31", event: "36", note: "2" } as const;

/** A line that is edited, and above it whatever is said. */
export class Prompt {
  readonly #options: PromptOptions;
  readonly #readline: Interface;
  /** Lines that wait for their turn. */
  #lines: string[] = [];
  /** Ends the wait for the reply to the line whose turn it is; absent while there is none. */
  #interrupt: AbortController | undefined;
  readonly #ended: Promise<void>;
  #failure: { readonly error: unknown } | undefined;

  constructor(options: PromptOptions) {
    const { input, output, history, vocabulary, text } = options;
    this.#options = options;
    this.#readline = createInterface({
      input,
      output,
      terminal: true,
      prompt: text,
      history: [...history.read()].reverse(),
      historySize: REACH,
      removeHistoryDuplicates: true,
      // What is not known by now must not keep anybody from typing on.
      completer: (line: string): [string[], string] => {
        if (vocabulary.current === undefined) return [[], line];
        const { candidates, word } = complete(line, vocabulary.current);
        return [[...candidates], word];
      },
    });
    this.#readline.on("line", (line) => this.#take(line));
    this.#readline.on("SIGINT", () => this.#interrupted());
    this.#ended = new Promise((resolve) => this.#readline.once("close", resolve));
  }

  /** Resolved when it is left. @throws what is a mistake of ours. */
  async run(): Promise<void> {
    this.#readline.prompt();
    await this.#ended;
    this.#options.output.write("\n");
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Says something above the line that is being typed, which stays as it is. */
  say(text: string, style: keyof typeof STYLES = "plain"): void {
    const { output } = this.#options;
    const { rows } = this.#readline.getCursorPos();
    moveCursor(output, 0, -rows);
    cursorTo(output, 0);
    clearScreenDown(output);
    // Readline goes up by as many rows as the cursor was in before it writes the line again.
    output.write(`${this.#painted(text, style)}\n${"\n".repeat(rows)}`);
    this.#readline.prompt(true);
  }

  /** Leaves. */
  close(): void {
    this.#lines = [];
    this.#interrupt?.abort(new Interruption("not waited for any more"));
    this.#readline.close();
  }

  #take(line: string): void {
    const { history } = this.#options;
    if (line.trim() !== "" && !line.startsWith(" ")) history.add(line);
    this.#lines.push(line);
    if (this.#interrupt === undefined) void this.#runAll();
  }

  async #runAll(): Promise<void> {
    const { text } = this.#options;
    // No prompt while none is awaited: what is typed meanwhile is kept.
    this.#readline.setPrompt("");
    try {
      for (let line = this.#lines.shift(); line !== undefined; line = this.#lines.shift()) {
        this.#interrupt = new AbortController();
        const outcome = await runLine(line, this.#options, this.#interrupt.signal);
        if (outcome.kind === "exit") return this.close();
        this.#show(outcome);
      }
      this.#readline.setPrompt(text);
      this.#readline.prompt(true);
    } catch (error) {
      this.#failure = { error };
      this.close();
    } finally {
      this.#interrupt = undefined;
    }
  }

  #show(outcome: Outcome): void {
    if (outcome.kind === "failure") this.say(outcome.message, "failure");
    if (outcome.kind === "text") this.say(outcome.text.trimEnd());
    if (outcome.kind === "reply") this.say(fitting(outcome.json, this.#width()));
  }

  #interrupted(): void {
    if (this.#interrupt !== undefined) {
      this.#lines = [];
      this.#interrupt.abort(new Interruption("not waited for any more; it may be executed still"));
      return;
    }
    // To the end of the line, and all before that away.
    this.#readline.write(null, { ctrl: true, name: "e" });
    this.#readline.write(null, { ctrl: true, name: "u" });
  }

  #width(): number {
    const { output } = this.#options;
    return "columns" in output && typeof output.columns === "number" ? output.columns : WIDTH;
  }

  #painted(text: string, style: keyof typeof STYLES): string {
    const code = STYLES[style];
    return this.#options.hasColor && code !== "" ? `\u001b[${code}m${text}\u001b[0m` : text;
  }
}
