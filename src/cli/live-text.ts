import type { Terminal } from "./terminal.js";

/** Text at the end of a terminal that is replaced by the next one; what stands above it stays. */
export class LiveText {
  readonly #terminal: Terminal;
  #shown = "";

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Shows whole lines in the place of the last ones. */
  show(text: string): void {
    const { columns, rows } = this.#terminal.size();
    // What has left the screen at the top is out of reach.
    const up = Math.min(rowsOf(this.#shown, columns), rows - 1);
    const back = up === 0 ? "" : `\u001b[${String(up)}A\u001b[J`;
    if (back !== "" || text !== "") this.#terminal.out(back + text);
    this.#shown = text;
  }
}

/** How many rows of a terminal lines take. */
function rowsOf(text: string, columns: number): number {
  const lines = text.split("\n").slice(0, -1);
  return lines.reduce((sum, line) => sum + Math.max(1, Math.ceil(withoutEscapes(line).length / columns)), 0);
}

function withoutEscapes(line: string): string {
  return line.replace(/\u001b\[[0-9;]*m/g, "");
}
