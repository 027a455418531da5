/** What is left when the system refuses any one change to the disk, or all from some point on. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OutputError } from "../../src/build/output-error.js";
import { writeOutput, type WriteReport } from "../../src/build/write.js";
import { disk, mendDisk, refuseAt } from "../support/faulty-disk.js";
import { allFiles, visibleFiles, type Texts } from "../support/generation.js";

vi.mock("node:fs", async (original) => (await import("../support/faulty-disk.js")).faulty(await original()));

const before: Texts = { "types/a.ts": "1", "types/b.ts": "1", "types/same.ts": "same", "gone/c.ts": "1" };
const after: Texts = { "types/a.ts": "2", "types/b.ts": "2", "types/same.ts": "same", "new/d.ts": "2" };

let top: string;
let directory: string;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "qapi-codegen-refused-"));
  directory = join(top, "deep/out");
});

afterEach(() => {
  mendDisk();
  rmSync(top, { recursive: true, force: true });
});

function write(texts: Texts): WriteReport {
  return writeOutput(
    directory,
    Object.entries(texts).map(([path, text]) => ({ path, text })),
  );
}

function start(texts: Texts | undefined): Texts {
  mendDisk();
  rmSync(join(top, "deep"), { recursive: true, force: true });
  if (texts !== undefined) write(texts);
  return allFiles(directory);
}

/** What writing comes to: a report, or the error that says why not. */
function outcome(texts: Texts): WriteReport | OutputError {
  try {
    return write(texts);
  } catch (error) {
    if (error instanceof OutputError) return error;
    throw error;
  } finally {
    mendDisk();
  }
}

describe("one change that the system refuses", () => {
  it.each([
    ["ENOSPC", "no space left on the device"],
    ["EDQUOT", "the disk quota is used up"],
    ["EACCES", "permission denied"],
    ["EPERM", "not permitted"],
    ["EROFS", "the file system is read-only"],
    ["EMFILE", "too many open files"],
    ["ENAMETOOLONG", "the name is too long"],
    ["EIO", "EIO"],
  ])("leaves all as it was, whichever it is: %s", (code, reason) => {
    let refusals = 0;
    for (let count = 0; ; count++) {
      const old = start(before);
      refuseAt(count, code);
      const result = outcome(after);
      if (result instanceof OutputError) {
        refusals++;
        expect(result.message).toContain(`: ${reason}`);
        expect(result.message).toMatch(/^cannot (write|write to|copy|move|create the directory) '/);
        expect(allFiles(directory), `refused change ${String(count)}`).toEqual(old);
        continue;
      }
      const files = visibleFiles(directory);
      if (result.warnings.length === 0 && Object.keys(files).length === Object.keys(after).length) {
        expect(files).toEqual(after);
        if (existsSync(join(directory, "gone"))) continue; // A folder that was to be removed, and may stay.
        break;
      }
      // What was refused is only to tidy up, which the next run does.
      expect(files).toMatchObject(after);
      expect(result.warnings).toEqual([expect.stringMatching(/^cannot remove '.*\.tmp/)]);
      expect(write(after).warnings).toEqual([]);
      expect(Object.keys(allFiles(directory)).sort()).toEqual([".qapi-codegen.json", ...Object.keys(after)].sort());
    }
    expect(refusals).toBeGreaterThan(10);
  });

  it("leaves no directory that was not there", () => {
    for (let count = 0; ; count++) {
      start(undefined);
      refuseAt(count, "ENOSPC");
      const result = outcome(after);
      if (!(result instanceof OutputError)) break;
      expect(existsSync(join(top, "deep")), `refused change ${String(count)}`).toBe(false);
    }
  });
});

describe("a disk that refuses everything from some point on", () => {
  it("loses nothing: what could not be put back is kept, the message says where, and the next run goes on", () => {
    let kept = 0;
    for (let count = 0; ; count++) {
      const old = start(before);
      refuseAt(count, "EIO", Infinity);
      const result = outcome(after);
      if (!(result instanceof OutputError)) {
        if (result.warnings.length === 0) break;
        continue;
      }
      const texts = Object.values(allFiles(directory));
      for (const text of Object.values(old)) expect(texts).toContain(text);
      const place = /what could not be put back in its place is in '(.*)'; run/.exec(
        result.diagnostics[0]?.hint ?? "",
      )?.[1];
      if (place !== undefined) {
        kept++;
        expect(existsSync(place)).toBe(true);
      }
      expect(write(after).warnings).toEqual([]);
      const files = visibleFiles(directory);
      expect(files).toEqual(after);
    }
    expect(kept).toBeGreaterThan(3);
  });
});

describe("somebody who changes the directory at the same time", () => {
  /** Does `run` once, when all has been staged: before the manifest is. */
  function meanwhile(run: () => void): void {
    let writes = 0;
    disk.beforeChange = (change) => {
      if (change !== "writeFileSync" || ++writes < 4) return;
      mendDisk();
      run();
    };
  }

  it("cannot lead what is written out of it by a symbolic link", () => {
    start(before);
    mkdirSync(join(top, "elsewhere"));
    writeFileSync(join(top, "elsewhere/a.ts"), "precious");
    meanwhile(() => {
      renameSync(join(directory, "types"), join(top, "moved"));
      symlinkSync("../../elsewhere", join(directory, "types"));
    });
    const result = outcome(after);
    expect(result).toMatchObject({
      name: "OutputError",
      message: `'${join(directory, "types/a.ts")}' has been changed by somebody else in the meantime`,
    });
    expect(allFiles(join(top, "elsewhere"))).toEqual({ "a.ts": "precious" });
    expect(allFiles(join(top, "moved"))).toEqual({ "a.ts": "1", "b.ts": "1", "same.ts": "same" });
  });

  it("does not lose a file that has come into being where a new one belongs", () => {
    start(before);
    meanwhile(() => {
      mkdirSync(join(directory, "new"));
      writeFileSync(join(directory, "new/d.ts"), "precious");
    });
    expect(outcome(after)).toBeInstanceOf(OutputError);
    expect(readFileSync(join(directory, "new/d.ts"), "utf8")).toBe("precious");
    expect(readFileSync(join(directory, "types/a.ts"), "utf8")).toBe("1");
  });
});
