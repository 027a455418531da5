/** Runs that are killed before any of their changes to the disk, and what the next run makes of that. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OutputError } from "../../src/build/output-error.js";
import { writeOutput } from "../../src/build/write.js";
import type { OutputFile } from "../../src/emit/emitter.js";
import { KILLED, killAt, mendDisk } from "../support/faulty-disk.js";
import { allFiles, generationOf, visibleFiles, type Texts } from "../support/generation.js";

vi.mock("node:fs", async (original) => (await import("../support/faulty-disk.js")).faulty(await original()));

const MINE = "types/mine.ts";
let top: string;
let directory: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "qapi-codegen-cut-"));
  directory = join(top, "deep/out");
});

afterEach(() => {
  mendDisk();
  rmSync(top, { recursive: true, force: true });
});

const before: Texts = {
  "types/same.ts": "same",
  "types/change.ts": "old",
  "types/other.ts": "old",
  "events/e.ts": "old",
  "gone/a.ts": "a",
  "gone/b.ts": "b",
};
const after: Texts = {
  "types/same.ts": "same",
  "types/change.ts": "new",
  "types/other.ts": "new",
  "events/e.ts": "new",
  "types/add.ts": "add",
  "new/c.ts": "c",
  "new/deep/d.ts": "d",
};
const other: Texts = {
  "types/same.ts": "same",
  "types/change.ts": "newer",
  "types/add.ts": "another",
  "gone/a.ts": "b",
};

function files(texts: Texts): readonly OutputFile[] {
  return Object.entries(texts).map(([path, text]) => ({ path, text }));
}

/** A directory that has the output `texts`, and a file of the user's. */
function start(texts: Texts | undefined): void {
  rmSync(join(top, "deep"), { recursive: true, force: true });
  if (texts === undefined) return;
  writeOutput(directory, files(texts));
  mkdirSync(join(directory, "types"), { recursive: true });
  writeFileSync(join(directory, MINE), "mine");
}

/** What anybody would compile, without the user's file, which must be there. */
function content(): Texts {
  const { [MINE]: mine, ...generated } = visibleFiles(directory);
  expect(mine).toBe("mine");
  return generated;
}

/** Runs until the `count`th change to the disk; whether it got to the end. */
function runUntil(count: number, texts: Texts): boolean {
  killAt(count);
  try {
    writeOutput(directory, files(texts));
    return true;
  } catch (error) {
    expect(error).toBe(KILLED);
    return false;
  } finally {
    mendDisk();
  }
}

/** The files that a run in a new directory makes, the manifest included. */
function fresh(texts: Texts): Texts {
  const place = mkdtempSync(join(top, "fresh-"));
  writeOutput(place, files({ ...texts, once: "" })); // So that there is a manifest of an empty output, too.
  writeOutput(place, files(texts));
  return allFiles(place);
}

describe("a run that is cut off", () => {
  it("leaves the files of one output, of which some may be missing", () => {
    const seen = new Set<string>();
    let count = 0;
    for (let isComplete = false; !isComplete; count++) {
      start(before);
      isComplete = runUntil(count, after);
      const generation = generationOf(content(), before, after);
      expect(generation, `killed at change ${String(count)}`).not.toBe("mixed");
      seen.add(generation);
    }
    expect([...seen]).toEqual(["before", "after"]);
    expect(count).toBeGreaterThan(20);
  });

  it("leaves what is new where there was nothing", () => {
    let count = 0;
    for (let isComplete = false; !isComplete; count++) {
      start(undefined);
      isComplete = runUntil(count, after);
      expect(generationOf(visibleFiles(directory), {}, after)).not.toBe("mixed");
      writeOutput(directory, files(after));
      expect(allFiles(directory)).toEqual(fresh(after));
    }
    expect(count).toBeGreaterThan(10);
  });

  it("never lets the one file be missing that changes", () => {
    const single = { ...before, "types/change.ts": "new" };
    let count = 0;
    for (let isComplete = false; !isComplete; count++) {
      start(before);
      isComplete = runUntil(count, single);
      expect(Object.keys(content())).toEqual(Object.keys(before).sort());
      expect(generationOf(content(), before, single)).not.toBe("mixed");
    }
    expect(count).toBeGreaterThan(5);
  });

  const outputs = { "the same": after, "the old": before, another: other, "an empty": {} };
  it.each(Object.entries(outputs))("is made up for by the next run, of %s output", (_, then) => {
    const expected = { ...fresh(then), [MINE]: "mine" };
    for (let count = 0, isComplete = false; !isComplete; count++) {
      start(before);
      isComplete = runUntil(count, after);
      expect(writeOutput(directory, files(then)).warnings).toEqual([]);
      expect(allFiles(directory), `killed at change ${String(count)}`).toEqual(expected);
      expect(readdirSync(directory).sort()).toEqual(
        [...new Set(Object.keys(expected).map((path) => path.split("/")[0]))].sort(),
      );
    }
  });

  it("may be followed by another that is cut off, too", () => {
    const [first, second, third, fourth] = [
      { "a.ts": "1", "x/b.ts": "1" },
      { "a.ts": "2", "c.ts": "2" },
      { "a.ts": "3", "x/b.ts": "3" },
      { "c.ts": "4" },
    ];
    const expected = { ...fresh(fourth), [MINE]: "mine" };
    for (let once = 0, isOnceComplete = false; !isOnceComplete; once++) {
      for (let twice = 0, isTwiceComplete = false; !isTwiceComplete; twice++) {
        start(first);
        isOnceComplete = runUntil(once, second);
        const between = content();
        isTwiceComplete = runUntil(twice, third);
        expect(generationOf(content(), between, third)).not.toBe("mixed");
        expect(writeOutput(directory, files(fourth)).warnings).toEqual([]);
        expect(allFiles(directory)).toEqual(expected);
      }
    }
  });

  it("does not take a file for ours that the user made where it had not come to yet", () => {
    for (let count = 0; ; count++) {
      start(before);
      const isComplete = runUntil(count, after);
      if (existsSync(join(directory, "types/add.ts"))) break; // It has come there.
      expect(isComplete).toBe(false);
      writeFileSync(join(directory, "types/add.ts"), "precious");
      expect(() => writeOutput(directory, files(after))).toThrow(OutputError);
      expect(() => writeOutput(directory, files(after))).toThrow("types/add.ts' is not a file that qapi-codegen made");
      expect(writeOutput(directory, files(before)).warnings).toEqual([]);
      expect(content()).toEqual({ ...before, "types/add.ts": "precious" });
    }
  });
});

describe("of which output files are", () => {
  it("is told", () => {
    expect(generationOf({ "types/change.ts": "old", "gone/a.ts": "a" }, before, after)).toBe("before");
    expect(generationOf({ "types/same.ts": "same", "new/c.ts": "c" }, before, after)).toBe("after");
    expect(generationOf({ "types/same.ts": "same" }, before, after)).toBe("both");
    expect(generationOf({ ...before, "types/change.ts": "new" }, before, after)).toBe("mixed");
    expect(generationOf({ "types/same.ts": "sa" }, before, after)).toBe("mixed");
  });
});
