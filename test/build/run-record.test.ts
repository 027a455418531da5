/** Whether a record says that nothing has changed; and stamps, which save reading what was compared before. */
import { chmodSync, mkdtempSync, realpathSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contentHash } from "../../src/build/content-hash.js";
import { compare, type RunRecord } from "../../src/build/run-record.js";

const TEXT = "as it was";

/** Long after all that happens here. */
const LATER = Date.now() + 3_600_000;

let directory: string;
let read: string;
let made: string;
let record: RunRecord;

beforeEach(() => {
  directory = realpathSync(mkdtempSync(join(tmpdir(), "qapi-codegen-record-")));
  read = join(directory, "read.json");
  made = join(directory, "made.ts");
  for (const file of [read, made]) put(file, TEXT);
  record = {
    key: "",
    read: [[read, TEXT.length, contentHash(TEXT)]],
    kinds: [],
    names: [],
    made: [[made, TEXT.length, contentHash(TEXT)]],
    folders: [],
    text: "",
  };
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

it("has no stamps for files that are new, since another change could have the same", () => {
  expect(compare(record)).toEqual(["", ""]);
  const mended = { ...record, stamps: ["", ""] };
  writeFileSync(made, "otherwise");
  expect(compare(mended)).toBeUndefined();
});

it("does not read what has its stamp", () => {
  const stamps = compare(record, LATER);
  expect(new Set(stamps).size).toBe(2);
  const unreadable = { ...record, made: [[made, TEXT.length, "no hash"] as const], stamps: stamps ?? [] };
  expect(compare(unreadable, LATER)).toEqual(stamps);
  expect(compare({ ...unreadable, stamps: [] }, LATER)).toBeUndefined();
});

describe.each([
  ["read", () => read],
  ["made", () => made],
] as const)("a file that was %s", (_, path) => {
  let stamped: RunRecord;

  beforeEach(() => {
    stamped = { ...record, stamps: compare(record, LATER) ?? [] };
  });

  it("has changed if another content has the same size and time", () => {
    put(path(), "otherwise");
    expect(compare(stamped, LATER)).toBeUndefined();
  });

  it("has changed if another file of the same size and time is in its place", () => {
    put(`${path()}.new`, "otherwise");
    renameSync(`${path()}.new`, path());
    expect(compare(stamped, LATER)).toBeUndefined();
  });

  it("has not changed if only who may read it has", () => {
    chmodSync(path(), 0o600);
    expect(compare(stamped, LATER)).toHaveLength(2);
  });
});

/** Writes a file whose content is always of the same time. */
function put(path: string, text: string): void {
  writeFileSync(path, text);
  utimesSync(path, 1000, 1000);
}
