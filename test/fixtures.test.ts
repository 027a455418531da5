/** The schemas in `fixtures/`: what the command line makes of them. `npm run update-fixtures` makes the expectations again. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommand } from "./support/command-line.js";

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

/** The file with what is printed of a schema. */
function textBeside(schema: string): string {
  return schema.replace(/(\.json)?$/, ".txt");
}

function textsIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .sort();
}

/** What the command line does with a schema where there is no terminal. */
async function generate(schema: string): Promise<{ status: number; error: string }> {
  const { status, error } = await runCommand([schema, "-o", join(output, schema)]);
  return { status, error };
}

describe("fixtures/ok: each file shows a part of the language and stands on its own", () => {
  test.each(schemasIn("fixtures/ok"))("%s is accepted", async (name) => {
    expect(await generate(`fixtures/ok/${name}`)).toEqual({ status: 0, error: "" });
  });

  test("qapi-schema.json includes all of the others", () => {
    const text = readFileSync("fixtures/ok/qapi-schema.json", "utf8");
    const included = Array.from(text.matchAll(/'include': '(.*)'/g), (match) => match[1]);
    expect([...included, "qapi-schema.json"].sort()).toEqual([...schemasIn("fixtures/ok")].sort());
  });
});

describe("fixtures/proposal: the notation of the proposal of 2011", () => {
  test("is accepted", async () => {
    expect(await generate("fixtures/proposal")).toEqual({ status: 0, error: "" });
  });

  test("is all that check has to say", async () => {
    const { status, out } = await runCommand(["check", "fixtures/proposal"]);
    const codes = [...out.matchAll(/(?:error|style)\[([a-z-]+)\]/g)].map(([, code]) => code);
    expect(status).toBe(1);
    expect(codes).toHaveLength(11);
    expect(new Set(codes)).toEqual(new Set(["proposal-command", "proposal-type"]));
  });
});

describe("fixtures/style: against today's rules, and yet it is clear what each means", () => {
  const schemas = schemasIn("fixtures/style");

  test.each(schemas)("%s is accepted", async (name) => {
    expect(await generate(`fixtures/style/${name}`)).toEqual({ status: 0, error: "" });
  });

  test.each(schemas)("%s is reported by check, as the text beside it says", async (name) => {
    const schema = `fixtures/style/${name}`;
    const { status, out, error } = await runCommand(["check", schema]);
    expect({ status, error }).toEqual({ status: 1, error: "" });
    expect(out).toBe(readFileSync(textBeside(schema), "utf8"));
    expect(out).not.toContain("error[");
  });

  test("every text belongs to a schema", () => {
    expect(textsIn("fixtures/style")).toEqual(schemas.map(textBeside).sort());
  });
});

describe("fixtures/error: each has a mistake", () => {
  const schemas = schemasIn("fixtures/error");

  test.each(schemas)("%s is refused, and the text beside it says why", async (name) => {
    const schema = `fixtures/error/${name}`;
    const { status, error } = await generate(schema);
    expect(error).toBe(readFileSync(textBeside(schema), "utf8"));
    expect(status).toBe(1);
    expect(existsSync(join(output, schema))).toBe(false);
  });

  test("every text belongs to a schema", () => {
    expect(textsIn("fixtures/error")).toEqual(schemas.map(textBeside).sort());
  });
});
