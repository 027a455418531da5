/** What people see of outputs that are kept up to date: on a terminal how all of them are, else a line for each run. */
import type { GenerateResult } from "../build/generate.js";
import { formatJson, formatText } from "../diagnostic-report.js";
import { printable } from "../printable.js";
import { LiveText } from "./live-text.js";
import type { Plan } from "./plan.js";
import { changes } from "./report.js";
import { wantsColor, type Terminal } from "./terminal.js";

/** Tells of runs, one after the other. */
export class WatchReport {
  readonly #terminal: Terminal;
  readonly #onUnread: () => void;
  /** Absent: what is printed stays. */
  readonly #live: LiveText | undefined;
  /** The last result of each output. */
  readonly #texts = new Map<string, string>();
  #plan: Plan | undefined;
  #start = 0;

  /** @param onUnread - Called when nobody reads what is printed any more. */
  constructor(terminal: Terminal, onUnread: () => void) {
    this.#terminal = terminal;
    this.#onUnread = onUnread;
    const isInPlace = terminal.outIsTerminal && terminal.errorIsTerminal && terminal.environment["TERM"] !== "dumb";
    this.#live = isInPlace ? new LiveText(terminal) : undefined;
  }

  /** From now on it is told of the runs of `plan`. */
  begin(plan: Plan): void {
    this.#plan = plan;
    this.#texts.clear();
  }

  /** There is nothing to run, since what was asked for makes no sense. */
  misuse(error: Error): void {
    const text = error.message.split("\n").map((line) => `${printable(line)}\n`);
    this.#say(false, text.join(""), `${text.join("")}Waiting for the configuration to be mended; Ctrl-C ends it\n`);
  }

  /** A run begins. */
  start(): void {
    this.#start = performance.now();
  }

  /** A run has ended. */
  result(output: string, result: GenerateResult): void {
    if (this.#plan === undefined) return;
    const { format, isQuiet, color, runs } = this.#plan;
    if (format === "json") return this.#print(formatJson(result.ok ? [] : result.diagnostics));
    const text = result.ok
      ? this.#line(output, result)
      : formatText(result.diagnostics, { color: wantsColor(this.#terminal, this.#terminal.errorIsTerminal, color) });
    this.#texts.set(output, result.ok && isQuiet ? "" : text);
    const note = this.#texts.size < runs.length || isQuiet ? "" : "Watching for changes; Ctrl-C ends it\n";
    this.#say(result.ok, this.#texts.get(output) ?? "", [...this.#texts.values(), note].join(""));
  }

  /** `12:03:05 src/qmp: 1 written, 201 unchanged, in 60 ms`, and its warnings. */
  #line(output: string, result: GenerateResult & { readonly ok: true }): string {
    const time = new Date().toTimeString().slice(0, "12:03:05".length);
    const milliseconds = Math.round(performance.now() - this.#start);
    const warnings = result.warnings.map((warning) => `warning: ${printable(warning)}\n`);
    return `${time} ${printable(output)}: ${changes(result)}, in ${String(milliseconds)} ms\n${warnings.join("")}`;
  }

  /**
   * @param news - What is new.
   * @param all - What is to be seen where it can stand in the place of what was there before.
   */
  #say(isGood: boolean, news: string, all: string): void {
    if (this.#live !== undefined) this.#live.show(all);
    else if (isGood) this.#print(news);
    else this.#terminal.error(news);
  }

  #print(text: string): void {
    if (text !== "" && !this.#terminal.out(text)) this.#onUnread();
  }
}
