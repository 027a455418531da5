/** What is said of runs of `generate`. */
import { differences } from "../build/differences.js";
import type { Generated, GenerateOptions } from "../build/generate.js";
import type { Diagnostic } from "../diagnostic.js";
import { printable } from "../printable.js";
import { count, describeRead, size } from "./counts.js";

/**
 * What was read; what was written, or would be, and how long that took; and how to learn of the findings of style, if there are
 * any. A line each.
 */
export function summary(generated: Generated, options: GenerateOptions, milliseconds: string): string {
  const { read, write, schema, styleFindings = 0 } = generated;
  const files = write.written.length + write.unchanged.length;
  const verb = options.write === undefined ? "Made" : "Would make";
  const lines = [
    `Read ${describeRead(read, schema)}`,
    `${verb} ${printable(options.output)}: ${count(files, "file")}, ${size(write.bytes)}: ${changes(generated)}, ` +
      `in ${milliseconds} ms`,
    ...(styleFindings > 0 ? [`Style: ${count(styleFindings, "finding")}, shown by: ${checkCommand(options)}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** `3 written, 199 unchanged, 1 removed` */
export function changes({ write }: Generated): string {
  return [
    `${String(write.written.length)} written`,
    `${String(write.unchanged.length)} unchanged`,
    ...(write.removed.length > 0 ? [`${String(write.removed.length)} removed`] : []),
  ].join(", ");
}

/** What a run would write and remove, a file a line. */
export function listChanges({ write }: Generated): string {
  const lines = [...write.written.map((path) => `  write ${path}`), ...write.removed.map((path) => `  remove ${path}`)];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

/** All files of an output, each under a comment with its path; one that is alone is just itself. */
export function printFiles({ files }: Generated): string {
  if (files.length === 1) return files.map(({ text }) => text).join("");
  return files.map(({ path, text }) => `// ${path}\n${text}`).join("\n");
}

/** An output that is not what it should be. */
export interface Stale {
  readonly diagnostics: readonly [Diagnostic];
  /** The first places that differ: whole lines. */
  readonly details: string;
}

/** What of an output is not up to date; undefined if all of it is. */
export async function staleness(generated: Generated, options: GenerateOptions): Promise<Stale | undefined> {
  const { written, removed } = generated.write;
  if (written.length + removed.length === 0) return undefined;
  const parts = [
    ...(written.length > 0 ? [`${count(written.length, "file")} to write`] : []),
    ...(removed.length > 0 ? [`${count(removed.length, "file")} to remove`] : []),
  ];
  const diagnostic: Diagnostic = {
    code: "output-stale",
    message: `'${options.output}' is not up to date: ${parts.join(", ")}`,
    hint: "run the same command without --check, and commit what it writes",
  };
  return { diagnostics: [diagnostic], details: await differences(options.output, generated) };
}

/** The command that shows the findings of style, for people to copy. */
function checkCommand({ schema, root }: GenerateOptions): string {
  const words = ["qapi-codegen", "check", ...(root === undefined ? [] : [`--root=${root}`])];
  if (schema.startsWith("-")) words.push("--");
  return [...words, schema].map(shellWord).join(" ");
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./\\~-]+$/.test(word) ? word : `'${printable(word).replaceAll("'", "'\\''")}'`;
}
