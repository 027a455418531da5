/**
 * What is stale in an output, for people: which files, and the first places that differ.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { StructuredPatchHunk } from "diff";
import { printable } from "../printable.js";
import type { Generated } from "./generate.js";
import { systemErrorCode } from "./output-error.js";

/** After so many files, the others are counted only. */
const MAXIMUM_FILES = 20;
/** Of all files together. */
const MAXIMUM_LINES = 60;
const MAXIMUM_HUNKS = 3;
/** Of one hunk. */
const MAXIMUM_HUNK_LINES = 12;
/** What is longer is cut. */
const MAXIMUM_WIDTH = 160;
/** Lines around a change that did not. */
const CONTEXT = 1;
/** What differs more is not compared line by line, which takes time that grows with the square of it. */
const MAXIMUM_EDITS = 400;

/**
 * How an output directory differs from what a run with `write: false` would have written: whole lines, a bounded number of them,
 * with nothing in them that a terminal would not just print; empty where nothing differs.
 *
 * @param directory - The output directory.
 *
 * @example
 * ```ts
 * import { writeFileSync } from "node:fs";
 * import { differences, emitters, generate } from "qapi-codegen";
 *
 * writeFileSync("level.json", "{ 'enum': 'Level', 'data': [ 'low' ] }");
 * const result = await generate({ schema: "level.json", output: "src/level", emitters: [emitters.types], write: false });
 * if (!result.ok) throw new Error("the schema is wrong");
 * (await differences("src/level", result)).split("\n")[0]; // => "new: index.ts"
 * ```
 */
export async function differences(directory: string, { files, write }: Generated): Promise<string> {
  const { structuredPatch } = await import("diff");
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const stale = [...write.written, ...write.removed].sort();
  const lines: string[] = [];
  let budget = MAXIMUM_LINES;
  for (const path of stale.slice(0, MAXIMUM_FILES)) {
    const after = texts.get(path);
    const before = after === undefined ? undefined : textAt(join(directory, path));
    if (after === undefined) lines.push(`removed: ${path}`);
    else if (before === undefined) lines.push(`new: ${path}`);
    else {
      lines.push(`changed: ${path}`);
      const options = { context: CONTEXT, maxEditLength: MAXIMUM_EDITS };
      const hunks = structuredPatch(path, path, before, after, undefined, undefined, options)?.hunks;
      const shown = hunks === undefined ? ["(most of it)"] : linesOf(hunks, budget);
      budget -= shown.length;
      for (const line of shown) lines.push(`  ${line}`);
    }
  }
  if (stale.length > MAXIMUM_FILES) lines.push(`... and ${String(stale.length - MAXIMUM_FILES)} more files`);
  return lines.map((line) => `${cut(printable(line))}\n`).join("");
}

function linesOf(hunks: readonly StructuredPatchHunk[], budget: number): readonly string[] {
  const lines: string[] = [];
  let shown = 0;
  for (const hunk of hunks.slice(0, MAXIMUM_HUNKS)) {
    if (lines.length >= budget) break;
    shown++;
    lines.push(`@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`);
    lines.push(...hunk.lines.slice(0, MAXIMUM_HUNK_LINES));
    const left = hunk.lines.length - MAXIMUM_HUNK_LINES;
    if (left > 0) lines.push(`... and ${count(left, "more line")}`);
  }
  if (hunks.length > shown) lines.push(`... and ${count(hunks.length - shown, "more place")}`);
  return lines;
}

function range(start: number, lines: number): string {
  return lines === 1 ? String(start) : `${String(start)},${String(lines)}`;
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}

function cut(line: string): string {
  return line.length <= MAXIMUM_WIDTH ? line : `${line.slice(0, MAXIMUM_WIDTH - 3)}...`;
}

/** The text of a file; undefined where there is none to be had. */
function textAt(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    return undefined;
  }
}
