/** The committed output in `generated/fixtures/`: up to date, formatted, and code that compiles whatever the flags. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { format } from "prettier";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generate } from "../src/build/generate.js";
import { defaultEmitters } from "../src/emitters/index.js";
import { RESOLUTIONS, STRICTEST } from "./support/strictest.js";

const NAMES = ["net", "ok", "old", "machine", "agent", "proposal"];

let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), "qapi-codegen-"));
});
afterAll(() => {
  rmSync(temporary, { recursive: true });
});

/** All files below a directory by their paths in it. */
function filesIn(directory: string): Readonly<Record<string, string>> {
  const paths = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    paths.sort().map((path) => [path.slice(directory.length + 1).replaceAll("\\", "/"), readFileSync(path, "utf8")]),
  );
}

describe.each(NAMES)("generated/fixtures/%s", (name) => {
  const directory = `generated/fixtures/${name}`;

  test("is up to date; if not: npm run update-fixtures", async () => {
    const output = join(temporary, name);
    const result = await generate({ schema: `fixtures/${name}`, output, root: "fixtures", emitters: defaultEmitters });
    expect(result).toMatchObject({ ok: true });
    expect(filesIn(directory)).toEqual(filesIn(output));
  });

  test("is what prettier makes of it", async () => {
    const sources = Object.entries(filesIn(directory)).filter(([path]) => path.endsWith(".ts"));
    expect(sources.length).toBeGreaterThan(0);
    for (const [path, text] of sources) expect(await format(text, { parser: "typescript" }), path).toBe(text);
  });

  test("has no character that a reader cannot see", () => {
    for (const [path, text] of Object.entries(filesIn(directory))) {
      // Controls, line separators, marks that turn the direction of text, a byte order mark.
      expect(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/.exec(text),
        path,
      ).toBeNull();
    }
  });
});

describe.each(["typescript", "typescript-newest"])("with %s", (compiler) => {
  test.each(["nodenext", "bundler"] as const)(
    "all of it compiles, and so do the tests of its types: %s",
    (resolution) => {
      const project = join(temporary, `${compiler}-${resolution}`);
      mkdirSync(project);
      const files = [...NAMES.map((name) => `generated/fixtures/${name}/index.ts`), "test/types/net.test-d.ts"];
      const compilerOptions = { ...STRICTEST, ...RESOLUTIONS[resolution] };
      const config = { compilerOptions, files: files.map((file) => resolve(file)) };
      writeFileSync(join(project, "tsconfig.json"), JSON.stringify(config));
      const { stdout, status } = spawnSync(process.execPath, [`node_modules/${compiler}/bin/tsc`, "-p", project], {
        encoding: "utf8",
      });
      expect(stdout).toBe("");
      expect(status).toBe(0);
    },
  );
});
