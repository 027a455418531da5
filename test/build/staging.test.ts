/** Runs that write to one directory at the same time take turns. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { OutputError } from "../../src/build/output-error.js";
import { writeOutput } from "../../src/build/write.js";
import { allFiles } from "../support/generation.js";

const HOST = hostname()
  .toLowerCase()
  .replace(/[^0-9a-z]+/g, "_")
  .slice(0, 40);
let directory: string;
let living: ChildProcess | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "qapi-codegen-turns-"));
  writeOutput(directory, [{ path: "a.ts", text: "1" }]);
});

afterEach(async () => {
  vi.restoreAllMocks();
  await end();
  rmSync(directory, { recursive: true, force: true });
});

/** Starts a process that does nothing, and returns its number. */
function start(): number {
  living = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  if (living.pid === undefined) throw new Error("it does not start");
  return living.pid;
}

async function end(): Promise<void> {
  const process = living;
  living = undefined;
  if (process === undefined) return;
  const exit = once(process, "exit");
  process.kill("SIGKILL");
  await exit;
}

function dead(): number {
  return spawnSync(process.execPath, ["-e", "0"]).pid;
}

/** The staging directory of a run. */
function stagingOf(id: number, host: string = HOST): string {
  const path = join(directory, `.qapi-codegen-${String(id)}-${host}-abc.tmp`);
  mkdirSync(path);
  writeFileSync(join(path, "0"), "half");
  return path;
}

const CHANGED = [{ path: "a.ts", text: "2" }];

function refusal(): OutputError {
  try {
    writeOutput(directory, CHANGED, { patience: 30 });
  } catch (error) {
    if (error instanceof OutputError) return error;
    throw error;
  }
  throw new Error("it was written");
}

describe("another run", () => {
  it("that is alive is waited for a while and then named, and nothing is changed", async () => {
    const id = start();
    const staging = stagingOf(id);
    const before = allFiles(directory);
    expect(refusal().diagnostics).toEqual([
      {
        code: "output-busy",
        message: `another run of qapi-codegen (process ${String(id)}) is writing to '${directory}'`,
        hint: `nothing was written; run again when it has ended; if there is no such run, remove '${staging}'`,
      },
    ]);
    expect(allFiles(directory)).toEqual(before);
    await end();
    expect(writeOutput(directory, CHANGED)).toMatchObject({ written: ["a.ts"], warnings: [] });
    expect(readdirSync(directory).sort()).toEqual([".qapi-codegen.json", "a.ts"]);
  });

  it("is waited for until it has ended", () => {
    const staging = stagingOf(start());
    const wait = vi.spyOn(Atomics, "wait").mockImplementation(() => {
      rmSync(staging, { recursive: true, force: true });
      return "timed-out";
    });
    expect(writeOutput(directory, CHANGED)).toMatchObject({ written: ["a.ts"] });
    expect(wait).toHaveBeenCalledOnce();
  });

  it("is waited for although there is nothing to do: it may be about to change that", () => {
    stagingOf(start());
    expect(() => writeOutput(directory, [{ path: "a.ts", text: "1" }], { patience: 30 })).toThrow("another run");
  });

  it("that wrote something else meanwhile is taken into account", () => {
    const staging = stagingOf(start());
    vi.spyOn(Atomics, "wait").mockImplementation(() => {
      rmSync(staging, { recursive: true, force: true });
      writeOutput(directory, [
        { path: "a.ts", text: "3" },
        { path: "b.ts", text: "3" },
      ]);
      return "timed-out";
    });
    expect(writeOutput(directory, CHANGED)).toMatchObject({ written: ["a.ts"], removed: ["b.ts"] });
    expect(existsSync(join(directory, "b.ts"))).toBe(false);
  });

  it("that is dead is cleaned up after, also one that had this process's number", () => {
    stagingOf(dead());
    stagingOf(process.pid);
    expect(writeOutput(directory, [{ path: "a.ts", text: "1" }])).toMatchObject({ unchanged: ["a.ts"], warnings: [] });
    expect(readdirSync(directory).sort()).toEqual([".qapi-codegen.json", "a.ts"]);
  });

  it("on another machine is taken for alive", () => {
    const staging = stagingOf(dead(), "elsewhere");
    const [diagnostic] = refusal().diagnostics;
    expect(diagnostic?.message).toContain(" on the machine 'elsewhere') is writing to");
    expect(diagnostic?.hint).toContain(`remove '${staging}'`);
  });
});

describe("what only looks like a run", () => {
  it.each(["a file", "a symbolic link"])("is left alone: %s", (kind) => {
    const path = join(directory, `.qapi-codegen-${String(process.pid)}-${HOST}-abc.tmp`);
    const elsewhere = mkdtempSync(join(tmpdir(), "qapi-codegen-elsewhere-"));
    try {
      writeFileSync(join(elsewhere, "0"), "mine");
      if (kind === "a file") writeFileSync(path, "mine");
      else symlinkSync(elsewhere, path);
      expect(writeOutput(directory, CHANGED)).toMatchObject({ written: ["a.ts"], warnings: [] });
      expect(existsSync(path)).toBe(true);
      expect(readdirSync(elsewhere)).toEqual(["0"]);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it("has no say in what is ours beyond the output directory", () => {
    const staging = stagingOf(dead());
    writeFileSync(join(directory, "../victim.ts"), "1");
    const hash = "356a192b7913b04c54574d18c28d46e6395428ab"; // Of "1".
    writeFileSync(join(staging, "manifest"), JSON.stringify({ version: 1, files: { "../victim.ts": hash } }));
    try {
      writeOutput(directory, []);
      expect(existsSync(join(directory, "../victim.ts"))).toBe(true);
    } finally {
      rmSync(join(directory, "../victim.ts"));
    }
  });
});
