/** Documentation for a terminal. */
import { printable } from "../../printable.js";

/** A section of documentation, its markup removed where that takes no thought, each line behind `indent`. */
export function plainText(text: string, indent: string): string {
  const plain = text.replace(/``([^`\n]+)``/g, "$1").replace(/(?<![\w@])@(?=[\w-])/g, "");
  return plain
    .split("\n")
    .map((line) => `${line.trim() === "" ? "" : indent + printable(line)}\n`)
    .join("");
}
