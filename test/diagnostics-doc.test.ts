/** docs/diagnostics.md names every code that there is, and no other. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rules } from "../src/schema/rules/index.js";

test("the codes of diagnostics are documented", () => {
  const sources = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  const text = sources.map((path) => readFileSync(join("src", path), "utf8")).join("\n");
  const codes = new Set(rules.map(({ id }) => id));
  // As a property, or as the argument of a function that reports.
  for (const [, code = ""] of text.matchAll(/(?:\bcode: |(?:wrongType|unique)\([^"{]*)"([a-z]+(?:-[a-z]+)*)"/g))
    codes.add(code);
  const documented = [...readFileSync("docs/diagnostics.md", "utf8").matchAll(/^\|(.*?)\|/gm)].flatMap(
    ([, cell = ""]) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code = ""]) => code),
  );
  expect([...documented].sort()).toEqual([...codes].sort());
});
