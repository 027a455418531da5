/** The schemas in `fixtures/`: what the command line makes of them. `npm run update-fixtures` makes the expectations again. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main } from "../src/cli/main.js";

let output: string;
beforeAll(() => {
  output = mkdtempSync(join(tmpdir(), "qapi-codegen-"));
});
afterAll(() => {
  rmSync(output, { recursive: true });
});

/** The schemas in a folder: `NAME.json`, and folders with a `qapi-schema.json`. */
function schemasIn(folder: string): readonly string[] {
  return readdirSync(folder).filter(
    (name) => name.endsWith(".json") || existsSync(`${folder}/${name}/qapi-schema.json`),
  );
}

/** What the command line does with a schema where there is no terminal. */
function generate(schema: string): { status: number; error: string } {
  let error = "";
  const status = main([schema, "-o", join(output, schema)], {
    out: () => undefined,
    error: (text) => (error += text),
    outIsTerminal: false,
    errorIsTerminal: false,
    environment: {},
  });
  return { status, error };
}

describe("fixtures/ok: each file shows a part of the language and stands on its own", () => {
  test.each(schemasIn("fixtures/ok"))("%s is accepted", (name) => {
    expect(generate(`fixtures/ok/${name}`)).toEqual({ status: 0, error: "" });
  });

  test("qapi-schema.json includes all of the others", () => {
    const text = readFileSync("fixtures/ok/qapi-schema.json", "utf8");
    const included = Array.from(text.matchAll(/'include': '(.*)'/g), (match) => match[1]);
    expect([...included, "qapi-schema.json"].sort()).toEqual([...schemasIn("fixtures/ok")].sort());
  });
});

describe("fixtures/style: against today's rules, and yet it is clear what each means", () => {
  test.each(schemasIn("fixtures/style"))("%s is accepted", (name) => {
    expect(generate(`fixtures/style/${name}`)).toEqual({ status: 0, error: "" });
  });
});

describe("fixtures/error: each has a mistake", () => {
  const schemas = schemasIn("fixtures/error");

  test.each(schemas)("%s is refused, and the text beside it says why", (name) => {
    const schema = `fixtures/error/${name}`;
    const { status, error } = generate(schema);
    expect(error).toBe(readFileSync(schema.replace(/(\.json)?$/, ".txt"), "utf8"));
    expect(status).toBe(1);
    expect(existsSync(join(output, schema))).toBe(false);
  });

  test("every text belongs to a schema", () => {
    const texts = readdirSync("fixtures/error").filter((name) => name.endsWith(".txt"));
    expect(texts.sort()).toEqual(schemas.map((name) => name.replace(/(\.json)?$/, ".txt")).sort());
  });
});
