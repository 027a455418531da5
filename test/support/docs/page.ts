/** Pages of documentation, and the blocks of code in them. */
import { readFileSync } from "node:fs";

/**
 * What a comment right above a block says of it, to the test and not to the reader:
 *
 * - `<!-- file: src/main.ts -->`: the block is that file of the reader's project.
 * - `<!-- run -->`: the block is a program that can be run; a block of text behind it is what it prints.
 * - `<!-- status: 1 -->`: what the commands of the block end with, if not 0.
 * - `<!-- numbers: differ -->`: the output is of another schema than the test has: numbers do not count.
 * - `<!-- output of: COMMAND -->`: the block is text that the command prints, or a part of it.
 * - `<!-- types/lamp.ts: Lamp -->`: the block is generated code, which test/generated-code-doc.test.ts puts there.
 */
const NOTE = /^<!-- (file|run|status|numbers|output of|[\w-]+\/[\w./-]+\.ts)(?:: (.+))? -->$/;

/** A block of code. */
export interface Block {
  /** The page's path. */
  readonly page: string;
  /** The line, from 1, of the fence that opens it. */
  readonly line: number;
  /** Its language; empty if it says none. */
  readonly language: string;
  /** What is in it, with a line break at its end. */
  readonly text: string;
  /** What a comment above says of it. */
  readonly note: { readonly key: string; readonly value: string } | undefined;
  /** Whether nothing but empty lines is between the block before and this one. */
  readonly followsBlock: boolean;
}

/** The blocks of a page. */
export function blocksOf(page: string, text: string = readFileSync(page, "utf8")): readonly Block[] {
  const blocks: Block[] = [];
  const lines = text.split("\n");
  let above: string | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (line === "") continue;
    const fence = /^( *)(```+)(.*)$/.exec(line);
    if (fence === null) {
      above = line;
      continue;
    }
    const [, indent = "", ticks = "", language = ""] = fence;
    const end = lines.indexOf(indent + ticks, index + 1);
    if (end === -1) throw new Error(`${page}:${String(index + 1)}: the block has no end`);
    const note = NOTE.exec(above ?? "");
    blocks.push({
      page,
      line: index + 1,
      language,
      text: lines
        .slice(index + 1, end)
        .map((inner) => `${inner.slice(indent.length)}\n`)
        .join(""),
      note: note === null ? undefined : { key: note[1] ?? "", value: note[2] ?? "" },
      followsBlock: above === undefined && blocks.length > 0,
    });
    above = undefined;
    index = end;
  }
  return blocks;
}
