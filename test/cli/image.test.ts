import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCommand, type Outcome } from "../support/command-line.js";

const SCHEMA = `##
# @Mood:
#
# How it is.
##
{ 'enum': 'Mood', 'data': [ 'good', { 'name': 'odd', 'if': 'CONFIG_ODD' } ] }
{ 'event': 'MOOD_CHANGED', 'data': { 'mood': 'Mood' } }
`;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "qapi-codegen-image-"));
  writeFileSync(path("schema.json"), SCHEMA);
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function path(name: string): string {
  return join(directory, name);
}

/** Runs a command; the temporary directory is left out of what it prints. */
async function run(...args: readonly string[]): Promise<Outcome> {
  const { status, out, error } = await runCommand(args);
  return { status, out: out.replaceAll(`${directory}/`, ""), error: error.replaceAll(`${directory}/`, "") };
}

async function image(...args: readonly string[]): Promise<Outcome> {
  return await run("image", path("schema.json"), "-o", path("x.json"), ...args);
}

function readImage(): string {
  return readFileSync(path("x.json"), "utf8");
}

describe("the image of a schema", () => {
  it("is written to a file, and said to be", async () => {
    const { status, out, error } = await image();
    const size = `${String(readImage().length)} bytes`;
    expect({ status, out, error }).toEqual({
      status: 0,
      out: `Read schema.json: 1 file, ${String(SCHEMA.length)} bytes: 1 enum, 1 event\nMade x.json: ${size}\n`,
      error: "",
    });
    expect(readdirSync(directory).sort()).toEqual(["schema.json", "x.json"]);
  });

  it("goes to standard output with -o -, and nothing besides", async () => {
    await image("-q");
    expect(await run("image", path("schema.json"), "-o", "-")).toEqual({ status: 0, out: readImage(), error: "" });
  });

  it("has no documentation with --no-docs", async () => {
    await image();
    expect(readImage()).toContain("How it is.");
    await image("--no-docs");
    expect(readImage()).not.toContain("How it is.");
  });

  it("has conditions settled with --define, and options that no condition names said", async () => {
    const { error } = await image("--define", "CONFIG_ODD=off", "--define", "CONFIG_OD");
    expect(readImage()).not.toContain("odd");
    expect(error).toContain("warning: no condition of the schema names 'CONFIG_OD'");
  });

  it("is taken by all commands that take a schema", async () => {
    await image();
    expect(await run("check", path("x.json"))).toMatchObject({ status: 0, error: "" });
    expect(await run("generate", path("schema.json"), "-o", path("a"))).toMatchObject({ status: 0 });
    expect(await run("generate", path("x.json"), "-o", path("b"))).toMatchObject({ status: 0, error: "" });
    const files = readdirSync(path("a"), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      expect(readFileSync(join(directory, "b", file), "utf8")).toBe(readFileSync(join(directory, "a", file), "utf8"));
    }
    const again = await run("image", path("x.json"), "-o", "-");
    expect(again.out).toBe(readImage());
  });
});

describe("a file that is there already", () => {
  it("is replaced when it is an image or empty", async () => {
    writeFileSync(path("x.json"), "");
    expect(await image()).toMatchObject({ status: 0 });
    const before = readImage();
    expect(await image("--no-docs")).toMatchObject({ status: 0 });
    expect(readImage()).not.toBe(before);
  });

  it("is left alone when it is something else", async () => {
    const { status, out, error } = await run("image", path("schema.json"), "-o", path("schema.json"));
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(error).toMatchInlineSnapshot(`
      "error[output-conflict]: 'schema.json' is not an image that qapi-codegen made and would be overwritten
      hint: nothing was written; choose another name, or move the file away

      1 error
      "
    `);
    expect(readFileSync(path("schema.json"), "utf8")).toBe(SCHEMA);
  });

  it("is written through a symbolic link", async () => {
    writeFileSync(path("real.json"), "");
    symlinkSync(path("real.json"), path("x.json"));
    expect(await image()).toMatchObject({ status: 0 });
    expect(readFileSync(path("real.json"), "utf8")).toBe(readImage());
    expect(readImage()).toContain("Mood");
  });
});

describe("what goes wrong", () => {
  it("is a missing directory", async () => {
    const { status, error } = await run("image", path("schema.json"), "-o", path("no/x.json"));
    expect(status).toBe(1);
    expect(error).toContain("cannot write 'no/x.json': no such file or directory");
  });

  it("is a directory in the way", async () => {
    const { status, error } = await run("image", path("schema.json"), "-o", directory);
    expect(status).toBe(1);
    expect(error).toContain("a directory is in the way");
  });

  it("is a schema with an error, of which there is no image", async () => {
    writeFileSync(path("schema.json"), "{ 'event': 'E', 'data': 'Missing' }");
    const { status, out, error } = await image();
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(error).toContain("there is no type 'Missing'");
    expect(existsSync(path("x.json"))).toBe(false);
  });

  it("is bad usage", async () => {
    expect(await run("image", path("schema.json"))).toMatchObject({ status: 2 });
    expect(await run("image", "-o", "-")).toMatchObject({ status: 2 });
  });

  it("is an image of a newer version, which is told so", async () => {
    await image();
    writeFileSync(path("x.json"), readImage().replace('"qapi-image":1', '"qapi-image":9'));
    const { status, error } = await run("generate", path("x.json"), "-o", path("out"));
    expect(status).toBe(1);
    expect(error).toMatchInlineSnapshot(`
      "x.json:1:15: error[invalid-document]: this image is of version 9, which this qapi-codegen does not know yet
         1 | {"qapi-image":9,"modules":[
           |               ^
      hint: update qapi-codegen, or make the image anew with this one

      1 error
      "
    `);
  });
});
