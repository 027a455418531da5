/** The schemas in `fixtures/`, for harnesses that take texts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FIXTURES = join(import.meta.dirname, "../../fixtures");

/** The schema files of a folder of fixtures and of its folders by their paths in it, `root` at the front. */
export function fixtureFiles(folder: string, root = "qapi-schema.json"): Record<string, string> {
  const files: Record<string, string> = {};
  for (const path of [root, ...readdirSync(join(FIXTURES, folder), { recursive: true, encoding: "utf8" }).sort()]) {
    if (path.endsWith(".json")) files[path] = readFileSync(join(FIXTURES, folder, path), "utf8");
  }
  return files;
}

/** The roots among the fixtures of the language: each is a schema by itself. */
export const okRoots: readonly string[] = readdirSync(join(FIXTURES, "ok")).filter((name) => name.endsWith(".json"));
