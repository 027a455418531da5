/** docs/dependencies.md: it has all that package.json asks for and nothing else, and what users install is used. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const PAGE = readFileSync("docs/dependencies.md", "utf8");
const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Readonly<
  Record<"dependencies" | "devDependencies", Readonly<Record<string, string>>>
>;

const installed = Object.keys(manifest.dependencies);

function rowsOf(title: string): readonly string[] {
  const [, section = ""] = new RegExp(`^## ${title}\\n([^]*?)(?=^## |(?![^]))`, "m").exec(PAGE) ?? [];
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, name = ""]) => name);
}

function isImported(name: string): boolean {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  return files.some((path) => new RegExp(`(from|import\\() ?"${name}["/]`).test(readFileSync(`src/${path}`, "utf8")));
}

it("says why of each dependency", () => {
  expect([...rowsOf("What is installed with the package")].sort()).toEqual([...installed].sort());
});

it("says why of each that the project is made with", () => {
  expect(rowsOf("What the project is made with")).toEqual(Object.keys(manifest.devDependencies));
});

it.each(installed)("%s is used", (name) => {
  expect(isImported(name)).toBe(true);
});
