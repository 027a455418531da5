/** The lines that were typed at a prompt, kept in a file. */
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { replaceFile } from "./replace-file.js";

/** How many lines are kept. */
export const MOST_LINES = 1000;

/** Lines may hold secrets: they are for their writer alone. */
const MODE = 0o600;

/** A file of lines. That it cannot be read or written hurts nobody: what is typed then is not kept. */
export class History {
  readonly #file: string | undefined;
  #isWritable = true;

  /** @param file - Absent: nothing is kept. */
  constructor(file: string | undefined) {
    this.#file = file;
  }

  /** The lines, the oldest first. A file that has become too long is cut. */
  read(): readonly string[] {
    if (this.#file === undefined) return [];
    let lines: readonly string[];
    try {
      lines = readFileSync(this.#file, "utf8").split("\n").slice(0, -1);
    } catch {
      return [];
    }
    const kept = lines.slice(-MOST_LINES);
    if (kept.length < lines.length) {
      const text = kept.map((line) => `${line}\n`).join("");
      this.#attempt((file) => replaceFile(file, text, MODE));
    }
    return kept;
  }

  /** Keeps a line. Prompts that are open at the same time add to the same file. */
  add(line: string): void {
    this.#attempt((file) => {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      appendFileSync(file, `${line}\n`, { mode: MODE });
    });
  }

  #attempt(write: (file: string) => void): void {
    if (this.#file === undefined || !this.#isWritable) return;
    try {
      write(this.#file);
    } catch {
      this.#isWritable = false;
    }
  }
}
