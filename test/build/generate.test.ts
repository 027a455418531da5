import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { generate } from "../../src/build/generate.js";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "qapi-codegen-generate-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

test("findings of style are counted where that is asked for, and nowhere else", async () => {
  const schema = join(directory, "schema.json");
  writeFileSync(schema, "{ 'enum': 'mood', 'data': [ 'Good' ] }\n");
  const options = { schema, output: join(directory, "out"), emitters: [] };
  expect(await generate({ ...options, style: true })).toMatchObject({ ok: true, styleFindings: 2 });
  expect(await generate(options)).not.toHaveProperty("styleFindings");
});

test("they do not stand in for mistakes", async () => {
  const schema = join(directory, "schema.json");
  writeFileSync(schema, "{ 'struct': 'mood', 'data': { 'a': 'Nope' } }\n");
  const result = await generate({ schema, output: join(directory, "out"), emitters: [], style: true });
  expect(result).toMatchObject({ ok: false, diagnostics: [{ code: "undefined-type" }] });
});
