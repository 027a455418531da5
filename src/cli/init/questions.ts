/** Questions to whoever sits at the terminal. */
import { createInterface, type Interface } from "node:readline";
import { printable } from "../../printable.js";
import type { Terminal } from "../terminal.js";

/** Asks one question after the other. */
export class Questions {
  readonly #terminal: Terminal;
  readonly #readline: Interface;
  readonly #lines: AsyncIterator<string, undefined>;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#readline = createInterface({ ...terminal.streams(), terminal: true });
    this.#lines = this.#readline[Symbol.asyncIterator]();
  }

  /**
   * Asks for a text, again while there is a problem with it.
   *
   * @param likely - What an empty answer stands for.
   * @returns undefined when there will be no answer.
   */
  async ask(
    question: string,
    likely: string,
    problemOf: (answer: string) => string | undefined = () => undefined,
  ): Promise<string | undefined> {
    while (true) {
      const line = await this.#answer(`${question} [${likely}] `);
      if (line === undefined) return undefined;
      const answer = line.trim() === "" ? likely : line.trim();
      const problem = problemOf(answer);
      if (problem === undefined) return answer;
      this.#terminal.out(`${printable(problem)}\n`);
    }
  }

  /** Asks for consent, which an empty answer gives. */
  async agrees(question: string): Promise<boolean> {
    const line = await this.#answer(`${question} [Y/n] `);
    return line !== undefined && /^(?:y(?:es)?)?$/i.test(line.trim());
  }

  /** Lets go of the terminal. */
  close(): void {
    this.#readline.close();
  }

  async #answer(prompt: string): Promise<string | undefined> {
    this.#readline.setPrompt(printable(prompt));
    this.#readline.prompt();
    const { done, value } = await this.#lines.next();
    return done === true ? undefined : value;
  }
}
