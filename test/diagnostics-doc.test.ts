/** docs/diagnostics.md has every law, as it is. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { laws } from "../src/schema/laws/index.js";

test("the laws are documented; `npm run update-fixtures` renews them", () => {
  const page = readFileSync("docs/diagnostics.md", "utf8");
  let section = "";
  const rows: string[] = [];
  for (const line of page.split("\n")) {
    if (line.startsWith("### ")) section = line.slice(4).toLowerCase();
    if (line.startsWith("| `")) rows.push(`${section}: ${line}`);
  }
  expect(rows).toEqual(laws.map(({ id, severity, stage, law }) => `${stage}: | \`${id}\` | ${severity} | ${law} |`));
});
