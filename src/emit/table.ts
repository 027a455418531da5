/**
 * Tables of reStructuredText as tables of Markdown, which have less: each row is on one line, and a cell is neither more than one
 * line of text nor more than one column wide. Of tables that do not fit, nothing is made here.
 */

/** What is in a table. All rows have as many cells as the first. */
export interface Table {
  /** Absent: a table without a header. */
  readonly header?: readonly string[] | undefined;
  readonly rows: readonly (readonly string[])[];
}

/** What begins and ends a simple table: `===  ===`. */
export const SIMPLE_BORDER: RegExp = /^=+(?: +=+){1,1000}$/;

/** What begins and ends a grid table: `+---+---+`. */
export const GRID_BORDER: RegExp = /^\+[-=+]+\+$/;

/** What cannot be in a cell: items of lists, and what underlines a cell that spans columns. */
const NO_CELL = /^(?:(?:[-*+•]|\d+[.)]|#\.) |--+$|==+$)/;

/** Reads a table that begins with a border, all of it; `undefined` if Markdown has no such table. */
export function readTable(lines: readonly string[]): Table | undefined {
  return GRID_BORDER.test(lines[0] ?? "") ? readGrid(lines) : readSimple(lines);
}

/**
 * Reads the list of lists in a `list-table`.
 *
 * @param lines - Without common indentation.
 */
export function readListTable(lines: readonly string[], headerRows: number): Table | undefined {
  const rows: string[][] = [];
  let row: string[] = [];
  let indent = "";
  for (const line of lines) {
    if (line === "") continue;
    const first = /^([-*+] +)[-*+](?: +(.*))?$/.exec(line);
    if (first !== null) {
      indent = " ".repeat(first[1]?.length ?? 0);
      row = [first[2] ?? ""];
      rows.push(row);
      continue;
    }
    if (indent === "" || !line.startsWith(indent)) return undefined;
    const rest = line.slice(indent.length);
    const next = /^[-*+](?: +(.*))?$/.exec(rest);
    if (next !== null) row.push(next[1] ?? "");
    else row.push(joined(row.pop() ?? "", rest.trim()));
  }
  return withHeader(rows, headerRows);
}

/** A table in Markdown. `undefined` where a cell has what cannot be in one: links with titles need the `|`, too. */
export function printTable({ header, rows }: Table, cellOf: (text: string) => string): string | undefined {
  const first = header ?? rows[0]?.map(() => "") ?? [];
  const lines: (readonly string[])[] = [];
  for (const row of [first, ...rows]) {
    const cells = row.map(cellOf);
    if (cells.some((cell) => /\{@link[^}]*\||\\\||\n/.test(cell))) return undefined;
    lines.push(cells.map((cell) => cell.replaceAll("|", "\\|")));
  }
  const widths = first.map((_, column) => {
    let width = MIN_WIDTH;
    for (const line of lines) width = Math.max(width, line[column]?.length ?? 0);
    return Math.min(width, MAX_WIDTH);
  });
  const text = lines.map((line) => printRow(line.map((cell, column) => cell.padEnd(widths[column] ?? 0))));
  text.splice(1, 0, printRow(widths.map((width) => "-".repeat(width))));
  return text.join("\n");
}

const MIN_WIDTH = 3;

/** Columns are not lined up beyond this: one long cell must not make all others as long. */
const MAX_WIDTH = 40;

function printRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Nobody reads more, and a short row of so many is nearly as long as a full one. */
const MAX_COLUMNS = 20;

function readSimple(lines: readonly string[]): Table | undefined {
  const border = lines[0] ?? "";
  const columns = [...border.matchAll(/=+/g)].map(({ index, 0: run }) => ({ start: index, end: index + run.length }));
  if (columns.length > MAX_COLUMNS) return undefined;
  const last = columns.length - 1;
  const rows: string[][] = [];
  let headerRows = 0;
  let borders = 0;
  for (const line of lines) {
    if (line === border) {
      if (++borders === 2) headerRows = rows.length;
      continue;
    }
    if (line === "") continue;
    const cells: string[] = [];
    for (const [column, { start, end }] of columns.entries()) {
      const gap = column < last ? line.slice(end, columns[column + 1]?.start) : "";
      if (gap.trim() !== "") return undefined;
      cells.push(line.slice(start, column < last ? end : undefined).trim());
    }
    // A row whose first cell is empty goes on with the row before it.
    const before = cells[0] === "" ? rows.at(-1) : undefined;
    if (before === undefined) rows.push(cells);
    else for (const [column, cell] of cells.entries()) before[column] = joined(before[column] ?? "", cell);
  }
  if (borders === 2) headerRows = 0;
  return borders === 2 || borders === 3 ? withHeader(rows, headerRows) : undefined;
}

function readGrid(lines: readonly string[]): Table | undefined {
  const border = lines[0] ?? "";
  const corners = [...border.matchAll(/\+/g)].map(({ index }) => index);
  const rows: string[][] = [];
  let headerRows = 0;
  let row: string[] | undefined;
  for (const line of lines) {
    if (line.length !== border.length) return undefined;
    const isBorder = GRID_BORDER.test(line);
    for (const corner of corners) if (line.charAt(corner) !== (isBorder ? "+" : "|")) return undefined;
    if (isBorder) {
      if (line.includes("=")) headerRows = rows.length;
      row = undefined;
      continue;
    }
    const cells = corners.slice(1).map((corner, column) => line.slice((corners[column] ?? 0) + 1, corner).trim());
    if (row === undefined) {
      row = cells;
      rows.push(row);
    } else {
      for (const [column, cell] of cells.entries()) row[column] = joined(row[column] ?? "", cell);
    }
  }
  return row === undefined ? withHeader(rows, headerRows) : undefined;
}

/** The text of a cell that goes on; what cannot go on is marked, so that it is found to be no cell. */
function joined(text: string, more: string): string {
  if (more === "") return text;
  if (text === "") return more;
  return NO_CELL.test(more) ? `- ${text}` : `${text} ${more}`;
}

function withHeader(rows: readonly (readonly string[])[], headerRows: number): Table | undefined {
  const [first] = rows;
  if (first === undefined || headerRows > 1) return undefined;
  for (const row of rows) {
    if (row.length !== first.length || row.some((cell) => NO_CELL.test(cell) || cell.endsWith("::"))) return undefined;
  }
  return headerRows === 0 ? { rows } : { header: first, rows: rows.slice(1) };
}
