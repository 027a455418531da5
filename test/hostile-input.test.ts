/**
 * Input that nobody writes by mistake: each ends in a diagnostic or in correct output, and soon. A test that takes more than
 * linear time shows by its timeout, one that takes more than bounded memory or stack by its exception.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { diskHost } from "../src/build/disk-host.js";
import { runCommand } from "./support/command-line.js";
import { findings, schemaOf } from "./support/harness.js";

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "qapi-codegen-hostile-"));
});

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

function put(name: string, content: string | Uint8Array): string {
  const path = join(directory, name);
  writeFileSync(path, content);
  return path;
}

/** Runs the command line; what is printed is one text, each finding of it as `code` in the order of the text. */
async function run(...args: readonly string[]): Promise<{
  readonly status: number;
  readonly codes: readonly string[];
  readonly text: string;
}> {
  const { status, out, error } = await runCommand(args);
  const text = out + error;
  return { status, codes: [...text.matchAll(/(?:error|style)\[([a-z-]+)\]/g)].map(([, code = ""]) => code), text };
}

/** What `check` and `generate` say of a file; they must agree on errors. */
async function said(path: string): Promise<readonly string[]> {
  const checked = await run("check", path);
  const generated = await run("generate", path, "-o", join(directory, "out"));
  expect([0, 1]).toContain(checked.status);
  expect([0, 1]).toContain(generated.status);
  if (generated.status === 1) expect(checked.codes).toEqual(expect.arrayContaining([...generated.codes]));
  return checked.codes;
}

const ENUM = "{ 'enum': 'Axis', 'data': [ 'x', 'y' ] }\n";

describe("bytes", () => {
  test("a byte-order mark is read over", async () => {
    const path = put("mark.json", `\ufeff${ENUM}`);
    expect(await said(path)).toEqual(["byte-order-mark"]);
    expect((await run("generate", path, "-o", join(directory, "out"))).status).toBe(0);
  });

  test("a byte-order mark anywhere else is a mistake", async () => {
    expect(await said(put("mark2.json", `${ENUM}\ufeff${ENUM}`))).toEqual(["syntax"]);
  });

  test("what is no UTF-8 is not read", async () => {
    expect(await said(put("utf8.json", new Uint8Array([0x23, 0x20, 0xff, 0xfe, 0x0a])))).toEqual(["unreadable-file"]);
  });

  test.each([
    ["in a string", "{ 'enum': 'A\0xis', 'data': [] }", ["invalid-character"]],
    ["between tokens", "{ \0 'enum': 'Axis', 'data': [] }", ["syntax"]],
    ["in a comment", `# \0\n${ENUM}`, []],
    ["in documentation", `##\n# @Axis:\n#\n# a\0b\n#\n# @x: one\n#\n# @y: two\n##\n${ENUM}`, []],
  ])("NUL %s", async (_, text, codes) => {
    expect(await said(put("nul.json", text))).toEqual(codes);
  });
});

describe("size", () => {
  test("a file of 50 MB is refused before it fills the memory", async () => {
    const path = put("large.json", ENUM.repeat(Math.ceil(50_000_000 / ENUM.length)));
    expect(await said(path)).toEqual(["schema-too-large"]);
    expect(await said(put("including.json", "{ 'include': 'large.json' }\n{ 'include': 'large2.json' }"))).toEqual([
      "schema-too-large",
      "unreadable-file",
    ]);
  });

  test("a file of 100 MB is not even read", () => {
    const path = put("huge.json", new Uint8Array(100_000_000));
    expect(() => diskHost.read(path)).toThrow("it is larger than 80 MB");
  });

  const many = 2_000_000;

  test.each([
    ["blanks", `{${" ".repeat(many)}}`],
    ["comments", "# one\n".repeat(many / 5)],
    ["marks of documentation", "##\n".repeat(many / 10)],
    ["hashes", "#".repeat(many)],
    ["a string", `{ 'enum': '${"A".repeat(many)}', 'data': [] }`],
    ["escapes", `{ 'enum': '${"\\\\".repeat(many)}', 'data': [] }`],
    ["quotes", "'".repeat(many)],
    ["lines of documentation", `##\n# @Axis:\n#\n# @x: one\n${"#     more\n".repeat(many / 10)}##\n${ENUM}`],
    ["paragraphs of documentation", `##\n# @Axis:\n#\n${"# More.\n#\n".repeat(many / 40)}##\n${ENUM}`],
    ["blank lines in documentation", `##\n# @Axis:\n${"\n".repeat(many)}##\n${ENUM}`],
    ["mistakes", "{ 'enum' }\n".repeat(many / 20)],
    ["missing commas", `{ 'enum': 'Axis', 'data': [ ${"'a' ".repeat(many / 10)} ] }`],
    ["keys of a form that there is not", `{ ${"'a': 'b', ".repeat(many / 10)} 'c': 'd' }`],
    ["free-form documentation", "##\n# One.\n##\n\n".repeat(many / 10)],
    ["open brackets, a line each", "{\n".repeat(many / 10)],
    ["negations in a condition", `{ 'enum': 'Axis', 'data': [], 'if': '${"!".repeat(many)}A' }`],
    ["parentheses in a condition", `{ 'enum': 'Axis', 'data': [], 'if': '${"(".repeat(many)}A' }`],
    ["parts of a command that is a list", `[ 'beep', ${"'a', ".repeat(100_000)} 'b' ]`],
    ["optional arguments", `[ 'beep', {}, { ${"'a': 'int', ".repeat(100_000)} 'b': 'int' }, 'none' ]`],
    ["commands that are lists", "[ 'beep', {}, {}, 'none' ]\n".repeat(many / 40)],
    ["signal accessors", `{ 'PowerEvent': {} }\n${"[ 'power', {}, {}, 'PowerEvent' ]\n".repeat(many / 80)}`],
    ["events that are one on the wire", "{ 'BlockIOEvent': {} }\n{ 'BlockIoEvent': {} }\n".repeat(many / 100)],
    ["objects that are almost types", "{ 'Point': {}, 'data': {} }\n".repeat(many / 40)],
    ["comments before a type's name", `{ ${"# one\n".repeat(many / 10)} 'Point': {} }`],
    ["capitals in an event's name", `{ '${"A".repeat(many / 10)}Event': {} }`],
    ["words in an event's name", `{ '${"Io".repeat(many / 10)}Event': {} }`],
    ["underscores in an event's name", `[ 'x', {}, {}, '${"_".repeat(many / 10)}Event' ]`],
    ["open brackets of commands, a line each", "[ 'beep', {\n".repeat(many / 20)],
    ["operators in a condition", `{ 'enum': 'Axis', 'data': [], 'if': '${"A && ".repeat(many / 50)}A' }`],
  ])("a lot of %s", async (_, text) => {
    await said(put("lot.json", text));
  });

  test.each(["`", "``a", "**a", "_a", "{@", "= ", "1.", "@a: ", ". A", "::", "| ", "*/", "\\", "<a>", "Since 1"])(
    "a long line of documentation that repeats %s",
    async (unit) => {
      const line = unit.repeat(200_000 / unit.length);
      await said(put("line.json", `##\n# @Axis:\n#\n# ${line}\n#\n# @x: ${line}\n##\n${ENUM}`));
    },
  );
});

describe("nesting", () => {
  test.each([
    ["lists", "{ 'enum': 'Axis', 'data': ", "[ "],
    ["structs in place", "{ 'struct': 'Point', 'data': ", "{ 'x': "],
    ["conditions", "{ 'enum': 'Axis', 'data': [], 'if': ", "{ 'not': "],
    ["lists at the top", "", "["],
    ["lists in a command that is a list", "[ 'beep', ", "["],
    ["structs in a type of the proposal", "{ 'Point': ", "{ 'x': "],
  ])("a hundred thousand %s", async (_, start, bracket) => {
    const codes = await said(put("deep.json", start + bracket.repeat(100_000)));
    expect(codes).toEqual([start === "" ? "syntax" : "nesting-too-deep"]);
  });
});

describe("files", () => {
  test("a chain of ten thousand includes", async () => {
    const folder = join(directory, "chain");
    mkdirSync(folder);
    for (let at = 0; at < 10_000; at++) {
      const next = at === 9999 ? ENUM : `{ 'include': 'f${String(at + 1)}.json' }\n`;
      writeFileSync(join(folder, `f${String(at)}.json`), next);
    }
    const { status, text } = await run("check", join(folder, "f0.json"));
    expect(text).toMatch(/10000 files/);
    expect(status).toBe(0);
  });

  test("a circle of ten thousand includes", () => {
    const files = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, at) => [
        `f${String(at)}.json`,
        `{ 'include': 'f${String((at + 1) % 10_000)}.json' }\n`,
      ]),
    );
    expect(findings(files)).toHaveLength(1);
  });

  test("a directory, a pipe that nobody writes to, a file that must not be read", async () => {
    const folder = join(directory, "odd");
    mkdirSync(join(folder, "sub.json"), { recursive: true });
    expect(spawnSync("mkfifo", [join(folder, "pipe.json")]).status).toBe(0);
    writeFileSync(join(folder, "secret.json"), ENUM);
    chmodSync(join(folder, "secret.json"), 0);
    writeFileSync(
      join(folder, "root.json"),
      "{ 'include': 'sub.json' }\n{ 'include': 'pipe.json' }\n{ 'include': 'secret.json' }\n",
    );
    // Nothing is forbidden to the superuser.
    const isForbidden = process.getuid?.() !== 0;
    expect(await said(join(folder, "root.json"))).toEqual(Array(isForbidden ? 3 : 2).fill("unreadable-file"));
  });
});

describe("definitions", () => {
  const range = (length: number, text: (index: string) => string, separator: string): string =>
    Array.from({ length }, (_, at) => text(String(at))).join(separator);

  test("a union with ten thousand branches", async () => {
    const text = `{ 'enum': 'Tag', 'data': [ ${range(10_000, (at) => `'v${at}'`, ", ")} ] }
      { 'struct': 'Point', 'data': { 'x': 'int' } }
      { 'union': 'Many', 'base': { 'tag': 'Tag' }, 'discriminator': 'tag',
        'data': { ${range(10_000, (at) => `'v${at}': 'Point'`, ", ")} } }`;
    expect(schemaOf(text).unions[0]?.branches).toHaveLength(10_000);
    expect(await said(put("branches.json", text))).toEqual([]);
  });

  test("unions in unions, ten thousand deep", () => {
    const text = range(
      10_000,
      (at) =>
        `{ 'enum': 'Tag${at}', 'data': [ 'a' ] }\n{ 'union': 'Nest${at}', 'base': { 't${at}': 'Tag${at}' },
          'discriminator': 't${at}', 'data': { ${Number(at) < 9999 ? `'a': 'Nest${String(Number(at) + 1)}'` : ""} } }`,
      "\n",
    );
    expect(findings(text, { style: true })).toEqual([]);
  });

  test("a circle of ten thousand structs", async () => {
    const circle = (at: string): string =>
      `{ 'struct': 'Link${at}', 'base': 'Link${String((Number(at) + 1) % 10_000)}', 'data': { 'm${at}': 'int' } }`;
    expect(await said(put("circle.json", range(10_000, circle, "\n")))).toEqual(["base-cycle"]);
  });

  test("ten thousand structs in a line", async () => {
    const line = (at: string): string =>
      `{ 'struct': 'Link${at}', ${at === "9999" ? "" : `'base': 'Link${String(Number(at) + 1)}', `}'data': { 'm${at}': 'int' } }`;
    expect(await said(put("line.json", range(10_000, line, "\n")))).toEqual(["too-many-members"]);
  });

  test("ten thousand structs that inherit ten thousand members", async () => {
    const text = `{ 'struct': 'Wide', 'data': { ${range(10_000, (at) => `'m${at}': 'int'`, ", ")} } }
      ${range(10_000, (at) => `{ 'struct': 'Heir${at}', 'base': 'Wide', 'data': {} }`, "\n")}`;
    expect(await said(put("wide.json", text))).toEqual(["too-many-members"]);
  });
});

test("a thousand findings are shown, the others counted", async () => {
  const text = Array.from({ length: 1500 }, (_, at) => `{ 'enum': 'axis${String(at)}', 'data': [] }`).join("\n");
  const { codes, text: printed } = await run("check", put("findings.json", text));
  expect(codes).toHaveLength(1000);
  expect(printed).toMatch(/\n1500 style findings, of which the first 1000 are shown\n$/);
});
