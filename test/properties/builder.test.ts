/** A builder that remembers makes what one makes that has just begun. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Builder } from "../../src/build/builder.js";
import type { GenerateResult } from "../../src/build/generate.js";
import { formatText } from "../../src/diagnostic-report.js";
import { arbitrarySchema } from "../support/arbitrary-schema.js";
import { parameters } from "../support/property.js";

let top: string;

beforeAll(() => {
  top = mkdtempSync(join(tmpdir(), "qapi-codegen-builder-"));
});

afterAll(() => {
  rmSync(top, { recursive: true, force: true });
});

/** What somebody does to a schema: takes a file of another one, breaks one, or takes it away. */
const edit = fc.record({
  file: fc.constantFrom("test.json", "sub/other.json"),
  change: fc.oneof(
    { weight: 4, arbitrary: arbitrarySchema },
    { weight: 1, arbitrary: fc.nat({ max: 300 }) },
    { weight: 1, arbitrary: fc.constant("removed" as const) },
  ),
});

test("whatever was edited since", async () => {
  await fc.assert(
    fc.asyncProperty(arbitrarySchema, fc.array(edit, { minLength: 1, maxLength: 4 }), async (files, edits) => {
      for (const [path, text] of Object.entries(files)) put(path, text);
      const builder = new Builder({ schema: join(top, "schema/test.json"), output: join(top, "kept"), style: true });
      await builder.build();
      expect(builder.isStale).toBe(false);
      for (const { file, change } of edits) {
        if (change === "removed") rmSync(join(top, "schema", file), { force: true });
        else if (typeof change === "number") put(file, (files[file] ?? "").slice(0, change));
        else put(file, change[file] ?? "");
        const result = await builder.build();
        rmSync(join(top, "fresh"), { recursive: true, force: true });
        const fresh = await new Builder({ ...builder.options, output: join(top, "fresh") }).build();
        expect(told(result)).toEqual(told(fresh));
        if (fresh.ok) expect(content("kept")).toEqual(content("fresh"));
      }
    }),
    // A failure is small enough to be looked at; to make it smaller takes hundreds of runs.
    parameters(60, { endOnFailure: true }),
  );
});

function put(path: string, text: string): void {
  const file = join(top, "schema", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function told(result: GenerateResult): unknown {
  const { ok, inputs } = result;
  return result.ok
    ? { ok, inputs, read: result.read, styleFindings: result.styleFindings, files: result.files }
    : { ok, inputs, text: formatText(result.diagnostics, { color: false }) };
}

function content(directory: string): Readonly<Record<string, string>> {
  const paths = readdirSync(join(top, directory), { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(top, directory, path)).isFile())
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(top, directory, path), "utf8")]));
}
