import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OutputError } from "../../src/build/output-error.js";
import { compareOutput, writeOutput } from "../../src/build/write.js";
import type { OutputFile } from "../../src/emit/emitter.js";
import { disk, mendDisk } from "../support/faulty-disk.js";

vi.mock("node:fs", async (original) => (await import("../support/faulty-disk.js")).faulty(await original()));

const MANIFEST = ".qapi-codegen.json";
let top: string;
let directory: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "qapi-codegen-write-"));
  directory = join(top, "out");
});

afterEach(() => {
  mendDisk();
  rmSync(top, { recursive: true, force: true });
});

function files(texts: Readonly<Record<string, string>>): readonly OutputFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text }));
}

/** All files below the output directory and what is in them, without the manifest. */
function content(): Readonly<Record<string, string>> {
  const found = readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => path !== MANIFEST && lstatSync(join(directory, path)).isFile())
    .sort();
  return Object.fromEntries(found.map((path) => [path, readFileSync(join(directory, path), "utf8")]));
}

function put(path: string, text: string): void {
  mkdirSync(join(directory, path, ".."), { recursive: true });
  writeFileSync(join(directory, path), text);
}

/** The messages of the {@link OutputError} that writing `texts` gives. */
function refusal(texts: Readonly<Record<string, string>>): readonly string[] {
  return refusalOf(() => writeOutput(directory, files(texts))).diagnostics.map(({ message }) =>
    message.replaceAll(top, "TOP"),
  );
}

function refusalOf(run: () => unknown): OutputError {
  try {
    run();
  } catch (error) {
    if (error instanceof OutputError) return error;
    throw error;
  }
  throw new Error("it was written");
}

describe("a first run", () => {
  it("makes the directory, the files and a manifest", () => {
    const report = writeOutput(directory, files({ "types/b.ts": "b\n", "types/a.ts": "ä\n", "index.ts": "i\n" }));
    expect(content()).toEqual({ "index.ts": "i\n", "types/a.ts": "ä\n", "types/b.ts": "b\n" });
    expect(report).toEqual({
      written: ["index.ts", "types/a.ts", "types/b.ts"],
      unchanged: [],
      removed: [],
      bytes: 7,
      warnings: [],
    });
  });

  it("writes a manifest that is sorted, versioned and does not depend on the order of the files", () => {
    writeOutput(directory, files({ "b.ts": "b", "a.ts": "" }));
    const text = readFileSync(join(directory, MANIFEST), "utf8");
    expect(JSON.parse(text)).toEqual({
      version: 1,
      files: {
        "a.ts": "da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "b.ts": "e9d71f5ee7c92d6dc9e92ffdad17b8bd49418f98",
      },
    });
    expect(text.indexOf('"a.ts"')).toBeLessThan(text.indexOf('"b.ts"'));
    rmSync(directory, { recursive: true });
    writeOutput(directory, files({ "a.ts": "", "b.ts": "b" }));
    expect(readFileSync(join(directory, MANIFEST), "utf8")).toBe(text);
  });

  it("works in a directory that has files of the user's, and leaves those alone", () => {
    put("mine.ts", "mine");
    put("types/mine.ts", "mine");
    writeOutput(directory, files({ "types/a.ts": "a" }));
    expect(content()).toEqual({ "mine.ts": "mine", "types/a.ts": "a", "types/mine.ts": "mine" });
  });

  it("takes a file for ours that has the right content already, as after a lost manifest", () => {
    put("a.ts", "a");
    expect(writeOutput(directory, files({ "a.ts": "a" }))).toMatchObject({ written: [], unchanged: ["a.ts"] });
    expect(writeOutput(directory, files({}))).toMatchObject({ removed: ["a.ts"] });
  });

  it("copes with file names that mean something to JavaScript", () => {
    writeOutput(directory, files({ ["__proto__"]: "p", constructor: "c" }));
    expect(writeOutput(directory, files({}))).toMatchObject({ removed: ["__proto__", "constructor"] });
  });
});

describe("a further run", () => {
  it("touches nothing when nothing changed", () => {
    const texts = { "types/a.ts": "a", "index.ts": "i" };
    writeOutput(directory, files(texts));
    const past = new Date("2001-01-01");
    for (const path of ["types/a.ts", "index.ts", MANIFEST]) utimesSync(join(directory, path), past, past);
    disk.beforeChange = () => {
      throw new Error("a change to the disk");
    };
    expect(writeOutput(directory, files(texts))).toMatchObject({ written: [], unchanged: ["index.ts", "types/a.ts"] });
    for (const path of ["types/a.ts", "index.ts", MANIFEST])
      expect(statSync(join(directory, path)).mtime).toEqual(past);
  });

  it("writes only what changed, even where the length is the same", () => {
    writeOutput(directory, files({ "a.ts": "a", "b.ts": "b" }));
    const past = new Date("2001-01-01");
    utimesSync(join(directory, "a.ts"), past, past);
    expect(writeOutput(directory, files({ "a.ts": "a", "b.ts": "B" }))).toMatchObject({
      written: ["b.ts"],
      unchanged: ["a.ts"],
    });
    expect(content()).toEqual({ "a.ts": "a", "b.ts": "B" });
    expect(statSync(join(directory, "a.ts")).mtime).toEqual(past);
  });

  it("restores a generated file that was edited or deleted", () => {
    writeOutput(directory, files({ "a.ts": "a", "b.ts": "b" }));
    put("a.ts", "edited");
    rmSync(join(directory, "b.ts"));
    expect(writeOutput(directory, files({ "a.ts": "a", "b.ts": "b" }))).toMatchObject({ written: ["a.ts", "b.ts"] });
    expect(content()).toEqual({ "a.ts": "a", "b.ts": "b" });
  });

  it("removes what it no longer writes, and directories that this leaves empty", () => {
    writeOutput(directory, files({ "x/y/z/a.ts": "a", "x/b.ts": "b", "c.ts": "c" }));
    const report = writeOutput(directory, files({ "x/b.ts": "b" }));
    expect(report).toMatchObject({ removed: ["c.ts", "x/y/z/a.ts"], unchanged: ["x/b.ts"], warnings: [] });
    expect(existsSync(join(directory, "x/y"))).toBe(false);
    expect(content()).toEqual({ "x/b.ts": "b" });
  });

  it("keeps a directory that has a file of the user's, one that was empty before, and the output directory", () => {
    writeOutput(directory, files({ "x/a.ts": "a", "y/b.ts": "b" }));
    put("x/mine.ts", "mine");
    mkdirSync(join(directory, "empty"));
    writeOutput(directory, files({}));
    expect(readdirSync(directory).sort()).toEqual([MANIFEST, "empty", "x"]);
    expect(content()).toEqual({ "x/mine.ts": "mine" });
  });

  it("leaves a file that it no longer writes but that was edited, says so once, and calls it the user's from then on", () => {
    writeOutput(directory, files({ "a.ts": "a", "b.ts": "b" }));
    put("a.ts", "precious");
    const report = writeOutput(directory, files({ "b.ts": "b" }));
    expect(report.removed).toEqual([]);
    expect(report.warnings).toEqual([
      `'${join(directory, "a.ts")}' is no longer generated but has been edited, so it was left alone`,
    ]);
    expect(writeOutput(directory, files({ "b.ts": "b" })).warnings).toEqual([]);
    expect(refusal({ "a.ts": "a" })).toHaveLength(1);
    expect(content()).toEqual({ "a.ts": "precious", "b.ts": "b" });
  });

  it("looks again if others have exchanged all, and then all back, since it looked", () => {
    const texts = { "a.ts": "a", "b.ts": "b" };
    writeOutput(directory, files(texts));
    // What it sees while another run is in the middle of that.
    rmSync(join(directory, "b.ts"));
    disk.beforeChange = () => {
      mendDisk();
      writeOutput(directory, files(texts));
    };
    expect(writeOutput(directory, files({ "a.ts": "A" }))).toMatchObject({ removed: ["b.ts"] });
    expect(content()).toEqual({ "a.ts": "A" });
  });

  it("does not mind that a file which it no longer writes is gone", () => {
    writeOutput(directory, files({ "x/a.ts": "a" }));
    rmSync(join(directory, "x"), { recursive: true });
    expect(writeOutput(directory, files({}))).toMatchObject({ removed: [], warnings: [] });
  });
});

describe("a plan", () => {
  it("says what would be written and removed, and touches nothing", () => {
    writeOutput(directory, files({ "a.ts": "a", "b.ts": "b", "c.ts": "c" }));
    disk.beforeChange = () => {
      throw new Error("a change to the disk");
    };
    const planned = compareOutput(directory, files({ "a.ts": "a", "b.ts": "B", "d.ts": "d" }));
    expect(planned).toEqual({
      written: ["b.ts", "d.ts"],
      unchanged: ["a.ts"],
      removed: ["c.ts"],
      bytes: 3,
      warnings: [],
    });
    expect(content()).toEqual({ "a.ts": "a", "b.ts": "b", "c.ts": "c" });
  });

  it("is the same as what is done then", () => {
    writeOutput(directory, files({ "a.ts": "a", "b.ts": "b" }));
    put("a.ts", "edited");
    const then = files({ "b.ts": "B" });
    const planned = compareOutput(directory, then);
    expect(planned.warnings).toHaveLength(1);
    expect(writeOutput(directory, then)).toEqual(planned);
  });

  it("makes no directory", () => {
    expect(compareOutput(directory, files({ "a.ts": "a" }))).toMatchObject({ written: ["a.ts"] });
    expect(existsSync(directory)).toBe(false);
  });

  it("says what is in the way", () => {
    put("a.ts", "mine");
    expect(refusalOf(() => compareOutput(directory, files({ "a.ts": "a" }))).diagnostics).toMatchObject([
      { code: "output-conflict" },
    ]);
  });
});

describe("something in the way", () => {
  it("is named, all of it, and nothing is written or removed", () => {
    writeOutput(directory, files({ "old.ts": "old", "ours.ts": "ours" }));
    put("a.ts", "mine");
    put("types/b.ts", "mine");
    put("folder.ts/c", "mine");
    put("file", "mine");
    const before = content();
    expect(refusal({ "a.ts": "x", "types/b.ts": "x", "folder.ts": "x", "file/d.ts": "x", "ours.ts": "x" })).toEqual([
      "'TOP/out/a.ts' is not a file that qapi-codegen made and would be overwritten",
      "'TOP/out/types/b.ts' is not a file that qapi-codegen made and would be overwritten",
      "'TOP/out/folder.ts' is a directory, not a file",
      "'TOP/out/file' is a file, not a directory",
    ]);
    expect(content()).toEqual(before);
  });

  it("may be a symbolic link, which is never written through or replaced", () => {
    mkdirSync(directory);
    writeFileSync(join(top, "victim"), "mine");
    symlinkSync("../victim", join(directory, "a.ts"));
    expect(refusal({ "a.ts": "x" })).toEqual(["'TOP/out/a.ts' is a symbolic link, not a file"]);
    expect(readFileSync(join(top, "victim"), "utf8")).toBe("mine");
  });

  it("may be a symbolic link in place of a directory that leads out of the output directory", () => {
    mkdirSync(directory);
    mkdirSync(join(top, "elsewhere"));
    symlinkSync("../elsewhere", join(directory, "types"));
    symlinkSync("../nowhere", join(directory, "events"));
    expect(refusal({ "types/deep/a.ts": "x", "events/a.ts": "x" })).toEqual([
      "'TOP/out/types' is a symbolic link that leads out of the output directory",
      "'TOP/out/events' is a symbolic link that leads to no directory",
    ]);
    expect(readdirSync(join(top, "elsewhere"))).toEqual([]);
  });

  it("is not a symbolic link to a directory within, nor one that the user gave as the output directory", () => {
    mkdirSync(join(directory, "real"), { recursive: true });
    symlinkSync("real", join(directory, "types"));
    symlinkSync("out", join(top, "link"));
    writeOutput(join(top, "link"), files({ "types/a.ts": "a" }));
    expect(readFileSync(join(directory, "real/a.ts"), "utf8")).toBe("a");
  });

  it("does not let an old file be removed through a symbolic link that leads out", () => {
    writeOutput(directory, files({ "types/a.ts": "a" }));
    mkdirSync(join(top, "elsewhere"));
    writeFileSync(join(top, "elsewhere/a.ts"), "a");
    rmSync(join(directory, "types"), { recursive: true });
    symlinkSync("../elsewhere", join(directory, "types"));
    const report = writeOutput(directory, files({}));
    expect(report.removed).toEqual([]);
    expect(report.warnings).toEqual([
      `'${join(directory, "types")}' is a symbolic link that leads out of the output directory: ` +
        "'types/a.ts', which is no longer generated, was not removed",
    ]);
    expect(readdirSync(join(top, "elsewhere"))).toEqual(["a.ts"]);
  });
});

describe("the manifest is not trusted", () => {
  const hash = "0".repeat(40);
  const broken: readonly (readonly [string, string])[] = [
    ["it is not JSON", "{"],
    ["it is not a JSON object", "[]"],
    ["it is not a JSON object", "null"],
    ["it has no version", "{}"],
    ["its version is 2, not 1", JSON.stringify({ version: 2, files: {} })],
    ["'files' is not a JSON object", JSON.stringify({ version: 1 })],
    ["'files' is not a JSON object", JSON.stringify({ version: 1, files: ["a.ts"] })],
    ["'files' has no hash for 'a.ts'", JSON.stringify({ version: 1, files: { "a.ts": 1 } })],
    ["'files' has no hash for 'a.ts'", JSON.stringify({ version: 1, files: { "a.ts": "abc" } })],
    ...["../a", "/a", "a/../../b", "C:/a", "a\\..\\b", "", "a//b", "./a", MANIFEST, "a\nb"].map(
      (path) =>
        [
          `'files' has the path '${path}', which is not one of a generated file`,
          JSON.stringify({ version: 1, files: { [path]: hash } }),
        ] as const,
    ),
  ];

  it.each(broken)("refuses one because %s", (why, text) => {
    put(MANIFEST, text);
    put("mine.ts", "mine");
    const error = refusalOf(() => writeOutput(directory, files({ "b.ts": "b" })));
    expect(error.diagnostics).toMatchObject([
      { code: "output-manifest", message: `cannot use the manifest '${join(directory, MANIFEST)}': ${why}` },
    ]);
    expect(error.diagnostics[0]?.hint).toContain("delete it");
    expect(content()).toEqual({ "mine.ts": "mine" });
  });

  it("refuses a directory in its place", () => {
    mkdirSync(join(directory, MANIFEST), { recursive: true });
    expect(refusal({ "a.ts": "a" })).toEqual([
      `cannot use the manifest 'TOP/out/${MANIFEST}': it is not a regular file`,
    ]);
  });

  it("does not remove a file that it names but whose content it does not know", () => {
    put("mine.ts", "mine");
    put(MANIFEST, JSON.stringify({ version: 1, files: { "mine.ts": hash } }));
    expect(writeOutput(directory, files({ "a.ts": "a" })).warnings).toHaveLength(1);
    expect(content()).toEqual({ "a.ts": "a", "mine.ts": "mine" });
  });
});

describe("what the system refuses", () => {
  it("says that the output directory is a file", () => {
    writeFileSync(directory, "");
    expect(refusal({ "a.ts": "a" })).toEqual(["cannot write to 'TOP/out': it is not a directory"]);
  });

  it("says that the output directory would be below a file", () => {
    writeFileSync(join(top, "file"), "");
    const error = refusalOf(() => writeOutput(join(top, "file/out"), files({ "a.ts": "a" })));
    expect(error.message).toContain("a part of the path is a file, not a directory");
  });

  it("does not dress up a mistake of ours as one of the system", () => {
    disk.beforeChange = () => {
      throw new TypeError("oops");
    };
    expect(() => writeOutput(directory, files({ "a.ts": "a" }))).toThrow(TypeError);
  });

  it.each(["../a.ts", "/a.ts", MANIFEST, "a\\b.ts", ".qapi-codegen-1-x-y.tmp", ".QAPI-codegen-1-x-y.tmp/a.ts"])(
    "refuses to be asked for %s by an emitter",
    (path) => {
      expect(() => writeOutput(directory, files({ [path]: "a" }))).toThrow("an emitter made the file");
    },
  );
});
