/** What is counted, and how it is printed. */

/** What is compared, in the order of the last line. */
export const MEASURES = ["verdicts", "places", "dumps", "introspection", "releases"] as const;

export type Measure = (typeof MEASURES)[number];

/** One comparison. */
export interface Result {
  /** The folder that it belongs to: `upstream`, `schemas/qemu-10.2`. */
  readonly folder: string;
  readonly measure: Measure;
  /** The case. */
  readonly name: string;
  /** Why the two differ, in a line; absent: they agree. */
  readonly difference?: string;
}

/** What `compare` returns; that it throws is a difference like others, and must not hide those. */
export function orFailure(compare: () => string | undefined): string | undefined {
  try {
    return compare();
  } catch (error) {
    return `we fail: ${String(error)}`;
  }
}

/** The table: for each folder its counts, then the cases that differ, and the line of totals at the end. */
export function report(results: readonly Result[]): string {
  const lines: string[] = [];
  const folders = [...new Set(results.map(({ folder }) => folder))];
  const width = Math.max(0, ...folders.map((folder) => folder.length));
  for (const folder of folders) {
    const own = results.filter((result) => result.folder === folder);
    const counts = MEASURES.filter((measure) => own.some((result) => result.measure === measure));
    lines.push(`${folder.padEnd(width)}  ${counts.map((measure) => count(own, measure)).join(", ")}`);
    for (const { measure, name, difference } of own) {
      if (difference !== undefined) lines.push(`  ${NOUNS[measure]} ${name}: ${difference}`);
    }
  }
  lines.push("", MEASURES.map((measure) => count(results, measure)).join(", "));
  return lines.join("\n");
}

const NOUNS: Readonly<Record<Measure, string>> = {
  verdicts: "verdict",
  places: "place",
  dumps: "dump",
  introspection: "introspection",
  releases: "release",
};

/** `verdicts 3/4` */
function count(results: readonly Result[], measure: Measure): string {
  const all = results.filter((result) => result.measure === measure);
  const right = all.filter(({ difference }) => difference === undefined);
  return `${measure} ${String(right.length)}/${String(all.length)}`;
}
