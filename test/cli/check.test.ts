import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCommand, type Outcome } from "../support/command-line.js";

const GOOD = `{ 'enum': 'Mood', 'data': [ 'good', 'odd' ] }
{ 'event': 'MOOD_CHANGED', 'data': { 'mood': 'Mood' } }
`;
/** One error, and a name that QEMU would refuse. */
const BAD = `{ 'enum': 'mood', 'data': [ 'good' ] }
{ 'struct': 'State', 'data': { 'mood': 'Moood' } }
`;
const UNTIDY = "{ 'enum': 'mood', 'data': [ 'good' ] }\n";
const ESCAPE = String.fromCharCode(27);

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "qapi-codegen-check-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function put(path: string, text: string): string {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

/** Runs `check` on a schema; the temporary directory is left out of what it prints. */
async function check(
  text: string,
  args: readonly string[] = [],
  terminal: Parameters<typeof runCommand>[1] = {},
): Promise<Outcome> {
  const { status, out, error } = await runCommand(["check", put("schema.json", text), ...args], terminal);
  return { status, out: out.replaceAll(`${directory}/`, ""), error: error.replaceAll(`${directory}/`, "") };
}

describe("a schema without findings", () => {
  it("is said in a line to be so", async () => {
    expect(await check(GOOD)).toEqual({
      status: 0,
      out: `Checked schema.json: 1 file, ${String(GOOD.length)} bytes: 1 enum, 1 event: no findings\n`,
      error: "",
    });
  });

  it("is nothing to talk about with -q", async () => {
    expect(await check(GOOD, ["-q"])).toEqual({ status: 0, out: "", error: "" });
  });

  it("is an empty array as JSON, and no annotation on GitHub", async () => {
    expect(await check(GOOD, ["--format", "json"])).toEqual({ status: 0, out: "[]\n", error: "" });
    expect(await check(GOOD, ["--format", "github"])).toEqual({ status: 0, out: "", error: "" });
  });

  it("can be of several files and reach as far as --root says", async () => {
    put("common.json", GOOD);
    const file = put("sub/schema.json", "{ 'include': '../common.json' }\n");
    expect((await runCommand(["check", file])).out).toContain("error[include-outside]");
    const { status, out } = await runCommand(["check", file, "--root", directory]);
    expect(status).toBe(0);
    expect(out).toContain("schema.json: 2 files, ");
  });
});

describe("a schema with findings", () => {
  it("has all of them on standard output, in source order, and counted at the end", async () => {
    expect(await check(BAD)).toEqual({
      status: 1,
      out: `schema.json:1:11: style[type-name-case]: enum 'mood' does not have a name in CamelCase
   1 | { 'enum': 'mood', 'data': [ 'good' ] }
     |           ^^^^^^
hint: write it 'Mood'

schema.json:2:40: error[undefined-type]: member 'mood' of struct 'State': there is no type 'Moood'
   2 | { 'struct': 'State', 'data': { 'mood': 'Moood' } }
     |                                        ^^^^^^^

1 error, 1 style finding
`,
      error: "",
    });
  });

  it("fails with findings of style alone, quiet or not", async () => {
    const { status, out } = await check(UNTIDY, ["-q"]);
    expect(status).toBe(1);
    expect(out).toMatch(/: style\[[a-z-]+\]: [^]*\n1 style finding\n$/);
  });

  it("has their severities in JSON", async () => {
    const { status, out, error } = await check(BAD, ["--format=json"]);
    expect({ status, error }).toEqual({ status: 1, error: "" });
    expect(JSON.parse(out)).toMatchObject([
      { line: 1, severity: "style" },
      { line: 2, severity: "error", code: "undefined-type" },
    ]);
  });

  it("annotates the lines of a change on GitHub", async () => {
    const { status, out, error } = await check(BAD, ["--format=github"]);
    expect({ status, error }).toEqual({ status: 1, error: "" });
    expect(out).toMatch(
      /^::warning file=schema\.json,line=1,endLine=1,col=11,endColumn=17,title=[a-z-]+::[^\n]*\n::error file=schema\.json,line=2,endLine=2,col=40,endColumn=47,title=undefined-type::[^\n]*\n$/,
    );
  });

  it("is coloured where standard output is a terminal, errors unlike style", async () => {
    expect((await check(BAD, [], { errorIsTerminal: true, environment: { CI: "1" } })).out).not.toContain(ESCAPE);
    const { out } = await check(BAD, [], { outIsTerminal: true });
    expect(out).toContain(`${ESCAPE}[1;31merror[undefined-type]`);
    expect(out).toContain(`${ESCAPE}[1;33mstyle[`);
    expect((await check(BAD, ["--no-color"], { outIsTerminal: true })).out).not.toContain(ESCAPE);
  });

  it("may be missing", async () => {
    const { status, out } = await runCommand(["check", "nowhere.json"]);
    expect(status).toBe(1);
    expect(out).toBe(
      "error[missing-schema]: there is no schema at 'nowhere.json': no such file or directory\n\n1 error\n",
    );
  });
});

describe("bad usage of check", () => {
  it.each([
    [[], "which schema? Name a file or a directory"],
    [["a.json", "--format", "xml"], "unknown format 'xml': there are text, json and github"],
    [["a.json", "-o", "out"], "unknown option '-o'"],
  ])("%j is explained and exits with 2", async (args, message) => {
    const { status, out, error } = await runCommand(["check", ...args]);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(error).toBe(
      `qapi-codegen: ${message}\nusage: qapi-codegen check [<schema>] [options] (see qapi-codegen check --help)\n`,
    );
  });
});

describe("generate", () => {
  const output = (): readonly string[] => ["-o", join(directory, "out")];

  it("says how many style findings check would report, and how to see them", async () => {
    const file = put("untidy schema.json", UNTIDY.repeat(1));
    const { status, out, error } = await runCommand([file, ...output()], { outIsTerminal: true });
    expect({ status, error }).toEqual({ status: 0, error: "" });
    expect(out.split("\n").slice(2)).toEqual([`Style: 1 finding, shown by: qapi-codegen check '${file}'`, ""]);
    const rooted = await runCommand([file, ...output(), "--root", directory], { outIsTerminal: true });
    expect(rooted.out).toContain(`: qapi-codegen check --root=${directory} '${file}'\n`);
  });

  it("does not with -q, as JSON, where there is none, or where nobody looks", async () => {
    const file = put("schema.json", UNTIDY);
    const generate = (...options: string[]): Promise<Outcome> =>
      runCommand([file, ...output(), ...options], { outIsTerminal: true });
    expect(await generate("-q")).toEqual({ status: 0, out: "", error: "" });
    expect(await generate("--format=json")).toEqual({ status: 0, out: "[]\n", error: "" });
    expect((await runCommand([file, ...output()])).out).not.toContain("Style");
    put("schema.json", GOOD);
    expect((await generate()).out).not.toContain("Style");
  });

  it("prints errors alone when there are some", async () => {
    const { status, out, error } = await runCommand([put("schema.json", BAD), ...output()]);
    expect({ status, out }).toEqual({ status: 1, out: "" });
    expect(error).toMatch(/error\[undefined-type\][^]*\n1 error\n$/);
    expect(error).not.toContain("style[");
  });
});
