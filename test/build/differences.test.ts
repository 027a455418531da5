import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { differences } from "../../src/build/differences.js";
import { generate, type Generated, type GenerateOptions } from "../../src/build/generate.js";
import { defineEmitter } from "../../src/emit/index.js";
import type { Emitter } from "../../src/emit/emitter.js";

let top: string;
let output: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "qapi-codegen-differences-"));
  output = join(top, "out");
  writeFileSync(join(top, "schema.json"), "");
});

afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

/** An emitter of exactly these files, each in a folder of its own name. */
function emitterOf(texts: Readonly<Record<string, string>>): Emitter {
  return defineEmitter({
    name: "texts",
    emit(_, out) {
      for (const [path, text] of Object.entries(texts)) out.file(path).statement(text);
    },
  });
}

async function run(
  texts: Readonly<Record<string, string>>,
  options: Partial<GenerateOptions> = {},
): Promise<Generated> {
  const result = await generate({
    schema: join(top, "schema.json"),
    output,
    emitters: [emitterOf(texts)],
    ...options,
  });
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join());
  return result;
}

/** What is told when the output has `before` and is to have `after`. */
async function told(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Promise<string> {
  await run(before);
  return differences(output, await run(after, { write: false }));
}

describe("a run that writes nothing", () => {
  it("leaves a directory that is not there as it is, and has all files in its result", async () => {
    const { files, write } = await run({ "a.txt": "a" }, { write: false });
    expect(existsSync(output)).toBe(false);
    expect(files).toEqual([{ path: "a.txt", text: "a\n" }]);
    expect(write).toMatchObject({ written: ["a.txt"], unchanged: [], removed: [] });
  });

  it("says what would be done, and does nothing", async () => {
    await run({ "a.txt": "a", "b.txt": "b", "c.txt": "c" });
    const { write } = await run({ "a.txt": "a", "b.txt": "B" }, { write: false });
    expect(write).toMatchObject({ written: ["b.txt"], unchanged: ["a.txt"], removed: ["c.txt"] });
    expect(readFileSync(join(output, "b.txt"), "utf8")).toBe("b\n");
    expect(existsSync(join(output, "c.txt"))).toBe(true);
  });

  it("refuses what a run that writes would refuse", async () => {
    await run({ "b.txt": "b" });
    writeFileSync(join(output, "a.txt"), "mine");
    const result = await generate({
      schema: join(top, "schema.json"),
      output,
      emitters: [emitterOf({ "a.txt": "a" })],
      write: false,
    });
    expect(result).toMatchObject({ ok: false, diagnostics: [{ code: "output-conflict" }] });
  });
});

describe("differences", () => {
  it("are nothing where nothing differs", async () => {
    expect(await told({ "a.txt": "a" }, { "a.txt": "a" })).toBe("");
  });

  it("name what is new, changed and removed, and show the lines that changed", async () => {
    const before = { "b.txt": "one\ntwo\nthree\nfour\nfive", "c.txt": "c", "same.txt": "s" };
    expect(await told(before, { "a.txt": "a", "b.txt": "one\ntwo\n3\nfour\nfive", "same.txt": "s" })).toBe(`\
new: a.txt
changed: b.txt
  @@ -2,3 +2,3 @@
   two
  -three
  +3
   four
removed: c.txt
`);
  });

  it("show few places of a file, and few lines of a place", async () => {
    const lines = Array.from({ length: 100 }, (_, index) => String(index));
    const after = lines.map((line, index) => (index % 20 === 0 ? `${line}!` : line));
    expect(await told({ "a.txt": lines.join("\n") }, { "a.txt": after.join("\n") })).toMatch(
      /^changed: a\.txt\n(?:.*\n)* {2}\.\.\. and 2 more places\n$/,
    );
    const longer = [...lines.slice(0, 50), ...Array.from({ length: 30 }, () => "x"), ...lines.slice(50)];
    const text = await told({ "a.txt": lines.join("\n") }, { "a.txt": longer.join("\n") });
    expect(text.split("\n")).toHaveLength(16);
    expect(text).toContain("  ... and 20 more lines\n");
  });

  it("are bounded, however much differs", async () => {
    const texts = (value: string): Record<string, string> =>
      Object.fromEntries(
        Array.from({ length: 30 }, (_, index) => [`f${String(index)}.txt`, `${value.repeat(500)}\n`.repeat(3000)]),
      );
    const text = await told(texts("a"), texts("b"));
    expect(text).toContain("changed: f0.txt\n  (most of it)\n");
    expect(text).toContain("... and 10 more files\n");
    expect(text.length).toBeLessThan(20_000);
  });

  it("have nothing in them that a terminal would not just print", async () => {
    await run({ "a.txt": "a" });
    writeFileSync(join(output, "a.txt"), "\u001b[31mred\r\n\u202e");
    const text = await differences(output, await run({ "a.txt": "a" }, { write: false }));
    expect(text).toContain("  -\\x1b[31mred\\r\n");
    expect(text).toContain("  -\\u202e\n");
  });
});
