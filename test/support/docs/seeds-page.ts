/** docs/seeds.md: what the documents state that this project grew from, and what shows it. */
import { readFileSync } from "node:fs";

export const SEEDS_PAGE = "docs/seeds.md";

/** The statements of a document. */
export interface SeedDocument {
  /** The heading of its section. */
  readonly title: string;
  /** How many lines it has. */
  readonly lines: number;
  readonly statements: readonly Statement[];
}

/** A row of a table. */
export interface Statement {
  /** The line of the page, from 1. */
  readonly line: number;
  /** The lines of the document, first and last, from 1. */
  readonly ranges: readonly (readonly [first: number, last: number])[];
  readonly text: string;
  /** The tests that show it. */
  readonly shownBy: readonly Reference[];
  /** Why there is none. */
  readonly reason: string | undefined;
}

/** A link to a test. */
export interface Reference {
  /** What it is called. */
  readonly title: string;
  /** The file, relative to the root of the repository. */
  readonly path: string;
}

/**
 * Reads the page: in each section of a document (`## ...`, and a paragraph that says `It has N lines.`), the rows of the table whose
 * first column has lines of the document.
 */
export function readSeeds(text: string = readFileSync(SEEDS_PAGE, "utf8")): readonly SeedDocument[] {
  const documents: { title: string; lines: number; statements: Statement[] }[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    const title = /^## (.+)$/.exec(line)?.[1];
    if (title !== undefined) documents.push({ title, lines: 0, statements: [] });
    const document = documents.at(-1);
    if (document === undefined) continue;
    const lines = /\bIt has (\d+) lines\b/.exec(line)?.[1];
    if (lines !== undefined) document.lines = Number(lines);
    const cells = cellsOf(line);
    if (/^[\d–, ]+$/.test(cells[0] ?? "")) document.statements.push(statementOf(index + 1, cells));
  }
  return documents.filter((document) => document.lines > 0);
}

/** The tests that a text links to. */
export function referencesIn(text: string): readonly Reference[] {
  return [...text.matchAll(/\[((?:[^\\\]]|\\.)+)\]\(\.\.\/([^)]+)\)/g)].map(([, title = "", path = ""]) => ({
    title: title.replaceAll(/\\(.)/g, "$1"),
    path,
  }));
}

function cellsOf(row: string): readonly string[] {
  if (!row.startsWith("| ")) return [];
  return row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function statementOf(line: number, [lines = "", text = "", shown = ""]: readonly string[]): Statement {
  const ranges = lines.split(", ").map((range) => {
    const [first = "", last = first] = range.split("–");
    return [Number(first), Number(last)] as const;
  });
  const shownBy = referencesIn(shown);
  return { line, ranges, text, shownBy, reason: /^no test: (.+)$/.exec(shown)?.[1] };
}
